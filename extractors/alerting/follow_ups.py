"""When a claim that rang is told of again."""

from extractors.alerting.rule import ClaimView, Rule, Step


def follow_up(claim: ClaimView, rule: Rule, *, level: int, rang_at_severity: int) -> int:
    """Return the highest of the rule's steps the claim has reached, ``level`` where it is told of already.

    Steps count from 1; a claim that passes several at once is told of once. A severity it rang at is no news.
    """
    reached = [n for n, step in enumerate(rule.steps, 1) if is_reached(claim, step, rang_at_severity)]
    return max([level, *reached])


def is_reached(claim: ClaimView, step: Step, rang_at_severity: int) -> bool:
    """Tell whether so many outlets carry the claim, or it has risen to that severity since it rang."""
    by_outlets = step.outlets is not None and claim.n_outlets >= step.outlets
    by_severity = step.severity is not None and claim.severity >= step.severity > rang_at_severity
    return by_outlets or by_severity
