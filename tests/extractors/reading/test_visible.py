"""A glance at a page's bytes sees every word that a reader may take for title or text."""

import time

import pytest

from extractors.model import Rejected
from extractors.reading import Visible, visible_words


def seen(page: str, encoding: str = "utf-8", content_type: str | None = None) -> Visible:
    words = visible_words(page.encode(encoding), content_type)
    assert isinstance(words, Visible)
    return words


def texts(page: str) -> list[str]:
    return [" ".join(text.split()) for text in seen(page).texts]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>The ferry</p><p>sails</p>", "The ferry sails"),
        ("<p>The f&eacute;rry &#8220;sails&#8221;</p>", "The férry “sails”"),
        ("<P CLASS='a b'>The <B>ferry</B> sails<BR>today</P>", "The ferry sails today"),
        ("<script>var ferry = '<p>no</p>'</script><p>yes</p>", "yes"),
        ("<STYLE>p { color: red }</STYLE ><p>yes</p>", "yes"),
        ("<!-- <p>no</p> --><p>yes</p>", "yes"),
        ("<!--><p>yes</p>", "yes"),
        ("<noscript>shown to some</noscript>", "shown to some"),
        ("if a < b then <i>c</i>", "if a < b then c"),
        ("<meta name='description' content='A ferry sails'><p>now</p>", "A ferry sails now"),
    ],
)
def test_words_are_seen_and_markup_is_not(page: str, shown: str) -> None:
    assert shown in texts(page)


@pytest.mark.parametrize("broken", ["<script>one word", "<style>one word", "<!-- one word", "<script><script>one word"])
def test_what_is_never_closed_stays(broken: str) -> None:
    assert "one word" in texts(f"<p>before</p>{broken}")[0]


@pytest.mark.parametrize("inside", ["<b>", "</em>", "<wbr>", "<a href='x'>", "&shy;", "\u200b"])
def test_a_word_with_something_in_it_is_read_joined_and_parted(inside: str) -> None:
    assert texts(f"<p>Nor{inside}th Korea</p>") == ["Nor th Korea", "North Korea"]


def test_letters_and_their_marks_are_read_as_one() -> None:
    assert "Orbán" in " ".join(texts("<p>Orba\u0301n</p>"))


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("shift_jis", "港の船"), ("koi8-r", "Паром ушёл"), ("gb18030", "渡轮"), ("utf-16", "The ferry")],
)
def test_encodings_are_those_of_the_reader(encoding: str, words: str) -> None:
    page = f'<html><meta charset="{encoding}"><p>{words}</p></html>'
    assert words in " ".join(seen(page, encoding).texts)


def test_the_headers_encoding_is_believed() -> None:
    assert "Паром ушёл" in seen("<p>Паром ушёл</p>", "cp1251", "text/html; charset=windows-1251").texts[0]


@pytest.mark.parametrize(
    "head",
    [
        "<title>Ferry crews walk out today</title>",
        "<h1><a href='/'>Ferry crews</a> walk out today</h1>",
        "<meta property='og:title' content='Ferry crews walk out today'>",
        '<meta content="Ferry crews walk out today" name="twitter:title">',
        '<script type=\'application/ld+json\'>{"headline": "Ferry crews walk out today"}</script>',
        '<script type=\'application/ld+json\'>{"name": "Ferry \\u0063rews walk out today"}</script>',
    ],
)
def test_what_may_be_the_title_is_told_apart(head: str) -> None:
    page = f"<head>{head}</head><p>Talks go on.</p><p>More: <a>another story of the week</a></p>"
    assert [" ".join(one.split()) for one in seen(page).titles] == ["Ferry crews walk out today"]


def test_without_a_headline_anything_may_be_the_title() -> None:
    assert seen("<title>News</title><h2>Ferry crews walk out today</h2>").titles == ()


def test_the_body_in_linked_data_is_seen() -> None:
    page = '<script type=\'application/ld+json\'>{"articleBody": "Caf\\u00e9 owners wait"}</script>'
    assert "Café owners wait" in texts(page)[0]


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08compressed", b"%PDF-1.7", b""])
def test_bytes_that_are_no_text_are_left_to_the_reader(data: bytes) -> None:
    assert isinstance(visible_words(data), Rejected)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["<script>", "<style>", "<!--", "<a", "<p x='", "<meta content='", "<h1>", "&", "\\u", '"name":"', "</script"],
)
def test_no_page_costs_more_than_its_length(piece: str) -> None:
    def seconds(n: int) -> float:
        page = (piece * n).encode()
        start = time.process_time()
        visible_words(page)
        return time.process_time() - start

    small, large = (min(seconds(n) for _ in range(3)) for n in (20_000, 160_000))
    assert large < 24 * small + 0.05
