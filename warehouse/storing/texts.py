"""What texts are known by: their bands, the addresses they stood at, their topics."""

from collections.abc import Mapping, Sequence

import duckdb

from extractors.identity import PageHistory
from warehouse.bulk import insert_new, replace_rows
from warehouse.packaged import packaged_sql


def replace_bands(con: duckdb.DuckDBPyConnection, bands: Mapping[str, Sequence[str]]) -> None:
    """Index texts by their bands, in place of those they had."""
    rows = [{"article_id": text_id, "band": band} for text_id, found in bands.items() for band in dict.fromkeys(found)]
    replace_rows(con, "article_signatures", "article_id", list(bands), rows)


def page_histories(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> dict[str, PageHistory]:
    """Return the histories of addresses that were read before."""
    rows = con.execute(
        "SELECT url, hashes, n_fetches, n_changes FROM page_fetches WHERE url IN (SELECT unnest($urls))",
        {"urls": list(urls)},
    ).fetchall()
    return {row[0]: PageHistory(tuple(row[1]), row[2], row[3]) for row in rows}


def save_histories(con: duckdb.DuckDBPyConnection, histories: Mapping[str, PageHistory]) -> None:
    """Store the histories after a fetch."""
    rows = [
        {"url": url, "hashes": list(one.hashes), "n_fetches": one.n_fetches, "n_changes": one.n_changes}
        for url, one in histories.items()
    ]
    replace_rows(con, "page_fetches", "url", list(histories), rows)


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
