"""Silences: what somebody acknowledged or muted does not ring; it is still recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from extractors.alerting.model import ClaimView

Kind: TypeAlias = Literal["ack", "mute"]
Scope: TypeAlias = Literal["claim", "speaker", "rule"]


@dataclass(frozen=True, slots=True)
class Silence:
    """A mute silences all that comes, an acknowledgement what rang before it was made; ``until`` None: for good."""

    silence_id: str
    kind: Kind
    scope: Scope
    target: str
    until: datetime | None
    made_at: datetime


def silence_for(
    claim: ClaimView, rule: str, silences: Iterable[Silence], *, now: datetime, rang_at: datetime | None
) -> str | None:
    """Return the silence that covers a message about the claim now; ``rang_at`` None means that it never rang."""
    for one in silences:
        is_over = one.until is not None and one.until <= now
        is_past_it = one.kind == "ack" and (rang_at is None or rang_at > one.made_at)
        if not is_over and not is_past_it and _is_about(one, claim, rule):
            return one.silence_id
    return None


def _is_about(one: Silence, claim: ClaimView, rule: str) -> bool:
    if one.scope == "claim":
        return one.target == claim.claim_id
    return one.target in claim.speakers if one.scope == "speaker" else one.target == rule
