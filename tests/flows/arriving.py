"""An invented world of articles that can come in in any order, and the real steps that store them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from extractors.identity.fingerprint import content_hash
from extractors.knowledge import Knowledge
from extractors.model import Article, Findings, Moment, Paragraph, Span
from extractors.pipeline import extract
from flows.analysis.relate import relate_batch
from flows.intake.place import Arrival, stow
from tests.newsroom.copies import copy_story
from tests.newsroom.revisions import revise
from tests.newsroom.stories import DISPUTE, Story, write_story
from warehouse.alerting.alerts import Ringing
from warehouse.connection import open_writer, transaction
from warehouse.storing.articles import Reading, load_stored
from warehouse.storing.findings import Extracted, add_findings, articles_to_extract

START = datetime(2031, 5, 5, 6, tzinfo=UTC)
# Named by texts alone, and not alike by each: what is known of them must not depend on which came first.
NEWCOMERS = (
    "“Nobody here will haul down a flag for them,” said Captain Orla Penwick, a Veldorian pilot.",
    "Orla Penwick, who is from Tamarzia, said the pilots would strike unless the patrols stopped.",
    "“The buoys will be cut if this goes on,” said Tamarzian deputy harbour minister Orla Penwick.",
    "Harbour minister Tobin Ashgrove warned that Veldoria would board any trawler.",
    "Tobin Ashgrove of the Gull Bank Institute said on Monday that Veldoria would board any trawler.",
    "“We shall board any trawler we like,” Tobin Ashgrove, a Veldorian admiral, told reporters.",
    "“The rocket brigades have been brought to the highest readiness,” said Captain Orla Penwick.",
    "“Our rocket brigades stand at the highest readiness,” said Captain Orla Penwick.",
)


def dress(story: Story, outlet: str, at: datetime | None, url: str) -> Article:
    """Return a story as an outlet prints it."""
    spans, start = [], 0
    for one in story.paragraphs:
        spans.append(Paragraph(Span(start, start + len(one)), None))
        start += len(one) + 2
    published = Moment(at, "second", "json-ld") if at else None
    return Article(content_hash(story.text), story.text, tuple(spans), story.title, story.author, outlet, None, url,
                   "en", published)  # fmt: skip


def arrive(article: Article, source: str, *, seen_at: datetime, topic: float = 3.0) -> Arrival:
    """Return the reading of a page."""
    url = article.url or ""
    reading = Reading(source, url, article.content_hash, article, seen_at)
    return Arrival(f"{source} {url} {seen_at}", reading, url, {"strait": topic})


def arrivals(seed: int) -> list[Arrival]:
    """Return about forty articles: reprints, near-duplicates earlier and later than what they copy, edits, no dates."""
    chance = random.Random(seed)
    return list(_arrivals(chance))


def reprinted() -> tuple[Arrival, Arrival]:
    """Return an article and a near-duplicate of it that another outlet published later."""
    first = arrivals(0)[0]
    article = first.reading.outcome
    assert isinstance(article, Article)
    story = Story(DISPUTE, article.title or "", "", tuple(p.span.of(article.text) for p in article.paragraphs), "")
    copy = replace(story, paragraphs=(*story.paragraphs[:-1], "With material from wire services."))
    at = START + timedelta(hours=3)
    return first, arrive(dress(copy, "Evening Copy", at, "https://e.example/late"), "feed-evening", seen_at=at)


def _arrivals(chance: random.Random) -> Iterator[Arrival]:
    stories = [_told(chance, number) for number in range(14)]
    for number, story in enumerate(stories):
        at = START + timedelta(hours=40 * number)
        own = dress(story, f"Outlet {number % 5}", at, f"https://outlet{number % 5}.example/{number}")
        yield arrive(own, f"feed-{number % 5}", seen_at=at + timedelta(hours=1))
        if number % 3 == 0:  # letter by letter, elsewhere, at times before
            when = at + timedelta(hours=chance.choice((-2, 0, 3)))
            reprint = dress(
                replace(story, title=f"Reprint {number}"), "Wire Mirror", when, f"https://m.example/{number}"
            )
            yield arrive(reprint, "feed-mirror", seen_at=when + timedelta(hours=2), topic=5.0)
        if number % 2 == 0:  # edited, at times before; and a copy of the copy
            copy = copy_story(chance, story, "A. Copyist")
            when = at + timedelta(hours=chance.choice((-5, -1, 2, 8)))
            yield arrive(dress(copy, "Daily Copy", when, f"https://c.example/{number}"), "feed-copy",
                         seen_at=at + timedelta(hours=4))  # fmt: skip
            again = copy_story(chance, copy, "B. Copyist")
            undated = None if number % 4 == 0 else when - timedelta(minutes=30)
            yield arrive(dress(again, "Evening Copy", undated, f"https://e.example/{number}"), "feed-evening",
                         seen_at=at + timedelta(hours=5))  # fmt: skip
        if number % 5 == 1:  # the page is edited
            edited = revise(chance, story, has_new_title=True)
            later = dress(edited, own.outlet or "", at, own.url or "")
            yield arrive(later, f"feed-{number % 5}", seen_at=at + timedelta(hours=7))
        if number % 7 == 3:  # one page, listed by two
            yield arrive(replace(own, outlet="Aggregator"), "feed-aggregator", seen_at=at + timedelta(hours=6))


def _told(chance: random.Random, number: int) -> Story:
    story = write_story(chance, DISPUTE)
    words = NEWCOMERS[number % len(NEWCOMERS)]
    return replace(story, paragraphs=(*story.paragraphs[:3], words, *story.paragraphs[3:]))


@dataclass
class Desk:
    """The steps with a memory: extraction is a pure function, so each text is extracted once."""

    knowledge: Knowledge
    found: dict[Article, Findings] = field(default_factory=dict)

    def take_in(
        self, path: Path, batches: Sequence[Sequence[Arrival]], chance: random.Random, ringing: Ringing
    ) -> None:
        """Store batch after batch, going on to extracting and relating after some of them, and after the last."""
        for batch in batches:
            with open_writer(path) as con, transaction(con):
                stow(con, batch)
            if chance.random() < 0.4:
                self.analyse(path, chance.randint(1, 9), ringing)
        self.analyse(path, chance.randint(1, 9), ringing)

    def analyse(self, path: Path, size: int, ringing: Ringing) -> None:
        """Extract and relate what waits, so many articles at a time."""
        with open_writer(path) as con:
            waiting = articles_to_extract(con, "v1")
            for start in range(0, len(waiting), size):
                stored = load_stored(con, waiting[start : start + size])
                found = [Extracted(self.extract(one.article), "v1", START) for one in stored]
                with transaction(con):
                    add_findings(con, found, self.knowledge.gazetteer.by_id)
        while relate_batch(path, self.knowledge, ringing, articles=size).statements:
            pass

    def extract(self, article: Article) -> Findings:
        """Return what is found in an article."""
        if article not in self.found:
            self.found[article] = next(iter(extract([article], self.knowledge)))
        return self.found[article]


# How an address changed from one visit to the next: its visits have one order, and only that is on record.
OF_VISITS = {"page_fetches": "EXCLUDE (n_growths, paragraphs, seen)"}
# What full text is found by, without the numbers that follow the order of arrival.
INDEXED = """
SELECT kind, id, size, word, place
FROM search.documents LEFT JOIN search.words USING (doc_id) LEFT JOIN search.vocabulary USING (word_id)
"""


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with open_writer(path) as con:
        names = [
            row[0]
            for row in con.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1"
            ).fetchall()
        ]
        asked = {name: f"SELECT * {OF_VISITS.get(name, '')} FROM {name}" for name in names}
        asked["search"] = INDEXED
        return {name: sorted(con.execute(sql).fetchall(), key=repr) for name, sql in asked.items()}
