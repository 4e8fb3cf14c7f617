from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from extractors.claims import Report, Thesaurus, blocking_keys
from extractors.claims.comparing.item import prepare_item
from extractors.claims.comparing.verdict import judge
from tests.extractors.claims.cases import read_half

SPEECH = Report(
    statement_id="s",
    article_id="a",
    content=(
        "we shall never hand over the lighthouse, the quarry and the two villages beneath it, "
        "and whoever sends surveyors there again will see them marched back in handcuffs"
    ),
    published_at=datetime(2031, 5, 2, tzinfo=UTC),
    speaker_id="prefect",
    speaker_kind="person",
    speaks_for=("prefecture", "state"),
    said_on=date(2031, 5, 1),
    said_on_precision="day",
)
OTHER = replace(SPEECH, article_id="b")


def keys(report: Report, thesaurus: Thesaurus) -> set[str]:
    return set(blocking_keys(report, thesaurus))


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_reports_that_are_judged_one_share_a_key(thesaurus: Thesaurus, half: str) -> None:
    for cases in read_half(half).values():
        items = [prepare_item(case.report, thesaurus) for case in cases]
        found = {item.report.statement_id: keys(item.report, thesaurus) for item in items}
        for one, other in combinations(items, 2):
            if judge(one, other).is_one:
                assert found[one.report.statement_id] & found[other.report.statement_id]


def test_a_verbatim_rerun_is_found_years_later(thesaurus: Thesaurus) -> None:
    rerun = replace(SPEECH, statement_id="r", said_on=date(2034, 9, 9), content=f"He warned: {SPEECH.content[:90]}")
    assert keys(SPEECH, thesaurus) & keys(rerun, thesaurus)


def test_another_matter_in_another_month_is_not_looked_at(thesaurus: Thesaurus) -> None:
    other = replace(OTHER, content="the harvest festival will be held in the stadium", said_on=date(2031, 9, 1))
    assert not keys(SPEECH, thesaurus) & keys(other, thesaurus)


def test_another_speaker_of_another_state_is_looked_at_for_a_run_of_his_words_alone(thesaurus: Thesaurus) -> None:
    """And then told apart: only who is not resolved to anybody may be anybody."""
    other = replace(OTHER, statement_id="o", speaker_id="mayor", speaks_for=("town", "elsewhere"))
    assert {key[:2] for key in keys(SPEECH, thesaurus) & keys(other, thesaurus)} == {"w|"}
    assert not judge(prepare_item(SPEECH, thesaurus), prepare_item(other, thesaurus)).is_one


@pytest.mark.parametrize(("length", "is_one"), [(160, True), (40, False)])
def test_a_long_run_of_words_is_one_utterance_where_nobody_could_be_made_out(
    thesaurus: Thesaurus, length: int, is_one: bool
) -> None:
    """As the words of four governments that one outlet gives to one of them; a short formula is anybody's."""
    content = SPEECH.content[:length]
    named = replace(SPEECH, content=content)
    joint = replace(
        OTHER, statement_id="o", content=content, speaker_id=None, speaker_text="The three governors", speaks_for=()
    )
    assert judge(prepare_item(named, thesaurus), prepare_item(joint, thesaurus)).is_one is is_one
    if is_one:
        assert keys(named, thesaurus) & keys(joint, thesaurus)


def test_keys_are_few_and_do_not_depend_on_how_vague_the_date_is(thesaurus: Thesaurus) -> None:
    assert len(keys(SPEECH, thesaurus)) < 250
    vague = replace(SPEECH, said_on=date(2031, 1, 1), said_on_precision="year", published_at=None)
    assert len(keys(vague, thesaurus)) < 350


def test_a_new_report_finds_no_more_candidates_in_a_larger_warehouse(thesaurus: Thesaurus) -> None:
    """What the speaker said in other weeks does not count, but for verbatim reruns and two months of rare words."""
    contents = [case.report.content for cases in read_half("tune").values() for case in cases]

    def candidates(years: int) -> int:
        mine = keys(SPEECH, thesaurus)
        history = (
            replace(OTHER, content=content, said_on=date(2031, 1, 1) - timedelta(days=(n * 5) % (365 * years)))
            for n, content in enumerate(contents * years)
        )
        return sum(bool(mine & keys(report, thesaurus)) for report in history)

    assert candidates(3) <= candidates(1) + 5
