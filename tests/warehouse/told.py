"""Claims in a warehouse from few words: who said something how grave, and which outlets carry it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from extractors.alerting import Rule, Step
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.alerting.alerts import EVENTS, Alert, Ringing, raise_alerts
from warehouse.keys import make_key
from warehouse.storing.articles import Reading, add_readings, source_for
from warehouse.storing.claims import ClaimRow, Membership, join_claims, save_claims
from warehouse.storing.events import place_claims
from warehouse.storing.findings import Extracted, add_findings, statement_key

SOURCE = source_for("folder", "somewhere").source_id
RULE = Rule("loud", channels=("desk",), steps=(Step(outlets=5, severity=5),))


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance: its words, how grave they are, who carried them, and the day: without one it is an event alone."""

    words: str = "will answer in kind"
    severity: int = 3
    outlets: Sequence[str] = ("Harbour Post",)
    at: datetime = NOON
    polarity: str = "escalatory"
    on: date | None = None

    @property
    def claim_id(self) -> str:
        """Return the id its claim gets."""
        return make_key("claim", self.words)


def tell(con: duckdb.DuckDBPyConnection, *said: Said) -> list[str]:
    """Store each utterance with an article for each outlet, as one claim; returns the claims."""
    told = [(one, article(text_of(one, outlet), at=one.at, outlet=outlet)) for one in said for outlet in one.outlets]
    add_readings(con, [Reading(SOURCE, f"{made.content_hash[:9]}.txt", "h", made, one.at) for one, made in told])
    found = [
        findings(made, statement(made.text, one.words, severity=one.severity, polarity=one.polarity))
        for one, made in told
    ]
    add_findings(con, [Extracted(each, "v1", one.at) for (one, _), each in zip(told, found, strict=True)], {})
    ids = [
        (one, statement_key(made.content_hash, each.statements[0].statement))
        for (one, made), each in zip(told, found, strict=True)
    ]
    members = [Membership(statement_id, one.claim_id, 1.0, "same") for one, statement_id in ids]
    first = {one.claim_id: statement_id for one, statement_id in reversed(ids)}
    join_claims(con, members)
    save_claims(con, [claim_row(one, first[one.claim_id]) for one in said], [])
    place_claims(con, [one.claim_id for one in said])
    return [one.claim_id for one in said]


def text_of(one: Said, outlet: str) -> str:
    """Return the article in which an outlet carries it."""
    return f"{outlet}: the envoy said that Andorra {one.words}."


def claim_row(one: Said, first: str) -> ClaimRow:
    """Return its claim."""
    return ClaimRow(one.claim_id, first, one.at, "tamsin-vole", "Tamsin Vole", one.on,
                    "day" if one.on else None, one.polarity,  # type: ignore[arg-type]
                    "THREAT_UNSPEC", one.severity, one.words, len(one.outlets), None)  # fmt: skip


def ring(
    con: duckdb.DuckDBPyConnection,
    *said: Said,
    rules: Sequence[Rule] = (RULE,),
    now: datetime | None = NOON,
    is_replay: bool = False,
    outside: frozenset[str] = frozenset(("desk", EVENTS)),
) -> list[Alert]:
    """Store the utterances and raise their alerts."""
    return raise_alerts(con, tell(con, *said), Ringing(rules, outside, is_replay, now))


def at(hour: int, minute: int = 0, day: int = 4) -> datetime:
    """Return a time of the day that ``NOON`` is of."""
    return datetime(2031, 3, day, hour, minute, tzinfo=UTC)
