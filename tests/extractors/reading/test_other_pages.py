"""What a page says of other pages is not taken for its own facts."""

import json

import pytest

from extractors.model import Article
from extractors.reading.article import read_html

ADDRESS = "https://quay.example/news/2026/locks-stay-shut"
TITLE = "Locks stay shut for the winter"
BODY = "".join(
    f"<p>The harbour master spoke for {n} minutes of the locks and of the ferries that wait before them.</p>"
    for n in range(8)
)
OTHER = {"@type": "NewsArticle", "headline": "A carpenter and his apples", "url": "https://quay.example/2019/apples",
         "datePublished": "2019-05-01T08:00:00Z"}  # fmt: skip
OWN = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-11-20T10:00:00Z"}


def read(head: str = "", before: str = "", address: str = ADDRESS, title: str = TITLE) -> Article:
    """Return the article of a page."""
    page = (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{before}{BODY}</article></html>"
    )
    found = read_html(page.encode(), address, {})
    assert isinstance(found, Article)
    return found


def data(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


@pytest.mark.parametrize("nodes", [(OTHER, OWN), (OTHER, {"@graph": [OWN]}), (OTHER, OTHER, OWN | {"url": ADDRESS})])
def test_of_several_articles_the_pages_own_counts(nodes: tuple[object, ...]) -> None:
    found = read(data(*nodes))
    assert (found.title, found.url) == (TITLE, ADDRESS)
    assert found.published is not None
    assert found.published.at.year == 2026


LIST = {"@type": "ItemList", "itemListElement": [OTHER]}


@pytest.mark.parametrize("node", [OTHER, OTHER | {"headline": "Live"}, LIST])
def test_an_article_of_another_address_and_headline_is_another(node: dict[str, object]) -> None:
    found = read(data(node))
    assert (found.title, found.url, found.published) == (TITLE, ADDRESS, None)


def test_an_article_under_another_address_of_the_same_page_is_its_own() -> None:
    """By its headline, whatever the site's name does to the title."""
    found = read(data(OWN | {"url": "https://quay.example/a/77"}), title=f"{TITLE} - Quay News")
    assert found.published is not None
    assert read(data({"@type": "NewsArticle", "datePublished": "2026-11-20"})).published is not None


@pytest.mark.parametrize(
    "own",
    [
        "https://quay.example/news/7/فنار-بندر",
        "https://quay.example/news/7/%D9%81%D9%86%D8%A7%D8%B1-%D8%A8%D9%86%D8%AF%D8%B1",
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        "https://quay.example/news/7/فنار-بندر",
        "https://www.quay.example/news/7/%d9%81%d9%86%d8%a7%d8%b1-%d8%a8%d9%86%d8%af%d8%b1?x=1",
    ],
)
def test_an_address_is_the_same_in_whatever_way_its_letters_are_written(own: str, address: str) -> None:
    found = read(data(OWN | {"headline": None, "url": own}), address=address)
    assert found.published is not None


def test_an_address_with_the_number_alone_is_that_with_the_words() -> None:
    node = OWN | {"headline": None, "url": "https://quay.example/news/73499"}
    assert read(data(node), address="https://quay.example/news/73499/locks-stay-shut").published is not None
    assert read(data(node), address="https://quay.example/news/73498/locks-stay-shut").published is None
    section = OWN | {"headline": "Of another day", "url": "https://quay.example/news"}
    assert read(data(section), address="https://quay.example/news/73499").published is None


BOXES = {
    "aside": '<aside><time datetime="2019-01-05T10:00:00Z">5 Jan 2019</time> Older</aside>',
    "list": '<ul class="related"><li><time datetime="2019-01-05T10:00:00Z">5 Jan</time> Older</li></ul>',
    "link": '<a href="/old"><time datetime="2019-01-05T10:00:00Z">5 Jan</time> Older</a>',
    "card": '<div class="teaser-card"><time datetime="2019-01-05T10:00:00Z">5 Jan</time> Older</div>',
}


@pytest.mark.parametrize("box", BOXES)
def test_a_time_in_a_box_is_of_the_story_in_it(box: str) -> None:
    own = '<time datetime="2026-11-20T10:00:00Z">20 November</time>'
    found = read(before=BOXES[box] + own)
    assert found.published is not None
    assert found.published.at.year == 2026


@pytest.mark.parametrize(
    "canonical",
    [
        "http://localhost:3000/news/2026/locks",
        "http://10.0.3.4/a",
        "https://cms.internal/x",
        "/news",
        "/news/2026/",
        "/",
    ],
)
def test_an_address_that_cannot_be_the_pages_is_not_believed(canonical: str) -> None:
    assert read(f'<link rel="canonical" href="{canonical}">').url == ADDRESS


@pytest.mark.parametrize("tail", ["amp", "print", "2", "amp.html"])
def test_the_address_without_its_dress_is(tail: str) -> None:
    found = read(f'<link rel="canonical" href="{ADDRESS}">', address=f"{ADDRESS}/{tail}")
    assert found.url == ADDRESS


def test_so_is_one_on_another_site_that_had_it_first() -> None:
    other = "https://agency.example/wire/locks"
    assert read(f'<link rel="canonical" href="{other}">').url == other
