"""The step from articles to statements: extract a batch, store what was found in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias

from extractors.knowledge import Knowledge
from extractors.model import Article, Findings, Rejected
from flows.analysis.extractor import Chunk
from flows.clock import utc_now
from flows.intake import Patience, Subject, settle, try_alone
from flows.workers import Abandoned, Done, Ended
from warehouse.connection import open_writer, transaction
from warehouse.storing import (
    Extracted,
    Reading,
    StoredArticle,
    Try,
    add_findings,
    add_readings,
    clear_tries,
    count_tries,
    load_stored,
    save_tries,
    source_for,
)

# How extraction of one article ended.
End: TypeAlias = Findings | Rejected | Try


class Extracting(Protocol):
    """What extracts: a crew of processes, or what stands before one."""

    def extract(self, articles: Sequence[Article], *, is_alone: bool) -> Iterator[Ended[Chunk, list[Findings]]]:
        """Yield how chunks of the articles ended, or of each article alone."""


@dataclass(frozen=True, slots=True)
class ExtractedBatch:
    """What a batch came to: new statements, articles given up, those put off, those that there was no time for."""

    statements: int
    rejections: int = 0
    postponed: int = 0
    left: tuple[str, ...] = ()


def extract_batch(warehouse: Path, article_ids: Sequence[str], knowledge: Knowledge, *, now: datetime | None) -> int:
    """Extract articles that are known to be harmless in this process; returns how many statements are new.

    The warehouse is not held while the text is parsed. ``now`` None sets the clock to each article's date.
    """
    from extractors.pipeline import extract  # the process of a flow does without the parser

    with open_writer(warehouse) as con:
        stored = load_stored(con, article_ids)
    found = {one.content_hash: one for one in extract([one.article for one in stored], knowledge)}
    return store_ends(warehouse, stored, found, knowledge, now).statements


def extract_guarded(
    warehouse: Path,
    article_ids: Sequence[str],
    knowledge: Knowledge,
    crew: Extracting,
    *,
    now: datetime | None,
    is_alone: bool,
    patience: Patience,
) -> ExtractedBatch:
    """Do so in the crew's processes, for as many articles as there is time for, each apart if ``is_alone``.

    An article on which extraction fails for good is recorded as rejected, without statements; one that may not be at
    fault is put on record to be tried again. Neither holds up the others.
    """
    with open_writer(warehouse) as con:
        stored = load_stored(con, article_ids)
        before = count_tries(con, article_ids)
    by_id = {one.article.content_hash: one for one in stored}
    ends: dict[str, End] = {}
    for ended in crew.extract([one.article for one in stored], is_alone=is_alone):
        if isinstance(ended, Done):
            ends |= {one.content_hash: one for one in ended.value}
            continue
        for article in ended.item:
            subject = Subject("extract", article.content_hash, _location(by_id[article.content_hash]),
                              before.get(article.content_hash, 0))  # fmt: skip
            at = now or utc_now()
            ends[article.content_hash] = _settle(ended, subject, patience, is_alone=is_alone, now=at)
    return store_ends(warehouse, stored, ends, knowledge, now)


def _settle(
    ended: Abandoned[Chunk], subject: Subject, patience: Patience, *, is_alone: bool, now: datetime
) -> Rejected | Try:
    if not is_alone:
        return try_alone(ended, subject, now)  # also an exception: whose it was is not known
    outcome = settle(ended, subject, patience, is_alone=True, now=now)
    if isinstance(outcome, Rejected) and outcome.reason == "error":
        return Rejected("extraction-failed", outcome.detail)
    return outcome


def store_ends(
    warehouse: Path,
    stored: Sequence[StoredArticle],
    ends: Mapping[str, End],
    knowledge: Knowledge,
    now: datetime | None,
) -> ExtractedBatch:
    """Store how extraction of articles ended, in one transaction."""
    found, failed, tries = [], [], []
    for one in stored:
        article_id, at = one.article.content_hash, now or one.first_seen_at
        end = ends.get(article_id)
        if isinstance(end, Try):
            tries.append(end)
        elif isinstance(end, Rejected):
            failed.append(_failure(one, end, at))
            found.append(Extracted(Findings(article_id, ()), knowledge.version, at))
        elif end is not None:
            found.append(Extracted(end, knowledge.version, at))
    with open_writer(warehouse) as con, transaction(con):
        rejections = add_readings(con, failed).rejections
        save_tries(con, tries)
        clear_tries(con, [one.findings.content_hash for one in found])
        statements = add_findings(con, found, knowledge.gazetteer.by_id)
    left = tuple(one.article.content_hash for one in stored if one.article.content_hash not in ends)
    return ExtractedBatch(statements, rejections, len(tries), left)


def _failure(one: StoredArticle, why: Rejected, at: datetime) -> Reading:
    source = source_for("article", one.article.content_hash)
    return Reading(source.source_id, _location(one), one.article.content_hash, why, at, stage="extract")


def _location(one: StoredArticle) -> str:
    return one.article.url or one.article.content_hash
