"""Whether an event is what a rule is about."""

from collections.abc import Iterator

from extractors.alerting.rule import EventView, Rule


def out_of_scope(event: EventView, rule: Rule) -> str | None:
    """Return the first reason why the rule is not about the event; None where it is."""
    return next(unmet(event, rule), None)


def unmet(event: EventView, rule: Rule) -> Iterator[str]:
    """Yield every reason why the rule is not about the event."""
    if rule.polarity not in ("any", event.polarity):
        yield f"{event.polarity}, not {rule.polarity}"
    if rule.categories and not rule.categories & {event.category, *event.categories}:
        yield f"category {event.category} is not listed"
    for name, wanted, found in _lists(event, rule):
        if wanted and not wanted & found:
            yield f"none of its {name} is listed"
    if rule.dyads and not matching_dyads(event, rule):
        yield "not between two listed countries"


def matching_dyads(event: EventView, rule: Rule) -> list[str]:
    """Return the event's pairs of countries that the rule lists, as ``RUS -> KOR``."""
    return sorted(
        f"{source} -> {target}" for source, target in event.dyads if frozenset((source, target)) in rule.dyads
    )


def scope_reasons(event: EventView, rule: Rule) -> Iterator[str]:
    """Yield why the event is in the scope of the rule."""
    yield event.polarity
    if rule.categories:
        yield f"category {', '.join(sorted(rule.categories & {event.category, *event.categories}))}"
    for name, wanted, found in _lists(event, rule):
        if wanted:
            yield f"{name}: {', '.join(sorted(wanted & found))}"
    if rule.dyads:
        yield f"between: {', '.join(matching_dyads(event, rule))}"


def _lists(event: EventView, rule: Rule) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    return (
        ("speakers", rule.speakers, event.speakers),
        ("countries", rule.countries, event.countries),
        ("topics", rule.topics, event.topics),
        ("outlets", frozenset(map(str.casefold, rule.outlets)), frozenset(map(str.casefold, event.outlets))),
    )
