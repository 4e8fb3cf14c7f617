"""The questions behind the frames of `import tocsin`: events, claims, statements, escalations, alerts, articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from warehouse.packaged import packaged_sql

FrameName: TypeAlias = Literal["events", "claims", "statements", "escalations", "alerts", "articles"]
Value: TypeAlias = str | int | float | bool | date | list[str] | None

# What is asked of each frame: the rows, the day they are of, their order.
ORDER = "{day} NULLS LAST, {key}"


@dataclass(frozen=True, slots=True)
class Question:
    """One statement and its parameters."""

    sql: str
    parameters: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class _Frame:
    rows: str
    day: str
    key: str


_FRAMES: Mapping[str, _Frame] = {
    "events": _Frame("FROM events", "said_on", "event_id"),
    "claims": _Frame("", "said_on", "claim_id"),
    "statements": _Frame("", "said_on", "statement_id"),
    "escalations": _Frame("FROM escalations", "said_on", "claim_id"),
    "alerts": _Frame("FROM alert_log", "CAST(raised_at AS DATE)", "alert_id"),
    "articles": _Frame("", "CAST(published_at AS DATE)", "article_id"),
}
# Each filter as a condition on the columns of its frame; a value of None does not filter.
CONDITIONS: Mapping[str, str] = {
    "since": "{day} >= $since",
    "until": "{day} <= $until",
    "severity": "severity >= $severity",
    "polarity": "polarity = $polarity",
    "category": "category = $category",
    "side": "side = $side",
    "aim": "aim = $aim",
    "speaker": "contains(strip_accents(lower(speaker)), strip_accents(lower($speaker)))",
    "country": "country = $country",
    "outlet": "outlet = $outlet",
}


def frame_question(name: FrameName, **filters: Value) -> Question:
    """Return the question for one frame; filters whose value is None are left out."""
    frame = _FRAMES[name]
    given = {key: value for key, value in filters.items() if value is not None}
    rows = frame.rows or _joined(name)
    where = " AND ".join(CONDITIONS[key].format(day=frame.day) for key in given) or "true"
    order = ORDER.format(day=frame.day, key=frame.key)
    return Question(f"SELECT * FROM ({rows}) WHERE {where} ORDER BY {order}", given)


def _joined(name: FrameName) -> str:
    """Return the rows of a frame that no view shows."""
    match name:
        case "claims":
            return packaged_sql("asking", "frame_claims")
        case "statements":
            return packaged_sql("asking", "frame_statements")
        case _:
            return packaged_sql("asking", "frame_articles")
