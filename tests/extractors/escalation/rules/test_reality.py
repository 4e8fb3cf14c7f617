"""Reality: questions, history, other people's words and nouns in passing are no acts of the speaker."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.escalation import ClassifyInput
from tests.extractors.escalation.labelling import Labeller

WORDINGS = Path(__file__).parents[3] / "cases" / "escalation" / "wording.toml"


def wordings() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads(WORDINGS.read_text(encoding="utf-8"))["wording"]
    return listed


@pytest.mark.parametrize("one", wordings(), ids=lambda one: one["name"])
def test_each_way_of_saying_a_thing_holds_for_three_sentences(labeller: Labeller, one: dict[str, Any]) -> None:
    """Three invented siblings for each kind of wording, by the rules alone."""
    inputs = [ClassifyInput("", text, one["speaker"]) for text in one["said"]]
    assert len(inputs) >= 3
    got = [(label.category, label.severity) for label in labeller.labels(inputs)]
    assert got == [(one["category"], one["severity"])] * len(inputs)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("In 1962 we imposed a blockade on the island.", "ASSESSMENT"),
        ("Three decades ago our jets bombed the dam.", "ASSESSMENT"),
        ("In 2030 we imposed sanctions on the island.", "SANCTION"),
        ("Last week our jets bombed the dam.", "USE_OF_FORCE"),
    ],
)
def test_what_is_long_past_is_history(labeller: Labeller, text: str, category: str) -> None:
    """A year long before the statement's own, decades ago; not last year and not last week."""
    assert labeller.label(text, "the defence minister", date(2031, 3, 1)).category == category


@pytest.mark.parametrize(
    "text",
    [
        "He spoke of his visit after the attack on the port.",
        "An attack helicopter stood on the lawn.",
        "We have agreed on a minute of silence for the victims of the air strike.",
    ],
)
def test_a_noun_in_passing_is_no_deed(labeller: Labeller, text: str) -> None:
    """After an attack, an attack helicopter, the victims of a strike: nobody strikes."""
    assert labeller.label(text, "the defence minister").polarity == "neutral"


def test_another_countrys_announcement_is_no_threat_of_the_speaker(labeller: Labeller) -> None:
    """What Lima announces is Lima's threat, and not that of Quito that tells of it."""
    told = labeller.label("Peru announced that it would bomb our bases.", "the foreign minister of Ecuador")
    own = labeller.label("Ecuador announced that it would bomb their bases.", "the foreign minister of Ecuador")
    assert (told.category, own.category) == ("ACCUSE", "THREAT_FORCE")


@pytest.mark.parametrize(
    ("text", "category", "country"),
    [
        ("The Kenyan spokesman declined to comment on the raids in Somalia.", "NO_COMMENT", "KEN"),
        ("The Norwegian general would not say whether troops would be sent to Chad.", "NO_COMMENT", "NOR"),
        ("Did Kenya shell Somalia? The Kenyan spokesman would not say.", "NO_COMMENT", "KEN"),
        ("Madrid complained of the annexation of the reef.", "PROTEST_DIPL", "ESP"),
        ("Kenya protested the deliberate shelling of a Kenyan village by Somalia.", "PROTEST_DIPL", "KEN"),
    ],
)
def test_a_bare_sentence_tells_who_is_silent_or_protests(
    labeller: Labeller, text: str, category: str, country: str
) -> None:
    """Who will not speak says nothing of the deed he is asked about; what is protested is no reproach beside it."""
    assert labeller.label(text, None).category == category
    assert labeller.reading(text, None).voice.country == country


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Their soldiers need not leave the pass today: they do not have to quit it at all.", "the interior minister"),
        ("We do not demand that the envoy be recalled.", "the foreign minister"),
        ("For this government the new runway is no red line.", "the prime minister"),
        ("We have set no deadline for the return of the trawler.", "the fisheries minister"),
        ("Our answer to the flyers is simple: we will reply calmly.", "the information minister"),
        ("Our reaction to the overflights is no secret: we shall meet them with courtesy.", "the air force chief"),
        ("The response of this government is known: it will react patiently.", "the government's spokesman"),
    ],
)
def test_what_is_taken_back_is_no_act(judge: Labeller, text: str, speaker: str) -> None:
    """A duty, a demand or a line that is negated, and an answer of patience, escalate nothing."""
    assert judge.label(text, speaker).polarity != "escalatory"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The rebels told our gunners to leave the hill by nightfall.", "the army's spokesman"),
        ("Norway's fleet commander vowed to sink every trawler.", "the Baltic republic's foreign minister"),
        ("The garrison has placed howitzers opposite our camp.", "the northern state's defence ministry"),
    ],
)
def test_what_is_done_to_us_is_anothers(judge: Labeller, text: str, speaker: str) -> None:
    """Who orders our men about, or moves guns against us, is another, whoever he is."""
    assert judge.label(text, speaker).category not in {"THREAT_FORCE", "ULTIMATUM", "MOBILISE", "DEMAND"}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Our guns will be sent across the ridge.", "MOBILISE"),
        ("We will send the islanders our guns for their war.", "ARMS_SUPPLY"),
        ("The siege of our port must be lifted.", "DEMAND"),
        ("We would retaliate if Chad moved its rockets to the lake.", "THREAT_UNSPEC"),
    ],
)
def test_by_whom_and_whither(labeller: Labeller, text: str, category: str) -> None:
    """Arms that move are no gift, an end that is asked for no easing, and arms of an if-part no answer."""
    assert labeller.label(text, "the defence minister").category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The balloon may have been shot down by a missile.", "ASSESSMENT"),
        ("We urge our allies to tighten the embargo on the junta.", "CALL_TO_ESCALATE"),
        ("The march was a blunt warning to the rebels.", "THREAT_UNSPEC"),
        ("We will not attack the islanders, but we will not hesitate to defend our ferries.", "THREAT_UNSPEC"),
        ("The embargo on their oil is not enough.", "CALL_TO_ESCALATE"),
        ("The two smugglers were designated today.", "SANCTION"),
        ("We will help the mountain people to defend themselves.", "ARMS_SUPPLY"),
        ("We have seen attacks on our bakeries.", "ASSESSMENT"),
    ],
)
def test_what_is_guessed_asked_of_partners_or_put_in_other_words(labeller: Labeller, text: str, category: str) -> None:
    """A guess weighs nothing, a partner is asked to act against others, a refusal does not hide the threat after it."""
    assert labeller.label(text, "the defence minister of Chile").category == category


@pytest.mark.parametrize(
    "text", ["Nine shells came down beside the mill.", "The colonel's car was blown to pieces on the coast road."]
)
def test_fighting_that_is_told_is_nobodys_announcement(judge: Labeller, text: str) -> None:
    """What armies do is claimed by the side that did it."""
    assert judge.label(text, "the army's spokesman").category not in {"USE_OF_FORCE", "MOBILISE"}
