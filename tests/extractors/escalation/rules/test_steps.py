"""Steps: treaties left, wars by name, decrees, deadlines, appeals to partners, and what only says when."""

import pytest

from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I will withdraw Peru from the fisheries treaty with Chile.", "RELATIONS"),
        ("We will withdraw our soldiers from the valley under the agreement with Chile.", "CEASEFIRE_WITHDRAW"),
        ("We will withdraw from the valley under the agreement with Chile.", "CEASEFIRE_WITHDRAW"),
    ],
)
def test_leaving_a_treaty_takes_no_soldier_home(labeller: Labeller, text: str, category: str) -> None:
    assert labeller.label(text, "Peruvian president").category == category


def test_a_war_in_a_name_warns_of_none(labeller: Labeller) -> None:
    told = labeller.label("Chile's shipyard dates from the Second World War.", "Peruvian navy minister")
    warned = labeller.label("A third world war would be the result.", "Peruvian navy minister")
    assert (told.polarity, warned.category) == ("neutral", "WARN_CONSEQUENCE")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Chile will pay a heavy price after the group fired a missile at our harbour.", "THREAT_UNSPEC"),
        ("After our jets struck the depot, the mayor called.", "USE_OF_FORCE"),
        ("The cutter took defensive action after the Chilean boats came too close.", "USE_OF_FORCE"),
        ("We did not act in self-defence.", "DENIAL"),
    ],
)
def test_a_deed_that_only_says_when_is_none_of_ones_own(labeller: Labeller, text: str, category: str) -> None:
    assert labeller.label(text, "Peruvian prime minister").category == category


def test_an_ultimatum_holds_its_deadline(labeller: Labeller) -> None:
    """A day named makes it no graver than it is."""
    label = labeller.label("The crew must be freed by Friday.", "Peruvian foreign minister")
    assert (label.category, label.severity) == ("ULTIMATUM", 4)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("We call on the international community to take note of the situation in Chile.", "CALL_TO_ESCALATE"),
        ("We call on all countries to attend the fair.", "PROCEDURAL"),
        ("We call upon the Chilean authorities to refrain from attacking our fishermen.", "DEMAND"),
        ("We call on Chile and Bolivia to avoid escalation.", "CALL_RESTRAINT"),
        ("We call on Chile to return to dialogue.", "CALL_RESTRAINT"),
        ("We urge Chile to return to the talks or face severe consequences.", "ULTIMATUM"),
        ("We stress the importance of maintaining sanctions on Chile.", "CALL_TO_ESCALATE"),
        ("We stress the importance of dialogue with Chile.", "CALL_RESTRAINT"),
        ("It is time to ease the sanctions on Chile.", "EASE"),
        ("It is time to punish Chile.", "CALL_TO_ESCALATE"),
    ],
)
def test_who_is_asked_decides_what_is_asked(labeller: Labeller, text: str, category: str) -> None:
    assert labeller.label(text, "Peruvian foreign minister").category == category


def test_arms_for_oneself_are_asked_for(labeller: Labeller) -> None:
    asked = labeller.label("More military support would strengthen Peru's army in the war.", "Peruvian president")
    given = labeller.label("We will send military aid to Bolivia for the war.", "Peruvian president")
    assert (asked.category, given.category) == ("CALL_TO_ESCALATE", "ARMS_SUPPLY")


def test_a_preposition_of_the_object_asks_nobody(labeller: Labeller) -> None:
    """ "called it an assault on" calls on nobody."""
    text = "The minister called the landing an assault on Peruvian sovereignty."
    assert labeller.label(text, None).category != "DEMAND"
