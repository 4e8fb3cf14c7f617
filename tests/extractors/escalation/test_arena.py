"""Arena: the same words escalate a dispute and say nothing in sport, business, courts and campaigns."""

import pytest

from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("We will attack them from the first minute.", "the rugby coach"),
        ("I will never surrender.", "a candidate for the senate"),
        ("Nothing will stop us from striking next week.", "a nurses' union leader"),
        ("We reject the offer.", "a lawyer for the widow"),
        ("We will not tolerate this.", "the mayor of the harbour town"),
        ("We will not hesitate to act.", "the health minister"),
        ("The voters will make them pay for this at the election.", "the prime minister"),
        ("We condemn his attack on the teachers' pensions.", "the president"),
        ("We demand lower rents for every tenant and every pupil.", "the president"),
        ("The company will pay dearly for the layoffs.", "Odile Varga"),
    ],
)
def test_everyday_fighting_words_are_neutral(labeller: Labeller, text: str, speaker: str) -> None:
    assert labeller.label(text, speaker).polarity == "neutral"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("We will attack them from the first minute.", "the rebel commander"),
        ("We will never surrender.", "the president"),
        ("We will not hesitate to act.", "the defence minister"),
        ("We will not tolerate this.", "the foreign ministry"),
        ("Peru will pay dearly for the election of this man.", "the Bolivian president"),
        ("Lima must hand over the soldiers.", "the Ecuadorian health minister"),
    ],
)
def test_the_same_words_count_between_states(labeller: Labeller, text: str, speaker: str) -> None:
    assert labeller.label(text, speaker).polarity == "escalatory"


def test_the_reason_stays_readable(labeller: Labeller) -> None:
    label = labeller.label("The voters will make them pay for this.", "the prime minister")
    assert label.category == "LEGAL_DOMESTIC"
    assert label.evidence[0].rule.endswith("no adversary in view")
