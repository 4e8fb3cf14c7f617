from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from extractors.claims import ClaimState, Report, Thesaurus, relate

THESAURUS = Thesaurus()
FIRST = Report(
    statement_id="s1",
    article_id="a1",
    content="any vessel that enters the strait without permission will be sunk",
    published_at=datetime(2031, 5, 2, 8, tzinfo=UTC),
    speaker_id="admiral",
    speaker_kind="person",
    speaks_for=("navy", "government"),
    said_on=date(2031, 5, 1),
    said_on_precision="day",
)
SECOND = replace(
    FIRST, statement_id="s2", article_id="a2", content="vessels entering the strait without a permit would be sunk"
)


def claims_of(*reports: Report) -> list[set[str]]:
    return [{report.statement_id for report in claim.reports} for claim in relate(reports, [], THESAURUS).claims]


def test_two_wordings_of_one_utterance_are_one_claim() -> None:
    assert claims_of(FIRST, SECOND) == [{"s1", "s2"}]


def test_the_same_words_of_another_person_are_another_claim() -> None:
    assert claims_of(FIRST, replace(SECOND, speaker_id="minister", content=FIRST.content)) == [{"s1"}, {"s2"}]


def quotes_in_a_row(*, is_first_cued: bool, is_second_cued: bool) -> list[set[str]]:
    """Return the claims of two quotes of one article that share no word, the second right after the first."""
    cues = is_first_cued, is_second_cued
    words = "our patience is not a well without a bottom", "every keel that comes near will meet the guns"
    return claims_of(
        *(
            replace(FIRST, statement_id=f"q{at}", content=said, quoted=(said,), ordinal=at, has_cue=has_cue)
            for at, (said, has_cue) in enumerate(zip(words, cues, strict=True))
        )
    )


def test_a_quote_that_goes_on_without_a_word_of_saying_is_of_the_claim_before() -> None:
    assert quotes_in_a_row(is_first_cued=True, is_second_cued=False) == [{"q0", "q1"}]


def test_two_quotes_with_a_word_of_saying_each_are_two_points() -> None:
    assert quotes_in_a_row(is_first_cued=True, is_second_cued=True) == [{"q0"}, {"q1"}]


def test_sentences_of_a_document_that_follow_each_other_are_points_of_their_own() -> None:
    assert quotes_in_a_row(is_first_cued=False, is_second_cued=False) == [{"q0"}, {"q1"}]


def test_a_later_batch_joins_the_claim_that_stands() -> None:
    (claim,) = relate([FIRST], [], THESAURUS).claims
    relation = relate([SECOND], [claim], THESAURUS)
    places = [(one.statement_id, one.claim_id, one.moved_from) for one in relation.assignments]
    assert places == [("s1", claim.claim_id, None), ("s2", claim.claim_id, None)]
    assert relation.claims == (ClaimState(claim.claim_id, (FIRST, SECOND)),)


def test_relating_known_reports_again_changes_nothing() -> None:
    claims = relate([FIRST, SECOND], [], THESAURUS).claims
    assert relate([FIRST, SECOND], claims, THESAURUS).claims == ()


def test_a_report_whose_speaker_is_another_one_is_looked_at_anew_and_ids_stay() -> None:
    other = replace(SECOND, speaker_id="sailor", speaker_name="Somebody Else")
    first, second = relate([FIRST, other], [], THESAURUS).claims
    rung = replace(second, alerted_at=datetime(2031, 5, 3, tzinfo=UTC), reports=(SECOND,))
    joined = relate([], [first, rung], THESAURUS, changed=["s2"])
    assert [(one.absorbed_id, one.survivor_id) for one in joined.merges] == [(first.claim_id, second.claim_id)]
    (claim,) = joined.claims
    parted = relate([], [replace(claim, reports=(FIRST, other))], THESAURUS, changed=["s2"])
    assert {one.claim_id for one in parted.claims} >= {second.claim_id}
    assert [len(one.reports) for one in parted.claims] == [1, 1]


def test_nothing_is_looked_at_anew_that_nobody_names() -> None:
    claims = relate([FIRST, SECOND], [], THESAURUS).claims
    assert relate([], claims, THESAURUS, changed=["unheard-of"]).claims == ()
    (same,) = relate([], claims, THESAURUS, changed=["s1"]).claims
    assert same == claims[0]


def test_claims_that_only_those_linked_to_share_keys_with_are_brought_in() -> None:
    bridge = replace(
        SECOND, statement_id="s3", content="vessels that enter the strait without permission would be sunk"
    )
    far = relate([SECOND], [], THESAURUS).claims
    asked: list[set[str]] = []

    def widen(statement_ids: Collection[str]) -> Sequence[ClaimState]:
        asked.append(set(statement_ids))
        return far

    (near,) = relate([FIRST], [], THESAURUS).claims
    relation = relate([bridge], [near], THESAURUS, widen=widen)
    assert asked[0] == {"s1"}
    assert [{one.statement_id for one in claim.reports} for claim in relation.claims] == [{"s1", "s2", "s3"}]
