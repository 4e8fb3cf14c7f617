"""A deterministic world of outlets on loopback, and what a reader of it should end up with."""

import hashlib
import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from tests.newsroom.configuration import write_config
from tests.newsroom.copies import copy_story
from tests.newsroom.items import BROKEN, ODD, Item
from tests.newsroom.listings import Document, listing_path, render_listing
from tests.newsroom.outlets import make_outlets
from tests.newsroom.pages import encode_page, render_page
from tests.newsroom.revisions import revise
from tests.newsroom.stories import DISPUTE, NEAR_MISSES, UNRELATED, Story, write_story
from tests.newsroom.walls import wall
from tests.site import Reply, Request, Site, redirect

START = datetime(2025, 3, 3, 6, 0, tzinfo=UTC)
PERIOD = timedelta(days=6)
OF = 600  # the shares below are of so many articles
N_COPIES, N_ODD_EACH, N_NEAR, N_MATCHING = 40, 3, 66, 210
MAX_COPIES_OF_ONE = 3
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """What a reader should know of one article; ``url`` is canonical, ``aliases`` are other places of the same text.

    ``text`` is what was written, ``copy_of`` the URL of the original, ``broken`` names why nobody can have it, with
    ``reasons`` for what a reader may call that; ``is_listed_in_full`` tells whether the listing has its text all the
    same. ``n_versions`` counts the texts that the URL has had.
    """

    url: str
    title: str
    published: datetime
    outlet: str
    source_id: str
    matches: bool
    text: str
    kind: str
    copy_of: str | None = None
    broken: str | None = None
    reasons: tuple[str, ...] = ()
    oddity: str | None = None
    aliases: tuple[str, ...] = ()
    n_versions: int = 1
    is_listed_in_full: bool = False


class Newsroom:
    """Outlets with their articles; the same seed and the same calls give the same bytes."""

    def __init__(self, seed: int, n_outlets: int = 30, n_articles: int = OF) -> None:
        """Write everything; nothing is served yet. Copies need outlets to go to: four at least."""
        if n_outlets <= MAX_COPIES_OF_ONE:
            raise ValueError(f"a newsroom has more than {MAX_COPIES_OF_ONE} outlets")
        self.outlets = make_outlets(n_outlets)
        self.items: list[Item] = []
        self.port = 0
        self._chance = random.Random(seed)
        self._titles: set[str] = set()
        self._site: Site | None = None
        self._asked: Counter[str] = Counter()
        self._n_changes = 0
        self._write(_plan(self._chance, n_articles), START)

    # -- what is published

    def publish_more(self, n: int) -> list[ExpectedArticle]:
        """Publish further articles, later than all others; one in ten is a copy, the others without oddities."""
        start = max(item.published for item in self.items) + timedelta(minutes=30)
        n_copies = n // 10
        kinds = [DISPUTE if place % 2 else self._chance.choice(UNRELATED) for place in range(n - n_copies)]
        first = len(self.items)
        self._write([(kind, None) for kind in kinds] + [("copy", None)] * n_copies, start)
        self._open_routes()
        return [self._expect(item) for item in self.items[first:]]

    def edit(self, k: int) -> list[ExpectedArticle]:
        """Change the text of articles that match, at the same URL.

        Every second one gets another headline too, and so do all of listings that cannot say when an item changed.
        """
        copied = {id(item.original) for item in self.items}
        free = [item for item in self.items if item.story.is_match and not item.oddity and not item.versions]
        chosen = self._chance.sample([item for item in free if not item.original and id(item) not in copied], k)
        for place, item in enumerate(chosen):
            item.versions.append(item.story)
            item.story = revise(
                self._chance, item.story, has_new_title=place % 2 == 0 or not item.outlet.says_when_changed
            )
            item.updated = item.published + timedelta(hours=3)
        self._n_changes += 1
        return [self._expect(item) for item in chosen]

    def expected(self) -> list[ExpectedArticle]:
        """Return every article that is published now."""
        return [self._expect(item) for item in self.items]

    # -- being read

    @contextmanager
    def serve(self) -> Iterator[Site]:
        """Serve every outlet on its own loopback host; the port is new each time."""
        with Site([outlet.host for outlet in self.outlets]) as site:
            self.port, self._site = site.port, site
            self._asked.clear()
            self._open_routes()
            yield site

    def write_config(self, folder: Path) -> Path:
        """Write sources, topics, actors and settings for a reader of this newsroom."""
        listings = [(outlet, self.base(outlet.number) + listing_path(outlet)) for outlet in self.outlets]
        return write_config(folder, listings)

    def base(self, outlet: int) -> str:
        """Return the address of an outlet, without a slash at the end."""
        return f"http://{self.outlets[outlet].host}:{self.port}"

    def forget(self) -> None:
        """Start the log of requests anew."""
        assert self._site is not None
        self._site.forget()

    def page_requests(self) -> Counter[str]:
        """Return how often each URL was asked for since the log began, without listings and robots.txt."""
        return Counter(url for url in self._urls() if not self._is_listing(url))

    def listing_requests(self) -> Counter[str]:
        """Return how often each listing was asked for since the log began."""
        return Counter(url for url in self._urls() if self._is_listing(url))

    def listing_documents(self, outlet: int) -> dict[str, Document]:
        """Return what the listing of an outlet says now, by path."""
        items = [item for item in self.items if item.outlet.number == outlet]
        return render_listing(self.outlets[outlet], items, self.base(outlet))

    def page(self, item: Item, path: str | None = None) -> tuple[bytes, str]:
        """Return the bytes of an article's page and their content type."""
        earlier = [one for one in self.items[: item.number] if one.outlet is item.outlet]
        base, where = self.base(item.outlet.number), path or item.path
        html = render_page(item, base, earlier, where, self._asked[item.path])
        return encode_page(item.outlet, html)

    def _urls(self) -> Iterator[str]:
        assert self._site is not None
        for request in list(self._site.requests):
            if request.path != "/robots.txt":
                yield f"http://{request.host}{request.path}"

    def _is_listing(self, url: str) -> bool:
        parts = urlsplit(url)
        outlet = next((one for one in self.outlets if one.host == parts.hostname), None)
        return outlet is not None and parts.path in self.listing_documents(outlet.number)

    # -- routes

    def _open_routes(self) -> None:
        if self._site is None:
            return
        for outlet in self.outlets:
            if outlet.number % 3 != 2 or any(i.oddity == "robots" for i in self.items if i.outlet is outlet):
                self._site.put(f"//{outlet.host}/robots.txt", Reply(200, ROBOTS, content_type="text/plain"))
            for path in self.listing_documents(outlet.number):
                self._site.put(f"//{outlet.host}{path}", self._answer_listing)
        by_path = {(item.outlet.host, path): item for item in self.items for path in _routed(item)}
        for (host, path), item in by_path.items():
            self._site.put(f"//{host}{path}", lambda request, item=item: self._answer(request, item))  # type: ignore[misc]

    def _answer_listing(self, request: Request) -> Reply:
        host = request.host.partition(":")[0]
        outlet = next(one for one in self.outlets if one.host == host)
        document = self.listing_documents(outlet.number)[urlsplit(request.path).path]
        tag = f'"{hashlib.sha256(document.body).hexdigest()[:16]}"'
        newest = max((i.published for i in self.items if i.outlet is outlet), default=START)
        modified = format_datetime(newest + timedelta(minutes=self._n_changes), usegmt=True)
        headers = {"etag": (("ETag", tag),), "modified": (("Last-Modified", modified),), "none": ()}
        sent = headers.get(outlet.validator, (("ETag", tag), ("Last-Modified", modified)))
        is_same = request.headers.get("if-none-match") == tag and outlet.validator in ("etag", "both")
        is_old = request.headers.get("if-modified-since") == modified and outlet.validator == "modified"
        return Reply(304 if is_same or is_old else 200, document.body, tuple(sent), document.content_type)

    def _answer(self, request: Request, item: Item) -> Reply:
        self._asked[item.path] += 1
        if item.oddity == "flaky" and self._asked[item.path] == 1:
            return Reply(500, b"try again")
        if request.path.startswith("/r/"):
            mark = "&" if "?" in item.path else "?"
            return redirect(f"{item.path}{mark}utm_campaign=redirect&utm_content={item.number}", 301)
        page, content_type = self.page(item, request.path)
        return wall(item, page, content_type) or Reply(200, page, content_type=content_type)

    # -- writing

    def _write(self, plan: Sequence[tuple[str, str | None]], start: datetime) -> None:
        first = len(self.items)
        order = _even(self._chance, len(self.outlets))
        times = sorted(self._chance.uniform(0, 1) for kind, _ in plan if kind != "copy")
        written = [(kind, oddity) for kind, oddity in plan if kind != "copy"]
        for (kind, oddity), when in zip(written, times, strict=True):
            at = (start + PERIOD * when).replace(microsecond=0)
            self._add(self._new_story(kind), next(order), at, oddity=oddity)
        for _ in range(len(plan) - len(written)):
            self._add_copy(self.items[first:])

    def _new_story(self, kind: str) -> Story:
        while True:
            story = write_story(self._chance, kind)
            if story.title not in self._titles:
                self._titles.add(story.title)
                return story

    def _add(
        self, story: Story, outlet: int, at: datetime, *, original: Item | None = None, oddity: str | None = None
    ) -> None:
        self.items.append(Item(len(self.items), story, self.outlets[outlet], at, original, oddity))

    def _add_copy(self, among: Sequence[Item]) -> None:
        """Let another outlet print a report some hours after the first one."""
        counts = Counter(id(item.original) for item in self.items)
        free = [item for item in among if item.story.is_match and not item.oddity and not item.original]
        original = self._chance.choice([item for item in free if counts[id(item)] < MAX_COPIES_OF_ONE])
        taken = {original.outlet.number, *(i.outlet.number for i in self.items if i.original is original)}
        outlet = self._chance.choice([one.number for one in self.outlets if one.number not in taken])
        story = copy_story(self._chance, original.story, self._new_story(UNRELATED[0]).author)
        while story.title in self._titles:
            story = copy_story(self._chance, original.story, story.author)
        self._titles.add(story.title)
        at = original.published + timedelta(minutes=self._chance.randint(20, 600))
        self._add(story, outlet, at, original=original)

    def _expect(self, item: Item) -> ExpectedArticle:
        base = self.base(item.outlet.number)
        return ExpectedArticle(
            url=base + item.path,
            title=item.story.title,
            published=item.published,
            outlet=item.outlet.name,
            source_id=item.outlet.source_id,
            matches=item.story.is_match,
            text=item.story.text,
            kind=item.story.kind,
            copy_of=self.base(item.original.outlet.number) + item.original.path if item.original else None,
            broken=item.oddity if item.is_broken else None,
            reasons=BROKEN.get(item.oddity or "", ()),
            oddity=item.oddity,
            aliases=tuple(base + path for path in dict.fromkeys((*item.served(), *item.listed())) if path != item.path),
            n_versions=1 + len(item.versions),
            is_listed_in_full=item.outlet.lists_in_full,
        )


def _plan(chance: random.Random, n: int) -> list[tuple[str, str | None]]:
    """Return kind and oddity of each article, and the copies."""
    share = n / OF
    each = max(1, round(N_ODD_EACH * share))
    odd: list[tuple[str, str | None]] = [(DISPUTE, one) for one in (*BROKEN, *ODD) for _ in range(each)]
    near = [(chance.choice(NEAR_MISSES), None) for _ in range(max(2, round(N_NEAR * share)))]
    copies = [("copy", None)] * max(2, round(N_COPIES * share))
    matching = [(DISPUTE, None)] * max(4, round(N_MATCHING * share) - len(odd))
    rest = n - len(odd) - len(near) - len(copies) - len(matching)
    others = [(chance.choice(UNRELATED), None) for _ in range(max(0, rest))]
    plan = [*odd, *near, *matching, *others]
    chance.shuffle(plan)
    return [*plan, *copies]


def _even(chance: random.Random, n_outlets: int) -> Iterator[int]:
    """Yield outlets, each as often as the others, in no order."""
    for _ in itertools.count():
        turn = list(range(n_outlets))
        chance.shuffle(turn)
        yield from turn


def _routed(item: Item) -> Iterable[str]:
    """Return the paths an item answers at; a query decides only where the address has no other name."""
    for path in item.served():
        yield path.partition("?")[0] if "article.php" not in path else path
        if "article.php" in path:
            mark = "&" if "?" in path else "?"
            yield from (f"{path}{mark}{tail}" for tail in _tails(item))
    if item.oddity == "redirected":
        yield f"/r/{item.number}"


def _tails(item: Item) -> Iterable[str]:
    """Return the tracking words that may follow an address that is itself a query."""
    yield f"utm_source=feed&utm_campaign=daily&fbclid=x{item.number}"
    yield from ("utm_source=rss", "utm_source=newsletter")
    yield f"utm_campaign=redirect&utm_content={item.number}"
