"""Prospect: what warns and threatens is to come; of the past the same words blame, or only narrate."""

import pytest

from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    ("text", "speaker", "category"),
    [
        ("Your shipments will ruin the friendship of our peoples.", "Bolivian foreign minister", "WARN_CONSEQUENCE"),
        ("Sending the gunboats is a grave mistake.", "Peruvian foreign minister", "WARN_CONSEQUENCE"),
        ("They are playing with fire.", "Omani foreign minister", "WARN_CONSEQUENCE"),
        ("Lima has destroyed the trust between our nations.", "Bolivian foreign minister", "ACCUSE"),
    ],
)
def test_a_warning_is_of_what_is_to_come(labeller: Labeller, text: str, speaker: str, category: str) -> None:
    """What has come is held against somebody."""
    assert labeller.label(text, speaker).category == category


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A faulty valve caused the boiler to explode.", "Danish defence minister"),
        ("The villagers have paid a terrible price.", "Kenyan president"),
        ("We are working to keep the war from engulfing the coast.", "Greek foreign minister"),
    ],
)
def test_what_has_happened_or_is_prevented_is_no_warning(labeller: Labeller, text: str, speaker: str) -> None:
    assert labeller.label(text, speaker).severity < 3


def test_indirect_speech_puts_a_warning_back(labeller: Labeller) -> None:
    """ "said that it was a mistake" warns as "it is a mistake" does."""
    text = "Chile's foreign minister said that sending the gunboats was a grave mistake."
    assert labeller.label(text, None).category == "WARN_CONSEQUENCE"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Our country is facing terrorist attacks.", "Tunisian interior minister"),
        ("We discussed the shelling with the envoy.", "Norwegian foreign minister"),
    ],
)
def test_whoever_suffers_or_discusses_a_deed_does_not_do_it(labeller: Labeller, text: str, speaker: str) -> None:
    assert labeller.label(text, speaker).category != "USE_OF_FORCE"


@pytest.mark.parametrize(
    "text",
    [
        "We will not let them fish in our waters.",
        "We are not going to allow Chad to dam the river.",
        "Their drones will never be permitted to cross the ridge.",
    ],
)
def test_what_one_will_not_let_happen_is_a_threat(labeller: Labeller, text: str) -> None:
    label = labeller.label(text, "Nigerian defence minister")
    assert (label.category, label.severity) == ("THREAT_UNSPEC", 3)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("We will close our embassy there in June.", "RELATIONS"),
        ("We are going to leave the fisheries treaty with Mali.", "RELATIONS"),
        ("We will close our embassy there if the crew is not freed.", "THREAT_NONFORCE"),
        ("The minister vowed to close the embassy in Mali.", "THREAT_NONFORCE"),
    ],
)
def test_a_step_plainly_announced_is_decided(labeller: Labeller, text: str, category: str) -> None:
    """On a condition, or vowed, it is still a threat."""
    assert labeller.label(text, "Chad's foreign minister").category == category


def test_more_of_what_was_done_is_a_threat(labeller: Labeller) -> None:
    label = labeller.label("The islanders should expect more raids of this kind.", "rebel commander")
    assert label.category == "THREAT_FORCE"


@pytest.mark.parametrize(
    "text", ["The Red Dawn brigade claimed responsibility for the blast.", "The militia has claimed responsibility."]
)
def test_responsibility_claimed_is_force_claimed(judge: Labeller, text: str) -> None:
    """Whatever it was, and whatever the network thinks."""
    label = judge.label(text, None)
    assert (label.category, label.severity) == ("USE_OF_FORCE", 5)


def test_an_operation_called_by_its_name_is_ones_own(labeller: Labeller) -> None:
    own = labeller.label("Operation Salt Wind destroyed the smugglers' boats.", "Arlandian ministry of defence")
    theirs = labeller.label("Peru's Operation Salt Wind destroyed our boats.", "Chilean ministry of defence")
    assert (own.category, theirs.category) == ("USE_OF_FORCE", "ACCUSE")
