"""What a page says of its article in its head: linked data, meta elements, links and times, in this order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extractors.model import Moment
from extractors.reading.pages.linked_data import LinkedArticle, clean_line, read_linked_data
from extractors.reading.published import read_stamp

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title", "headline")
_AUTHORS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "al:android:app_name")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_MAIL = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
# the author of an RSS item is an address, with the name in brackets
_MAIL_AND_NAME = re.compile(r"[\w.+-]{1,64}@[\w.-]+\s*\(([^()]{2,100})\)")
_SECTIONS = ("article:section", "parsely-section", "sailthru.section", "section", "og:section")
_DATES = (
    *("article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publishdate", "publish-date"),
    *("publication_date", "article.published", "date", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date"),
    *("displaydate", "originalpublicationdate", "article_date_original", "citation_publication_date", "published_at"),
)
# names that outlets give the addresses of their live pages
_LIVE_ADDRESS = re.compile(
    r"/(?:live|direct|diretta|canli|onlayn|online)/|[/_-](?:live-?blogg?|live-?(?:updates?|ticker|coverage)|news-?ticker"
    r"|en-direct|en-vivo|ao-vivo|in-diretta|na-zhivo)(?=[/_.-]|$)",
    re.IGNORECASE,
)
_ASIDE = frozenset({"aside", "nav", "footer", "a", "li", "blockquote", "figure"})
_BESIDE = re.compile(r"relat|recommend|teaser|promo|sidebar|more-|most-|comment|card", re.IGNORECASE)
# hosts that no reader can reach: a page made on somebody's own machine still names it
_OWN_MACHINE = re.compile(
    r"^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0|\[?::1)|\.(?:local|localhost|internal|test|lan)$"
)
# what the address of the same text in another dress has behind its own
_VARIANT = re.compile(
    r"(?:amp|print|mobile|m|full|all|single|page|index|seite|\d{1,3})(?:[/.](?:html?|\d{1,3}|amp))?/?"
)
MIN_SITE_LETTERS = 5
MAX_ADDITION = 12  # letters: "online", "news", "international"
_SITE_BREAK = re.compile(r"\s+[|–—·•»-]\s+")
_NO_SECTION = re.compile(
    r"\d+|..|news|articles?|story|stories|index|posts?|blog|view|content|home|amp|english|tag|node|p"
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The metadata of a page, each from the best place that has it; ``dates`` are in order of trust.

    ``is_marked`` is the page's own word that it is an article, ``is_live`` that text will be added to it.
    """

    title: str | None
    author: str | None
    outlet: str | None
    section: str | None
    url: str | None
    language: str | None
    dates: tuple[Moment, ...]
    is_free: bool | None
    is_live: bool
    is_marked: bool
    headings: tuple[str, ...]
    description: str | None = None


def read_page_facts(tree: HtmlElement, url: str | None, now: datetime | None) -> PageFacts:
    """Read a page's own word on its article."""
    linked = read_linked_data(tree, url)
    meta = _read_meta(tree)
    outlet = linked.outlet or _first(meta, _OUTLETS)
    title = linked.title or _first(meta, _TITLES)
    return PageFacts(
        title=without_site(title, outlet) if title else None,
        author=without_outlet(clean_names(linked.author) or clean_names(_author(meta)), outlet),
        outlet=outlet,
        section=_section(linked.section or _first(meta, _SECTIONS)),
        url=_canonical(tree, meta, linked, url),
        language=_language(tree, meta, linked),
        dates=tuple(_dates(tree, meta, linked, now)),
        is_free=linked.is_free,
        is_live=linked.is_live or _is_live_address(url),
        is_marked=linked.is_marked or meta.get("og:type", "").lower() in ("article", "news.article"),
        headings=tuple(" ".join(one.text_content().split()) for one in tree.iter("h1", "title")),
        description=_first(meta, _DESCRIPTIONS),
    )


def without_site(title: str, outlet: str | None) -> str:
    """Return the title without the outlet's name at its end or start."""
    parts = _SITE_BREAK.split(title)
    if outlet is None or len(parts) < 2:
        return title
    name = _key(outlet)
    if _is_site(_key(parts[-1]), name):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·•»-")
    return title[title.index(parts[1]) :] if _is_site(_key(parts[0]), name) else title


def _is_site(part: str, name: str) -> bool:
    """Tell whether a part of a title is the site's name, with or without its addition: "Courier", "Courier Online"."""
    if part == name:
        return True
    short, long = sorted((part, name), key=len)
    return len(short) >= MIN_SITE_LETTERS and long.startswith(short) and len(long) - len(short) <= MAX_ADDITION


def _section(name: str | None) -> str | None:
    """Return a section's name unless it is the site's own address."""
    return None if name is None or re.search(r"\w\.[a-z]{2,}$", name) else name


def _is_live_address(url: str | None) -> bool:
    return url is not None and _is_address(url) and _LIVE_ADDRESS.search(urlsplit(url).path) is not None


def section_of(url: str | None) -> str | None:
    """Return the first folder of an address where it reads like a section's name."""
    folders = urlsplit(url).path.strip("/").split("/")[:-1] if url and _is_address(url) else []
    name = next((one for one in folders if not _NO_SECTION.fullmatch(one.lower())), "")
    return name.lower() if re.fullmatch(r"[A-Za-z][A-Za-z-]{2,20}", name) else None


def host_of(url: str | None) -> str | None:
    """Return the host without www: the last resort for an outlet's name."""
    host = urlsplit(url).hostname if url and _is_address(url) else None
    return host.removeprefix("www.") if host else None


def _is_address(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _read_meta(tree: HtmlElement) -> Mapping[str, str]:
    """Return the content of each meta element by its lower-case name, the first where one comes twice."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = clean_line((element.get("content") or "")[:2_000])
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _author(meta: Mapping[str, str]) -> str | None:
    for name in _AUTHORS:
        value = meta.get(name, "")
        if value and not value.startswith(("http:", "https:", "@", "/")) and not re.fullmatch(r"\d+", value):
            return value
    return None


def _canonical(tree: HtmlElement, meta: Mapping[str, str], linked: LinkedArticle, url: str | None) -> str | None:
    """Return the page's own address for itself; one that names the site's front page for an article is a mistake."""
    candidates = [
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for candidate in (*candidates, meta.get("og:url"), linked.url):
        absolute = _join(url, candidate.strip()) if candidate else None
        if absolute and not (url and _is_mistaken(absolute, url)):
            return absolute
    return url


def _is_mistaken(canonical: str, url: str) -> bool:
    """Tell whether an address cannot be this page's: the maker's own machine, the front page, a section above it."""
    host = (urlsplit(canonical).hostname or "").lower()
    if _OWN_MACHINE.search(host) and not _OWN_MACHINE.search((urlsplit(url).hostname or "").lower()):
        return True
    if _is_front(url):
        return False
    above, path = urlsplit(canonical).path.rstrip("/"), urlsplit(url).path.rstrip("/")
    if urlsplit(canonical).query:
        return False
    if not above:
        return True
    rest = path[len(above) :].strip("/") if path.startswith(f"{above}/") else ""
    return bool(rest) and not _VARIANT.fullmatch(rest)


def _join(base: str | None, address: str) -> str | None:
    try:
        absolute = urljoin(base or "", address)
    except ValueError:
        return None
    return absolute if _is_address(absolute) else None


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _language(tree: HtmlElement, meta: Mapping[str, str], linked: LinkedArticle) -> str | None:
    root = tree.getroottree().getroot()
    for value in (linked.language, root.get("lang"), meta.get("og:locale"), meta.get("language")):
        if value and (code := re.match(r"[A-Za-z]{2,3}(?=$|[-_])", value.strip())):
            return code[0].lower()
    return None


def _dates(tree: HtmlElement, meta: Mapping[str, str], linked: LinkedArticle, now: datetime | None) -> Iterator[Moment]:
    raw = [(linked.published, "json-ld"), *((meta.get(name), "meta") for name in _DATES)]
    raw += [(value, "html") for value in _times(tree)]
    for value, origin in raw:
        if value and (moment := read_stamp(value, origin, now=now)):
            yield moment


def _times(tree: HtmlElement) -> Iterator[str]:
    """Return the time elements that are marked as the date of publication, or stand first in a lone article."""
    for element in tree.iter("time"):
        is_marked = "pubdate" in element.attrib or (element.get("itemprop") or "").lower() == "datepublished"
        if is_marked and element.get("datetime"):
            yield element.get("datetime", "")
    articles = list(tree.iter("article"))
    if len(articles) == 1:
        yield from [one.get("datetime", "") for one in articles[0].iter("time") if not _is_of_another(one)][:1]


def _is_of_another(element: HtmlElement) -> bool:
    """Tell whether a time stands in a box or a link beside the text: there it is that of another story."""
    return any(one.tag in _ASIDE or _BESIDE.search(one.get("class") or "") for one in element.iterancestors())


def _key(name: str) -> str:
    return re.sub(r"^the|(?:com|org|net)$", "", re.sub(r"\W+", "", name.casefold()))


def clean_names(names: str | None) -> str | None:
    """Return an author's names without the word before them and without addresses, joined by commas."""
    if not names:
        return None
    named = _MAIL_AND_NAME.sub(r"\1", names)
    plain = re.sub(r"^[Bb]y:?\s+", "", _MAIL.sub("", named)).replace("; ", ", ")
    return re.sub(r"(?:,\s*)+(?=,|$)|^[,\s]+", "", plain).strip(" ,;()<>") or None


def without_outlet(author: str | None, outlet: str | None) -> str | None:
    """Return the author's names without the outlet's: that is no author."""
    if author is None or outlet is None:
        return author
    kept = [name for name in author.split(", ") if not _is_site(_key(name), _key(outlet)) or not _key(name)]
    return ", ".join(kept) or None
