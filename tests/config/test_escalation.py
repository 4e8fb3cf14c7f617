"""The lexicon's files: examples that hold, and errors that are all named."""

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from config.escalation import load_escalation
from config.places import PACKAGED
from extractors.escalation import ClassifyInput, EscalationLexicon, classify_all

CODES = 32


@pytest.fixture(scope="module")
def lexicon() -> EscalationLexicon:
    loaded, problems = load_escalation(None)
    assert problems == []
    assert loaded is not None
    return loaded


def examples(lexicon: EscalationLexicon) -> list[tuple[str, str | None]]:
    found = [(text, act.labels[mode]) for act in lexicon.acts for mode, texts in act.examples.items() for text in texts]
    found += [(text, phrase.category) for phrase in lexicon.phrases for text in phrase.examples]
    cues = {id(cue): cue for entries in lexicon.cues.values() for cue in entries}
    return found + [(text, cue.category) for cue in cues.values() for text in cue.examples]


def test_every_example_of_the_lexicon_gets_its_category(lexicon: EscalationLexicon, language: Language) -> None:
    wanted = examples(lexicon)
    labels = classify_all([ClassifyInput("", text) for text, _ in wanted], language, lexicon)
    wrong = [
        (text, code, label.category)
        for (text, code), (_, label) in zip(wanted, labels, strict=True)
        if label.category != code
    ]
    assert not wrong


def test_every_act_and_phrase_has_an_example(lexicon: EscalationLexicon) -> None:
    assert all(act.examples for act in lexicon.acts)
    assert all(phrase.examples for phrase in lexicon.phrases)


def test_the_codebook_has_its_categories(lexicon: EscalationLexicon) -> None:
    assert len(lexicon.categories) == CODES
    for one in lexicon.categories.values():
        assert (one.severity == 0) == (one.polarity == "neutral")
        assert one.severity <= one.ceiling


def test_every_category_can_be_reached(lexicon: EscalationLexicon) -> None:
    reached = {code for act in lexicon.acts for code in act.labels.values() if code}
    reached |= {phrase.category for phrase in lexicon.phrases}
    reached |= {cue.category for entries in lexicon.cues.values() for cue in entries if cue.category}
    assert set(lexicon.categories) - reached <= {"ASSESSMENT", "CONDITIONAL_OFFER"}


def test_a_user_adds_a_phrase_without_code(tmp_path: Path, language: Language) -> None:
    text = (PACKAGED / "escalation.toml").read_text(encoding="utf-8")
    added = '\n[[phrase]]\ncategory = "THREAT_UNSPEC"\nmatch = ["wake * heron"]\nexample = "You will wake the heron."\n'
    (tmp_path / "escalation.toml").write_text(text + added, encoding="utf-8")
    loaded, problems = load_escalation(tmp_path)
    assert loaded is not None
    assert problems == []
    [(_, label)] = classify_all([ClassifyInput("", "They will wake the heron.")], language, loaded)
    assert label.category == "THREAT_UNSPEC"


def test_all_errors_are_named_with_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "escalation.toml").write_text(
        """
[[phrase]]
category = "NO_SUCH"
match = ["* war", "@nothing"]
example = "x"

[[act]]
name = "force"
match = ["strike"]
labels = { will = "NEITHER" }
""",
        encoding="utf-8",
    )
    loaded, problems = load_escalation(tmp_path)
    assert loaded is None
    assert {one.key for one in problems} == {"phrase.0.category", "phrase.0.match", "act.0.labels.will"}
    assert len(problems) == 4
    assert all(one.file.endswith("escalation.toml") for one in problems)


def test_errors_of_several_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "escalation.toml").write_text("= broken", encoding="utf-8")
    (tmp_path / "conflicts.toml").write_text("[[conflict]]\nname = 1\n", encoding="utf-8")
    _, problems = load_escalation(tmp_path)
    assert {Path(one.file).name for one in problems} == {"escalation.toml", "conflicts.toml"}


def test_the_version_follows_the_files(tmp_path: Path) -> None:
    (tmp_path / "conflicts.toml").write_text("", encoding="utf-8")
    own, packaged = load_escalation(tmp_path)[0], load_escalation(None)[0]
    assert own is not None
    assert packaged is not None
    assert own.version != packaged.version


def test_every_party_to_a_war_is_an_actor(lexicon: EscalationLexicon) -> None:
    actors = tomllib.loads((PACKAGED / "actors.toml").read_text(encoding="utf-8"))
    known = {*actors["countries"], *actors["organisations"]}
    assert {party for war in lexicon.conflicts for side in war.sides for party in side} <= known
