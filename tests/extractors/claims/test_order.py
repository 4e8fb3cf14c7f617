"""Whatever the order of arrival, the claims are the same in the end and alerts keep their identity."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.claims import load_thesaurus
from extractors.claims import ClaimState, Report, Thesaurus, relate
from tests.extractors.claims.cases import read_half

NOW = datetime(2035, 1, 1, tzinfo=UTC)


@cache
def knowledge() -> Thesaurus:
    return load_thesaurus()


@cache
def disputes() -> dict[str, list[Report]]:
    return {
        f"{half}-{name}": [case.report for case in cases]
        for half in ("tune", "measure")
        for name, cases in read_half(half).items()
    }


def arrive(batches: list[list[Report]], *, ring: bool = False) -> tuple[dict[str, ClaimState], dict[str, str]]:
    """Relate batch by batch against all claims; ``ring`` raises an alert on every claim as soon as it stands."""
    claims: dict[str, ClaimState] = {}
    aliases: dict[str, str] = {}
    for batch in batches:
        relation = relate(batch, list(claims.values()), knowledge())
        for merge in relation.merges:
            claims.pop(merge.absorbed_id)
            aliases |= {merge.absorbed_id: merge.survivor_id} if merge.is_known else {}
        for claim in relation.claims:
            claims[claim.claim_id] = replace(claim, alerted_at=claim.alerted_at or (NOW if ring else None))
    return claims, aliases


def partition_of(claims: dict[str, ClaimState]) -> set[frozenset[str]]:
    return {frozenset(report.statement_id for report in claim.reports) for claim in claims.values()}


SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.data())
def test_any_order_of_arrival_gives_the_same_claims_under_the_same_ids(data: st.DataObject) -> None:
    reports = disputes()[data.draw(st.sampled_from(sorted(disputes())))]
    shuffled = data.draw(st.permutations(reports))
    size = data.draw(st.integers(1, 6))
    batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
    found, whole = arrive(batches)[0], arrive([reports])[0]
    assert partition_of(found) == partition_of(whole)
    assert set(found) == set(whole)


@SLOW
@given(st.data())
def test_a_claim_that_rang_keeps_its_id_or_is_recorded_as_merged(data: st.DataObject) -> None:
    reports = disputes()[data.draw(st.sampled_from(sorted(disputes())))]
    shuffled = data.draw(st.permutations(reports))
    half = data.draw(st.integers(1, len(shuffled) - 1))
    before, _ = arrive([shuffled[:half]], ring=True)
    relation = relate(shuffled[half:], list(before.values()), knowledge())
    after = {claim.claim_id: claim for claim in relation.claims}
    merged = {merge.absorbed_id: merge.survivor_id for merge in relation.merges}
    for claim_id, claim in before.items():
        now = after.get(merged.get(claim_id, claim_id), claim)
        assert now.alerted_at == NOW
        assert {r.statement_id for r in claim.reports} & {r.statement_id for r in now.reports}


@SLOW
@given(st.data())
def test_every_report_is_in_exactly_one_claim(data: st.DataObject) -> None:
    reports = disputes()[data.draw(st.sampled_from(sorted(disputes())))]
    shuffled = data.draw(st.permutations(reports))
    claims, _ = arrive([shuffled[at : at + 4] for at in range(0, len(shuffled), 4)])
    held = [report.statement_id for claim in claims.values() for report in claim.reports]
    assert sorted(held) == sorted(report.statement_id for report in reports)
