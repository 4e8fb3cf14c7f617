"""Claims: statements that wait for one, the candidates they may join, and what relating them came to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import duckdb

from extractors.model import ActorKind, DayPrecision, Form, Polarity
from warehouse.bulk import insert_all, replace_rows
from warehouse.packaged import packaged_sql


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as relating needs it: with its article's outlet and date, its speaker's kind and its targets."""

    statement_id: str
    article_id: str
    content: str
    form: Form
    outlet: str | None
    published_at: datetime | None
    first_seen_at: datetime
    speaker_id: str | None
    speaker: str | None
    speaker_text: str | None
    speaker_role: str | None
    speaker_country: str | None
    speaker_kind: ActorKind | None
    speaker_parent: str | None
    said_on: date | None
    said_on_precision: DayPrecision | None
    category: str
    polarity: Polarity
    severity: int
    targets: list[str]
    claim_id: str | None
    ordinal: int
    shown: str
    shown_form: Form
    has_cue: bool


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with all its reports, the instant since when it rang or was silenced, and what it repeats."""

    claim_id: str
    statements: tuple[StoredStatement, ...]
    alerted_at: datetime | None
    reiterates: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """Which claim a statement reports, how like it is, and why."""

    statement_id: str
    claim_id: str
    claim_similarity: float
    claim_reason: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A standing claim as the table shows it."""

    claim_id: str
    first_statement_id: str
    first_reported_at: datetime | None
    speaker_id: str | None
    speaker: str | None
    said_on: date | None
    said_on_precision: DayPrecision | None
    polarity: Polarity
    category: str
    severity: int
    quote: str
    n_reports: int
    reiterates: str | None
    merged_into: str | None = None
    merge_reason: str | None = None
    form: Form = "indirect"


@dataclass(frozen=True, slots=True)
class Absorption:
    """A claim that goes on under another id; where the old one is known outside, its row stays and points there."""

    claim_id: str
    merged_into: str
    merge_reason: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class StatementRepeat:
    """A statement that repeats an earlier one, which was last said on a day."""

    statement_id: str
    repeats_id: str
    repeats_on: date
    similarity: float


STATEMENT = """
SELECT statements.statement_id, statements.article_id, content, form, articles.outlet, articles.published_at,
       articles.first_seen_at, speaker_id, speaker, speaker_text, speaker_role, speaker_country,
       -- what this article says of the speaker: what all say together changes with what comes in
       CASE WHEN actors.found IS NULL THEN coalesce(introductions.kind, actors.kind) ELSE actors.kind END,
       CASE WHEN introductions.actor_id IS NULL THEN actors.parent_id ELSE introductions.parent_id END,
       said_on, said_on_precision, category, polarity, severity,
       ARRAY(SELECT actor_id FROM statement_targets
             WHERE statement_targets.statement_id = statements.statement_id ORDER BY ordinal),
       claim_id, statements.ordinal, coalesce(shown, content), coalesce(shown_form, form),
       cue IS NOT NULL
FROM statements
JOIN articles USING (article_id)
LEFT JOIN actors ON actors.actor_id = statements.speaker_id
LEFT JOIN introductions
    ON introductions.article_id = statements.article_id AND introductions.actor_id = statements.speaker_id
"""
SOME = 2_000  # statements held at a time
IN_ORDER = " ORDER BY articles.published_at NULLS LAST, statements.article_id, ordinal"


def statements_to_relate(con: duckdb.DuckDBPyConnection, limit: int) -> list[StoredStatement]:
    """Return statements without a claim or to be related anew, the earliest published first, articles undivided."""
    rows = con.execute(
        STATEMENT
        + """
        WHERE (claim_id IS NULL OR pending = 'relate') AND statements.article_id IN (
            SELECT article_id FROM articles
            WHERE article_id IN (SELECT article_id FROM statements WHERE claim_id IS NULL OR pending = 'relate')
            ORDER BY published_at NULLS LAST, article_id LIMIT $limit
        )
        """
        + IN_ORDER,
        {"limit": limit},
    ).fetchall()
    return [_to_statement(row) for row in rows]


def all_to_relate(con: duckdb.DuckDBPyConnection) -> Iterator[list[StoredStatement]]:
    """Yield all statements that wait as ``statements_to_relate`` orders them, some at a time."""
    found = con.execute(STATEMENT + " WHERE claim_id IS NULL OR pending = 'relate'" + IN_ORDER)
    while rows := found.fetchmany(SOME):
        yield [_to_statement(row) for row in rows]


def statements_in_order(con: duckdb.DuckDBPyConnection, statement_ids: Sequence[str]) -> list[StoredStatement]:
    """Return these statements, those that wait for a claim left out, the earliest published first."""
    rows = con.execute(
        STATEMENT + " WHERE claim_id IS NOT NULL AND statement_id IN (SELECT unnest($ids))" + IN_ORDER,
        {"ids": list(statement_ids)},
    ).fetchall()
    return [_to_statement(row) for row in rows]


def claimed_statements(con: duckdb.DuckDBPyConnection, without: Collection[str]) -> Iterator[list[StoredStatement]]:
    """Yield all statements that belong to a claim, some at a time; the connection is in use until the last."""
    found = con.execute(STATEMENT + " WHERE claim_id IS NOT NULL")
    while rows := found.fetchmany(SOME):
        if part := [one for one in map(_to_statement, rows) if one.statement_id not in without]:
            yield part


def claims_of(con: duckdb.DuckDBPyConnection, statement_ids: Sequence[str]) -> list[StoredClaim]:
    """Return the claims that these statements belong to, each with all its reports."""
    return _claims_where(con, "SELECT unnest($found)", statement_ids)


def claims_by_id(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> list[StoredClaim]:
    """Return these claims with all their reports."""
    return _claims_where(
        con, "SELECT statement_id FROM statements WHERE claim_id IN (SELECT unnest($found))", claim_ids
    )


def _claims_where(
    con: duckdb.DuckDBPyConnection,
    statement_ids: str,
    found: Sequence[str],
) -> list[StoredClaim]:
    rows = con.execute(
        f"""
        {STATEMENT}
        WHERE claim_id IN (
            SELECT claim_id FROM statements WHERE claim_id IS NOT NULL AND statement_id IN ({statement_ids})
        )
        {IN_ORDER}
        """,
        {"found": list(found)},
    ).fetchall()
    members: dict[str, list[StoredStatement]] = {}
    for statement in map(_to_statement, rows):
        if statement.claim_id is not None:
            members.setdefault(statement.claim_id, []).append(statement)
    facts = _claim_facts(con, list(members))
    return [StoredClaim(claim_id, tuple(found), *facts[claim_id]) for claim_id, found in sorted(members.items())]


def join_claims(con: duckdb.DuckDBPyConnection, memberships: Sequence[Membership]) -> None:
    """Record which claims statements report; what was to be related anew has been."""
    if not memberships:
        return
    con.execute(
        """
        UPDATE statements
        SET claim_id = new.claim_id, claim_similarity = new.claim_similarity, claim_reason = new.claim_reason,
            pending = CASE WHEN pending = 'drop' THEN pending END
        FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
        WHERE statements.statement_id = new.statement_id
        """,
        {"rows": [asdict(one) for one in memberships]},
    )


def save_claims(
    con: duckdb.DuckDBPyConnection, claims: Sequence[ClaimRow], absorbed: Sequence[Absorption]
) -> list[str]:
    """Store claims as they stand, and what became of those that stand no more; returns the ids that are new."""
    known = _known(con, [one.claim_id for one in claims])
    replace_rows(con, "claims", "claim_id", [one.claim_id for one in claims], claims)
    _absorb(con, absorbed)
    return [one.claim_id for one in claims if one.claim_id not in known]


def replace_repeats(
    con: duckdb.DuckDBPyConnection, compared: Sequence[str], repeats: Sequence[StatementRepeat]
) -> None:
    """Store what the compared statements repeat, and what repeats them, in place of what was known of it."""
    con.execute(
        """
        DELETE FROM statement_repeats
        WHERE statement_id IN (SELECT unnest($ids)) OR repeats_id IN (SELECT unnest($ids))
        """,
        {"ids": list(compared)},
    )
    insert_all(con, "statement_repeats", repeats)


def reiterations(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return what these claims, and those that repeat or repeated one of them, reiterate: as stored, and by now."""
    rows = con.execute(packaged_sql("storing", "reiterations"), {"ids": list(claim_ids)}).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def _absorb(con: duckdb.DuckDBPyConnection, absorbed: Sequence[Absorption]) -> None:
    """Leave an alias for ids that are known outside, also of what was merged into them; forget the others."""
    for one in absorbed:
        if not one.is_known:
            con.execute("DELETE FROM claims WHERE claim_id = $id", {"id": one.claim_id})
            continue
        con.execute(
            "UPDATE claims SET merged_into = $into, merge_reason = $reason WHERE $id IN (claim_id, merged_into)",
            {"into": one.merged_into, "reason": one.merge_reason, "id": one.claim_id},
        )


def _known(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> set[str]:
    rows = con.execute(
        "SELECT claim_id FROM claims WHERE claim_id IN (SELECT unnest($ids))", {"ids": list(claim_ids)}
    ).fetchall()
    return {row[0] for row in rows}


def _claim_facts(
    con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]
) -> dict[str, tuple[datetime | None, str | None]]:
    rows = con.execute(
        """
        SELECT wanted.claim_id, min(told.at), any_value(claims.reiterates)
        FROM (SELECT unnest($ids) AS claim_id) AS wanted
        LEFT JOIN claims USING (claim_id)
        LEFT JOIN (
            SELECT alert_claims.claim_id, raised_at AS at FROM alerts JOIN alert_claims USING (alert_id)
            UNION ALL
            SELECT target, made_at FROM silences WHERE "scope" = 'claim'
        ) AS told USING (claim_id)
        GROUP BY wanted.claim_id
        """,
        {"ids": list(claim_ids)},
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def _to_statement(row: tuple) -> StoredStatement:  # type: ignore[type-arg]
    return StoredStatement(*row)
