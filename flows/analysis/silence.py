"""Why a rule of alerts does not ring for a statement."""

from dataclasses import dataclass

from extractors.alerting import Rule, missing
from warehouse.alerting import candidates
from warehouse.asking import Explanation
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What keeps a rule from ringing for a statement's claim; nothing where it rings."""

    rule: str
    rings: bool
    missing: tuple[str, ...]


def why_silent(con: Connection, one: Explanation, rule: Rule) -> WhyNot:
    """Return what the statement's claim lacks of the rule, as it stood when its last report came in."""
    found = candidates(con, [one.claim.claim_id]) if one.claim else []
    if not found:
        return WhyNot(rule.name, rings=False, missing=("the statement belongs to no claim",))
    lacking = missing(found[0].view, rule, found[0].seen_at)
    return WhyNot(rule.name, rings=not lacking, missing=lacking)


def silence_text(one: WhyNot) -> str:
    """Return the same for people."""
    if one.rings:
        return f"rule {one.rule} rings for it"
    return f"rule {one.rule} does not ring: {'; '.join(one.missing)}"
