"""Bare statements: the codebook's own examples, frames in a sentence, batches, and any text at all."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.escalation import ClassifyInput, classify, classify_all
from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("We will not stand by", "THREAT_UNSPEC"),
        ("The ministry warned of further steps", "THREAT_UNSPEC"),
        ("The ministry warned the rebels against closing the road", "WARN_CONSEQUENCE"),
        ("Of course we will answer in every way we find necessary", "THREAT_UNSPEC"),
        ("The envoy urged both sides to go on talking", "CALL_RESTRAINT"),
        ("The premier declined to rule out sending tanks", "OPTION_OPEN"),
        ("The generals threatened to bomb the dam", "THREAT_FORCE"),
        ("The ministry summoned the ambassador over the raid", "PROTEST_DIPL"),
        ("The kingdom condemned the raid", "ACCUSE"),
        ("", "ASSESSMENT"),
        ("...", "ASSESSMENT"),
    ],
)
def test_content_alone_and_whole_sentences_are_labelled(labeller: Labeller, text: str, category: str) -> None:
    assert labeller.label(text, None).category == category


def test_the_sentences_own_speaker_counts_where_none_is_given(labeller: Labeller) -> None:
    assert labeller.label("Analysts said the army would bomb the port.", None).category == "ASSESSMENT"


@pytest.mark.parametrize(("text", "word"), [("We may strike their bases.", "may"), ("We could bomb the dam.", "could")])
def test_what_hedges_a_threat_is_shown_with_its_own_word(labeller: Labeller, text: str, word: str) -> None:
    lowered = [one for one in labeller.label(text, None).evidence if one.effect == "lower"]
    assert [(one.rule, one.words) for one in lowered] == [(f"hedge {word}", word)]
    assert [text[one.span.start : one.span.end] for one in lowered if one.span] == [word]


def test_a_batch_gives_what_single_calls_give_in_the_same_order(labeller: Labeller) -> None:
    texts = ["We will strike.", "We want peace.", "The army denied it.", "They are reckless."]
    inputs = [ClassifyInput(str(n), text) for n, text in enumerate(texts)]
    batch = list(classify_all(inputs, labeller.language, labeller.lexicon, batch_size=3))
    assert [one.id for one, _ in batch] == ["0", "1", "2", "3"]
    assert [label for _, label in batch] == [
        classify(text, None, labeller.language, labeller.lexicon) for text in texts
    ]


def test_inputs_are_read_as_labels_are_asked_for(labeller: Labeller) -> None:
    read = []

    def endless() -> Iterator[ClassifyInput]:
        while True:
            read.append(1)
            yield ClassifyInput("x", "We will not yield.")

    labels = classify_all(endless(), labeller.language, labeller.lexicon, batch_size=4)
    next(labels)
    assert len(read) < 40


@settings(deadline=None)
@given(text=st.text(max_size=80), speaker=st.none() | st.text(max_size=20))
def test_any_text_gets_a_label_whose_evidence_stands_in_it(labeller: Labeller, text: str, speaker: str | None) -> None:
    label = labeller.label(text, speaker)
    category = labeller.lexicon.categories[label.category]
    assert label.polarity == category.polarity
    assert 0 <= label.severity <= 5
    assert (label.severity == 0) == (label.polarity == "neutral")
    for one in label.evidence:
        assert one.span is None or one.span.of(text) == one.words
