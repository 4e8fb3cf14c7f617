"""Labels of speakers, in the shapes that transcribers and agencies use."""

import pytest

from extractors.layout.labels import find_label


@pytest.mark.parametrize(
    ("text", "kind", "name", "words"),
    [
        ("MR. WARD: We saw it.", "speaker", "MR. WARD", "We saw it."),
        ("MS. JEAN-LUC: We saw it.", "speaker", "MS. JEAN-LUC", "We saw it."),
        ("GENERAL STRAND: We saw it.", "speaker", "GENERAL STRAND", "We saw it."),
        ("FM SOKOL (via interpreter): We saw it.", "speaker", "FM SOKOL", "We saw it."),
        ("SENIOR OFFICIAL TWO: We saw it.", "speaker", "SENIOR OFFICIAL TWO", "We saw it."),
        ("Sen. Ruth Ames: We saw it.", "speaker", "Sen. Ruth Ames", "We saw it."),
        ("**Ilya Kern:** We saw it.", "speaker", "Ilya Kern", "We saw it."),
        ("**Ilya Kern**: We saw it.", "speaker", "Ilya Kern", "We saw it."),
        ("<b>Ilya Kern:</b> We saw it.", "speaker", "Ilya Kern", "We saw it."),
        ("▲ Spokesperson Lee: We saw it.", "speaker", "Spokesperson Lee", "We saw it."),
        ("Q: Who saw it?", "question", "", "Who saw it?"),
        ("Q. Who saw it?", "question", "", "Who saw it?"),
        ("Q Who saw it?", "question", "", "Who saw it?"),
        ("QUESTION: Who saw it?", "question", "", "Who saw it?"),
        ("**Question:** Who saw it?", "question", "", "Who saw it?"),
        ("[Question] Who saw it?", "question", "", "Who saw it?"),
        ("<Q> Who saw it?", "question", "", "Who saw it?"),
        ("Вопрос: Who saw it?", "question", "", "Who saw it?"),
        ("A: We did.", "answer", "", "We did."),
        ("Answer: We did.", "answer", "", "We did."),
        ("Minister Ada Roe", "speaker", "Minister Ada Roe", ""),
    ],
)
def test_a_label_is_told_from_the_words_after_it(text: str, kind: str, name: str, words: str) -> None:
    """Its kind, the speaker's name without marks and brackets, and where the words begin."""
    label = find_label(text)
    assert label is not None
    assert (label.kind, label.name, text[label.end :]) == (kind, name, words)


@pytest.mark.parametrize(
    "text",
    [
        "Quite a few ships: eleven of them were tankers.",
        "The minister said: we saw it.",
        "Note: the numbers were revised.",
        "Our message is simple: leave.",
        "STANDING UP TO THE REGIME: Today the order was signed.",
        "And to the President: do you agree?",
        "At 10:45 the convoy left.",
        "The ships left the harbour.",
    ],
)
def test_a_colon_alone_makes_no_label(text: str) -> None:
    """Running text, headings and notes have colons too."""
    assert find_label(text) is None
