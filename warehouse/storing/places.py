"""Places and texts: where each text stood, its row by its earliest place, and which texts are articles."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from extractors.identity import ARTICLE, Kind, Place, PlaceRank, Role, Surroundings, Text, published_by, rank_of_place
from extractors.language import count_words
from extractors.model import Article, Dropped
from warehouse.bulk import insert_all, replace_rows
from warehouse.keys import make_key
from warehouse.packaged import packaged_sql
from warehouse.storing.fulltext import index_articles

KINDS: dict[str, Kind] = {
    "first": "article", "revision": "revision", "same-text": "copy", "near-duplicate": "near-duplicate",
}  # fmt: skip
MOST_NEAR = 50  # candidates looked at for each text, those that share most bands first

WORDS = ("text", "paragraphs", "dropped")  # what a prune empties


@dataclass(frozen=True, slots=True)
class TextAt:
    """A text at a place, and when it was seen there."""

    article: Article
    source_id: str
    location: str
    seen_at: datetime

    @property
    def place(self) -> tuple[str, str, str]:
        """Return what identifies it: the text, the source, the location."""
        return self.article.content_hash, self.source_id, self.location

    @property
    def rank(self) -> PlaceRank:
        """Return what places are sorted by."""
        return rank_of_place(published_by(self.article.published), self.article.outlet, self.location, self.source_id)


@dataclass(frozen=True, slots=True)
class Added:
    """What a batch of places came to: the bodies of texts that are new or whose earliest place is, and new places."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    places: tuple[tuple[str, str, str], ...] = ()

    @property
    def text_ids(self) -> tuple[str, ...]:
        """Return the texts that got another place."""
        return tuple(dict.fromkeys(place[0] for place in self.places))


def add_places(con: duckdb.DuckDBPyConnection, found: Sequence[TextAt]) -> Added:
    """Record places that are not on record yet; a text's row is that of its earliest place, whenever it came in.

    New texts wait among those of copies until ``give_roles`` says what they are.
    """
    best, known = _known_places(con, [one.article.content_hash for one in found])
    new = {one.place: one for one in reversed(found) if one.place not in known}
    if not new:
        return Added()
    earliest: dict[str, TextAt] = {}
    for one in sorted(new.values(), key=lambda one: one.rank):
        earliest.setdefault(one.article.content_hash, one)
    fresh = [one for text_id, one in earliest.items() if text_id not in best]
    replaced = [one for text_id, one in earliest.items() if text_id in best and one.rank < best[text_id]]
    _supersede_unknown(con, list(new.values()))
    insert_all(con, "copies", [_copy_row(one) for one in new.values()])
    insert_all(con, "copy_texts", [_text_row(one) | {"topics": []} for one in fresh])
    _replace_texts(con, replaced)
    back = _bring_back(con, list(earliest.values()))
    _see_earlier(con, list(new.values()))
    return Added({one.article.content_hash: one.article.text for one in (*fresh, *replaced, *back)}, tuple(new))


def _known_places(
    con: duckdb.DuckDBPyConnection, text_ids: Sequence[str]
) -> tuple[dict[str, PlaceRank], set[tuple[str, str, str]]]:
    """Return the rank of the earliest place of each text on record, and all its places."""
    rows = con.execute(
        """
        SELECT text_id, source_id, location, published_by, outlet FROM copies
        WHERE text_id IN (SELECT unnest($ids))
        """,
        {"ids": list(text_ids)},
    ).fetchall()
    best: dict[str, PlaceRank] = {}
    for text_id, source_id, location, at_the_latest, outlet in rows:
        rank = rank_of_place(at_the_latest, outlet, location, source_id)
        best[text_id] = min(best.get(text_id, rank), rank)
    return best, {(row[0], row[1], row[2]) for row in rows}


def _supersede_unknown(con: duckdb.DuckDBPyConnection, found: Sequence[TextAt]) -> None:
    """Forget copies at these places of which the text was not kept: now it is known."""
    con.execute(
        """
        DELETE FROM copies USING (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
        WHERE copies.text_id IS NULL AND copies.source_id = new.source_id AND copies.location = new.location
        """,
        {"rows": [{"source_id": one.source_id, "location": one.location} for one in found]},
    )


def _see_earlier(con: duckdb.DuckDBPyConnection, found: Sequence[TextAt]) -> None:
    """Note where a text was first seen earlier than was known."""
    for table in ("articles", "copy_texts"):
        con.execute(
            f"""
            UPDATE {table} SET first_seen_at = new.seen_at
            FROM (SELECT article_id, min(seen_at) AS seen_at
                  FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) GROUP BY article_id) AS new
            WHERE {table}.article_id = new.article_id AND new.seen_at < first_seen_at
            """,
            {"rows": [{"article_id": one.article.content_hash, "seen_at": one.seen_at} for one in found]},
        )


def _replace_texts(con: duckdb.DuckDBPyConnection, found: Sequence[TextAt]) -> None:
    """Give known texts the facts of a place that is earlier; what was extracted from others is extracted again."""
    rows = [_text_row(one) for one in found]
    _set_texts(con, rows, [name for name in rows[0] if name not in ("article_id", "first_seen_at")] if rows else [])
    ids = [one.article.content_hash for one in found]
    if ids:
        con.execute("DELETE FROM extractions WHERE article_id IN (SELECT unnest($ids))", {"ids": ids})
        con.execute(
            """
            UPDATE statements SET pending = coalesce(pending, 'relate')
            WHERE article_id IN (SELECT unnest($ids)) AND claim_id IS NOT NULL
            """,
            {"ids": ids},
        )
        index_articles(con, ids)


def _set_texts(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """Set these columns of texts, whether they are articles or copies."""
    settings = ", ".join(f'"{name}" = new."{name}"' for name in names)
    for table in ("articles", "copy_texts") if rows else ():
        con.execute(
            f"UPDATE {table} SET {settings} FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new "
            f"WHERE {table}.article_id = new.article_id",
            {"rows": list(rows)},
        )


def _bring_back(con: duckdb.DuckDBPyConnection, found: Sequence[TextAt]) -> list[TextAt]:
    """Give texts that were pruned their words again, now that they came in once more; returns those."""
    pruned = {row[0] for row in con.execute(
        """
        SELECT article_id FROM articles WHERE pruned_at IS NOT NULL AND article_id IN (SELECT unnest($ids))
        UNION SELECT article_id FROM copy_texts WHERE pruned_at IS NOT NULL AND article_id IN (SELECT unnest($ids))
        """,
        {"ids": [one.article.content_hash for one in found]},
    ).fetchall()}  # fmt: skip
    back = [one for one in found if one.article.content_hash in pruned]
    rows = [{name: row[name] for name in ("article_id", *WORDS)} | {"pruned_at": None} for row in map(_text_row, back)]
    _set_texts(con, rows, [*WORDS, "pruned_at"])
    return back


def note_pages(con: duckdb.DuckDBPyConnection, text_ids: Sequence[str]) -> None:
    """Note of texts that were known by their feed alone that their page has come with the same words."""
    for table in ("articles", "copy_texts"):
        con.execute(
            f"UPDATE {table} SET basis = 'page' WHERE basis = 'feed' AND article_id IN (SELECT unnest($ids))",
            {"ids": list(text_ids)},
        )


def surroundings(con: duckdb.DuckDBPyConnection, text_ids: Collection[str]) -> Surroundings:
    """Return texts with what may be near-duplicates of them: by shared bands, and the copies of each article.

    Copies count only where they are later: an earlier copy decides nothing.
    """
    ids = list(text_ids)
    shared: dict[str, dict[str, int]] = {one: {} for one in ids}
    rows = con.execute(packaged_sql("storing", "near_texts"), {"ids": ids, "at_most": MOST_NEAR}).fetchall()
    for one, other, n_shared in rows:
        shared[one][other] = max(shared[one].get(other, 0), n_shared)
    return Surroundings(_texts(con, {*ids, *(other for found in shared.values() for other in found)}), shared)


def _texts(con: duckdb.DuckDBPyConnection, text_ids: Collection[str]) -> dict[str, Text]:
    rows = con.execute(packaged_sql("storing", "first_places"), {"ids": list(text_ids)}).fetchall()
    return {row[0]: _text(row) for row in rows if row[1] is not None}


def _text(row: tuple[Any, ...]) -> Text:
    text_id, text, at_the_latest, outlet, location, source_id, addresses, is_copy, copy_of, similarity = row
    role = ARTICLE if not is_copy else Role(copy_of, similarity) if copy_of else None
    return Text(text_id, text, rank_of_place(at_the_latest, outlet, location, source_id), frozenset(addresses), role)


def give_roles(con: duckdb.DuckDBPyConnection, roles: Mapping[str, Role]) -> list[str]:
    """Make each text an article or a copy, with all that hangs on it; returns the articles that are new.

    An article that another text takes over from keeps its row until its statements have been handed over.
    """
    rows: list[dict[str, object]] = [
        {"article_id": one, "copy_of": role.copy_of, "similarity": role.similarity} for one, role in roles.items()
    ]
    if not rows:
        return []
    made = _make_articles(con, [one for one, role in roles.items() if role == ARTICLE])
    _make_copies(con, [row for row in rows if row["copy_of"] is not None])
    _refresh_copies(con, list(roles))
    return made


def _make_articles(con: duckdb.DuckDBPyConnection, text_ids: Sequence[str]) -> list[str]:
    rows = con.execute(
        """
        INSERT INTO articles BY NAME
        SELECT * EXCLUDE (copy_of, similarity, topics) FROM copy_texts ANTI JOIN articles USING (article_id)
        WHERE article_id IN (SELECT unnest($ids))
        ORDER BY published_at NULLS LAST, article_id
        RETURNING article_id
        """,
        {"ids": list(text_ids)},
    ).fetchall()
    made = [row[0] for row in rows]
    con.execute(
        """
        INSERT INTO article_topics BY NAME
        SELECT article_id, topic.topic, topic.score
        FROM (SELECT article_id, unnest(topics) AS topic FROM copy_texts WHERE article_id IN (SELECT unnest($ids)))
        """,
        {"ids": made},
    )
    con.execute("DELETE FROM copy_texts WHERE article_id IN (SELECT unnest($ids))", {"ids": list(text_ids)})
    index_articles(con, made)
    return made


def _make_copies(con: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    ids = [row["article_id"] for row in rows]
    con.execute(
        """
        INSERT INTO copy_texts BY NAME
        SELECT *, coalesce((SELECT list({'topic': topic, 'score': score} ORDER BY topic) FROM article_topics
                            WHERE article_topics.article_id = articles.article_id), []) AS topics
        FROM articles ANTI JOIN copy_texts USING (article_id) WHERE article_id IN (SELECT unnest($ids))
        """,
        {"ids": ids},
    )
    con.execute(
        """
        UPDATE copy_texts SET copy_of = new.copy_of, similarity = new.similarity
        FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
        WHERE copy_texts.article_id = new.article_id
        """,
        {"rows": list(rows)},
    )
    unread = [row[0] for row in con.execute(
        """
        SELECT article_id FROM articles WHERE article_id IN (SELECT unnest($ids))
          AND NOT EXISTS (FROM statements WHERE statements.article_id = articles.article_id)
          AND NOT EXISTS (FROM mentions WHERE mentions.article_id = articles.article_id)
        """,
        {"ids": ids},
    ).fetchall()]  # fmt: skip
    forget_articles(con, unread)


def forget_articles(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> None:
    """Delete the rows of texts that are articles no more and have nothing left that was found in them."""
    for table in ("articles", "article_topics", "extractions", "introductions"):
        con.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT unnest($ids))", {"ids": list(article_ids)})
    index_articles(con, article_ids)


def _refresh_copies(con: duckdb.DuckDBPyConnection, text_ids: Sequence[str]) -> None:
    """Write anew what depends on roles: the copies at all places of these texts, versions, what captures came to."""
    rows = con.execute(packaged_sql("storing", "copies_by_role"), {"ids": list(text_ids)})
    names = [one[0] for one in rows.description or ()]
    placed = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    replace_rows(con, "copies", "copy_id", [row["copy_id"] for row in placed], [_placed_row(row) for row in placed])
    locations = sorted({row["location"] for row in placed})
    _refresh_versions(con, locations)
    _refresh_captures(con, locations)


def _placed_row(row: Mapping[str, Any]) -> dict[str, object]:
    further = [row["text_id"]] if row["is_further"] else []
    kept = {
        name: row[name]
        for name in ("source_id", "location", "url", "outlet", "title", "published_at", "published_by", "seen_at")
    }
    if row["is_near"]:
        reason = "near-duplicate"
    else:
        reason = "same-text" if not row["is_first"] else "revision" if row["is_later"] else "first"
    return kept | {
        "copy_id": make_key("copy", row["now"], row["source_id"], row["location"], *further),
        "article_id": row["now"],
        "reason": reason,
        "similarity": row["similarity"],
        "text_id": row["text_id"],
    }


def _refresh_versions(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> None:
    """Give the texts of addresses numbers by when they were seen there; near-duplicates of others are no versions."""
    rows = con.execute(
        """
        SELECT url, row_number() OVER versions AS version, article_id, lag(article_id) OVER versions AS replaces,
               seen_at
        FROM (
            SELECT location AS url, text_id AS article_id, min(seen_at) AS seen_at FROM copies
            WHERE location IN (SELECT url FROM page_fetches WHERE url IN (SELECT unnest($urls)))
              AND text_id IS NOT NULL AND reason <> 'near-duplicate'
            GROUP BY ALL
        )
        WINDOW versions AS (PARTITION BY url ORDER BY seen_at, article_id)
        """,
        {"urls": list(urls)},
    ).fetchall()
    names = ("url", "version", "article_id", "replaces", "seen_at")
    replace_rows(con, "article_versions", "url", urls, [dict(zip(names, row, strict=True)) for row in rows])
    con.execute(
        """
        UPDATE page_fetches SET hashes = list_concat(
            list_filter(hashes, lambda one: NOT list_contains(seen.texts, one)),
            list_filter(seen.texts, lambda one: list_contains(hashes, one))
        )
        FROM (
            SELECT location, list(text_id ORDER BY seen_at, text_id) AS texts
            FROM (SELECT location, text_id, min(seen_at) AS seen_at FROM copies
                  WHERE location IN (SELECT unnest($urls)) AND text_id IS NOT NULL GROUP BY ALL)
            GROUP BY location
        ) AS seen
        WHERE page_fetches.url = seen.location
        """,
        {"urls": list(urls)},
    )


def _refresh_captures(con: duckdb.DuckDBPyConnection, locations: Sequence[str]) -> None:
    """Bring what captures and entries came to in line with the roles their texts have now."""
    con.execute(
        """
        UPDATE captures SET outcome = CASE reason WHEN 'first' THEN 'article' WHEN 'same-text' THEN 'copy' ELSE reason
                                      END
        FROM copies
        WHERE copies.location IN (SELECT unnest($locations)) AND captures.location = copies.location
          AND captures.text_id = copies.text_id AND captures.source_id = copies.source_id
          AND outcome IN ('article', 'copy', 'revision', 'near-duplicate')
        """,
        {"locations": list(locations)},
    )
    con.execute(
        """
        UPDATE entries SET article_id = copies.article_id,
            reason = CASE WHEN entries.reason IN ('same', 'ignored') THEN entries.reason
                          ELSE CASE copies.reason WHEN 'first' THEN 'article' WHEN 'same-text' THEN 'copy'
                                                  ELSE copies.reason END END
        FROM captures JOIN copies USING (location, text_id)
        WHERE copies.location IN (SELECT unnest($locations)) AND entries.capture_id = captures.capture_id
          AND copies.source_id = entries.source_id
          AND entries.status = 'read'
        """,
        {"locations": list(locations)},
    )


def places_of(con: duckdb.DuckDBPyConnection, text_ids: Sequence[str]) -> dict[tuple[str, str, str], Place]:
    """Return what texts are at each of their places: by text, source and location."""
    rows = con.execute(
        """
        SELECT text_id, source_id, location, reason, article_id, similarity FROM copies
        WHERE text_id IN (SELECT unnest($ids))
        """,
        {"ids": list(text_ids)},
    ).fetchall()
    return {(row[0], row[1], row[2]): _place(*row[3:]) for row in rows}


def _place(reason: str, article_id: str, similarity: float) -> Place:
    return Place(KINDS[reason], article_id, similarity) if reason == "near-duplicate" else Place(KINDS[reason])


def _text_row(one: TextAt) -> dict[str, Any]:
    """Return the row of a text."""
    article = one.article
    published = article.published
    return {
        "article_id": article.content_hash,
        "title": article.title,
        "author": article.author,
        "outlet": article.outlet,
        "issuer": article.issuer,
        "basis": article.basis,
        "visible_share": article.visible_share,
        "section": article.section,
        "url": article.url,
        "language": article.language,
        "published_at": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_origin": published.origin if published else None,
        "published_is_inferred": published.is_inferred if published else None,
        "text": article.text,
        "paragraphs": [asdict(each.span) | {"source_start": each.source_start} for each in article.paragraphs],
        "dropped": [_dropped_row(each) for each in article.dropped],
        "n_words": count_words(article.text),
        "first_seen_at": one.seen_at,
    }


def _dropped_row(one: Dropped) -> dict[str, object]:
    start, end = (one.source.start, one.source.end) if one.source else (None, None)
    return {"reason": one.reason, "text": one.text, "start": start, "end": end}


def _copy_row(one: TextAt) -> dict[str, object]:
    article = one.article
    return {
        "copy_id": make_key("copy", *one.place),
        "article_id": article.content_hash,
        "source_id": one.source_id,
        "location": one.location,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published_at": article.published.at if article.published else None,
        "published_by": published_by(article.published),
        "reason": "first",
        "similarity": 1.0,
        "seen_at": one.seen_at,
        "text_id": article.content_hash,
    }
