"""Whether a claim is what a rule is about."""

from collections.abc import Iterator

from extractors.alerting.rule import ClaimView, Rule


def out_of_scope(claim: ClaimView, rule: Rule) -> str | None:
    """Return the first reason why the rule is not about the claim; None where it is."""
    return next(unmet(claim, rule), None)


def unmet(claim: ClaimView, rule: Rule) -> Iterator[str]:
    """Yield every reason why the rule is not about the claim."""
    if rule.polarity not in ("any", claim.polarity):
        yield f"{claim.polarity}, not {rule.polarity}"
    if rule.categories and claim.category not in rule.categories:
        yield f"category {claim.category} is not listed"
    for name, wanted, found in _lists(claim, rule):
        if wanted and not wanted & found:
            yield f"none of its {name} is listed"
    if rule.dyads and not matching_dyads(claim, rule):
        yield "not between two listed countries"


def matching_dyads(claim: ClaimView, rule: Rule) -> list[str]:
    """Return the claim's pairs of countries that the rule lists, as ``RUS -> KOR``."""
    return sorted(
        f"{source} -> {target}" for source, target in claim.dyads if frozenset((source, target)) in rule.dyads
    )


def scope_reasons(claim: ClaimView, rule: Rule) -> Iterator[str]:
    """Yield why the claim is in the scope of the rule."""
    yield claim.polarity
    if rule.categories:
        yield f"category {claim.category}"
    for name, wanted, found in _lists(claim, rule):
        if wanted:
            yield f"{name}: {', '.join(sorted(wanted & found))}"
    if rule.dyads:
        yield f"between: {', '.join(matching_dyads(claim, rule))}"


def _lists(claim: ClaimView, rule: Rule) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    return (
        ("speakers", rule.speakers, claim.speakers),
        ("countries", rule.countries, claim.countries),
        ("topics", rule.topics, claim.topics),
        ("outlets", frozenset(map(str.casefold, rule.outlets)), frozenset(map(str.casefold, claim.outlets))),
    )
