"""What a rule does about an event: ring, hold, keep it for the digest, nothing; always with the reasons."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from extractors.alerting.rule import EventView, Rule, Verdict
from extractors.alerting.scope import out_of_scope, scope_reasons, unmet
from extractors.alerting.times import next_digest, quiet_until
from extractors.model import DayPrecision


def judge(event: EventView, rule: Rule, now: datetime) -> Verdict:
    """Return what the rule does about the event at this moment."""
    outside = out_of_scope(event, rule)
    if outside is not None:
        return Verdict("none", (outside,), now)
    below = below_bar(event, rule, now)
    if below:
        if rule.rest == "none":
            return Verdict("none", below, now)
        return Verdict("digest", below, next_digest(now, rule.rest, rule.digest_at, rule.zone))
    reasons = (*scope_reasons(event, rule), *_bar_reasons(event, rule))
    ends = quiet_until(now, rule.quiet) if rule.quiet else None
    if ends is None or rule.quiet is None:
        return Verdict("ring", reasons, now)
    if rule.quiet.unless_severity is not None and event.severity >= rule.quiet.unless_severity:
        return Verdict("ring", (*reasons, "breaks the quiet hours"), now)
    return Verdict("hold", (*reasons, "quiet hours"), ends)


def missing(event: EventView, rule: Rule, now: datetime) -> tuple[str, ...]:
    """Return all that keeps the event from ringing by the rule, its quiet hours aside; nothing where it rings."""
    return (*unmet(event, rule), *below_bar(event, rule, now))


def below_bar(event: EventView, rule: Rule, now: datetime) -> tuple[str, ...]:
    """Return why the event does not ring although the rule is about it; nothing where it rings."""
    found = []
    if event.severity < rule.severity:
        found.append(f"severity {event.severity} is below {rule.severity}")
    if event.n_outlets < rule.min_outlets:
        found.append(f"{event.n_outlets} of {rule.min_outlets} outlets")
    said = latest_day(event)
    if rule.fresh_days is not None and said is not None and (now.date() - said).days > rule.fresh_days:
        found.append(f"said on {said}, more than {rule.fresh_days} days ago")
    return tuple(found)


def latest_day(event: EventView) -> date | None:
    """Return the last day on which it may have been said; without one, the day of the first report."""
    if event.said_on is not None:
        return _last_day(event.said_on, event.said_on_precision or "day")
    return event.reported_at.date() if event.reported_at else None


def _last_day(on: date, precision: DayPrecision) -> date:
    if precision == "week":
        return on + timedelta(days=6)
    if precision == "month":
        return on.replace(day=monthrange(on.year, on.month)[1])
    return on.replace(month=12, day=31) if precision == "year" else on


def _bar_reasons(event: EventView, rule: Rule) -> tuple[str, ...]:
    severity = f"severity {event.severity} of at least {rule.severity}"
    return (severity, f"{event.n_outlets} outlets") if rule.min_outlets > 1 else (severity,)
