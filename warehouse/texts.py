"""Which text is a copy, a new version or new: near-duplicates by their bands, versions by their address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from extractors.unseen import PageHistory
from warehouse.bulk import insert_all, insert_new, replace_rows


@dataclass(frozen=True, slots=True)
class Version:
    """One text that an address had."""

    url: str
    article_id: str
    seen_at: datetime


def known_articles(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> set[str]:
    """Return which of the ids are articles already."""
    rows = con.execute(
        "SELECT article_id FROM articles WHERE article_id IN (SELECT unnest($ids))", {"ids": list(article_ids)}
    ).fetchall()
    return {row[0] for row in rows}


def near_candidates(
    con: duckdb.DuckDBPyConnection, bands: Mapping[str, Sequence[str]], *, at_most: int = 50
) -> dict[str, list[tuple[str, str]]]:
    """Return for each key the articles (id, text) that share a band, those that share most first."""
    pairs = [{"key": key, "band": band} for key, found in bands.items() for band in dict.fromkeys(found)]
    if not pairs:
        return {}
    rows = con.execute(
        """
        WITH wanted AS (SELECT unnest(row_) FROM (SELECT unnest($pairs) AS row_)),
        shared AS (
            SELECT key, article_id, count(*) AS n_shared FROM wanted JOIN article_signatures USING (band)
            GROUP BY key, article_id
            QUALIFY row_number() OVER (PARTITION BY key ORDER BY n_shared DESC, article_id) <= $at_most
        )
        SELECT key, article_id, text FROM shared JOIN articles USING (article_id)
        ORDER BY key, n_shared DESC, article_id
        """,
        {"pairs": pairs, "at_most": at_most},
    ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {}
    for key, article_id, text in rows:
        found.setdefault(key, []).append((article_id, text))
    return found


def add_bands(con: duckdb.DuckDBPyConnection, bands: Mapping[str, Sequence[str]]) -> None:
    """Index new articles."""
    insert_all(
        con,
        "article_signatures",
        [
            {"article_id": article_id, "band": band}
            for article_id, found in bands.items()
            for band in dict.fromkeys(found)
        ],
    )


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


def add_versions(con: duckdb.DuckDBPyConnection, versions: Sequence[Version]) -> None:
    """Append a text to the versions of its address."""
    for one in versions:
        con.execute(
            """
            INSERT INTO article_versions BY NAME
            SELECT $url AS url, count(*) + 1 AS version, $article_id AS article_id,
                   arg_max(article_id, version) AS replaces, $seen_at AS seen_at
            FROM article_versions WHERE url = $url
            HAVING NOT list_contains(coalesce(list(article_id), []), $article_id)
            """,
            {"url": one.url, "article_id": one.article_id, "seen_at": one.seen_at},
        )


def add_topics(con: duckdb.DuckDBPyConnection, topics: Mapping[str, Mapping[str, float]]) -> None:
    """Record the topics of articles with their scores."""
    rows = [
        {"article_id": article_id, "topic": topic, "score": score}
        for article_id, found in topics.items()
        for topic, score in found.items()
    ]
    insert_new(con, "article_topics", ("article_id", "topic"), rows)
