"""Tokens: quote marks without a blank come apart, shortened titles stay whole."""

import pytest
from spacy.language import Language

from extractors.language.parsing import parse_paragraphs
from extractors.model import Span


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Ruiz said,“We stay.”", ["Ruiz", "said", ",", "“", "We", "stay", ".", "”"]),
        ("He wrote:«Enough»", ["He", "wrote", ":", "«", "Enough", "»"]),
        ("“No”—he left", ["“", "No", "”", "—", "he", "left"]),
        ("Maj. Gen. Omar Said", ["Maj.", "Gen.", "Omar", "Said"]),
        ("Army Capt. Li Wen", ["Army", "Capt.", "Li", "Wen"]),
        ("The 6'2\" guard", ["The", "6'2", '"', "guard"]),
    ],
)
def test_words_come_apart_where_they_should(language: Language, text: str, tokens: list[str]) -> None:
    """Each text gives its tokens."""
    assert [token.text for token in language.make_doc(text)] == tokens


def test_a_parse_keeps_no_vectors(language: Language) -> None:
    """The network's output is let go as soon as a paragraph is parsed."""
    text = "The ferry left at dawn."
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    assert paragraph.doc.tensor.size == 0
