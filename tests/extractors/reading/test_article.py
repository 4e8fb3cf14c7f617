import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.identity.fingerprint import content_hash
from extractors.model import Article, Rejected
from extractors.reading.article import read_body, read_text
from extractors.reading.decoding import Decoded, decode_text
from tests.extractors.reading.article_cases import as_json, list_inputs, read_case

CASES = [path for kind in ("text", "body", "html") for path in list_inputs(kind)]
SENTENCE = "The harbour master said on Monday that the eastern lock would stay closed until the spring tides are over."


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_comes_to_what_its_json_says(path: Path) -> None:
    """Each input of tests/cases/articles gives the article, or the rejection, written beside it."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    expected.pop("given", None)
    assert as_json(read_case(path)) == expected


def check_spans(article: Article, source: str) -> None:
    """Every paragraph and every dropped piece stands in the source letter by letter; the rest is space."""
    used = [False] * len(source)
    for paragraph in article.paragraphs:
        words = paragraph.span.of(article.text)
        assert words.strip()
        assert paragraph.source_start is not None
        assert source[paragraph.source_start : paragraph.source_start + len(words)] == words
        used[paragraph.source_start : paragraph.source_start + len(words)] = [True] * len(words)
    for dropped in article.dropped:
        assert dropped.source is not None
        assert dropped.source.of(source) == dropped.text
        used[dropped.source.start : dropped.source.end] = [True] * len(dropped.text)
    rest = "".join(char for char, is_used in zip(source, used, strict=True) if not is_used)
    assert all(char.isspace() or char in "\ufeff\u200b\u200e\u200f\u2060" for char in rest)
    assert article.text == "\n\n".join(paragraph.span.of(article.text) for paragraph in article.paragraphs)
    assert article.content_hash == content_hash(article.text)


LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "EN|FR",
            "Follow us on:",
            "COMMENTS",
            "More on this topic",
            "Photo: A. B.",
            "By Ann Lee",
            "4 May 2023",
        ]
    ),
    st.just(SENTENCE),
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]), st.sampled_from(["", "\ufeff"]))
@settings(deadline=None)
def test_spans_hold_in_any_text(lines: list[str], line_end: str, mark: str) -> None:
    """Whatever the lines are, offsets count the text as it was given."""
    source = mark + line_end.join(lines)
    outcome = read_body(source)
    if isinstance(outcome, Article):
        check_spans(outcome, source)
    data = source.encode("utf-8", "ignore")
    read = read_text(data)
    if isinstance(read, Article):
        check_spans(read, data.decode("utf-8"))


@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-16", "ignore"))))
@settings(deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes) -> None:
    """No bytes raise, and the spans of what is read hold in the decoded text."""
    outcome = read_text(data, min_chars=1)
    decoded = decode_text(data)
    if isinstance(outcome, Article):
        assert isinstance(decoded, Decoded)
        assert data.decode(decoded.encoding, decoded.errors) == decoded.text
        check_spans(outcome, decoded.text)
    else:
        assert outcome.reason in {"empty", "binary", "too-short"}


@given(st.data())
@settings(deadline=None)
def test_a_damaged_file_is_still_read_or_refused(data: st.DataObject) -> None:
    """Bytes of an article with some replaced, cut or doubled never raise."""
    raw = bytearray("\n\n".join(["Ferry out of service", SENTENCE, f"“{SENTENCE}”", SENTENCE]).encode())
    for _ in range(data.draw(st.integers(0, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    outcome = read_text(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    assert isinstance(outcome, (Article, Rejected))


def test_reading_the_body_again_changes_nothing() -> None:
    """An article's text read as a body gives the same text, so its identity is stable."""
    for path in list_inputs("text"):
        article = read_case(path)
        if isinstance(article, Article) and article.title:
            again = read_body(f"{article.title}\n\n{article.text}")
            assert isinstance(again, Article)
            assert again.content_hash == article.content_hash


def test_a_text_above_the_limit_is_refused() -> None:
    """The size limit is an argument of both readers."""
    large = SENTENCE.encode() * 100
    assert read_text(large, max_bytes=1_000) == Rejected("too-large", f"{len(large):,} bytes, the limit is 1,000")
    outcome = read_body(SENTENCE * 100, max_chars=1_000)
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "too-large"


def test_a_long_text_is_read_in_time() -> None:
    """Thousands of lines that nearly match the patterns take no longer than others."""
    many = "\n".join([SENTENCE, "on : on : on : at", "A" * 200, "x | y | z"] * 1_000)
    outcome = read_text(many.encode())
    assert isinstance(outcome, Article)
