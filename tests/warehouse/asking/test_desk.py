"""What a report is made from: every event once, with its wordings, evidence and reports."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from tests.warehouse.told import Said, at, ring, tell
from tests.warehouse.values import NOON
from warehouse.asking.desk import PairLine, SpeakerLine, report_facts

pytestmark = pytest.mark.slow

LOUD = Said("will close the pass", 4, ("Harbour Post", "Pass Gazette"), on=date(2031, 3, 3))
CALM = Said("may open the pass", 0, ("Quay News",), polarity="de-escalatory", on=date(2031, 3, 4))
UNDATED = Said("will answer in kind", 3)


def test_every_event_comes_once_the_newest_first_and_undated_ones_last(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, LOUD, CALM, UNDATED)
    facts = report_facts(con, NOON)
    expected = [row[0] for row in con.execute("SELECT event_id FROM events").fetchall()]
    assert sorted(one.event_id for one in facts.events) == sorted(expected)
    assert [(one.headline, one.severity, one.has_rung) for one in facts.events] == [
        ("may open the pass", 0, False), ("will close the pass", 4, True), ("will answer in kind", 3, True),
    ]  # fmt: skip
    assert facts.events[1].outlets == ("Harbour Post", "Pass Gazette")
    assert facts.events[1].seen_at == NOON
    assert facts.holdings.articles == 4


def test_a_wording_brings_its_evidence_and_each_place_a_report(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, LOUD)
    facts = report_facts(con, NOON)
    (wording,) = facts.wordings
    assert (wording.speaker, wording.role, wording.country) == ("Tamsin Vole", "envoy", "AND")
    assert (wording.targets, wording.evidence) == (("Spain",), (("answer", "will "),))
    assert (wording.event_id, wording.quote) == (facts.events[0].event_id, "will close the pass")
    assert [(one.outlet, one.reported_at) for one in facts.carriers] == [("Harbour Post", NOON), ("Pass Gazette", NOON)]
    assert {one.event_id for one in facts.carriers} == {wording.event_id}


def test_sides_and_speakers_are_counted_by_event(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, LOUD, replace(LOUD, words="will block every road", severity=3), CALM, UNDATED)
    facts = report_facts(con, NOON)
    assert facts.pairs == (PairLine("AND", "ESP", 2, 1, 4),)
    assert facts.speakers == (
        SpeakerLine("Tamsin Vole", "envoy", "AND", 2, 1, 4, date(2031, 3, 3), date(2031, 3, 4)),
    )  # fmt: skip
    assert facts.names == {}
    assert [(one.outlet, one.n_copies) for one in facts.outlets] == [
        ("Harbour Post", 3), ("Pass Gazette", 2), ("Quay News", 1),
    ]  # fmt: skip


def test_of_too_many_events_the_newest_are_fetched_with_what_belongs_to_them(con: duckdb.DuckDBPyConnection) -> None:
    """What is left out is counted, and still counts for sides and speakers."""
    tell(con, LOUD, CALM, UNDATED)
    facts = report_facts(con, NOON, most_events=1)
    assert [one.headline for one in facts.events] == ["may open the pass"]
    assert {one.event_id for one in facts.wordings} == {facts.events[0].event_id}
    assert {one.event_id for one in facts.carriers} == {facts.events[0].event_id}
    assert [one.claim_id for one in facts.wordings] == [facts.events[0].headline_claim_id]
    assert facts.n_events_left == 2
    assert facts.speakers[0].n_escalatory == 2
    assert report_facts(con, NOON).n_events_left == 0


def test_events_that_became_part_of_another_are_known_by_it(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, LOUD, CALM)
    kept, gone = (row[0] for row in con.execute("SELECT event_id FROM events ORDER BY severity DESC").fetchall())
    con.execute("UPDATE events_placed SET merged_into = $kept WHERE event_id = $gone", {"kept": kept, "gone": gone})
    assert report_facts(con, NOON).merged == {kept: (gone,)}


def test_neutral_claims_are_no_events_of_a_report(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, Said("has nothing to add", 0, polarity="neutral", at=at(13)))
    facts = report_facts(con, NOON)
    assert (facts.events, facts.wordings, facts.carriers, facts.pairs, facts.speakers) == ((), (), (), (), ())
    assert facts.sources == ()
