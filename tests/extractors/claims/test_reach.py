"""How far a change reaches among the claims of some sides: nothing beyond moves, and what is near tells all."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from extractors.claims import ClaimFacts, EventKey, group_events, reach_of

START = date(2031, 1, 1)
DAYS = 500


def claim(chance: random.Random, number: int, density: float) -> ClaimFacts:
    """Return a claim of one of two sides on some day; many are dated by publication alone, many have no aim."""
    day = START + timedelta(days=chance.randrange(DAYS))
    return ClaimFacts(f"c{number}", chance.choice("AB"), chance.choice(["", "", "X", "Y"]), "escalatory", day,
                      chance.random() < density, chance.randrange(6), 1, None)  # fmt: skip


def places(facts: Sequence[ClaimFacts]) -> dict[str, EventKey]:
    """Return the event of each claim."""
    return {claim_id: event.key for event in group_events(facts) for claim_id in event.claim_ids}


@pytest.mark.parametrize("seed", range(60))
def test_a_change_moves_nothing_beyond_its_reach_and_is_placed_by_what_is_near(seed: int) -> None:
    """Sparse and dense series, claims that come, go and change their day: as if all were placed anew."""
    chance = random.Random(seed)
    density = chance.choice((0.1, 0.4, 0.8))
    before = [claim(chance, number, density) for number in range(chance.choice((40, 150, 600)))]
    middle = START + timedelta(days=chance.randrange(DAYS))
    changed = [one for one in before if one.day and abs((one.day - middle).days) < 4]
    gone = {one.claim_id for one in changed[:2]}
    fresh = [claim(chance, 1000 + number, density) for number in range(3)]
    fresh = [ClaimFacts(one.claim_id, one.side, one.aim, one.polarity, middle + timedelta(days=chance.randrange(3)),
                        one.is_dated, one.severity, one.rank, None) for one in fresh]  # fmt: skip
    after = [one for one in before if one.claim_id not in gone] + fresh
    was, now = places(before), places(after)
    reach = reach_of([one.day for one in fresh if one.day], [was[one].day for one in gone])
    assert reach is not None
    first, last = reach.looked_at
    near = [one for one in after if one.day and first <= one.day <= last]
    beyond = [one.claim_id for one in after if not reach.places(one.day)]
    if reach.is_enough(near):
        assert {one: now[one] for one in beyond} == {one: was[one] for one in beyond}
        placed = [one.claim_id for one in near if reach.places(one.day)]
        nearby = places(near)
        assert {one: nearby[one] for one in placed} == {one: now[one] for one in placed}


def test_a_row_of_days_that_runs_on_beyond_what_is_near_is_told_of() -> None:
    """Then all there is has to be placed: each day of the row depends on the one before."""
    row = [ClaimFacts(f"c{n}", "A", "X", "escalatory", START + timedelta(days=n), False, 3, 1, None)
           for n in range(300)]  # fmt: skip
    reach = reach_of([START + timedelta(days=150)], [])
    assert reach is not None
    assert not reach.is_enough(row)
    assert reach.is_enough([one for one in row if one.day and one.day.day < 20])


def test_where_no_day_changed_nothing_is_reached() -> None:
    """A claim without a day is an event by itself."""
    assert reach_of([], []) is None
