"""Relating a batch of reports to the claims that may be theirs."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.claims.identity import Named, name_groups
from extractors.claims.item import Item, prepare_item
from extractors.claims.model import Assignment, ClaimState, Relation, Report, Thesaurus
from extractors.claims.partition import Edge, partition
from extractors.claims.repeats import find_repeats
from extractors.claims.similarity import Semantic
from extractors.claims.summary import order_of
from extractors.claims.verdict import Judge, Pair


def relate(
    new: Sequence[Report],
    candidates: Sequence[ClaimState],
    thesaurus: Thesaurus,
    *,
    semantic: Semantic | None = None,
) -> Relation:
    """Return where each new report belongs, and what that changes in the claims there are.

    ``candidates`` are the claims that share a blocking key with a new report; those that nothing links to stay as
    they are and are not in the result. A report that is known already keeps its place.
    """
    known = {report.statement_id for claim in candidates for report in claim.reports}
    fresh = {report.statement_id: report for report in new if report.statement_id not in known}
    if not fresh:
        return Relation((), ())
    batch = [prepare_item(report, thesaurus) for report in sorted(fresh.values(), key=order_of)]
    held = {claim.claim_id: [prepare_item(report, thesaurus) for report in claim.reports] for claim in candidates}
    judge = Judge(semantic)
    pairs = [*judge.pair_up(batch, (item for items in held.values() for item in items)), *judge.pair_up(batch, batch)]
    touched = _touched(candidates, pairs)
    items = [*batch, *(item for claim in touched for item in held[claim.claim_id])]
    links = list(judge.pair_up(items, items))
    named, merges = name_groups(_group(items, links), touched)
    return Relation(
        assignments=tuple(_assign(named, touched, _nearest(links))),
        claims=tuple(_state(one) for one in named),
        merges=merges,
        reiterations=find_repeats(named, candidates, pairs, merges),
    )


def _touched(candidates: Sequence[ClaimState], pairs: Sequence[Pair]) -> list[ClaimState]:
    linked = {item.report.statement_id for pair in pairs if pair.verdict.is_one for item in (pair.one, pair.other)}
    return [claim for claim in candidates if any(report.statement_id in linked for report in claim.reports)]


def _group(items: Sequence[Item], links: Sequence[Pair]) -> list[list[Item]]:
    ordered = sorted(items, key=lambda item: order_of(item.report))
    place = {item.report.statement_id: at for at, item in enumerate(ordered)}
    edges = {_edge(place, pair) for pair in links}
    groups = partition([item.voice for item in ordered], list(edges))
    return [[ordered[at] for at in group] for group in groups]


def _edge(place: Mapping[str, int], pair: Pair) -> Edge:
    one, other = sorted((place[pair.one.report.statement_id], place[pair.other.report.statement_id]))
    return Edge(one, other, pair.verdict.margin)


def _nearest(links: Sequence[Pair]) -> Mapping[str, list[tuple[float, str, str]]]:
    """Return each report's links as (score, statement id, reason), the strongest first."""
    nearest: dict[str, set[tuple[float, str, str]]] = {}
    for pair in links:
        if not pair.verdict.is_one:
            continue
        one, other, likeness = pair.one.report.statement_id, pair.other.report.statement_id, pair.verdict.similarity
        nearest.setdefault(one, set()).add((likeness.score, other, likeness.reason))
        nearest.setdefault(other, set()).add((likeness.score, one, likeness.reason))
    return {key: sorted(found, key=lambda link: (-link[0], link[1])) for key, found in nearest.items()}


def _assign(
    named: Sequence[Named], touched: Sequence[ClaimState], nearest: Mapping[str, list[tuple[float, str, str]]]
) -> Iterator[Assignment]:
    before = {report.statement_id: claim.claim_id for claim in touched for report in claim.reports}
    for group in named:
        members = {item.report.statement_id for item in group.members}
        for item in group.members:
            statement_id = item.report.statement_id
            was = before.get(statement_id)
            if was == group.claim_id:
                continue
            links = (link for link in nearest.get(statement_id, ()) if link[1] in members)
            score, matched, reason = next(links, (1.0, None, "first report"))
            yield Assignment(statement_id, group.claim_id, score, reason, matched, was)


def _state(group: Named) -> ClaimState:
    reports = tuple(item.report for item in group.members)
    old = group.old
    return ClaimState(group.claim_id, reports, old.alerted_at if old else None, old.reiterates if old else None)
