"""Reproach: what is held against another is his deed, whoever blames: a minister, a lawmaker, a document."""

import pytest

from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    "text",
    [
        "Lima accused Bolivia of threatening its fishermen.",
        "Lima accused Bolivia of arresting its envoys to put pressure on the talks.",
        "Peru's foreign minister condemned the first use of poison on the coast since the Second World War.",
    ],
)
def test_what_is_condemned_is_no_act_of_the_speaker(labeller: Labeller, text: str) -> None:
    """Neither a threat nor an appeal, however the words would sound by themselves."""
    assert labeller.label(text, None).category == "ACCUSE"


def test_what_is_judged_is_another_ones_step(labeller: Labeller) -> None:
    label = labeller.label("Chile's threat to shell the harbour is unacceptable.", "Peruvian foreign minister")
    assert label.category == "ACCUSE"


def test_who_blames_may_threaten_besides(labeller: Labeller) -> None:
    text = "We condemn Chile's decision to expel our consul and we will strike back."
    assert labeller.label(text, "Peruvian foreign minister").category == "THREAT_FORCE"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Chile must be held accountable for the raid on our village.", "ACCUSE"),
        ("We will hold Chile accountable for the raid.", "THREAT_UNSPEC"),
        ("Chile is obstructing the peace talks.", "ACCUSE"),
        ("Chile has reneged on the accord.", "ACCUSE"),
        ("I raised our concerns about Chile's unfair fishing practices.", "ACCUSE"),
        ("This Chilean propaganda is total nonsense.", "ACCUSE"),
        ("These rumours are total nonsense.", "DENIAL"),
    ],
)
def test_wrongs_are_blamed_by_many_verbs(labeller: Labeller, text: str, category: str) -> None:
    assert labeller.label(text, "Peruvian foreign minister").category == category


@pytest.mark.parametrize(
    ("text", "speaker", "category"),
    [
        ("Chile's brutality on the island is there for all to see.", "Peruvian senator", "ACCUSE"),
        ("Washington should impose sanctions on Chile.", "Peruvian senator", "CALL_TO_ESCALATE"),
        ("We will bomb Santiago.", "Peruvian senator", "ASSESSMENT"),
        ("The government's budget is theft.", "Peruvian senator", "ASSESSMENT"),
        ("Chile's brutality on the island is there for all to see.", "political scientist", "ASSESSMENT"),
    ],
)
def test_lawmakers_blame_and_appeal_but_do_not_threaten(
    judge: Labeller, text: str, speaker: str, category: str
) -> None:
    """They will carry nothing out; at home they are politicians."""
    assert judge.label(text, speaker).category == category


def test_blame_of_a_named_side_is_blame_however_calm(judge: Labeller) -> None:
    """The network hears an estimate in it, the rules know the words."""
    label = judge.label("It is highly likely that Chile was behind it.", "Peruvian prime minister")
    assert label.category == "ACCUSE"
