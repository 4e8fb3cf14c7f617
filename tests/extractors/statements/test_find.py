"""What holds for every text: spans inside it, the same result twice, no exception."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import Finder

WORDS = st.sampled_from(
    [
        "said",
        "the",
        "minister",
        "he",
        '"',
        "“",
        "”",
        "'",
        ",",
        ".",
        ":",
        "that",
        "warned",
        "of",
        "to",
        "strike",
        "\n",
        "according",
    ]
)
JUMBLE = st.lists(WORDS, max_size=30).map(" ".join)
ANYTHING = st.one_of(JUMBLE, st.text(max_size=80))
OFTEN = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OFTEN
@given(ANYTHING)
def test_any_text_gives_spans_inside_it(find: Finder, text: str) -> None:
    """Every span is a non-empty stretch of the text, and links point to other statements."""
    found = find(text)
    for index, one in enumerate(found):
        marked = [*one.spans, *(span for span in (one.cue, one.source, one.addressee) if span is not None)]
        assert all(0 <= span.start < span.end <= len(text) for span in marked)
        assert all(before.end <= after.start for before, after in zip(one.spans, one.spans[1:], strict=False))
        assert one.carried_from is None or one.carried_from < index
        assert one.reported_by is None or (one.reported_by != index and one.reported_by < len(found))


@OFTEN
@given(ANYTHING)
def test_the_same_text_gives_the_same_statements(find: Finder, text: str) -> None:
    """Extraction is a pure function of the text."""
    assert find(text) == find(text)


def test_a_quote_of_the_next_paragraph_lends_its_speaker(find: Finder) -> None:
    """An open quote takes the speaker named after its next paragraph."""
    text = "“The pass is closed.\n“It stays closed,” Colonel Dorji said."
    assert [one.source and one.source.of(text) for one in find(text)] == ["Colonel Dorji", "Colonel Dorji"]


def test_statements_come_in_document_order(find: Finder) -> None:
    """Statements are ordered by where their content begins."""
    text = (
        'The mayor warned of floods. "Leave now," he said, and the governor said help was on its way.\nShe denied it.'
    )
    starts = [one.spans[0].start for one in find(text)]
    assert starts == sorted(starts)
    assert len(starts) == 3
