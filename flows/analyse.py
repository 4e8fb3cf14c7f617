"""The step from articles to statements: extract a batch, store what was found in one transaction."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from extractors.knowledge import Knowledge
from extractors.model import Article, Findings, Rejected
from extractors.pipeline import extract
from warehouse.articles import Reading, StoredArticle, add_readings, load_stored, source_for
from warehouse.connection import open_writer, transaction
from warehouse.findings import Extracted, add_findings

logger = logging.getLogger(__name__)


def extract_batch(warehouse: Path, article_ids: Sequence[str], knowledge: Knowledge, *, now: datetime | None) -> int:
    """Extract the articles and store their findings; returns how many statements are new.

    The warehouse is not held while the text is parsed. ``now`` None sets the clock to each article's date. An article
    that extraction fails on is recorded as rejected, without statements; it does not hold up the others.
    """
    with open_writer(warehouse) as con:
        stored = load_stored(con, article_ids)
    outcomes = _extract_all([one.article for one in stored], knowledge)
    found, failed = [], []
    for one, outcome in zip(stored, outcomes, strict=True):
        at = now or one.first_seen_at
        if isinstance(outcome, Rejected):
            failed.append(_failure(one, outcome, at))
            found.append(Extracted(Findings(one.article.content_hash, ()), knowledge.version, at))
        else:
            found.append(Extracted(outcome, knowledge.version, at))
    with open_writer(warehouse) as con, transaction(con):
        add_readings(con, failed)
        return add_findings(con, found, knowledge.gazetteer.by_id)


def _extract_all(articles: Sequence[Article], knowledge: Knowledge) -> list[Findings | Rejected]:
    try:
        return list(extract(articles, knowledge))
    except Exception:
        logger.exception("extraction of a batch failed; going on one by one")
        return [_extract_one(article, knowledge) for article in articles]


def _extract_one(article: Article, knowledge: Knowledge) -> Findings | Rejected:
    try:
        return next(extract([article], knowledge))
    except Exception as error:  # noqa: BLE001 - the per-item loop: one article must not stop the rest
        return Rejected("extraction-failed", f"{type(error).__name__}: {error}"[:300])


def _failure(one: StoredArticle, why: Rejected, at: datetime) -> Reading:
    source = source_for("article", one.article.content_hash)
    location = one.article.url or one.article.content_hash
    return Reading(source.source_id, location, one.article.content_hash, why, at, stage="extract")
