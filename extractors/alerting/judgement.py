"""What a rule does about a claim: ring, hold, keep it for the digest, nothing; always with the reasons."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from extractors.alerting.rule import ClaimView, Rule, Verdict
from extractors.alerting.scope import out_of_scope, scope_reasons, unmet
from extractors.alerting.times import next_digest, quiet_until
from extractors.model import DayPrecision


def judge(claim: ClaimView, rule: Rule, now: datetime) -> Verdict:
    """Return what the rule does about the claim at this moment."""
    outside = out_of_scope(claim, rule)
    if outside is not None:
        return Verdict("none", (outside,), now)
    below = below_bar(claim, rule, now)
    if below:
        if rule.rest == "none":
            return Verdict("none", below, now)
        return Verdict("digest", below, next_digest(now, rule.rest, rule.digest_at, rule.zone))
    reasons = (*scope_reasons(claim, rule), *_bar_reasons(claim, rule))
    ends = quiet_until(now, rule.quiet) if rule.quiet else None
    if ends is None or rule.quiet is None:
        return Verdict("ring", reasons, now)
    if rule.quiet.unless_severity is not None and claim.severity >= rule.quiet.unless_severity:
        return Verdict("ring", (*reasons, "breaks the quiet hours"), now)
    return Verdict("hold", (*reasons, "quiet hours"), ends)


def missing(claim: ClaimView, rule: Rule, now: datetime) -> tuple[str, ...]:
    """Return all that keeps the claim from ringing by the rule, its quiet hours aside; nothing where it rings."""
    return (*unmet(claim, rule), *below_bar(claim, rule, now))


def below_bar(claim: ClaimView, rule: Rule, now: datetime) -> tuple[str, ...]:
    """Return why the claim does not ring although the rule is about it; nothing where it rings."""
    found = []
    if claim.severity < rule.severity:
        found.append(f"severity {claim.severity} is below {rule.severity}")
    if claim.n_outlets < rule.min_outlets:
        found.append(f"{claim.n_outlets} of {rule.min_outlets} outlets")
    said = latest_day(claim)
    if rule.fresh_days is not None and said is not None and (now.date() - said).days > rule.fresh_days:
        found.append(f"said on {said}, more than {rule.fresh_days} days ago")
    return tuple(found)


def latest_day(claim: ClaimView) -> date | None:
    """Return the last day on which it may have been said; without one, the day of the first report."""
    if claim.said_on is not None:
        return _last_day(claim.said_on, claim.said_on_precision or "day")
    return claim.reported_at.date() if claim.reported_at else None


def _last_day(on: date, precision: DayPrecision) -> date:
    if precision == "week":
        return on + timedelta(days=6)
    if precision == "month":
        return on.replace(day=monthrange(on.year, on.month)[1])
    return on.replace(month=12, day=31) if precision == "year" else on


def _bar_reasons(claim: ClaimView, rule: Rule) -> tuple[str, ...]:
    severity = f"severity {claim.severity} of at least {rule.severity}"
    return (severity, f"{claim.n_outlets} outlets") if rule.min_outlets > 1 else (severity,)
