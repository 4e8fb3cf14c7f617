"""Which id each group of reports bears: that of its earliest report, or the one under which it rang."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain, count

from extractors.claims.comparing.item import Item
from extractors.claims.comparing.voices import Rank
from extractors.claims.values import ClaimState, Merge, order_of

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Named:
    """A group of reports, the first published first, under its claim's id; ``old`` is the claim that bore it before."""

    claim_id: str
    members: tuple[Item, ...]
    old: ClaimState | None


def claim_id_of(statement_id: str) -> str:
    """Return the id of the claim that starts with this statement."""
    return sha256(f"claim:{statement_id}".encode()).hexdigest()[:32]


def name_groups(
    groups: Sequence[Sequence[Item]], claims: Sequence[ClaimState]
) -> tuple[tuple[Named, ...], tuple[Merge, ...]]:
    """Give each group the id it rang under, of several the first; one that has not rung is named by its first report.

    So ids do not depend on the order of arrival, and none changes that somebody was told. A claim whose reports part
    goes on where its most specific speaker is.
    """
    ordered = [sorted(group, key=lambda item: order_of(item.report)) for group in groups]
    heirs = _heirs(ordered, claims)
    before = {claim.claim_id: claim for claim in claims}
    taken = {claim.claim_id for claim in claims if claim.alerted_at}
    named: list[Named] = []
    merges: list[Merge] = []
    for place, group in enumerate(ordered):
        lineage = sorted((claim for claim in claims if heirs[claim.claim_id] == place), key=_seniority)
        has_rung = bool(lineage and lineage[0].alerted_at)
        claim_id = lineage[0].claim_id if has_rung else _new_id(group, taken)
        named.append(Named(claim_id, tuple(group), before.get(claim_id)))
        merges += [_merge(claim, claim_id, has_rung=has_rung) for claim in lineage if claim.claim_id != claim_id]
    borne = {one.claim_id for one in named}
    return tuple(named), tuple(one for one in merges if one.absorbed_id not in borne)


def _heirs(groups: Sequence[Sequence[Item]], claims: Sequence[ClaimState]) -> dict[str, int]:
    """Return the group that continues each claim: of its most specific speaker, most of its reports, its first."""
    place_of = {
        item.report.statement_id: (place, item.voice.rank) for place, group in enumerate(groups) for item in group
    }
    heirs = {}
    for claim in claims:
        found = [place_of[report.statement_id] for report in claim.reports]
        heirs[claim.claim_id] = _heir(found, _founded(claim, place_of))
    return heirs


def _heir(found: Sequence[tuple[int, Rank]], founded: int | None) -> int:
    tally = Counter(place for place, _ in found)
    return max(found, key=lambda one: (one[1], tally[one[0]], one[0] == founded, -one[0]))[0]


def _founded(claim: ClaimState, place_of: Mapping[str, tuple[int, Rank]]) -> int | None:
    """Return the group that holds the report the claim is named by: a merge that is undone leaves each its name."""
    ids = (report.statement_id for report in claim.reports)
    return next((place_of[one][0] for one in ids if claim_id_of(one) == claim.claim_id), None)


def _seniority(claim: ClaimState) -> tuple[datetime, tuple[datetime, str], str]:
    return claim.alerted_at or _NEVER, min(order_of(report) for report in claim.reports), claim.claim_id


def _merge(claim: ClaimState, into: str, *, has_rung: bool) -> Merge:
    why = "the survivor had rung first" if has_rung else "named by its earliest report"
    return Merge(claim.claim_id, into, why, is_known=claim.alerted_at is not None)


def _new_id(group: Sequence[Item], taken: set[str]) -> str:
    """Return the id of the claim its first report starts; where one that rang bears it, one derived from it."""
    first = group[0].report.statement_id
    names = chain([first], (f"{first}:{n}" for n in count(2)))
    return next(claim_id for claim_id in map(claim_id_of, names) if claim_id not in taken)
