"""The network: probabilities, reasons that stand in the text, and the same answer whatever else is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.escalation.network.opinion import Network, Opinion, Question
from tests.extractors.escalation.labelling import Labeller

TEXTS = ("We will sink any boat that enters the bay.", "Talks go on.", "No soldier of ours has ever crossed the river.")


@pytest.fixture(scope="session")
def network(judge: Labeller) -> Network:
    """Return the packaged network."""
    assert judge.lexicon.network is not None
    return judge.lexicon.network


def read_anew(network: Network, question: Question) -> Opinion:
    """Return the opinion without a look at what was asked before."""
    return network._read(question)


def test_every_category_of_the_codebook_has_a_probability(network: Network, judge: Labeller) -> None:
    opinion = network.read(Question("an admiral", TEXTS[0]))
    assert {code for code, _ in opinion.ranking} == set(judge.lexicon.categories)
    assert sum(chance for _, chance in opinion.ranking) == pytest.approx(1, abs=1e-4)
    assert [chance for _, chance in opinion.ranking] == sorted((c for _, c in opinion.ranking), reverse=True)


def test_an_opinion_does_not_depend_on_what_was_read_before(network: Network) -> None:
    first = [network.read(Question("", text)) for text in TEXTS]
    network.read(Question("a poet", "word " * 500))
    assert [read_anew(network, Question("", text)) for text in reversed(TEXTS)] == first[::-1]


def test_the_speaker_decides_too(network: Network) -> None:
    text = "The other side will strike the port before winter."
    likeliest, _ = network.read(Question("university professor and defence analyst", text)).ranking[0]
    assert likeliest == "ASSESSMENT"


@settings(deadline=None)
@given(speaker=st.text(max_size=30), text=st.text(max_size=200))
def test_any_text_is_read_and_its_reasons_stand_in_it(network: Network, speaker: str, text: str) -> None:
    opinion = network.read(Question(speaker, text))
    assert opinion == read_anew(network, Question(speaker, text))
    assert opinion.words is None or 0 <= opinion.words.start < opinion.words.end <= len(text)


def test_a_text_far_too_long_is_cut_not_refused(network: Network) -> None:
    assert network.read(Question("", "We will strike. " * 5000)).ranking
