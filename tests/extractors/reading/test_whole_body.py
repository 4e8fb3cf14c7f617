"""The body is all of the body: containers of the same make are read, what stands between them is not."""

import pytest

from extractors.model import Article
from extractors.reading.article import read_html

ADDRESS = "https://quay.example/2026/locks"
FURNITURE = (
    '<aside class="inline-barrier"><p>Sign up for our letter from the harbour, every Friday in your inbox.</p></aside>'
    '<div class="related"><p>Also read: the ferry that never came back from its last trip to the islands.</p></div>'
)


def sentences(name: str) -> list[str]:
    """Return paragraphs of one part."""
    return [
        f"In part {name} the harbour master spoke for {number} minutes of the locks and of ferry {name}{number}. "
        f"Nobody in row {number} of hall {name} asked him when the boats would leave again."
        for number in range(1, 6)
    ]


def part(name: str) -> str:
    return "".join(f"<p>{one}</p>" for one in sentences(name))


LAYOUTS = {
    "nested": '<div class="body body__container"><div class="container"><div class="inner">{}</div></div></div>',
    "numbered": '<section class="chunk chunk-{number}"><div class="text">{}</div></section>',
    "named like a wall": '<div class="body__inner-container paywall-content"><div class="paywall">{}</div></div>',
    "bare": "<div>{}</div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_body_in_several_containers_is_read_whole_and_in_order(layout: str) -> None:
    parts = [LAYOUTS[layout].replace("{number}", str(n)).format(part(name)) for n, name in enumerate("ABCD")]
    body = FURNITURE.join(parts)
    page = f"<html><head><title>Locks</title></head><body><article><h1>Locks</h1>{body}</article></body></html>"
    found = read_html(page.encode(), ADDRESS, {})
    assert isinstance(found, Article)
    wanted = [one for name in "ABCD" for one in sentences(name)]
    assert [one.span.of(found.text) for one in found.paragraphs if "part" in one.span.of(found.text)] == wanted
    assert "every Friday" not in found.text
    assert "Also read" not in found.text
    assert found.visible_share is not None
    assert found.visible_share > 0.9


LISTS = {
    "in the container": "<ul>{}</ul>",
    "in a box of its own": '<div class="component"><ul class="enumeration">{}</ul></div>',
    "numbered": '<div class="component"><ol>{}</ol></div>',
}


@pytest.mark.parametrize("make", LISTS)
def test_a_list_in_the_bodys_container_is_body_wherever_extraction_begins(make: str) -> None:
    items = "".join(
        f"<li>On pier {n} the harbour master keeps nine boats ready for the islands.</li>" for n in range(9)
    )
    body = f"<h2>In brief</h2>{LISTS[make].format(items)}<h2>Live</h2>{part('A')}{part('B')}"
    found = read_html(
        f"<html><body><div class='article'><section>{body}</section></div></body></html>".encode(), ADDRESS, {}
    )
    assert isinstance(found, Article)
    assert found.text.count("keeps nine boats ready") == 9


def test_teasers_of_other_stories_are_no_body() -> None:
    """They stand in containers of another make, or are links."""
    teasers = "".join(
        f'<div class="card"><p>Another story of the day, number {n}, tells of a carpenter and his {n} apples.</p></div>'
        for n in range(8)
    )
    linked = "Our reporter looks back at a year of storms and ferries"
    links = "".join(f'<p><a href="/{n}">{linked} {n}</a></p>' for n in range(8))
    page = f"<html><body><article><h1>Locks</h1>{part('A')}{links}</article><section>{teasers}</section></body></html>"
    found = read_html(page.encode(), ADDRESS, {})
    assert isinstance(found, Article)
    assert "carpenter" not in found.text


def test_words_inside_markup_make_no_second_paragraph() -> None:
    """Drop caps, links and scripts amid a paragraph change its letters, not what it says."""
    odd = (
        '<p><span class="cap">T</span>he lock <a href="/x">of the old harbour</a><script>var a = "b";</script> will '
        "stay shut until the spring tides are over, the harbour master told the council on Monday.</p>"
    )
    page = f"<html><body><article><h1>Locks</h1>{part('A')}{odd}{part('B')}</article></body></html>"
    found = read_html(page.encode(), ADDRESS, {})
    assert isinstance(found, Article)
    assert found.text.count("until the spring tides") == 1
    assert "var a" not in found.text
