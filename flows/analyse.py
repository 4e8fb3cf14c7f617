"""The step from articles to statements: extract a batch, store what was found in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from extractors.knowledge import Knowledge
from extractors.pipeline import extract
from warehouse.articles import load_stored
from warehouse.connection import open_writer, transaction
from warehouse.findings import Extracted, add_findings


def extract_batch(warehouse: Path, article_ids: Sequence[str], knowledge: Knowledge, *, now: datetime | None) -> int:
    """Extract the articles and store their findings; returns how many statements are new.

    The warehouse is not held while the text is parsed. ``now`` None sets the clock to each article's date.
    """
    with open_writer(warehouse) as con:
        stored = load_stored(con, article_ids)
    articles = [one.article for one in stored]
    found = [
        Extracted(findings, knowledge.version, now or one.first_seen_at)
        for one, findings in zip(stored, extract(articles, knowledge), strict=True)
    ]
    with open_writer(warehouse) as con, transaction(con):
        return add_findings(con, found, knowledge.gazetteer.by_id)
