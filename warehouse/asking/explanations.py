"""All that is known of one statement: where it stands, why it is labelled so, which claim it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for the label: the rule, the words it matched, where, and what it did."""

    rule: str
    words: str
    start: int | None
    end: int | None
    effect: str


@dataclass(frozen=True, slots=True)
class Report:
    """One place where the claim was reported."""

    statement_id: str
    outlet: str | None
    reported_at: datetime | None
    title: str | None
    location: str
    wording: str
    similarity: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim that a statement belongs to."""

    claim_id: str
    polarity: str
    category: str
    severity: int
    n_reports: int
    reiterates: str | None
    reports: tuple[Report, ...]
    rang: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement with its context; ``fields`` are its columns, ``paragraph`` the text around it from ``start`` on.

    ``paragraph`` is empty where the article's text is not kept.
    """

    statement_id: str
    fields: dict[str, Any]
    title: str | None
    outlet: str | None
    location: str | None
    published_at: datetime | None
    paragraph: str
    start: int
    spans: tuple[tuple[int, int], ...]
    reasons: tuple[Reason, ...]
    targets: tuple[str, ...]
    claim: Claim | None


FIELDS = (
    "content", "form", "cue", "cue_class", "speaker_text", "speaker", "speaker_id", "speaker_role", "speaker_country",
    "polarity", "category", "severity", "conditional", "method", "confidence", "said_on", "said_on_precision",
    "reported_by", "claim_similarity", "claim_reason", "extractor_version",
)  # fmt: skip


def explain_statement(con: duckdb.DuckDBPyConnection, statement_id: str) -> Explanation:
    """Return what is known of a statement."""
    row = con.execute(
        f"""
        SELECT {", ".join(FIELDS)}, spans, evidence, claim_id, articles.title, articles.outlet, articles.published_at,
               coalesce(articles.url, (SELECT min(location) FROM copies WHERE copies.article_id = articles.article_id)),
               coalesce(articles.text, ''), articles.paragraphs
        FROM statements JOIN articles USING (article_id) WHERE statement_id = $id
        """,
        {"id": statement_id},
    ).fetchone()
    assert row is not None  # noqa: S101 - its id was found before
    spans, evidence, claim_id, title, outlet, published_at, location, text, paragraphs = row[len(FIELDS) :]
    places = tuple((one["start"], one["end"]) for one in spans)
    start, end = _around(places, paragraphs, len(text))
    targets = con.execute(
        "SELECT name FROM statement_targets WHERE statement_id = $id ORDER BY ordinal", {"id": statement_id}
    ).fetchall()
    return Explanation(
        statement_id,
        dict(zip(FIELDS, row, strict=False)),
        title,
        outlet,
        location,
        published_at,
        text[start:end],
        start,
        places,
        tuple(Reason(one["rule"], one["words"], one["start"], one["end"], one["effect"]) for one in evidence),
        tuple(name for (name,) in targets),
        _claim(con, claim_id) if claim_id else None,
    )


def _around(spans: Sequence[tuple[int, int]], paragraphs: Sequence[dict[str, int]], length: int) -> tuple[int, int]:
    """Return the paragraphs that the spans touch, as one stretch of the text."""
    first, last = min((start for start, _ in spans), default=0), max((end for _, end in spans), default=length)
    touched = [one for one in paragraphs if one["start"] < last and first < one["end"]]
    return min((one["start"] for one in touched), default=first), max((one["end"] for one in touched), default=last)


def _claim(con: duckdb.DuckDBPyConnection, claim_id: str) -> Claim | None:
    row = con.execute(
        """
        SELECT claim_id, polarity, category, severity, n_reports, reiterates FROM claims
        WHERE claim_id = (SELECT coalesce(merged_into, claim_id) FROM claims WHERE claim_id = $id)
        """,
        {"id": claim_id},
    ).fetchone()
    if row is None:
        return None
    reports = con.execute(
        """
        SELECT statement_id, outlet, reported_at, title, location, wording, similarity, reason
        FROM claim_reports WHERE claim_id = $id ORDER BY reported_at NULLS LAST, statement_id, copy_id
        """,
        {"id": row[0]},
    ).fetchall()
    rang: list[tuple[date, str]] = con.execute(
        """
        SELECT DISTINCT raised_at, "rule" FROM alerts JOIN alert_claims USING (alert_id)
        WHERE alert_claims.claim_id = $id ORDER BY ALL
        """,
        {"id": row[0]},
    ).fetchall()
    when = tuple(f"{rule} at {at:%Y-%m-%d}" for at, rule in rang)
    told = tuple(Report(*one) for one in reports)
    return Claim(row[0], row[1], row[2], row[3], row[4], row[5], told, when)
