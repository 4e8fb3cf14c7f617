"""The memory of token attributes gives what the ruler gives."""

import pytest
import spacy
from spacy.language import Language

from extractors.language.parsing import DEFAULT_MODEL

TEXTS = [
    "There's no deal yet, and the envoys aren't going to wait.",
    "Let's go, y'all: they're gonna say that they have got to leave.",
    "  She said  it was hers; everybody who can should come.\n",
    "",
    "“We ain’t leaving,” he’d told them.",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_is_annotated_alike(text: str, plain: Language, language: Language) -> None:
    """Part of speech, morphology and lemma are those of the plain pipeline, the first time and from memory."""
    expected = [(token.pos_, str(token.morph), token.lemma_, token.dep_, token.tag_) for token in plain(text)]
    for _ in range(2):
        found = [(token.pos_, str(token.morph), token.lemma_, token.dep_, token.tag_) for token in language(text)]
        assert found == expected


def test_the_memory_stands_in_the_rulers_place(language: Language) -> None:
    """The ruler is gone and the lemmatizer still comes after."""
    names = language.pipe_names
    assert "attribute_ruler" not in names
    assert names.index("attribute_memory") < names.index("lemmatizer")
