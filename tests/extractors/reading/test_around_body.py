# ruff: noqa: E501, ISC004 (the markup is data: one case reads better on one line)
"""What stands around and amid a body is left out and on record, the editors' own lists, boxes and captions stay."""

import pytest

from extractors.model import Article
from extractors.reading.article import read_html

ADDRESS = "https://quay.example/2026/locks"
TITLE = "Locks stay shut for the winter"
BODY = [
    f"In hour {n} the harbour master told row {n * 7} that the {name} lock would stay shut until the spring tides are over."
    for n, name in enumerate(("eastern", "western", "northern", "southern", "upper", "lower", "old", "new"), start=1)
]


def read(amid: str, *, head: str = "", before: str = "", after: str = "") -> Article:
    """Return the article of a page that has something amid its body."""
    first, rest = ("".join(f"<p>{one}</p>" for one in part) for part in (BODY[:4], BODY[4:]))
    page = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{before}"
        f"<div class='text'>{first}{amid}{rest}</div></article>{after}</body></html>"
    )
    found = read_html(page.encode(), ADDRESS, {})
    assert isinstance(found, Article)
    assert all(one in found.text for one in BODY)
    return found


OTHERS = {
    "a link": ('<p><a href="/2025/apples">A carpenter and his seven apples come home</a></p>', "carpenter"),
    "a label and a link": ('<p><b>Lies auch: <a href="/2">Der Zimmermann und seine Äpfel</a></b></p>', "Zimmermann"),
    "a list of links": (
        '<ul><li><a href="/3">Seven carpenters walk to the northern hills</a></li>'
        '<li><b>Apples: </b><a href="/4">Nobody picks them on the islands this year</a></li></ul>',
        "carpenters",
    ),
    "a card": (
        '<div><h3><a href="/5">The carpenter of the hills speaks out</a></h3><p>He has seven apples and a cart.</p></div>',
        "seven apples",
    ),
    "a link around all": ('<a href="/6"><p>A carpenter tells of his seven apples and a cart</p></a>', "carpenter"),
    "an offer": ('<p class="letter-newsletter">Our carpenter writes to you each Friday, free of charge.</p>', "carpenter"),
    "an author": ('<div class="author-bio"><p>Ilse Tarn has been a carpenter and writes of harbours.</p></div>', "carpenter"),
    "a note for an embed": (
        '<div class="embed-placeholder"><p>Your settings keep the carpenter from loading here.</p></div>' * 3,
        "carpenter",
    ),
    "a wall's words": ("<p>Dieser Artikel ist exklusiv für Abonnenten.</p>", "Abonnenten"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_of_others_is_left_out(name: str) -> None:
    markup, words = OTHERS[name]
    found = read(markup)
    assert words not in found.text
    assert found.title == TITLE


OWN = {
    "a list": "<ul><li>The eastern basin holds nine barges</li><li>The western one holds carpenters</li></ul>",
    "names that are linked": '<p><a href="/t/1">Lindmoor</a>, <a href="/t/2">Hallig</a> and <a href="/t/3">Oster</a> wait '
    "for the carpenters.</p>",
    "a sentence that links its source": '<p>It is <a href="/d">what the carpenters of the council had decided</a> in June, '
    "he said, and nobody spoke against it.</p>",
    "a box of facts": '<div class="factbox"><h3>Locks</h3><p>The harbour has nine locks, built by carpenters in 1802.</p></div>',
    "headings with their address": '<h3><a href="/x">Nine carpenters for the eastern lock</a></h3>'
    "<p>They begin in May and end before the first storms of autumn reach the islands in the north.</p>",
    "a question to many": "<p>What did you bring to the harbour, and what will you say to the nine carpenters?</p>" * 3,
    "a row of towns": "<p>Lindmoor, Hallig, Oster, Wester, Sand, Deich, Holm, carpenters, Nord, Sund, Ost, Mole</p>"
    * 2,
    "a place that is in the text and in a box": f'<div class="related"><p>{BODY[0]}</p></div><p>Nine carpenters left on '
    "Monday with the last ferry to the islands.</p>",
}


@pytest.mark.parametrize("name", OWN)
def test_what_is_the_editors_own_stays(name: str) -> None:
    assert "carpenters" in read(OWN[name]).text


def test_a_sentence_that_the_page_shows_twice_is_read_once() -> None:
    found = read(f"<figure><img src='/x.png'></figure><p>{BODY[1]}</p>")
    assert found.text.count(BODY[1]) == 1


def test_the_next_article_of_an_endless_page_is_another() -> None:
    more = "".join(f"<p>{one.replace('lock', 'orchard')}</p>" for one in BODY)
    found = read("", after=f"<article><h1>Apples are late this year</h1><div class='text'>{more}</div></article>")
    assert "orchard" not in found.text


def test_no_page_is_left_without_a_text() -> None:
    """Its own article is filled by a script; what was read is another one, which is better than nothing."""
    rest = "".join(f"<p>{one}</p>" for one in BODY)
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>Loading.</p></article>"
        f"<article><h1>Ferries sail again to the islands</h1>{rest}</article></body></html>"
    )
    found = read_html(page.encode(), ADDRESS, {})
    assert not isinstance(found, Article) or BODY[0] in found.text


def test_what_was_left_out_is_on_record() -> None:
    found = read(OTHERS["a link"][0])
    dropped = [(one.reason, one.text) for one in found.dropped]
    assert all(reason in ("title", "furniture") for reason, _ in dropped)


LEAD = "The harbour keeps its nine locks shut until spring, and nobody has told the ferries what to do."
DESCRIBED = f'<meta property="og:description" content="{LEAD}">'
LEADS = {"a paragraph": f"<p class='lead'>{LEAD}</p>", "a heading": f"<header><h2>{LEAD}</h2></header>",
         "a cut description": f"<div><span>{LEAD} They wait.</span></div>"}  # fmt: skip


@pytest.mark.parametrize("name", LEADS)
def test_the_standfirst_is_part_of_the_text(name: str) -> None:
    found = read("", head=DESCRIBED, before=LEADS[name])
    assert found.text.count(LEAD) == 1
    assert found.text.startswith(LEAD)


def test_a_description_that_the_page_does_not_show_is_none() -> None:
    assert LEAD not in read("", head=DESCRIBED).text
    assert LEAD not in read("", head=DESCRIBED, after=f"<aside><p>{LEAD}</p></aside>").text
