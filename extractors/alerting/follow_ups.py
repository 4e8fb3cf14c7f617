"""When an event that rang is told of again."""

from dataclasses import dataclass

from extractors.alerting.rule import EventView, Rule, Step


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of an event so far: the step reached, the severity it rang at, the gravest and highest told."""

    level: int
    rang_at_severity: int
    severity: int
    rank: int


def follow_up(event: EventView, rule: Rule, told: Told) -> Told | None:
    """Return what has been told once it is told again; None where nothing of it is news.

    News is a step of the rule that it reached, a severity above all told, or a speaker above all told. Steps count
    from 1; an event that passes several at once is told of once. A rule without steps tells nothing twice.
    """
    level = reached_level(event, rule, level=told.level, rang_at_severity=told.rang_at_severity)
    new = Told(level, told.rang_at_severity, max(told.severity, event.severity), max(told.rank, event.rank))
    return new if rule.steps and new != told else None


def reached_level(event: EventView, rule: Rule, *, level: int, rang_at_severity: int) -> int:
    """Return the highest of the rule's steps the event has reached, ``level`` where it is told of already."""
    reached = [n for n, step in enumerate(rule.steps, 1) if is_reached(event, step, rang_at_severity)]
    return max([level, *reached])


def is_reached(event: EventView, step: Step, rang_at_severity: int) -> bool:
    """Tell whether so many outlets carry the event, or it has risen to that severity since it rang."""
    by_outlets = step.outlets is not None and event.n_outlets >= step.outlets
    by_severity = step.severity is not None and event.severity >= step.severity > rang_at_severity
    return by_outlets or by_severity
