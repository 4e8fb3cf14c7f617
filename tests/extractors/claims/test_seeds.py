"""Why pairs of statements of the seed articles are related or kept apart, as the codebook has it.

Seeds are referred to by file and span; dates and speakers are what the articles say.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from extractors.claims import Report, Thesaurus, relate

SEEDS = Path(__file__).parents[3] / "seeds"
SECOND, THIRD = "002_f310caa9bc3dccde.txt", "003_3d7c92c67a1b745d.txt"


def seed(name: str, start: int, end: int) -> Report:
    text = (SEEDS / name).read_bytes().decode()
    day = datetime(2024, 10, 26 if name == SECOND else 22, tzinfo=UTC)
    return Report(f"{name}:{start}", name, text[start:end].strip("“”."), published_at=day)


# 002 gives no day for the denial by the mission to the UN; 003 has the government deny on Monday the 21st.
DENIAL_UNDATED = replace(
    seed(SECOND, 2816, 2902),
    speaker_id="mission-prk",
    speaker_kind="agency",
    speaks_for=("mfa-prk", "PRK"),
    said_on=date(2024, 10, 26),
    said_on_precision="publication",
    quoted=((SEEDS / SECOND).read_bytes().decode()[2871:2901],),
    category="DENIAL",
)
DENIAL_MONDAY = replace(
    seed(THIRD, 2202, 2408),
    speaker_id="PRK",
    speaker_kind="country",
    said_on=date(2024, 10, 21),
    said_on_precision="day",
    quoted=((SEEDS / THIRD).read_bytes().decode()[2249:2407],),
    category="DENIAL",
)
# The demand to withdraw: a ministry on Friday the 25th; the government on Monday, its adviser on Tuesday.
DEMAND = {"category": "DEMAND", "polarity": "escalatory", "severity": 3, "said_on_precision": "day"}
DEMAND_FRIDAY = replace(
    seed(SECOND, 782, 870),
    speaker_id="mfa-kor",
    speaker_kind="ministry",
    speaks_for=("KOR",),
    said_on=date(2024, 10, 25),
    **DEMAND,  # type: ignore[arg-type]
)
DEMAND_MONDAY = replace(
    seed(THIRD, 1925, 1973),
    speaker_id="KOR",
    speaker_kind="country",
    said_on=date(2024, 10, 21),
    **DEMAND,  # type: ignore[arg-type]
)
DEMAND_TUESDAY = replace(
    seed(THIRD, 2560, 2608),
    speaker_id="adviser",
    speaker_kind="person",
    speaks_for=("office-kor", "KOR"),
    said_on=date(2024, 10, 22),
    **DEMAND,  # type: ignore[arg-type]
)


def n_claims(thesaurus: Thesaurus, *reports: Report) -> int:
    return len(relate(reports, [], thesaurus).claims)


def test_an_undated_denial_that_quotes_a_part_of_the_dated_one_is_its_rerun(thesaurus: Thesaurus) -> None:
    """The mission speaks for its government, its words are a part of the other's, and no date speaks against it."""
    assert n_claims(thesaurus, DENIAL_UNDATED, DENIAL_MONDAY) == 1


def test_the_same_denial_dated_to_another_day_would_be_another_occasion(thesaurus: Thesaurus) -> None:
    on_friday = replace(DENIAL_UNDATED, said_on=date(2024, 10, 25), said_on_precision="day")
    assert n_claims(thesaurus, on_friday, DENIAL_MONDAY) == 2


def test_the_demand_of_friday_is_not_that_of_monday(thesaurus: Thesaurus) -> None:
    """The ministry speaks for the government and the formula is the same, but the articles give two days."""
    relation = relate([DEMAND_FRIDAY, DEMAND_MONDAY], [], thesaurus)
    assert len(relation.claims) == 2
    monday = next(c.claim_id for c in relation.claims if DEMAND_MONDAY in c.reports)
    assert [one.reiterates for one in relation.reiterations] == [monday]


def test_the_demands_of_monday_and_tuesday_in_one_article_are_two_occasions(thesaurus: Thesaurus) -> None:
    """Neighbouring days may be one day in two time zones, but not where one article gives both."""
    assert n_claims(thesaurus, DEMAND_MONDAY, DEMAND_TUESDAY) == 2


def test_a_ministry_is_never_an_adviser(thesaurus: Thesaurus) -> None:
    """The adviser does not speak for the ministry: two voices, whatever the words and days."""
    same_day = replace(DEMAND_TUESDAY, said_on=DEMAND_FRIDAY.said_on)
    assert n_claims(thesaurus, DEMAND_FRIDAY, same_day) == 2
