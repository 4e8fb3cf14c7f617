"""Hits: the deeds and idioms of the lexicon found in a statement's content, each with its category."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.escalation.grammar.condition import Condition
from extractors.escalation.grammar.mention import MODIFIERS, is_mentioned
from extractors.escalation.grammar.mood import Mood, read_mood
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Act, Mode, Phrase
from extractors.escalation.rules.patterns import Match, find_matches

# modes in which a deed is done, announced or weighed by somebody
PERFORMED = frozenset({"will", "may", "done", "told", "named", "keep", "theirs"})
REFUSED = frozenset({"not", "undone"})
ASKED = frozenset({"ask", "stop"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One reason for a category: the rule, its words, and how they are put."""

    category: str
    rule: str
    tokens: tuple[int, ...]
    mood: Mood | None = None
    severity: int | None = None
    act: str | None = None
    is_denied: bool = False
    is_own: bool = False  # a user's own phrase says so


def find_hits(reading: Reading, conditions: list[Condition]) -> Iterator[Hit]:
    """Yield what the lexicon finds in the content outside its if-parts."""
    protasis = frozenset(index for one in conditions for index in one.protasis)
    for part in reading.content:
        for number, match in find_matches(reading.lexicon.phrase_index, reading.words, part):
            if match.anchor not in protasis:
                yield from _phrase_hit(reading, reading.lexicon.phrases[number], match)
        for number, match in find_matches(reading.lexicon.act_index, reading.words, part):
            if match.anchor not in protasis:
                yield from _act_hit(reading, reading.lexicon.acts[number], match)


def _phrase_hit(reading: Reading, phrase: Phrase, match: Match) -> Iterator[Hit]:
    mood = read_mood(reading, match.anchor, frozenset(match.tokens))
    rule = f"phrase {phrase.category}"
    if phrase.subject != "any" and mood.side not in {phrase.subject, "none"}:
        return
    if phrase.subject == "own" and mood.side == "none" and mood.mode in ASKED:  # "the siege has to be lifted"
        return
    if mood.mode == "deny":
        yield Hit("DENIAL", rule, match.tokens, mood, is_denied=True, is_own=phrase.is_own)
    elif len(mood.negators) % 2 or "not" in mood.cue_modes:
        if phrase.negated:
            yield Hit(phrase.negated, f"{rule} negated", match.tokens, mood, is_own=phrase.is_own)
    else:
        yield Hit(phrase.category, rule, match.tokens, mood, phrase.severity, is_own=phrase.is_own)


def _act_hit(reading: Reading, act: Act, match: Match) -> Iterator[Hit]:
    mood = read_mood(reading, match.anchor, frozenset(match.tokens), is_means=act.passive == "means")
    if _is_in_passing(reading, act, mood, match.anchor):
        return
    mode = _listed(act, "told" if act.name == "force" and mood.mode == "done" and mood.side == "none" else mood.mode)
    category = "DENIAL" if mode == "deny" else act.labels.get(mode)
    if category:
        yield Hit(category, f"{act.name} {mood.mode}", match.tokens, mood, act=act.name, is_denied=mood.mode == "deny")


def _is_in_passing(reading: Reading, act: Act, mood: Mood, anchor: int) -> bool:
    """Tell whether the deed is only named: a hostile one where none is done, talks where none are refused."""
    if act.is_hostile and act.passive == "means" and reading.words.dep[anchor] not in MODIFIERS:
        return False  # troops and arms are named by what is done with them: "put on alert"
    if not act.is_hostile and act.labels.get("not") != "REJECT":
        return False
    modes = PERFORMED if act.is_hostile else REFUSED
    return mood.mode in modes and is_mentioned(reading, anchor)


def _listed(act: Act, mode: Mode) -> Mode:
    """Return the mode, or the next less exact one the act has a category for."""
    if mode == "named" and "named" not in act.labels:
        mode = "told"
    return "done" if mode == "told" and "told" not in act.labels else mode
