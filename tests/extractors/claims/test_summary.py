from dataclasses import replace
from datetime import UTC, date, datetime

from extractors.claims import Report, Thesaurus, summarise

FIRST = Report(
    statement_id="s1",
    article_id="a1",
    content="the ministry threatened to close the canal",
    outlet="Delta Post",
    published_at=datetime(2031, 3, 2, 8, tzinfo=UTC),
    speaker_id="ministry",
    speaker_kind="ministry",
    severity=3,
    said_on=date(2031, 3, 2),
    said_on_precision="publication",
)
WIDEST = replace(
    FIRST,
    statement_id="s2",
    outlet="Gulf Wire",
    content="“The canal will be closed to every ship of theirs within the hour,” he said",
    quoted=("The canal will be closed to every ship of theirs within the hour",),
    published_at=datetime(2031, 3, 2, 9, tzinfo=UTC),
    speaker_id="minister",
    speaker_kind="person",
    severity=4,
    said_on=date(2031, 3, 1),
    said_on_precision="day",
)
SHORT = replace(
    WIDEST, statement_id="s3", quoted=("every ship",), severity=2, published_at=datetime(2031, 3, 3, tzinfo=UTC)
)


def test_a_claim_keeps_first_report_widest_quote_peak_and_best_date(thesaurus: Thesaurus) -> None:
    summary = summarise([SHORT, WIDEST, FIRST], thesaurus)
    assert summary.first == FIRST
    assert summary.widest_quote == WIDEST.quoted[0]
    assert (summary.peak_severity, summary.severity, summary.headline) == (4, 4, WIDEST)
    assert summary.speaker.speaker_id == "minister"
    assert (summary.said_on, summary.said_on_precision) == (date(2031, 3, 1), "day")
    assert summary.outlets == ("Delta Post", "Gulf Wire")


def test_every_wording_is_kept_with_its_likeness_to_the_widest(thesaurus: Thesaurus) -> None:
    wordings = summarise([FIRST, WIDEST, SHORT], thesaurus).wordings
    assert [one.statement_id for one in wordings] == ["s1", "s2", "s3"]
    assert [one.similarity for one in wordings][1] == 1.0
    assert 0 < wordings[0].similarity < 1


def test_a_repeated_position_weighs_one_less_but_never_nothing(thesaurus: Thesaurus) -> None:
    assert summarise([WIDEST], thesaurus, reiterates="earlier").severity == 3
    assert summarise([replace(FIRST, severity=1)], thesaurus, reiterates="earlier").severity == 1
    assert summarise([replace(FIRST, severity=0)], thesaurus, reiterates="earlier").severity == 0
