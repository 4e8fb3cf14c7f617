"""Thirty invented outlets, no two alike in markup, listing, dates, addresses and encoding."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """How one outlet publishes; ``hours`` is its distance from UTC, ``number`` gives its loopback host."""

    number: int
    name: str
    layout: str
    metadata: str
    listing: str
    dates: str
    path: str
    hours: float = 0.0
    charset: str = "utf-8"
    declares: str = "header"
    furniture: tuple[str, ...] = ()
    has_canonical: bool = True
    validator: str = "etag"

    @property
    def host(self) -> str:
        """Return the address that it is served at."""
        return f"127.0.1.{self.number + 1}"

    @property
    def source_id(self) -> str:
        """Return its id in the configuration."""
        return self.name.lower().replace(" ", "-").replace("’", "")

    @property
    def says_when_changed(self) -> bool:
        """Tell whether its listing gives the date of a change beside that of publication."""
        return self.listing.startswith(("atom", "json", "news", "sitemap", "page-atom"))

    @property
    def lists_in_full(self) -> bool:
        """Tell whether its listing holds the text of each article."""
        return self.listing in ("rss20-content", "atom10-content", "jsonfeed-content")


EVERYTHING = ("nav", "cookies", "share", "related", "trending", "newsletter", "comments", "bio", "ads")
# name, layout, metadata, listing, dates in the listing, paths, hours from UTC
_ROWS: Sequence[tuple[str, str, str, str, str, str, float]] = (
    ("Harbour Mail", "article", "json-ld", "rss20", "rfc822", "dated", 0),
    ("Coast Ledger", "divs", "og", "atom10", "iso", "id-html", 1),
    ("The Evening Compass", "tables", "none", "rss20-content", "abbreviated", "query", -5),
    ("Tideline", "blog", "json-ld-graph", "jsonfeed", "iso", "slug", 9),
    ("People’s Anchor", "microdata", "microdata", "rdf", "iso", "id-html", 3),
    ("Northern Wire", "section", "og", "newssitemap", "iso", "dated", 0),
    ("Free Tide", "live", "json-ld", "atom10", "iso-fraction", "slug", 2),
    ("Kelm Gazette", "breaks", "meta", "rss092", "rfc822-short", "shtml", 0),
    ("Old Quay Courier", "tables", "meta", "rss091", "none", "query", -5),
    ("Vandry Post", "article", "og", "rss20-relative", "rfc822", "id-slug", 1),
    ("Strait Observer", "section", "json-ld", "newssitemap-gz", "iso", "dated", 9),
    ("Ledger International", "article", "json-ld", "sitemap-index", "iso", "id-slug", 0),
    ("Islet Herald", "divs", "dc", "rss20-bare", "zoneless", "slug", 0),
    ("Grain and Freight", "blog", "og", "page-rss", "rfc822", "slug", -8),
    ("Sorrenbad Today", "spans", "time", "atom03", "iso", "id-html", 3),
    ("Harsk Radio", "article", "time", "page-atom", "iso", "id-slug", 1),
    ("Mariner", "amp", "json-ld", "rss20", "military", "slug", 0),
    ("The Pilot", "xhtml", "dc", "rdf", "iso-minutes", "shtml", -3.5),
    ("Daily Beacon", "microdata", "microdata", "rss20-cdata", "rfc822", "dated", 5.5),
    ("Lantern Weekly", "main", "sailthru", "atom10-content", "iso", "slug", 10),
    ("Ulverton Star", "divs", "og", "rss20-1252", "abbreviated", "id-html", -5),
    ("Cape News Agency", "article", "json-ld", "jsonfeed-content", "iso", "dated", 2),
    ("Reef and Rock", "blog", "meta", "rss20-guid", "spelled", "slug", 0),
    ("Marrowby Echo", "breaks", "none", "rss20-bom", "rfc822", "shtml", 1),
    ("League Monitor", "main", "json-ld", "sitemap", "iso", "dated", 0),
    ("Gulf Tribune", "live", "og", "rss20-utf16", "rfc822", "id-slug", 4),
    ("The Lighthouse", "xhtml", "meta", "atom10", "iso", "query", 0),
    ("Tolveck Times", "spans", "json-ld-graph", "rss20-dc", "iso", "id-html", 8),
    ("Channel Four Hundred", "section", "sailthru", "rss20-content", "rfc822-odd", "slug", -7),
    ("Southern Cross Ferry News", "main", "og", "atom10-relative", "iso", "id-slug", 12),
)
_CHARSETS = {
    "Old Quay Courier": ("windows-1252", "header"),
    "Kelm Gazette": ("windows-1252", "meta"),
    "Ulverton Star": ("iso-8859-1", "header"),
    "Gulf Tribune": ("utf-16", "bom"),
    "Marrowby Echo": ("utf-8-sig", "bom"),
    "The Pilot": ("utf-8", "meta"),
    "Free Tide": ("utf-8", "nothing"),
}
_NO_CANONICAL = frozenset({"The Evening Compass", "Marrowby Echo", "Kelm Gazette"})


def make_outlets(count: int) -> tuple[Outlet, ...]:
    """Return the first outlets of the list; there are thirty."""
    return tuple(_outlet(number) for number in range(count))


def _outlet(number: int) -> Outlet:
    row = _ROWS[number]
    charset, declares = _CHARSETS.get(row[0], ("utf-8", ("header", "both")[number % 2]))
    return Outlet(
        number,
        *row,
        charset=charset,
        declares=declares,
        furniture=tuple(one for place, one in enumerate(EVERYTHING) if (number + place) % 3 != 1),
        has_canonical=row[0] not in _NO_CANONICAL,
        validator=("etag", "modified", "both", "none")[number % 4],
    )
