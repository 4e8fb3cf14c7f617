"""Parsing: paragraphs stay whole and in place, however long they are."""

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.language.parsing import LONGEST_PIECE, cut_long, parse_paragraphs
from extractors.model import Span


@given(st.text(alphabet='ab. !?”"', max_size=80), st.integers(min_value=2, max_value=30))
def test_pieces_are_short_and_lose_nothing(text: str, limit: int) -> None:
    """Cutting keeps every code point and every piece within the limit."""
    pieces = cut_long(text, limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


def test_a_cut_falls_after_a_sentence() -> None:
    """A long text is cut where a sentence ends."""
    assert cut_long("One goes. Two stays. Three.", 22) == ["One goes. Two stays. ", "Three."]


def test_a_paragraph_longer_than_a_piece_comes_back_whole(language: Language) -> None:
    """The parse of an endless paragraph has its text letter by letter and sits where it stands."""
    text = "Title\n" + "The ferry left. " * (LONGEST_PIECE // 14)
    (paragraph,) = parse_paragraphs(language, text, [Span(6, len(text))])
    assert paragraph.doc.text == text[6:]
    assert paragraph.start == 6
    assert paragraph.doc.has_annotation("DEP")
