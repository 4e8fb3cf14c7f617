"""What counts as told without a message: what a rebuild made of events that rang."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb

from extractors.alerting import Rule, Told, follow_up
from warehouse.alerting.alerts import Alert, known_alerts
from warehouse.alerting.event_views import Candidate, candidates


@dataclass(frozen=True, slots=True)
class _Noted:
    alert_id: str
    level: int
    told_severity: int
    told_rank: int


def note_as_told(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Take all that stands of events that rang as told: only what comes in from now on is news of them."""
    rows = con.execute(
        """
        SELECT DISTINCT coalesce(merged_into, claims.claim_id) FROM alert_claims JOIN claims USING (claim_id) ORDER BY 1
        """
    ).fetchall()
    found = candidates(con, [row[0] for row in rows])
    known = known_alerts(con, found)
    noted = [
        new
        for rule in rules
        for one in found
        if (old := known.get((one.view.event_id, rule.name))) is not None and (new := _noted(one, rule, old))
    ]
    if not noted:
        return
    con.execute(
        """
        UPDATE alerts SET "level" = new.level, told_severity = new.told_severity, told_rank = new.told_rank
        FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new WHERE alerts.alert_id = new.alert_id
        """,
        {"rows": [asdict(one) for one in noted]},
    )


def _noted(one: Candidate, rule: Rule, old: Alert) -> _Noted | None:
    told = follow_up(one.view, rule, Told(old.level, old.severity, old.told_severity, old.told_rank))
    return None if told is None else _Noted(old.alert_id, told.level, told.severity, told.rank)
