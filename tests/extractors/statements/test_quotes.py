"""Quote marks of all shapes, also where an outlet got them wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.statements.quotes.marks import find_quotes

MARKS = st.text(alphabet="ab .,?\"“”„«»‘’'`\u00a0", max_size=60)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ("«Un,» dit-il. « Deux. »", ["Un,", "Deux."]),
        ("„Eins“, sagte er.", ["Eins"]),
        ("''One,'' he said.", ["One,"]),
        ("``One,'' he said.", ["One,"]),
        ("‘It’s the dockers’ fault,’ he said.", ["It’s the dockers’ fault,"]),
        ("“He shouted ‘stop’ twice,” he said.", ["He shouted ‘stop’ twice,"]),
        ('"He shouted "stop" twice," he said.', ['He shouted "stop" twice,']),
        ("“One,“ he said. “Two.“", ["One,", "Two."]),
        ("”One,” he said.", ["One,"]),
        ("“One goes on", ["One goes on"]),
        ('"One, he said. "Two."', ["One, he said.", "Two."]),
        ("In the ’90s the 6'2\" guard and the workers' union", []),
        ("It's the ship's crew", []),
    ],
)
def test_the_quoted_stretches_are_found(text: str, inside: list[str]) -> None:
    """Outermost stretches come without their marks, in order."""
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == inside


def test_a_quote_without_its_closing_mark_is_open() -> None:
    """A quote that runs to the end of its paragraph says so."""
    assert [quote.is_open for quote in find_quotes("“One,” she said. “Two goes on")] == [False, True]


@given(MARKS)
def test_quotes_never_overlap_and_stay_inside_the_text(text: str) -> None:
    """Whatever the marks, stretches are in order, apart from one another and inside the text."""
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.outer_start <= quote.start <= quote.end <= quote.outer_end <= len(text)
        end = quote.outer_end
