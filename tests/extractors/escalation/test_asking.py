"""What the network is asked: the cue where it belongs to what is said, the speaker in a newsroom's words."""

import pytest

from extractors.escalation.grammar.statement import Reading
from extractors.escalation.labelling import read_statement
from extractors.escalation.network.asking import question_of, tokens_of
from extractors.language.parsing import ParsedParagraph
from extractors.model import Attribution, Form, Span, Speaker, Statement
from tests.extractors.escalation.labelling import Labeller

TEXT = (
    "The cabinet in Lima declined to rule out sending mortars. “We have mortars,” Ana Ruiz said, “and we have time.” "
    "Officials said on Monday that the road was closed."
)
CABINET = Speaker(text="The cabinet in Lima", role="cabinet", country="PER")
RUIZ = Speaker(text="Ana Ruiz", name="Ana Ruiz")


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def reading(labeller: Labeller, contents: list[str], cue: str, form: Form, speaker: Speaker) -> Reading:
    spans = tuple(span_of(one) for one in contents)
    attribution = Attribution(0, spans, form, span_of(cue), cue.split(maxsplit=1)[0], None, None)
    paragraph = ParsedParagraph(labeller.language(TEXT), 0)
    return read_statement(Statement(0, " ".join(contents), attribution, speaker), [paragraph], labeller.lexicon)


def test_a_cue_that_says_more_than_said_is_asked_with_its_subject(labeller: Labeller) -> None:
    asked = question_of(reading(labeller, ["sending mortars"], "rule out", "indirect", CABINET))
    assert asked.text == "The cabinet in Lima declined to rule out sending mortars"
    assert asked.speaker == "cabinet of Peru"


def test_a_quote_is_asked_in_its_own_words(labeller: Labeller) -> None:
    asked = question_of(reading(labeller, ["We have mortars", "and we have time"], "said", "direct", RUIZ))
    assert (asked.speaker, asked.text) == ("Ana Ruiz", "We have mortars and we have time")


@pytest.mark.parametrize(
    ("contents", "cue", "form"),
    [
        (["sending mortars"], "rule out", "indirect"),
        (["We have mortars", "and we have time"], "said,", "direct"),
        (["the road was closed"], "said on", "indirect"),
    ],
)
def test_every_word_of_the_question_is_found_again(
    labeller: Labeller, contents: list[str], cue: str, form: Form
) -> None:
    one = reading(labeller, contents, cue, form, RUIZ)
    text = question_of(one).text
    at = 0
    for index in tokens_of(one, Span(0, len(text))):
        word = one.words.quote(index, index)
        at = text.index(word, at)
        assert tokens_of(one, Span(at, at + len(word))) == (index,)
        at += len(word)
    assert at == len(text)
