"""Why a rule of alerts does not ring for a statement."""

from dataclasses import dataclass
from datetime import datetime

from extractors.alerting import Rule, missing, silence_for
from warehouse.alerting import candidates, standing_silences
from warehouse.asking import EventExplanation, Explanation
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What keeps a rule from ringing for a statement's event; nothing where it rings.

    ``alert_id`` is the alert that it raised, ``rang_at`` when; ``silence_id`` what keeps its messages back now.
    """

    rule: str
    rings: bool
    missing: tuple[str, ...]
    alert_id: str | None = None
    rang_at: datetime | None = None
    silence_id: str | None = None


def why_silent(con: Connection, one: Explanation, event: EventExplanation | None, rule: Rule, now: datetime) -> WhyNot:
    """Return what the statement's event lacks of the rule, as it stood when its last report came in."""
    found = candidates(con, [one.claim.claim_id]) if one.claim else []
    if not found:
        return WhyNot(rule.name, rings=False, missing=("the statement belongs to no claim",))
    view = found[0].view
    lacking = missing(view, rule, found[0].seen_at)
    raised = [alert for alert in (event.alerts if event else ()) if alert.rule == rule.name and alert.action == "ring"]
    rang_at = raised[0].raised_at if raised else None
    silence = silence_for(view, rule.name, standing_silences(con), now=now, rang_at=rang_at)
    return WhyNot(rule.name, not lacking, lacking, raised[0].alert_id if raised else None, rang_at, silence)


def silence_text(one: WhyNot) -> str:
    """Return the same for people."""
    told = f"rule {one.rule} rings for it" if one.rings else f"rule {one.rule} does not ring: {'; '.join(one.missing)}"
    if one.rang_at is not None:
        told += f"; it rang on {one.rang_at:%Y-%m-%d}, alert {one.alert_id}"
    elif one.rings:
        told += "; it has not rung yet: the rule, or what it is labelled as, is newer than its last report"
    return f"{told}; silence {one.silence_id} keeps it quiet" if one.silence_id else told
