"""One article as an outlet publishes it, with what goes wrong with it and how else it is listed."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from tests.newsroom.outlets import Outlet
from tests.newsroom.stories import Story

# Articles that no reader can have; the value is what the flow may call it.
BROKEN = {
    "not-found": ("http-404",),
    "gone": ("http-410",),
    "forbidden": ("http-403",),
    "robots": ("robots",),
    "truncated": ("truncated",),
    "soft-404": ("soft-404",),
    "paywall": ("paywall",),
    "consent": ("consent-wall",),
    "javascript": ("needs-javascript",),
    "empty": ("empty", "no-text", "not-html"),
}
# Articles that take an effort or are listed more than once.
ODD = ("flaky", "redirected", "tracked", "twice", "amp", "mobile", "reissued", "relisted")


@dataclass(slots=True)
class Item:
    """An article of an outlet; ``oddity`` is one of ``BROKEN`` or ``ODD``."""

    number: int
    story: Story
    outlet: Outlet
    published: datetime
    original: "Item | None" = None
    oddity: str | None = None
    updated: datetime | None = None
    versions: list[Story] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        """Tell whether the article cannot be had."""
        return self.oddity in BROKEN

    @property
    def path(self) -> str:
        """Return the canonical path."""
        local = self.published
        slug = self.slug
        first = self.versions[0] if self.versions else self.story
        folder = re.sub(r"\W+", "-", first.kind)
        paths = {
            "dated": f"/{local:%Y/%m/%d}/{slug}",
            "id-html": f"/world/{slug}-{self.number + 7000}.html",
            "query": f"/article.php?id={self.number + 400}",
            "slug": f"/{slug}/",
            "shtml": f"/a/{self.number + 90}.shtml",
            "id-slug": f"/{folder}/{self.number + 52000}/{slug}",
        }
        return ("/private" if self.oddity == "robots" else "") + paths[self.outlet.path]

    @property
    def slug(self) -> str:
        """Return the words of the first headline for an address."""
        first = self.versions[0] if self.versions else self.story
        words = re.sub(r"[^a-z0-9]+", "-", first.title.lower()).strip("-")
        return f"{words[:60].strip('-')}-{self.number}"

    def listed(self) -> tuple[str, ...]:
        """Return the paths under which the outlet's listing names it."""
        path, mark = self.path, "&" if "?" in self.path else "?"
        variants = {
            "redirected": (f"/r/{self.number}?utm_source=rss&utm_medium=feed",),
            "tracked": (f"{path}{mark}utm_source=feed&utm_campaign=daily&fbclid=x{self.number}",),
            "twice": (f"{path}{mark}utm_source=rss", f"{path}{mark}utm_source=newsletter#top"),
            "amp": (amp_path(path), path) if self.number % 2 else (path, amp_path(path)),
            "mobile": (f"/m{path}", path),
            "reissued": (path, path),
            "relisted": (path, f"/again{path}"),
        }
        return variants.get(self.oddity or "", (path,))

    def served(self) -> tuple[str, ...]:
        """Return all paths at which the text itself can be read."""
        path = self.path
        more = {"amp": (amp_path(path),), "mobile": (f"/m{path}",), "relisted": (f"/again{path}",)}
        return (path, *more.get(self.oddity or "", ()))


def amp_path(path: str) -> str:
    """Return the address of the AMP edition."""
    return f"{path}&amp=1" if "?" in path else f"{path.rstrip('/')}/amp"
