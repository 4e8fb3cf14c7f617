"""Relating a batch of reports to the claims that may be theirs."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from extractors.claims.comparing.item import Clump, Item, clump, prepare_item
from extractors.claims.comparing.judging import NOTHING_KNOWN, Judge, Known
from extractors.claims.comparing.similarity import Semantic
from extractors.claims.comparing.verdict import Pair
from extractors.claims.grouping.averages import Edge
from extractors.claims.grouping.claim_ids import Named, name_groups
from extractors.claims.grouping.partition import partition
from extractors.claims.grouping.repeats import find_repeats, repeats_of
from extractors.claims.values import Assignment, ClaimState, Relation, Report, Thesaurus, order_of

# Given ids of statements, returns the claims that share a blocking key with one of them.
Widen: TypeAlias = Callable[[Collection[str]], Sequence[ClaimState]]
_Link: TypeAlias = tuple[float, str, str]  # score, the other statement's id, the reason


def relate(
    new: Sequence[Report],
    candidates: Sequence[ClaimState],
    thesaurus: Thesaurus,
    *,
    semantic: Semantic | None = None,
    changed: Collection[str] = (),
    widen: Widen | None = None,
    known: Known = NOTHING_KNOWN,
) -> Relation:
    """Return where each new report belongs, and what that changes in the claims there are.

    ``candidates`` are the claims that share a blocking key with a new report; those that nothing links to stay as
    they are and are not in the result. ``widen`` brings in the candidates of those that are linked to, and so on: the
    outcome is then that of all reports there are. A report that is known already keeps its place, unless its id is
    among the ``changed``: those that turned out to be others than was thought are looked at as new ones are. What
    is ``known`` of pairs is taken over; it changes what relating costs, not what it finds.
    """
    held = {report.statement_id for claim in candidates for report in claim.reports}
    fresh = {report.statement_id: report for report in new if report.statement_id not in held}
    moving = {*fresh, *held.intersection(changed)}
    if not moving:
        return Relation((), ())
    judge = Judge(thesaurus, semantic, known)
    reached = _reach_all(list(fresh.values()), moving, candidates, judge, widen)
    allowed = {*fresh, *(report.statement_id for claim in reached.touched for report in claim.reports)}
    units = [unit for unit in (one.only(allowed) for one in reached.clumps) if unit.members]
    links = list(judge.pair_up([unit.head for unit in units], [unit.head for unit in units]))
    named, merges = name_groups(_group(units, links), reached.touched)
    changes = [one for one in named if _is_changed(one, moving)]
    return Relation(
        assignments=tuple(_assign(changes, reached.touched, _nearest(units, links))),
        claims=tuple(_state(one) for one in changes),
        merges=merges,
        reiterations=find_repeats(named, reached.candidates, reached.pairs, merges),
        repeats=repeats_of(reached.pairs),
        compared=frozenset(item.report.statement_id for one in reached.moved for item in one.members),
    )


@dataclass(frozen=True, slots=True)
class _Reached:
    """All that was looked at: candidates and clumps, what new reports were compared with, and the claims linked to."""

    candidates: Sequence[ClaimState]
    clumps: Sequence[Clump]
    moved: Sequence[Clump]
    pairs: Sequence[Pair]
    touched: Sequence[ClaimState]


def _reach_all(
    fresh: Sequence[Report],
    moving: Collection[str],
    candidates: Sequence[ClaimState],
    judge: Judge,
    widen: Widen | None,
) -> _Reached:
    """Look for linked claims, with the candidates of those found, until no more come in."""
    claims = {claim.claim_id: claim for claim in candidates}
    widened: set[str] = set()
    while True:
        held = [report for claim in claims.values() for report in claim.reports]
        clumps = clump(prepare_item(report, judge.thesaurus) for report in (*fresh, *held))
        moved = [one for one in clumps if any(item.report.statement_id in moving for item in one.members)]
        pairs, touched = _reach(moved, clumps, list(claims.values()), judge)
        open_ids = {report.statement_id for claim in touched for report in claim.reports} - widened
        more = widen(sorted(open_ids)) if widen and open_ids else ()
        widened |= open_ids
        further = {claim.claim_id: claim for claim in more if claim.claim_id not in claims}
        if not further:
            return _Reached(list(claims.values()), clumps, moved, pairs, touched)
        claims |= further


def _reach(
    moved: Sequence[Clump], clumps: Sequence[Clump], candidates: Sequence[ClaimState], judge: Judge
) -> tuple[list[Pair], list[ClaimState]]:
    """Return what the new reports were compared with, and the claims they are linked to, directly or by a chain.

    The whole chain is parted anew, so the outcome depends on which reports there are, not on which came last.
    """
    claim_of = {report.statement_id: claim for claim in candidates for report in claim.reports}
    clump_of = {item.report.statement_id: one for one in clumps for item in one.members}
    heads = [one.head for one in clumps]
    compared: list[Pair] = []
    reached: dict[str, ClaimState] = {}
    frontier = list(moved)
    while frontier:
        pairs = list(judge.pair_up([one.head for one in frontier], heads))
        compared = compared or pairs
        linked = [clump_of[item.report.statement_id] for pair in pairs if pair.verdict.is_one for item in _ends(pair)]
        found = {
            claim_of[item.report.statement_id].claim_id: claim_of[item.report.statement_id]
            for one in (*frontier, *linked)
            for item in one.members
            if item.report.statement_id in claim_of
        }
        fresh = [claim for claim_id, claim in found.items() if claim_id not in reached]
        reached |= {claim.claim_id: claim for claim in fresh}
        near = {clump_of[report.statement_id].head.report.statement_id for claim in fresh for report in claim.reports}
        frontier = [one for one in clumps if one.head.report.statement_id in near]
    return compared, [claim for claim in candidates if claim.claim_id in reached]


def _ends(pair: Pair) -> tuple[Item, Item]:
    return pair.one, pair.other


def _group(units: Sequence[Clump], links: Sequence[Pair]) -> list[list[Item]]:
    ordered = sorted(units, key=lambda unit: order_of(unit.head.report))
    place = {unit.head.report.statement_id: at for at, unit in enumerate(ordered)}
    edges = {_edge(place, pair) for pair in links}
    groups = partition([unit.head.voice for unit in ordered], list(edges))
    return [[item for at in group for item in ordered[at].members] for group in groups]


def _edge(place: Mapping[str, int], pair: Pair) -> Edge:
    one, other = sorted((place[pair.one.report.statement_id], place[pair.other.report.statement_id]))
    return Edge(one, other, pair.verdict.margin)


def _nearest(units: Sequence[Clump], links: Sequence[Pair]) -> Mapping[str, list[_Link]]:
    """Return each report's links, the strongest first."""
    nearest: dict[str, set[_Link]] = {}
    for pair in links:
        if pair.verdict.is_one:
            one, other, likeness = pair.one.report, pair.other.report, pair.verdict.similarity
            nearest.setdefault(one.statement_id, set()).add((likeness.score, other.statement_id, likeness.reason))
            nearest.setdefault(other.statement_id, set()).add((likeness.score, one.statement_id, likeness.reason))
    for unit in units:
        head = unit.head.report.statement_id
        for copy in unit.members[1:]:
            nearest.setdefault(copy.report.statement_id, set()).add((1.0, head, "same words"))
            nearest.setdefault(head, set()).add((1.0, copy.report.statement_id, "same words"))
    return {key: sorted(found, key=lambda link: (-link[0], link[1])) for key, found in nearest.items()}


def _assign(
    named: Sequence[Named], touched: Sequence[ClaimState], nearest: Mapping[str, list[_Link]]
) -> Iterator[Assignment]:
    before = {report.statement_id: claim.claim_id for claim in touched for report in claim.reports}
    for group in named:
        place = {item.report.statement_id: at for at, item in enumerate(group.members)}
        for statement_id, at in place.items():
            links = [link for link in nearest.get(statement_id, ()) if link[1] in place]
            earlier = (link for link in links if place[link[1]] < at)
            score, matched, reason = next(earlier, links[0] if links and at else (1.0, None, "first report"))
            was = before.get(statement_id)
            moved_from = was if was != group.claim_id else None
            yield Assignment(statement_id, group.claim_id, score, reason, matched, moved_from)


def _is_changed(group: Named, moving: Collection[str]) -> bool:
    reports = {item.report.statement_id for item in group.members}
    return (
        not reports.isdisjoint(moving)
        or group.old is None
        or reports != {report.statement_id for report in group.old.reports}
    )


def _state(group: Named) -> ClaimState:
    reports = tuple(item.report for item in group.members)
    old = group.old
    return ClaimState(group.claim_id, reports, old.alerted_at if old else None, old.reiterates if old else None)
