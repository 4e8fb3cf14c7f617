"""The features one by one: side, mood, condition, speaker, adversary, arms, severity."""

from datetime import date

import pytest

from extractors.escalation.grammar.condition import find_conditions
from extractors.escalation.grammar.sides import side_of_verb
from extractors.escalation.rules.standing import is_top_rank, standing_of
from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    ("text", "verb", "speaker", "side"),
    [
        ("We will strike.", "strike", "the minister", "own"),
        ("Our army will strike.", "strike", "the minister", "own"),
        ("Our neighbours will strike.", "strike", "the minister", "other"),
        ("They will strike.", "strike", "the minister", "other"),
        ("You will strike.", "strike", "the minister", "other"),
        ("Kenya will strike.", "strike", "Kenyan government", "own"),
        ("Nairobi will strike.", "strike", "Kenyan government", "own"),
        ("Somalia will strike.", "strike", "Kenyan government", "other"),
        ("The base was struck by our jets.", "strike", "the minister", "own"),
        ("Our base was struck.", "strike", "the minister", "other"),
    ],
)
def test_a_deed_is_ours_or_theirs(labeller: Labeller, text: str, verb: str, speaker: str, side: str) -> None:
    reading = labeller.reading(text, speaker)
    assert side_of_verb(reading, reading.words.lemma.index(verb)) == side


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("We will attack them.", "will"),
        ("We vowed to attack them.", "will"),
        ("We may attack them.", "may"),
        ("We are considering whether to attack them.", "may"),
        ("We attacked them.", "done"),
        ("We will not attack them.", "not"),
        ("We did not attack them.", "undone"),
        ("They must attack now.", "ask"),
        ("They must stop and not attack anybody.", "stop"),
        ("They attacked us.", "theirs"),
        ("They will attack us.", "others"),
        ("We denied that we attack anybody.", "deny"),
        ("We accuse them of planning to attack us.", "blame"),
    ],
)
def test_a_deed_is_put_in_one_mode(labeller: Labeller, text: str, mode: str) -> None:
    assert labeller.mood(text, "attack").mode == mode


@pytest.mark.parametrize(
    "text",
    [
        "Would we attack them?",
        "We would have attacked them long ago.",
    ],
)
def test_questions_and_what_did_not_happen_threaten_nobody(labeller: Labeller, text: str) -> None:
    assert labeller.label(text).polarity == "neutral"


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("If they cross, we will respond.", "if"),
        ("We will respond unless they leave.", "unless"),
        ("Should they cross, we will respond.", "should"),
        ("When they cross, we will respond.", "when"),
        ("As long as they stay, we will respond.", "as"),
        ("We will respond in the event of an attack.", "in"),
    ],
)
def test_a_condition_is_found_with_its_marker(labeller: Labeller, text: str, marker: str) -> None:
    reading = labeller.reading(text)
    assert marker in [reading.words.lower[one.first] for one in find_conditions(reading)]
    label = labeller.label(text)
    assert (label.category, label.conditional) == ("THREAT_UNSPEC", True)


def test_what_stands_in_the_if_part_is_no_act(labeller: Labeller) -> None:
    assert labeller.label("If we are attacked, the council will hear of it.").polarity != "escalatory"


def test_a_condition_turns_an_offer_into_a_conditional_one(labeller: Labeller) -> None:
    assert labeller.label("If the shelling stops, we are ready for talks.").category == "CONDITIONAL_OFFER"
    assert labeller.label("We would not attack unless attacked.").category == "CONDITIONAL_OFFER"


@pytest.mark.parametrize(
    ("speaker", "standing"),
    [
        ("analysts", "outsider"),
        ("a professor at the naval college", "outsider"),
        ("The Harbour Times newspaper", "outsider"),
        ("the UN secretary-general", "neutral"),
        ("the defence minister", "official"),
        ("an embassy spokeswoman", "official"),
        (None, "official"),
    ],
)
def test_who_speaks_decides_whether_he_can_threaten(labeller: Labeller, speaker: str | None, standing: str) -> None:
    assert standing_of(labeller.reading("We will attack.", speaker)) == standing


def test_a_forecast_by_an_expert_is_an_assessment_however_dark(labeller: Labeller) -> None:
    label = labeller.label("The army will bomb the capital within days.", "a military analyst")
    assert (label.category, label.severity) == ("ASSESSMENT", 0)
    assert label.evidence[0].effect == "speaker"


@pytest.mark.parametrize(
    ("speaker", "top"),
    [
        ("President Orla Venn", True),
        ("the marshal", True),
        ("the president's spokesman", False),
        ("the deputy commander", False),
        ("the trade minister", False),
    ],
)
def test_heads_of_state_and_commanders_are_top_rank(labeller: Labeller, speaker: str, *, top: bool) -> None:
    assert is_top_rank(labeller.reading("We will respond.", speaker)) is top


@pytest.mark.parametrize(
    ("text", "speaker", "severity"),
    [
        ("We will respond.", "the minister", 3),
        ("We will respond.", "the president", 4),
        ("We might perhaps respond.", "the minister", 2),
        ("We reiterate that we will respond.", "the minister", 2),
        ("We will strike their bases.", "the minister", 4),
        ("We will strike their bases with nuclear weapons.", "the minister", 5),
        ("They must leave.", "the minister", 2),
        ("They must withdraw their troops immediately.", "the minister", 3),
        ("We will not negotiate.", "the minister", 3),
        ("We are considering sanctions.", "the minister", 3),
    ],
)
def test_severity_goes_by_the_codebooks_steps(labeller: Labeller, text: str, speaker: str, severity: int) -> None:
    assert labeller.label(text, speaker).severity == severity


def test_a_drill_among_partners_is_procedural_and_one_against_an_enemy_is_not(labeller: Labeller) -> None:
    assert labeller.label("We held a joint exercise with our partners.").category == "PROCEDURAL"
    assert labeller.label("We began live-fire drills to punish the enemy.").category == "MOBILISE"


def test_arms_escalate_unless_they_are_sold_with_no_word_of_a_war(labeller: Labeller) -> None:
    to_war = labeller.label("We will send tanks to Ukraine.", "the Czech minister", date(2024, 5, 1))
    to_peace = labeller.label("We will send tanks under a contract.", "the Czech minister", date(2024, 5, 1))
    assert (to_war.category, to_peace.category) == ("ARMS_SUPPLY", "PROCEDURAL")
