"""What sources listed: polls and entries, and what became of each entry."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

import duckdb

from extractors.dates import TOLERANCE
from extractors.feeds import EntryKeys, SeenKeys, entry_keys
from extractors.identity import QUIET
from extractors.language import count_words
from extractors.model import Entry, Moment
from warehouse.bulk import insert_new
from warehouse.keys import make_key
from warehouse.packaged import packaged_sql

MIN_CONTENT_WORDS = 30  # less is a teaser: it is in the summary
NEWS = timedelta(days=3)  # what is older came with an archive of sitemaps and must not keep news waiting


@dataclass(frozen=True, slots=True)
class Poll:
    """One reading of a source."""

    source_id: str
    polled_at: datetime
    outcome: str
    status: int | None
    error: str | None
    n_entries: int
    n_new: int
    n_changed: int
    flaws: tuple[str, ...] = ()


POLL_COLUMNS = tuple(one.name for one in fields(Poll))


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with what was decided of it."""

    source_id: str
    entry: Entry
    decision: str
    topics: tuple[str, ...]
    reason: str
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose page is to be fetched now; ``is_visit`` where it was read before and may have grown."""

    entry_id: str
    source_id: str
    url: str
    n_tries: int
    is_visit: bool = False


@dataclass(frozen=True, slots=True)
class FetchEnd:
    """How the fetch of an entry's page ended: ``status`` is captured, pending (to be tried again) or failed."""

    entry_id: str
    status: str
    reason: str | None
    n_tries: int
    due_at: datetime | None
    capture_id: str | None
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadEnd:
    """What an entry's page came to: ``status`` is read or rejected."""

    entry_id: str
    status: str
    reason: str | None
    article_id: str | None


@dataclass(frozen=True, slots=True)
class Worded:
    """An entry whose page cannot be had, with the words that its feed gives; ``location`` is where they stand."""

    entry_id: str
    source_id: str
    location: str
    entry: Entry
    outlet: str | None
    issuer: str | None
    source_topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsEnd:
    """What an entry's own words came to: ``basis`` is feed, or none where they are no article."""

    entry_id: str
    basis: str
    article_id: str | None


def seen_keys(con: duckdb.DuckDBPyConnection, listed: Mapping[str, Sequence[Entry]]) -> dict[str, SeenKeys]:
    """Return for each source which keys of the entries it lists now, among others, it has listed before.

    What other sources list is a place, or a page, of its own.
    """
    keys = [entry_keys(entry) for entries in listed.values() for entry in entries]
    seen: dict[str, list[tuple[str | None, ...]]] = {source_id: [] for source_id in listed}
    for source_id, *found in _known(con, listed, keys) if keys else ():
        seen[source_id].append(tuple(found))
    return {source_id: SeenKeys(*_columns(rows)) for source_id, rows in seen.items()}


def _known(
    con: duckdb.DuckDBPyConnection, source_ids: Collection[str], keys: Sequence[EntryKeys]
) -> list[tuple[str, ...]]:
    return con.execute(
        """
        SELECT source_id, guid, canonical_url, content_key, words_key FROM entries
        WHERE source_id IN (SELECT unnest($ids))
          AND (guid IN (SELECT unnest($guids)) OR canonical_url IN (SELECT unnest($urls))
               OR content_key IN (SELECT unnest($contents)) OR words_key IN (SELECT unnest($words)))
        """,
        {
            "ids": list(source_ids),
            "guids": [one.guid for one in keys],
            "urls": [one.url for one in keys if one.url],
            "contents": [one.content for one in keys if one.content],
            "words": [one.words for one in keys if one.words],
        },
    ).fetchall()


def _columns(rows: Sequence[tuple[str | None, ...]]) -> Iterator[frozenset[str]]:
    for column in zip(*rows, strict=True):
        yield frozenset(one for one in column if one)


def add_polls(con: duckdb.DuckDBPyConnection, polls: Sequence[Poll]) -> None:
    """Record polls."""
    rows = [
        {name: getattr(poll, name) for name in POLL_COLUMNS}
        | {"poll_id": make_key("poll", poll.source_id, poll.polled_at), "flaws": list(poll.flaws)}
        for poll in polls
    ]
    insert_new(con, "polls", "poll_id", rows)


def add_entries(con: duckdb.DuckDBPyConnection, listed: Sequence[tuple[Listed, datetime]]) -> int:
    """Store entries never listed before, with when they were; returns how many there were.

    A page that was fetched for another source is not fetched again: it is read again from its capture.
    """
    new = insert_new(con, "entries", "entry_id", [_entry_row(one, at) for one, at in listed])
    if new:
        _share_captures(con, new)
    return len(new)


def _share_captures(con: duckdb.DuckDBPyConnection, entry_ids: Sequence[str]) -> None:
    rows = con.execute(
        """
        UPDATE entries SET status = 'captured', due_at = NULL, capture_id = fetched.capture_id
        FROM (
            SELECT canonical_url, arg_max(capture_id, (captured_at, capture_id)) AS capture_id
            FROM entries JOIN captures USING (capture_id)
            WHERE canonical_url IN (SELECT canonical_url FROM entries WHERE entry_id IN (SELECT unnest($ids)))
            GROUP BY canonical_url
        ) AS fetched
        WHERE entries.entry_id IN (SELECT unnest($ids)) AND status = 'pending'
          AND entries.canonical_url = fetched.canonical_url
        RETURNING entries.capture_id
        """,
        {"ids": list(entry_ids)},
    ).fetchall()
    con.execute(
        "UPDATE captures SET outcome = NULL WHERE capture_id IN (SELECT unnest($ids))",
        {"ids": [row[0] for row in rows]},
    )


def renew_entries(con: duckdb.DuckDBPyConnection, changed: Sequence[tuple[Listed, datetime]]) -> None:
    """Make known entries that say something else pending again; their words are the new ones."""
    rows = []
    for one, at in changed:
        keys = entry_keys(one.entry)
        rows.append({"source_id": one.source_id, "guid": keys.guid, "canonical_url": keys.url, "words_key": keys.words,
                     "url": one.entry.url, "title": one.entry.title, "summary": one.entry.summary,
                     "content": _content(one.entry),
                     "reason": one.reason, "due_at": at if one.is_wanted else None})  # fmt: skip
    if not rows:
        return
    con.execute(
        """
        UPDATE entries SET
            words_key = new.words_key, title = new.title, summary = new.summary, reason = new.reason,
            content = new.content, basis = NULL,
            url = coalesce(new.url, entries.url), canonical_url = coalesce(new.canonical_url, entries.canonical_url),
            status = CASE WHEN new.due_at IS NULL THEN status ELSE 'pending' END,
            due_at = new.due_at, n_tries = 0
        FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
        WHERE entries.source_id = new.source_id
          AND (entries.guid = new.guid OR entries.canonical_url = new.canonical_url)
        """,
        {"rows": rows},
    )


def due_entries(con: duckdb.DuckDBPyConnection, now: datetime, longest_wait: timedelta) -> list[Due]:
    """Return the entries whose page is due: pages that grow, then news, then what is old; an address once.

    A page waits for ``longest_wait`` at most: due is also what a clock that was ahead listed or put off.
    """
    rows = con.execute(
        packaged_sql("storing", "due_entries"),
        {
            "now": now,
            "latest": now + longest_wait + TOLERANCE,
            "ahead": now + TOLERANCE,
            "quiet": now - QUIET,
            "old": now - NEWS,
        },
    ).fetchall()
    return [Due(*row) for row in rows]


def end_fetches(con: duckdb.DuckDBPyConnection, ends: Sequence[FetchEnd]) -> None:
    """Record how fetches ended; a page that came in is that of every entry whose turn it was, whoever listed it."""
    _update(
        con, [asdict(one) for one in ends], "status = new.status, reason = new.reason, n_tries = new.n_tries, "
        "due_at = new.due_at, tried_at = new.tried_at, "
        "capture_id = coalesce(new.capture_id, entries.capture_id)"
    )  # fmt: skip
    con.execute(
        """
        UPDATE entries SET status = 'captured', reason = NULL, due_at = NULL, capture_id = fetched.capture_id
        FROM entries AS fetched
        WHERE fetched.entry_id IN (SELECT unnest($ids)) AND entries.canonical_url = fetched.canonical_url
          AND entries.status = 'pending'
        """,
        {"ids": [one.entry_id for one in ends if one.status == "captured"]},
    )


# Why a page can hold no article while the feed does: walls, errors, shells that scripts fill.
UNREADABLE = (
    "challenge", "consent-wall", "paywall", "soft-404", "needs-javascript", "no-text", "too-short", "error-page",
    "parked", "front-page", "empty", "not-html", "unreadable", "binary", "too-large",
)  # fmt: skip


def worded_entries(con: duckdb.DuckDBPyConnection, limit: int) -> list[Worded]:
    """Return entries that have words of their own and no page: it failed, held no article, or none was named."""
    values = {"limit": limit, "unreadable": list(UNREADABLE)}
    rows = con.execute(packaged_sql("storing", "worded_entries"), values).fetchall()
    return [_worded(row) for row in rows]


def _worded(row: tuple) -> Worded:  # type: ignore[type-arg]
    entry_id, source_id, location, guid, url, title, summary, content, author, language = row[:10]
    at, precision, is_inferred, raw, outlet, issuer, topics = row[10:]
    published = Moment(at, precision, "feed", bool(is_inferred), raw) if at else None
    entry = Entry(guid, url, title, summary, published, author=author, language=language, content=content)
    return Worded(entry_id, source_id, location, entry, outlet, issuer, tuple(topics or ()))


def end_words(con: duckdb.DuckDBPyConnection, ends: Sequence[WordsEnd]) -> None:
    """Record what entries' own words came to; one that is still waiting for its page goes on waiting."""
    _update(
        con, [asdict(one) for one in ends], "basis = new.basis, "
        "article_id = coalesce(new.article_id, entries.article_id), "
        "reason = CASE WHEN new.basis = 'feed' AND status <> 'pending' "
        "THEN 'words of the feed; ' || coalesce(entries.reason, 'has no page') ELSE entries.reason END, "
        "status = CASE WHEN new.basis = 'feed' AND status <> 'pending' THEN 'read' ELSE status END"
    )  # fmt: skip


def postpone_visits(con: duckdb.DuckDBPyConnection, entry_ids: Sequence[str], until: datetime) -> None:
    """Put off the visits of pages that could not be had now; what was read of them stands."""
    con.execute(
        "UPDATE page_fetches SET next_at = $until WHERE entry_id IN (SELECT unnest($ids))",
        {"ids": list(entry_ids), "until": until},
    )


def end_readings(con: duckdb.DuckDBPyConnection, ends: Sequence[ReadEnd]) -> None:
    """Record what pages came to; one that is read as noise leaves its entry the article it had."""
    _update(
        con,
        [asdict(one) for one in ends],
        "status = new.status, reason = new.reason, basis = NULL, "
        "article_id = CASE WHEN basis = 'feed' OR new.status = 'read' "
        "THEN coalesce(new.article_id, entries.article_id) ELSE new.article_id END",
    )


def _update(con: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, object]], assignments: str) -> None:
    if rows:
        con.execute(
            f"""
            UPDATE entries SET {assignments}
            FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE entries.entry_id = new.entry_id
            """,
            {"rows": rows},
        )


def _entry_row(one: Listed, at: datetime) -> dict[str, object]:
    entry, keys = one.entry, entry_keys(one.entry)
    published = entry.published
    return {
        "entry_id": entry_id_of(one.source_id, keys),
        "source_id": one.source_id,
        "guid": keys.guid,
        "url": entry.url,
        "canonical_url": keys.url,
        "title": entry.title,
        "summary": entry.summary,
        "author": entry.author,
        "language": entry.language,
        "published_at": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_is_inferred": published.is_inferred if published else None,
        "published_raw": entry.published_raw,
        "content": _content(entry),
        "basis": None,
        "content_key": keys.content,
        "words_key": keys.words,
        "listed_at": at,
        "decision": one.decision,
        "topics": list(one.topics),
        "status": "pending" if one.is_wanted else "skipped",
        "reason": one.reason,
        "n_tries": 0,
        "due_at": at if one.is_wanted else None,
        "capture_id": None,
        "article_id": None,
    }


def _content(entry: Entry) -> str | None:
    """Return the text of the article where the feed gives more than a teaser."""
    text = entry.content or entry.summary
    return text if text and count_words(text) >= MIN_CONTENT_WORDS else None


def entry_id_of(source_id: str, keys: EntryKeys) -> str:
    """Return the identifier of an entry of a source."""
    return make_key("entry", source_id, keys.guid)
