"""Texts and pages made to cost as much as they can, each to any size, and the measure of what they cost."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, cycle
from types import MappingProxyType

from extractors.knowledge import Knowledge
from extractors.model import Article, Moment
from extractors.pipeline import extract
from extractors.reading.article import read_body

NOW = datetime(2026, 5, 4, tzinfo=UTC)
Generator = Callable[[int], str]

SENTENCES = (
    "The minister said on Monday that the two governments would reopen the crossing before winter.",
    "Maria Lindqvist, the envoy of the northern council, told reporters: “We will not accept the new line.”",
    "Traders in the port expect little of the talks, which began in March and have stopped twice.",
    "“If the convoy is attacked again, we shall answer,” General Tomas Varga warned in a speech to officers.",
    "The commission has not published the figures, and its spokeswoman declined to comment.",
    "Heavy rain closed three roads in the hills, but the market stayed open until the evening.",
)
GIVEN = ("Ana", "Boris", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hiro", "Ines", "Jonas")
SYLLABLES = ("ba", "ko", "ri", "mu", "ten", "sal", "vor", "lin", "dar", "pe")


def repeated(unit: str) -> Generator:
    """Return a generator of one unit over and over."""
    return lambda size: (unit * (size // len(unit) + 1))[:size].rstrip()


def between(opening: str, middle: str, closing: str) -> Generator:
    """Return a generator that opens half its size and then closes it."""
    return lambda size: opening * (size // 2 // len(opening)) + middle + closing * (size // 2 // len(closing))


def numbered(line: Callable[[int], str], joint: str = " ") -> Generator:
    """Return a generator of lines that differ by their number."""

    def made(size: int) -> str:
        lines: list[str] = []
        length = 0
        for number in count():
            lines.append(line(number))
            length += len(lines[-1]) + len(joint)
            if length >= size:
                return joint.join(lines)
        raise AssertionError

    return made


def name(number: int) -> str:
    """Return a surname of its own for each number."""
    syllables = [SYLLABLES[int(digit)] for digit in str(number)]
    return "".join(syllables).capitalize()


def prose(size: int) -> str:
    """Return ordinary news: paragraphs of three sentences, the measure of all others."""
    sentences = cycle(SENTENCES)
    return numbered(lambda _: " ".join(next(sentences) for _ in range(3)), "\n\n")(size)


TEXTS: Mapping[str, Generator] = MappingProxyType(
    {
        "open quotes with a cue": repeated("“x said "),
        "paragraphs of open quotes": repeated("“x said " * 115 + "\n\n"),
        "paragraphs of cues": repeated("he said " * 200 + "\n\n"),
        "closed quotes with a cue": repeated("“Yes, we will,” he said. "),
        "quotes in a row": repeated("“a” and “b” and "),
        "one-word quotes": repeated("“x” "),
        "nested quotes": between("“a ", "b", " c”"),
        "quotes within quotes": repeated("“He said ‘we go’ and ‘they’ said “no” ” "),
        "straight quotes": repeated('"a'),
        "straight quotes with a cue": repeated('"x" said "y" '),
        "straight single quotes": repeated("'a b' said "),
        "open guillemets": repeated("«x said "),
        "German quotes": repeated("„Wir gehen“, said Kim. „"),
        "corner brackets": repeated("「x」 said 『y "),
        "closing quotes only": repeated("said he” "),
        "quote marks alone": repeated("“"),
        "straight quote marks alone": repeated('"'),
        "apostrophes": repeated("the boys' mothers' "),
        "grave and acute quotes": repeated("``x said ''"),
        "round brackets": repeated("("),
        "nested brackets": between("(a ", "b", " c)"),
        "bracketed names": repeated("Jane Roe (D-Ohio) (Acme (Fr)) "),
        "one paragraph of prose": lambda size: prose(size).replace("\n\n", " "),
        "one sentence": lambda size: prose(size).replace("\n\n", " ").replace(".", ","),
        "words without a full stop": repeated("the port of the city in the hills of the north "),
        "distinct names": numbered(lambda number: f"{GIVEN[number % 10]} {name(number)} met the council."),
        "distinct names in a list": numbered(lambda number: f"{GIVEN[number % 10]} {name(number)}", ", "),
        "distinct speakers": numbered(lambda number: f"{GIVEN[number % 10]} {name(number)} said the port is shut."),
        "distinct titles": numbered(
            lambda number: f"Minister {GIVEN[number % 10]} {name(number)} of {name(number + 1)}."
        ),
        "one name": repeated("Maria Lindqvist "),
        "one name in sentences": repeated("Maria Lindqvist met Lindqvist. "),
        "one surname": numbered(lambda number: f"Kim {name(number)} said that Kim was away."),
        "surname after given names": numbered(lambda number: f"{name(number)} Kim told Kim and Mr Kim."),
        "initials": numbered(lambda number: f"{'ABCDEFGH'[number % 8]}. {'KLMNOP'[number % 6]}. {name(number)} left."),
        "hyphened capitals": repeated("Ab-"),
        "single capitals": repeated("A-T-G-C-"),
        "acronyms": numbered(lambda number: f"The {name(number).upper()} ({name(number).upper()[:4]}) met the UN."),
        "known bodies": repeated("the United Nations and the European Union and the White House, "),
        "known names": repeated("Vladimir Putin told Xi Jinping that Joe Biden warned NATO. "),
        "no spaces": repeated("abcdefghij"),
        "no spaces, capitals": repeated("ABCDEFGHIJ"),
        "no spaces, Han": repeated("政府官员表示"),
        "digits": repeated("1234567890"),
        "punctuation": repeated("!?.,;:-"),
        "full stops": repeated("."),
        "full stops apart": repeated(". "),
        "hyphens": repeated("a-"),
        "slashes": repeated("a/"),
        "underscores": repeated("_"),
        "newlines": lambda size: "The council met and said that it will act now.\n" + "\n" * size,
        "blanks": lambda size: "The council met and said that it" + " " * size + "will act now.",
        "tabs and blanks": lambda size: "The council met and" + "\t \u00a0" * (size // 3) + "said it will act.",
        "one letter a line": repeated("a\n"),
        "short lines": numbered(lambda number: f"Line {number} said", "\n"),
        "colons": repeated("Kim: no: "),
        "dashes": repeated("he said — she said - "),
        "ellipses": repeated("and … then... "),
        "semicolons": repeated("he said; she said; "),
        "dates": repeated("on March 3, 2024, "),
        "weekdays": repeated("on Monday and Tuesday, "),
        "relative days": repeated("he said yesterday, she said tomorrow, "),
        "conditions": repeated("if they attack, unless we go, when he comes, "),
        "conditional threats": repeated("we will attack if they attack unless they stop, "),
        "conjunctions": repeated("and or and but "),
        "commas": repeated("a, b, "),
        "relative pronouns": repeated("who which that said that "),
        "nested clauses": repeated("he said that she said that "),
        "cues": repeated("he said "),
        "cues in sentences": repeated("He said no. "),
        "cues in participles": repeated("saying it was late, adding that, warning "),
        "according to": repeated("according to officials, "),
        "pronouns": repeated("he her they it we "),
        "negations": repeated("not never no "),
        "threats": repeated("“We will attack Iran and bomb Israel,” he said. "),
        "votes": repeated("voted against sanctions on Iran for attacking Israel, "),
        "headings": repeated("The Council Said Yes\n"),
        "quoting paragraphs": repeated("“We will go home.”\n\n"),
        "open quoting paragraphs": repeated("“We will go home.\n\n"),
        "speech blocks": repeated("The general said:\n\nWe will act now and we will win.\n\n"),
        "labelled lines": numbered(lambda number: f"{name(number).upper()}: We will act now.", "\n"),
        "zero-width": repeated("he\u200b said\u200b \u200b"),
        "combining marks": repeated("e\u0301\u0302\u0303"),
        "one letter with marks": lambda size: "e" + "\u0301" * size,
        "emoji": repeated("👩‍👩‍👧‍👦"),
        "right to left": repeated("قال الوزير \u202eإن "),
        "hashtags and links": repeated("#tag @name https://example.org/a?b=c "),
        "addresses": repeated("https://example.org/a?b=c"),
        "numbers": repeated("3.5 million, 12,000, "),
        "sentence marks with closers": repeated(".)”"),
        "dateline": repeated("SEOUL, May 3, "),
        "long dateline": lambda size: "SEOUL/" * (size // 6),
    }
)

PARAGRAPH = f"<p>{SENTENCES[0]} {SENTENCES[2]}</p>"


def page(body: str, head: str = "") -> str:
    """Return an article's page with more in its body or head."""
    return (
        f"<html><head><title>News of the day</title>{head}</head>"
        f"<body><article><h1>News</h1>{PARAGRAPH * 8}{body}</article></body></html>"
    )


def repeated_in_page(unit: str, before: str = "", after: str = "") -> Generator:
    """Return a generator of pages with one unit over and over."""
    return lambda size: page(before + unit * (size // len(unit)) + after)


LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A word"}</script>'
PAGES: Mapping[str, Generator] = MappingProxyType(
    {
        "nested blocks": lambda size: page("<div>" * (size // 11) + "x" + "</div>" * (size // 11)),
        "unclosed tags": repeated_in_page("<b>a "),
        "a long attribute": lambda size: page(f'<div data-all="{"a" * size}">x</div>'),
        "links": repeated_in_page('<a href="/a">b</a> '),
        "links in a paragraph": repeated_in_page('<a href="/a">b</a> ', "<p>", "</p>"),
        "rows of a table": repeated_in_page("<tr><td>a</td><td>b</td></tr>", "<table>", "</table>"),
        "cells of a row": repeated_in_page("<td>a</td>", "<table><tr>", "</tr></table>"),
        "nested tables": repeated_in_page("<table><tr><td>"),
        "items of a list": repeated_in_page("<li>a b c</li>", "<ul>", "</ul>"),
        "nested lists": repeated_in_page("<ul><li>a"),
        "linked data": lambda size: page("", LINKED * (size // len(LINKED))),
        "deep linked data": lambda size: page("", f'<script type="application/ld+json">{"[" * size}</script>'),
        "meta elements": lambda size: page("", '<meta name="a" content="b">' * (size // 27)),
        "an endless title": lambda size: page("", f'<meta property="og:title" content="{"<" * size}">'),
        "headings": repeated_in_page("<h1>The headline</h1>"),
        "line breaks": repeated_in_page("aaa bbb<br>"),
        "comments": repeated_in_page("<!-- -->"),
        "angle brackets": repeated_in_page("<"),
        "ampersands": repeated_in_page("&"),
        "blanks": lambda size: page(f"<p>a{' ' * size}b</p>"),
        "dates": repeated_in_page("2026-01-02 ", "<p>", "</p>"),
        "one word": repeated_in_page("a", "<p>", "</p>"),
        "one word before a link": repeated_in_page("a", "<p>", ' <a href="/x">four words of link</a></p>'),
        "short paragraphs": repeated_in_page("<p>The port is shut for now.</p>"),
        "boxes in boxes": lambda size: page(
            "<div>" * 200 + "<p>a b</p>" * (size // 10),
            '<meta name="description" content="A port of eight words is shut for now.">',
        ),
    }
)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a piece of work, without that of looking over all that the tests hold in memory."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def extraction(text: str, knowledge: Knowledge) -> float:
    """Return the processor time of finding everything in a text, read as the body of an article of today."""
    article = read_body(text)
    if not isinstance(article, Article):
        return 0.0
    dated = replace(article, published=Moment(NOW, "second", "feed"))
    return seconds(lambda: list(extract([dated], knowledge)))
