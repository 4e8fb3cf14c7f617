"""Negation: every frame with every deed, and the words that negate."""

import tomllib
from pathlib import Path

import pytest

from extractors.escalation import ClassifyInput
from extractors.escalation.grammar.negation import negators_of
from tests.extractors.escalation.labelling import Labeller

FRAMES = Path(__file__).parents[2] / "cases" / "escalation" / "negation.toml"
LEAST = 0.95


def cases() -> list[tuple[str, list[str]]]:
    data = tomllib.loads(FRAMES.read_text(encoding="utf-8"))
    return [
        (frame.format(to=deed["to"], ing=deed["ing"]), deed[kind])
        for kind, frames in data["frames"].items()
        for frame in frames
        for deed in data["deed"]
        if kind in deed
    ]


@pytest.mark.parametrize("by", ["labeller", "judge"])
def test_negation_and_double_negation_hold_for_every_kind_of_deed(by: str, request: pytest.FixtureRequest) -> None:
    labeller: Labeller = request.getfixturevalue(by)
    wanted = cases()
    got = labeller.labels([ClassifyInput(str(n), text, "the minister") for n, (text, _) in enumerate(wanted)])
    wrong = [
        (text, label.category) for (text, codes), label in zip(wanted, got, strict=True) if label.category not in codes
    ]
    assert len(wrong) <= (1 - LEAST) * len(wanted), wrong


def test_whole_statements_keep_their_polarity_through_negation(labeller: Labeller) -> None:
    listed = tomllib.loads(FRAMES.read_text(encoding="utf-8"))["polarity"]
    wanted = [(speaker, text, polarity) for polarity, rows in listed.items() for speaker, text in rows]
    got = labeller.labels([ClassifyInput("", text, speaker) for speaker, text, _ in wanted])
    wrong = [one for one, label in zip(wanted, got, strict=True) if label.polarity != one[2]]
    assert len(wrong) <= (1 - LEAST) * len(wanted), wrong


@pytest.mark.parametrize(
    ("text", "verb", "count"),
    [
        ("We will not attack.", "attack", 1),
        ("We never attacked.", "attack", 1),
        ("No soldier will attack.", "attack", 1),
        ("Not a single soldier will attack.", "attack", 1),
        ("At no time did we attack.", "attack", 1),
        ("We will give it to nobody.", "give", 1),
        ("We attack not only ships.", "attack", 0),
        ("We will attack.", "attack", 0),
        ("We have no choice but to attack.", "have", 0),
        ("We neither threatened nor attacked anybody.", "attack", 1),
        ("We did not threaten or attack anybody.", "attack", 1),
        ("We are far from attacking anybody.", "attack", 1),
        ("Never again will we attack.", "attack", 1),
    ],
)
def test_each_negation_of_a_verb_is_counted_once(labeller: Labeller, text: str, verb: str, count: int) -> None:
    words = labeller.words(text)
    assert len(negators_of(words, words.lemma.index(verb))) == count


@pytest.mark.parametrize(
    "text",
    [
        "We have never sent a soldier there.",
        "The ministry denied shelling the port and bombing the bridge.",
        "Reports that our army attacked the convoy are groundless rumours.",
        "The embassy dismissed the accusations as absurd.",
        "That our jets destroyed the clinic is a lie.",
        "The claim that we threatened them with war is fake news.",
    ],
)
def test_a_denial_is_never_escalatory(labeller: Labeller, text: str) -> None:
    assert labeller.label(text).category == "DENIAL"


def test_an_accusation_beside_a_denial_counts(labeller: Labeller) -> None:
    label = labeller.label("These reports are groundless. It was Chad that violated the ceasefire.", "Sudan's army")
    assert label.category == "ACCUSE"
