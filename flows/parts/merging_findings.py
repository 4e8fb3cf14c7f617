"""From findings to the warehouse: batch by batch, only those of texts that stand there as they were extracted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from extractors.knowledge import Knowledge
from extractors.model import Findings
from flows.analysis import ExtractedBatch, store_ends
from flows.intake import Subject, try_alone
from flows.workers import Abandoned
from warehouse.connection import open_writer
from warehouse.keys import make_key
from warehouse.parts import FindingsRow, findings_of, iter_rows, json_of
from warehouse.storing import StoredArticle, Try, count_tries, load_stored

BATCH_ROWS = 200


def merge_findings(warehouse: Path, part: Path, knowledge: Knowledge, *, now: datetime) -> ExtractedBatch:
    """Store the findings of a part in place of what was found before; doing it again changes nothing."""
    statements = rejections = postponed = 0
    for rows in iter_rows(part, FindingsRow, BATCH_ROWS):
        stored, before = _stored(warehouse, rows)
        ends = {row.article_id: _end(row, before, now) for row in rows}
        done = store_ends(warehouse, stored, ends, knowledge, now)
        statements, rejections = statements + done.statements, rejections + done.rejections
        postponed += done.postponed
    return ExtractedBatch(statements, rejections, postponed)


def _stored(warehouse: Path, rows: Sequence[FindingsRow]) -> tuple[list[StoredArticle], Mapping[str, int]]:
    """Return the articles that are what was extracted, and how often each failed alone before."""
    ids = [row.article_id for row in rows]
    with open_writer(warehouse) as con:
        stored, before = load_stored(con, ids), count_tries(con, ids)
    keys = {row.article_id: row.text_key for row in rows}
    return [one for one in stored if make_key(json_of(one.article)) == keys[one.article.content_hash]], before


def _end(row: FindingsRow, before: Mapping[str, int], now: datetime) -> Findings | Try:
    if row.findings is not None:
        return findings_of(row.findings)
    ended: Abandoned[None] = Abandoned(None, row.reason, row.detail)  # type: ignore[arg-type]  # as a worker said it
    subject = Subject("extract", row.article_id, row.article_id, before.get(row.article_id, 0))
    return try_alone(ended, subject, now)
