"""Claims in a warehouse from few words: who said something how grave, and which outlets carry it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from extractors.alerting import Rule, Step
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.alerts import EVENTS, Alert, Ringing, raise_alerts
from warehouse.articles import Reading, add_readings, source_for
from warehouse.claims import ClaimRow, Membership, save_claims
from warehouse.findings import Extracted, add_findings
from warehouse.keys import make_key

SOURCE = source_for("folder", "somewhere").source_id
RULE = Rule("loud", channels=("desk",), steps=(Step(outlets=5, severity=5),))


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance: its words, how grave they are, and who carried them."""

    words: str = "will answer in kind"
    severity: int = 3
    outlets: Sequence[str] = ("Harbour Post",)
    at: datetime = NOON
    polarity: str = "escalatory"

    @property
    def claim_id(self) -> str:
        """Return the id its claim gets."""
        return make_key("claim", self.words)


def tell(con: duckdb.DuckDBPyConnection, *said: Said) -> list[str]:
    """Store each utterance with an article for each outlet, as one claim; returns the claims."""
    for one in said:
        texts = [(f"{outlet}: the envoy said that Andorra {one.words}.", outlet) for outlet in one.outlets]
        articles = [article(text, at=one.at, outlet=outlet) for text, outlet in texts]
        add_readings(con, [Reading(SOURCE, f"{made.content_hash[:9]}.txt", "h", made, one.at) for made in articles])
        labelled = [statement(text, one.words, severity=one.severity, polarity=one.polarity) for text, _ in texts]
        batch = [Extracted(findings(made, found), "v1", one.at) for made, found in zip(articles, labelled, strict=True)]
        add_findings(con, batch, {})
        _relate(con, one, [made.content_hash for made in articles])
    return [one.claim_id for one in said]


def _relate(con: duckdb.DuckDBPyConnection, one: Said, article_ids: Sequence[str]) -> None:
    rows = con.execute(
        "SELECT statement_id FROM statements WHERE article_id IN (SELECT unnest($ids)) ORDER BY article_id",
        {"ids": list(article_ids)},
    ).fetchall()
    row = ClaimRow(one.claim_id, rows[0][0], one.at, "tamsin-vole", "Tamsin Vole", None, None,
                   one.polarity, "THREAT_UNSPEC", one.severity, one.words, len(rows), None)  # type: ignore[arg-type]  # fmt: skip
    members = [Membership(statement_id, one.claim_id, 1.0, "same") for (statement_id,) in rows]
    save_claims(con, members, [row], [], {})


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
