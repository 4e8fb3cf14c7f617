"""The page docs/codebook.md, made from what labels are given by: `python -m config.codebook > docs/codebook.md`."""

from collections.abc import Iterator, Mapping
from itertools import chain, zip_longest
from pathlib import Path

from config.escalation import load_escalation
from config.files import ConfigError
from extractors.escalation import Category, EscalationLexicon, severity_steps

HEAD = """# The codebook

Made from `config/codebook.toml`, `config/escalation.toml` and the rules by `python -m config.codebook >
docs/codebook.md`; a test fails when it is stale.

Every statement has one label: a **polarity** (escalatory, de-escalatory or neutral), a **category** of this page, and
a **severity** from 0 to 5. It is the act that the statement performs, by the speaker's side, towards an adversary. Of
several acts in one statement the gravest decides, at equal severity the escalatory one. Who only predicts or weighs
what others may do, asks, tells history or denies performs none: such statements are neutral, however dark their words.

`tocsin explain ID` shows why a statement has its label; `tocsin classify` labels words of your own. The examples are
invented and stand beside the rules that they are for, without the sentences around them that may change a label.
"""
LEVELS = (
    ("0", "neutral: no act towards an adversary"),
    ("1", "resolve, mild displeasure, concern"),
    ("2", "accusation, condemnation, refusal, protest, a demand without more"),
    (
        "3",
        "a vague or conditional threat, an immediate military step demanded, consequences warned of, arms considered",
    ),
    ("4", "a specific or severe consequence, an ultimatum, mobilisation or heavy arms decided"),
    ("5", "force announced or claimed, a nuclear threat, war declared"),
)
FEATURES = {
    "all_out": "all-out war or weapons of mass destruction",
    "arms_or_force": "arms, sanctions or force are what is considered",
    "immediate_military": "an immediate military step is demanded",
    "troops": "troops are sent",
    "offensive_arms": "heavy or offensive arms",
    "talks_or_ceasefire": "talks or a ceasefire are what is refused",
    "severe": "the consequence is severe",
    "top rank": "said by a head of state or a military commander",
    "deadline": "with a deadline",
    "hedge": "hedged: may, could, perhaps",
    "reiteration": "openly repeated",
}
STEPS = """
Each category begins at a level of its own. What is said of it may set another one, or raise or lower it by one, never
past 1 and the category's highest. A neutral statement is 0; what de-escalates has the level of its category.
"""
# What grammar alone decides has no rule in the lexicon for an example to stand beside.
MORE_EXAMPLES = {
    "CONDITIONAL_OFFER": ("If the shelling stops, we are ready to talk to the islanders.",),
    "ASSESSMENT": ("The embargo will probably be followed by strikes, the analysts said.",),
}
POLARITIES = {"escalatory": "Escalatory", "de-escalatory": "De-escalatory", "neutral": "Neutral"}
EXAMPLES_SHOWN = 6


def codebook_markdown(folder: Path | None = None) -> str:
    """Return the page: levels, what changes them, then each category with its definition, codes and examples.

    Raises ``ConfigError`` where the files of ``folder`` are wrong.
    """
    lexicon, problems = load_escalation(folder)
    if lexicon is None:
        raise ConfigError(problems)
    return "\n".join([HEAD, *_levels(), *_overview(lexicon.categories), *_categories(lexicon)])


def _levels() -> Iterator[str]:
    yield "## Severity\n\n| level | what is of this level |\n|---|---|"
    yield from (f"| {level} | {meaning} |" for level, meaning in LEVELS)
    yield STEPS


def _overview(categories: Mapping[str, Category]) -> Iterator[str]:
    yield "## Categories\n\n| category | polarity | begins at | highest |\n|---|---|---|---|"
    for one in categories.values():
        highest = one.ceiling if one.polarity == "escalatory" else one.severity
        yield f"| [{one.code}](#{one.code.lower()}) | {one.polarity} | {one.severity} | {highest} |"
    yield ""


def _categories(lexicon: EscalationLexicon) -> Iterator[str]:
    for polarity, heading in POLARITIES.items():
        yield f"## {heading}\n"
        for one in lexicon.categories.values():
            if one.polarity == polarity:
                yield from _category(one, lexicon)


def _category(one: Category, lexicon: EscalationLexicon) -> Iterator[str]:
    yield f"### {one.code}\n\n{one.definition}\n"
    if steps := severity_steps(one):
        yield f"Begins at {one.severity}, highest {one.ceiling}:\n"
        yield from (f"- {FEATURES[step.feature]}: {step.effect}" for step in steps)
        yield ""
    codes = (("PLOVER", one.plover), ("CAMEO", one.cameo), ("Goldstein", one.goldstein))
    if nearest := [f"{name} {code}" for name, code in codes if code]:
        yield f"Nearest codes: {'; '.join(nearest)}.\n"
    if examples := _examples(one.code, lexicon):
        yield from (f"> {example}\n>" for example in examples[:-1])
        yield f"> {examples[-1]}\n"


def _examples(code: str, lexicon: EscalationLexicon) -> list[str]:
    """Return examples from as many rules as there are, the first of each before the second of any."""
    phrases = [one.examples for one in lexicon.phrases if one.category == code]
    acts = [found for act in lexicon.acts for mode, found in act.examples.items() if act.labels.get(mode) == code]
    cues = {cue: None for found in lexicon.cues.values() for cue in found if cue.category == code}
    rules = [*phrases, *acts, *(cue.examples for cue in cues), MORE_EXAMPLES.get(code, ())]
    turns = chain.from_iterable(zip_longest(*rules))
    return list(dict.fromkeys(example for example in turns if example))[:EXAMPLES_SHOWN]


if __name__ == "__main__":
    print(codebook_markdown(), end="")
