"""Which id a claim bears through joins, merges and moves."""

from dataclasses import replace
from datetime import UTC, date, datetime

from extractors.claims import ClaimState, Report, Thesaurus, relate
from extractors.claims.grouping.claim_ids import claim_id_of

LEFT = Report(
    statement_id="left",
    article_id="a-left",
    content="the rocket brigades have been brought to the highest readiness",
    outlet="One",
    published_at=datetime(2031, 3, 2, 8, tzinfo=UTC),
    speaker_id="marshal",
    speaker_kind="person",
    speaks_for=("staff", "state"),
    said_on=date(2031, 3, 1),
    said_on_precision="day",
)
RIGHT = replace(
    LEFT,
    statement_id="right",
    article_id="a-right",
    content="every bridge across the river has been mined by our sappers",
    published_at=datetime(2031, 3, 2, 9, tzinfo=UTC),
)
WHOLE = replace(
    LEFT,
    statement_id="whole",
    article_id="a-whole",
    content=f"{LEFT.content}, and {RIGHT.content}",
    published_at=datetime(2031, 3, 2, 10, tzinfo=UTC),
)
RANG = datetime(2031, 3, 2, 11, tzinfo=UTC)


def state(report: Report, claim_id: str, alerted_at: datetime | None = None) -> ClaimState:
    return ClaimState(claim_id, (report,), alerted_at)


def test_the_same_first_report_always_starts_the_same_claim(thesaurus: Thesaurus) -> None:
    (one,), (other,) = (relate([LEFT], [], thesaurus).claims for _ in range(2))
    assert one.claim_id == other.claim_id


def test_a_report_of_the_whole_joins_two_claims_under_the_id_of_the_earliest_report(thesaurus: Thesaurus) -> None:
    relation = relate([WHOLE], [state(RIGHT, "younger"), state(LEFT, "older")], thesaurus)
    (claim,) = relation.claims
    assert (claim.claim_id, {r.statement_id for r in claim.reports}) == (
        claim_id_of("left"),
        {"left", "right", "whole"},
    )
    gone = {(merge.absorbed_id, merge.survivor_id, merge.is_known) for merge in relation.merges}
    assert gone == {("younger", claim.claim_id, False), ("older", claim.claim_id, False)}


def test_the_id_of_a_claim_does_not_depend_on_which_report_came_first(thesaurus: Thesaurus) -> None:
    copy = replace(LEFT, statement_id="copy", article_id="a-copy", published_at=datetime(2031, 3, 2, 7, tzinfo=UTC))
    ids = set()
    for first, second in ((LEFT, copy), (copy, LEFT)):
        relation = relate([second], relate([first], [], thesaurus).claims, thesaurus)
        ids |= {claim.claim_id for claim in relation.claims}
    assert ids == {claim_id_of("copy")}


def test_a_claim_that_rang_keeps_its_id_when_an_earlier_report_comes_in(thesaurus: Thesaurus) -> None:
    copy = replace(LEFT, statement_id="copy", article_id="a-copy", published_at=datetime(2031, 3, 2, 7, tzinfo=UTC))
    relation = relate([copy], [state(LEFT, "rang", RANG)], thesaurus)
    assert [claim.claim_id for claim in relation.claims] == ["rang"]
    assert relation.merges == ()


def test_the_claim_that_rang_survives_an_older_one(thesaurus: Thesaurus) -> None:
    relation = relate([WHOLE], [state(RIGHT, "younger", RANG), state(LEFT, "older")], thesaurus)
    assert [(merge.absorbed_id, merge.survivor_id) for merge in relation.merges] == [("older", "younger")]
    assert relation.claims[0].alerted_at == RANG


def test_of_two_that_rang_the_later_lives_on_as_an_alias(thesaurus: Thesaurus) -> None:
    later = state(LEFT, "later", RANG.replace(hour=12))
    relation = relate([WHOLE], [state(RIGHT, "first", RANG), later], thesaurus)
    assert [(one.absorbed_id, one.survivor_id, one.is_known) for one in relation.merges] == [("later", "first", True)]


def test_moved_reports_are_named_with_the_claim_they_left(thesaurus: Thesaurus) -> None:
    relation = relate([WHOLE], [state(RIGHT, "younger", RANG), state(LEFT, "older")], thesaurus)
    assert {(one.statement_id, one.moved_from) for one in relation.assignments} == {
        ("right", None),
        ("left", "older"),
        ("whole", None),
    }


def test_a_ministry_that_spoke_first_gains_its_spokesman_and_keeps_its_id(thesaurus: Thesaurus) -> None:
    staff = replace(LEFT, statement_id="staff", speaker_id="staff", speaker_kind="military", speaks_for=("state",))
    relation = relate([LEFT], [state(staff, "rang", RANG)], thesaurus)
    assert [claim.claim_id for claim in relation.claims] == ["rang"]


def test_a_government_report_goes_to_one_of_two_ministers_never_joining_them(thesaurus: Thesaurus) -> None:
    other = replace(LEFT, statement_id="other", speaker_id="minister", speaks_for=("ministry", "state"))
    capital = replace(LEFT, statement_id="capital", speaker_id="state", speaker_kind="country", speaks_for=())
    claims = relate([LEFT, other, capital], [], thesaurus).claims
    assert sorted(len(claim.reports) for claim in claims) == [1, 2]


def test_an_unrelated_candidate_is_left_alone(thesaurus: Thesaurus) -> None:
    relation = relate([LEFT], [state(RIGHT, "elsewhere")], thesaurus)
    assert [claim.claim_id for claim in relation.claims] != ["elsewhere"]
    assert len(relation.claims) == 1
    assert relation.merges == ()


def test_a_repeat_that_is_related_before_what_it_repeats_is_found_later(thesaurus: Thesaurus) -> None:
    again = replace(
        LEFT,
        statement_id="again",
        content="our rocket brigades stand at the highest readiness",
        said_on=date(2031, 3, 20),
        published_at=datetime(2031, 3, 20, tzinfo=UTC),
    )
    relation = relate([LEFT], [state(again, "again")], thesaurus)
    assert [(one.claim_id, one.reiterates) for one in relation.reiterations] == [("again", relation.claims[0].claim_id)]
