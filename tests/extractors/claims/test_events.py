"""Events are the same whatever the order, and what somebody was told keeps its id."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.claims import ClaimFacts, Rung, event_id_of, group_events, name_events

DAY = date(2031, 5, 4)
AT = datetime(2031, 5, 5, tzinfo=UTC)
THREAT = ClaimFacts("c1", "LUX", "BEL", "escalatory", DAY, is_dated=True, severity=4, rank=1, reported_at=AT)

FACTS = st.lists(
    st.builds(
        ClaimFacts,
        st.uuids().map(str),
        st.sampled_from(["LUX", "BEL", ""]),
        st.sampled_from(["BEL", "NLD", ""]),
        st.sampled_from(["escalatory", "de-escalatory", "neutral"]),
        st.none() | st.integers(0, 9).map(lambda n: DAY + timedelta(days=n)),
        st.booleans(),
        st.integers(0, 5),
        st.integers(0, 4),
        st.none() | st.integers(0, 99).map(lambda n: AT + timedelta(hours=n)),
    ),
    max_size=12,
)


def groups_of(*facts: ClaimFacts) -> list[tuple[str, ...]]:
    return [one.claim_ids for one in group_events(facts)]


@settings(deadline=None)
@given(FACTS, st.randoms())
def test_any_order_gives_the_same_events_under_the_same_ids(facts: list[ClaimFacts], random: object) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert name_events(group_events(facts), []) == name_events(group_events(shuffled), [])
    held = [claim_id for one in group_events(facts) for claim_id in one.claim_ids]
    assert sorted(held) == sorted(one.claim_id for one in facts)


@settings(deadline=None)
@given(FACTS, FACTS)
def test_what_rang_keeps_its_id_or_says_what_it_became(before: list[ClaimFacts], later: list[ClaimFacts]) -> None:
    named, _ = name_events(group_events(before), [])
    rung = [Rung(one.event_id, AT, frozenset(one.event.claim_ids)) for one in named]
    after, merged = name_events(group_events([*before, *later]), rung)
    ids = [one.event_id for one in after]
    assert len(set(ids)) == len(ids)
    for told in rung:
        (place,) = [one for one in after if one.event_id == merged.get(told.event_id, told.event_id)]
        assert told.claim_ids & set(place.event.claim_ids)


def test_two_points_of_one_day_are_one_event_headed_by_the_gravest_of_the_highest_speaker() -> None:
    by_president = replace(THREAT, claim_id="c2", rank=4)
    milder = replace(THREAT, claim_id="c3", severity=3, rank=4)
    assert groups_of(THREAT, milder, by_president) == [("c2", "c1", "c3")]


def test_another_day_another_aim_or_another_direction_is_another_event() -> None:
    others = (
        replace(THREAT, claim_id="c2", day=DAY + timedelta(days=1)),
        replace(THREAT, claim_id="c3", aim="NLD"),
        replace(THREAT, claim_id="c4", polarity="de-escalatory"),
    )
    assert len(groups_of(THREAT, *others)) == 4


def test_what_publication_alone_dates_joins_the_dated_event_within_two_days() -> None:
    loose = replace(THREAT, claim_id="c2", is_dated=False, day=DAY + timedelta(days=2))
    late = replace(loose, claim_id="c3", day=DAY + timedelta(days=3))
    assert groups_of(THREAT, loose) == [("c1", "c2")]
    assert groups_of(THREAT, late) == [("c1",), ("c3",)]


def test_a_claim_without_an_aim_joins_the_one_event_of_its_side_that_day() -> None:
    bare = replace(THREAT, claim_id="c2", aim="")
    other = replace(THREAT, claim_id="c3", aim="NLD")
    assert groups_of(THREAT, bare) == [("c1", "c2")]
    assert len(groups_of(THREAT, bare, other)) == 3


def test_a_date_that_becomes_more_exact_moves_the_event_and_the_id_that_rang_stays() -> None:
    loose = replace(THREAT, is_dated=False, day=DAY + timedelta(days=1))
    ((event,), _) = name_events(group_events([loose]), [])
    (moved,), merged = name_events(group_events([THREAT]), [Rung(event.event_id, AT, frozenset(("c1",)))])
    assert (moved.event_id, moved.event.key.day, merged) == (event.event_id, DAY, {})
    assert event_id_of(moved.event.key) != moved.event_id


def test_neutral_claims_and_those_of_nobody_or_no_day_are_by_themselves() -> None:
    alone = (
        replace(THREAT, claim_id="n1", polarity="neutral"),
        replace(THREAT, claim_id="n2", polarity="neutral"),
        replace(THREAT, claim_id="s1", side=""),
        replace(THREAT, claim_id="d1", day=None),
    )
    assert len(groups_of(*alone)) == 4
