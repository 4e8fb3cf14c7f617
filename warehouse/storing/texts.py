"""What texts are known by: their bands, the addresses they stood at, their topics."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

import duckdb

from extractors.identity import PageHistory, Visits
from warehouse.bulk import insert_new, replace_rows
from warehouse.packaged import packaged_sql


def replace_bands(con: duckdb.DuckDBPyConnection, bands: Mapping[str, Sequence[str]]) -> None:
    """Index texts by their bands, in place of those they had."""
    rows = [{"article_id": text_id, "band": band} for text_id, found in bands.items() for band in dict.fromkeys(found)]
    replace_rows(con, "article_signatures", "article_id", list(bands), rows)


@dataclass(frozen=True, slots=True)
class PageRecord:
    """An address: the texts it had, the entry it was read for last, and when it is visited again for growing."""

    history: PageHistory = field(default_factory=PageHistory)
    visits: Visits = field(default_factory=Visits)
    entry_id: str | None = None


def page_records(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> dict[str, PageRecord]:
    """Return what is known of addresses that were read before."""
    rows = con.execute(
        """
        SELECT url, hashes, n_fetches, n_changes, n_growths, n_words, wholes, paragraphs, seen, grown_at,
               interval_seconds, next_at, entry_id
        FROM page_fetches WHERE url IN (SELECT unnest($urls))
        """,
        {"urls": list(urls)},
    ).fetchall()
    return {row[0]: _record(row) for row in rows}


def save_records(con: duckdb.DuckDBPyConnection, records: Mapping[str, PageRecord]) -> None:
    """Store what is known of addresses after a reading."""
    rows = [
        {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(one.history).items()}
        | {"url": url, "entry_id": one.entry_id, "grown_at": one.visits.grown_at, "next_at": one.visits.next_at}
        | {"interval_seconds": one.visits.interval.total_seconds() if one.visits.interval else None}
        for url, one in records.items()
    ]
    replace_rows(con, "page_fetches", "url", list(records), rows)


def _record(row: tuple) -> PageRecord:  # type: ignore[type-arg]
    hashes, n_fetches, n_changes, n_growths, n_words, wholes, paragraphs, seen, grown_at, seconds, next_at, entry_id = (
        row[1:]
    )
    lists = (tuple(one or ()) for one in (wholes, paragraphs, seen))
    history = PageHistory(tuple(hashes), n_fetches, n_changes, n_growths or 0, n_words or 0, *lists)
    return PageRecord(history, Visits(grown_at, timedelta(seconds=seconds) if seconds else None, next_at), entry_id)


def merge_topics(con: duckdb.DuckDBPyConnection, topics: Mapping[str, Mapping[str, float]]) -> None:
    """Record the topics of texts; of what several places of a text say the higher score counts."""
    rows = [{"article_id": text_id, "topic": topic, "score": score}
            for text_id, found in topics.items() for topic, score in found.items()]  # fmt: skip
    if not rows:
        return
    con.execute(
        """
        UPDATE article_topics SET score = new.score
        FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
        WHERE article_topics.article_id = new.article_id AND article_topics.topic = new.topic
          AND new.score > article_topics.score
        """,
        {"rows": rows},
    )
    known = {row[0] for row in con.execute(
        "SELECT article_id FROM articles WHERE article_id IN (SELECT unnest($ids))", {"ids": list(topics)}
    ).fetchall()}  # fmt: skip
    insert_new(con, "article_topics", ("article_id", "topic"), [row for row in rows if row["article_id"] in known])
    con.execute(packaged_sql("storing", "merge_copy_topics"), {"rows": rows, "ids": list(topics)})
