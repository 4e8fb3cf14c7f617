# ruff: noqa: E501 (markup reads better on one line)
"""Pages in the styles of thirty outlets: layout, metadata, furniture and encoding vary on their own."""

import json
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from html import escape

from tests.newsroom.items import Item, amp_path
from tests.newsroom.outlets import Outlet
from tests.newsroom.stories import comment


def render_page(item: Item, base: str, earlier: Sequence[Item], path: str, visits: int) -> str:
    """Return the page of an article; ``base`` is the outlet's address, ``earlier`` its older articles."""
    outlet = item.outlet
    is_amp = item.oddity == "amp" and path == amp_path(item.path)
    head = _head(item, base, is_amp=is_amp)
    body = LAYOUTS["article" if is_amp else outlet.layout](item)
    around = _furniture(item, earlier, visits)
    root = f"<html ⚡ lang='en-{outlet.number}'>" if is_amp or outlet.layout == "amp" else "<html lang='en'>"
    if outlet.layout == "xhtml":
        root = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en">'
    return f"<!DOCTYPE html>\n{root}\n<head>\n{head}</head>\n<body>\n{around[0]}{body}{around[1]}</body>\n</html>\n"


def encode_page(outlet: Outlet, page: str) -> tuple[bytes, str]:
    """Return the page's bytes and its content type, declared as the outlet does."""
    name = "utf-8" if outlet.charset == "utf-8-sig" else outlet.charset
    if outlet.declares in ("meta", "both"):
        page = page.replace("<head>\n", f'<head>\n<meta charset="{name}">\n', 1)
    codec = "windows-1252" if outlet.charset == "iso-8859-1" else outlet.charset
    is_declared = outlet.declares in ("header", "both")
    return page.encode(codec, "xmlcharrefreplace"), f"text/html; charset={name}" if is_declared else "text/html"


def local_time(item: Item, at: datetime | None = None) -> datetime:
    """Return when it was published by the outlet's clock."""
    return (at or item.published).astimezone(timezone(timedelta(hours=item.outlet.hours)))


# -- what stands in the head


def _head(item: Item, base: str, *, is_amp: bool) -> str:
    outlet, story = item.outlet, item.story
    title = f"<title>{escape(story.title)} {'|–-'[outlet.number % 3]} {escape(outlet.name)}</title>\n"
    links = f'<link rel="canonical" href="{base}{escape(item.path)}">\n' if outlet.has_canonical or is_amp else ""
    if item.oddity == "amp" and not is_amp:
        links += f'<link rel="amphtml" href="{base}{escape(amp_path(item.path))}">\n'
    style = "<style>body{margin:0}.ad{height:90px}</style>\n<script>window.dataLayer=[];</script>\n"
    return title + links + METADATA[outlet.metadata](item, base) + style


def _meta(pairs: Sequence[tuple[str, str]], key: str = "name") -> str:
    return "".join(f'<meta {key}="{name}" content="{escape(value)}">\n' for name, value in pairs)


def _stamps(item: Item) -> tuple[str, str]:
    return local_time(item).isoformat(), local_time(item, item.updated or item.published).isoformat()


def _linked(item: Item, base: str) -> dict[str, object]:
    published, modified = _stamps(item)
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.story.title,
        "datePublished": published,
        "dateModified": modified,
        "author": [{"@type": "Person", "name": item.story.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": item.outlet.name},
        "mainEntityOfPage": {"@id": f"{base}{item.path}"},
    }


def _json_ld(item: Item, base: str) -> str:
    return f'<script type="application/ld+json">{json.dumps(_linked(item, base))}</script>\n'


def _graph(item: Item, base: str) -> str:
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "World"}]}
    site = {"@type": "WebSite", "name": item.outlet.name, "url": f"{base}/"}
    graph = {"@context": "https://schema.org", "@graph": [site, crumbs, _linked(item, base)]}
    return f'<script type="application/ld+json">\n{json.dumps(graph, indent=1)}\n</script>\n'


def _og(item: Item, base: str) -> str:
    published, modified = _stamps(item)
    pairs = [("og:title", item.story.title), ("og:site_name", item.outlet.name), ("og:type", "article")]
    pairs += [("og:url", f"{base}{item.path}"), ("og:description", item.story.summary)]
    pairs += [("article:published_time", published), ("article:modified_time", modified)]
    return _meta(pairs, "property") + _meta([("author", item.story.author)])


def _dublin(item: Item, _: str) -> str:
    pairs = [("DC.title", item.story.title), ("DC.creator", item.story.author), ("DC.publisher", item.outlet.name)]
    return _meta([*pairs, ("DC.date.issued", _stamps(item)[0])])


def _sailthru(item: Item, _: str) -> str:
    pairs = [("sailthru.title", item.story.title), ("sailthru.author", item.story.author)]
    return _meta([*pairs, ("sailthru.date", _stamps(item)[0]), ("application-name", item.outlet.name)])


def _plain_meta(item: Item, _: str) -> str:
    day = local_time(item)
    return _meta([("author", item.story.author), ("date", f"{day:%Y-%m-%d}"), ("publisher", item.outlet.name)])


def _nothing(_: Item, __: str) -> str:
    return ""


METADATA: dict[str, Callable[[Item, str], str]] = {
    "json-ld": _json_ld,
    "json-ld-graph": _graph,
    "og": _og,
    "dc": _dublin,
    "sailthru": _sailthru,
    "meta": _plain_meta,
    "microdata": _nothing,
    "time": _nothing,
    "none": _nothing,
}

# -- layouts


def _spelled_day(item: Item) -> str:
    day = local_time(item)
    return f"{day:%B} {day.day}, {day:%Y}"


def _paragraphs(item: Item, tag: str = "p", extra: str = "") -> str:
    return "\n".join(f"<{tag}{extra}>{escape(one, quote=False)}</{tag}>" for one in item.story.paragraphs)


def _article(item: Item) -> str:
    stamp = local_time(item)
    when = f'<time datetime="{stamp.isoformat()}">{_spelled_day(item)}</time>'
    head = f"<header><h1>{escape(item.story.title)}</h1><p class='byline'>By {item.story.author}</p>{when}</header>"
    return f"<main><article>{head}\n{_paragraphs(item)}\n</article></main>\n"


def _divs(item: Item) -> str:
    body = _paragraphs(item, "div", ' class="para"')
    head = f'<div class="headline">{escape(item.story.title)}</div><div class="date">{_spelled_day(item)}</div>'
    return f'<div id="wrap"><div class="story">{head}<div class="story-body">\n{body}\n</div></div></div>\n'


def _tables(item: Item) -> str:
    cells = f"<td valign=top width=70%><h2>{escape(item.story.title)}</h2><i>{_spelled_day(item)}</i>\n"
    cells += f"{_paragraphs(item)}\n</td><td width=30% class=side>Weather: 12 degrees<br>Tides: low</td>"
    return f"<table width=100% border=0><tr><td>\n<table><tr>{cells}</tr></table>\n</td></tr></table>\n"


def _breaks(item: Item) -> str:
    body = "<br><br>\n".join(escape(one, quote=False) for one in item.story.paragraphs)
    return f'<div class="content"><h1>{escape(item.story.title)}</h1>\n<div class="text">{body}</div></div>\n'


def _blog(item: Item) -> str:
    head = f'<h1 class="entry-title">{escape(item.story.title)}</h1>'
    head += f'<div class="entry-meta">Posted on {_spelled_day(item)} by {item.story.author}</div>'
    body = _paragraphs(item).replace(
        "</p>\n<p>", "</p>\n<figure><figcaption>Photo: archive</figcaption></figure>\n<p>", 1
    )
    tags = '<footer class="entry-footer">Filed under: <a href="/tag/world">World</a></footer>'
    return f'<div id="content"><article class="post"><header>{head}</header><div class="entry-content">{body}</div>{tags}</article></div>\n'


def _microdata(item: Item) -> str:
    stamp = local_time(item).isoformat()
    head = f'<h1 itemprop="headline">{escape(item.story.title)}</h1><span itemprop="author">{item.story.author}</span>'
    head += f'<meta itemprop="datePublished" content="{stamp}">'
    body = f'<div itemprop="articleBody">\n{_paragraphs(item)}\n</div>'
    return f'<div itemscope itemtype="https://schema.org/NewsArticle">{head}{body}</div>\n'


def _section(item: Item) -> str:
    pieces = [f"<p>{escape(one, quote=False)}</p>" for one in item.story.paragraphs]
    pieces.insert(3, '<aside class="pull"><a href="/newsletter">Sign up for the morning letter</a></aside>')
    head = f"<h1>{escape(item.story.title)}</h1><p class=dateline>{_spelled_day(item)}</p>"
    return f'<section role="main">{head}{"".join(pieces)}</section>\n'


def _live(item: Item) -> str:
    """Return a live blog: an entry a few paragraphs, each with its clock."""
    entries = []
    for place in range(0, len(item.story.paragraphs), 2):
        clock = f'<time class="stamp">{(local_time(item) + timedelta(minutes=7 * place)):%H:%M}</time>'
        posts = "".join(f"<p>{escape(one, quote=False)}</p>" for one in item.story.paragraphs[place : place + 2])
        entries.append(f'<div class="live-entry" id="e{place}">{clock}{posts}</div>')
    return f'<main><h1>{escape(item.story.title)}</h1><div class="live-blog">{"".join(entries)}</div></main>\n'


def _spans(item: Item) -> str:
    body = "".join(f'<p><span class="t">{escape(one, quote=False)}</span></p>' for one in item.story.paragraphs)
    when = f'<time pubdate datetime="{local_time(item).isoformat()}">{_spelled_day(item)}</time>'
    return f'<div class="page"><h1><span>{escape(item.story.title)}</span></h1>{when}<div class="artikel">{body}</div></div>\n'


def _xhtml(item: Item) -> str:
    return (
        f'<div id="main"><h1>{escape(item.story.title)}</h1>\n<div class="body">{_paragraphs(item)}<br /></div></div>\n'
    )


def _main(item: Item) -> str:
    return f'<main id="main"><h1>{escape(item.story.title)}</h1><p>{_spelled_day(item)}</p>{_paragraphs(item)}</main>\n'


LAYOUTS: dict[str, Callable[[Item], str]] = {
    "article": _article,
    "amp": _article,
    "divs": _divs,
    "tables": _tables,
    "breaks": _breaks,
    "blog": _blog,
    "microdata": _microdata,
    "section": _section,
    "live": _live,
    "spans": _spans,
    "xhtml": _xhtml,
    "main": _main,
}

# -- what stands around


def _furniture(item: Item, earlier: Sequence[Item], visits: int) -> tuple[str, str]:
    outlet = item.outlet
    has = frozenset(outlet.furniture)
    chance = random.Random(f"{outlet.number}-{item.number}")
    nav = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>\n'
    cookies = '<div class="cookie-banner" role="dialog">We use cookies. <button>Accept</button> <a href="/privacy">Settings</a></div>\n'
    before = (nav if "nav" in has else "") + (cookies if "cookies" in has else "")
    before += '<div class="ad">Advertisement</div>\n' if "ads" in has else ""
    after = '<div class="share"><a href="#">Share</a> <a href="#">Print</a></div>\n' if "share" in has else ""
    after += f'<div class="author-bio">{item.story.author} writes for {outlet.name}.</div>\n' if "bio" in has else ""
    after += _links("related", "Related stories", earlier[-4:]) if "related" in has else ""
    after += _links("trending", "Most read", earlier[:3]) if "trending" in has else ""
    if "newsletter" in has:
        after += '<form class="newsletter"><label>Get our letter</label><input type="email"><button>Sign up</button></form>\n'
    if "comments" in has:
        said = "".join(
            f"<li class='comment'><p>{escape(comment(chance))}</p></li>" for _ in range(chance.randint(2, 6))
        )
        after += f'<section id="comments" class="comments"><h3>Comments</h3><ol>{said}</ol></section>\n'
    counter = f" You are visitor {visits}." if outlet.number % 7 == 0 else ""
    return before, f"{after}<footer>© 2025 {outlet.name}. All rights reserved.{counter}</footer>\n"


def _links(name: str, title: str, items: Sequence[Item]) -> str:
    rows = "".join(f'<li><a href="{escape(one.path)}">{escape(one.story.title)}</a></li>' for one in items)
    return f'<aside class="{name}"><h3>{title}</h3><ul>{rows}</ul></aside>\n' if rows else ""
