"""The working copy of a rebuild: what it holds, what is told of it, and how it is taken over."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from extractors.model import Article, Labelled
from tests.warehouse.told import RULE, SOURCE
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.alerting import Ringing, candidates, claims_since, claims_with_copies, raise_alerts
from warehouse.connection import open_writer, transaction
from warehouse.keys import make_key
from warehouse.rebuilding import (
    Begun,
    Comparison,
    MovedOnError,
    articles_to_rebuild,
    begin_rebuild,
    begun_rebuild,
    compare_rebuilt,
    finish_rebuild,
    take_over,
    working_path,
)
from warehouse.storing import ClaimRow, Counts, Membership, Run, join_claims, place_claims, save_claims
from warehouse.storing.articles import Reading, add_readings
from warehouse.storing.findings import Extracted, add_findings, statement_key
from warehouse.upkeep import place_copy

pytestmark = pytest.mark.slow

NOW = datetime(2031, 3, 9, tzinfo=UTC)
TEXT = "The envoy said the pass will be closed by force. She said the tunnel stays open. She told drivers to wait."
THREAT, OPEN, WAIT = "the pass will be closed by force", "the tunnel stays open", "drivers to wait"
ONE = article(TEXT)
RUN = Run("run-1", "rebuild", NOW, "w", "1", "v2")


def find(con: duckdb.DuckDBPyConnection, version: str, *said: Labelled) -> list[str]:
    """Store what a version finds, each statement as a claim by itself; returns the claims."""
    add_findings(con, [Extracted(findings(ONE, *said), version, NOON)], {})
    ids = [statement_key(ONE.content_hash, one.statement) for one in said]
    join_claims(con, [Membership(one, make_key("claim", one), 1.0, "same") for one in ids])
    save_claims(con, [_claim(key, one) for key, one in zip(ids, said, strict=True)], [])
    con.execute("DELETE FROM statements WHERE pending = 'drop'")
    con.execute("DELETE FROM claims WHERE claim_id NOT IN (SELECT claim_id FROM statements)")
    claims = [make_key("claim", one) for one in ids]
    place_claims(con, claims)
    return claims


def _claim(key: str, one: Labelled) -> ClaimRow:
    return ClaimRow(make_key("claim", key), key, NOON, "tamsin-vole", "Tamsin Vole", None, None,
                    one.escalation.polarity, "THREAT_UNSPEC", one.escalation.severity,
                    one.statement.content, 1, None)  # fmt: skip


def neutral(text: str, content: str) -> Labelled:
    """Return a statement that does not escalate."""
    return statement(text, content, severity=0, polarity="neutral")


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Return a warehouse with a threat that rang and two statements that do not escalate."""
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con, transaction(con):
        add_readings(con, [Reading(SOURCE, "1.txt", "h", ONE, NOON), Reading(SOURCE, "2.txt", "h", ONE, NOON)])
        claims = find(con, "v1", statement(TEXT, THREAT), neutral(TEXT, OPEN), neutral(TEXT, WAIT))
        assert len(raise_alerts(con, claims, Ringing((RULE,), now=NOON))) == 1
    return warehouse


def rebuilt(live: Path, *said: Labelled) -> tuple[Path, Begun, Comparison]:
    """Begin a rebuild in which these are found, and compare."""
    working = working_path(live)
    begun = begin_rebuild(live, working, "v2", at=NOW)
    with open_writer(working) as con:
        with transaction(con):
            find(con, "v2", *said)
            undone = finish_rebuild(con)
        return working, begun, compare_rebuilt(con, undone=undone, examples=5)


def changes(found: Comparison) -> Sequence[tuple[str, str, bool]]:
    """Return the examples in short."""
    return [(one.change, one.words, one.is_lost_escalation) for one in found.examples]


def test_what_is_lost_added_and_relabelled_is_told_with_its_words(live: Path) -> None:
    _, _, found = rebuilt(live, neutral(TEXT, THREAT), statement(TEXT, OPEN), neutral(TEXT, "She said"))
    assert changes(found) == [
        ("lost", WAIT, False),
        ("added", "She said", False),
        ("relabelled", THREAT, True),
        ("relabelled", OPEN, False),
    ]
    assert (found.totals.lost_escalations, found.totals.new_escalations) == (1, 1)
    assert (found.versions, found.totals.undone, found.totals.was, found.totals.now) == (("v1",), 0, 3, 3)
    assert [one.quote for one in found.faded] == [THREAT]


def test_a_border_that_moved_is_no_loss(live: Path) -> None:
    _, _, found = rebuilt(live, statement(TEXT, f"{THREAT}."), neutral(TEXT, OPEN), neutral(TEXT, WAIT))
    assert (changes(found), found.totals.lost_escalations, found.faded) == ([], 0, ())


def test_a_statement_parted_in_two_of_which_one_escalates_is_no_lost_escalation(live: Path) -> None:
    _, _, found = rebuilt(
        live, neutral(TEXT, "by force"), statement(TEXT, "the pass will be closed"), neutral(TEXT, OPEN),
        neutral(TEXT, WAIT),
    )  # fmt: skip
    assert changes(found) == [("added", "by force", False)]
    assert found.totals.lost_escalations == 0


def test_articles_that_could_not_be_extracted_again_are_counted_and_keep_what_they_had(live: Path) -> None:
    working = working_path(live)
    begun = begin_rebuild(live, working, "v2", at=NOW)
    with open_writer(working) as con, transaction(con):
        assert articles_to_rebuild(con, is_alone=False) == [ONE.content_hash]
        assert finish_rebuild(con) == 1
    take_over(live, working, begun.mark, (RULE,), RUN, Counts(), at=NOW)
    with open_writer(live) as con:
        assert con.execute("SELECT DISTINCT extractor_version FROM statements").fetchall() == [("v1",)]
        assert con.execute("SELECT extractor_version FROM extractions").fetchall() == [("v1",)]


def test_what_a_rebuild_makes_graver_counts_as_told(live: Path) -> None:
    working, begun, _ = rebuilt(live, statement(TEXT, THREAT, severity=5), neutral(TEXT, OPEN), neutral(TEXT, WAIT))
    take_over(live, working, begun.mark, (RULE,), RUN, Counts(), at=NOW)
    with open_writer(live) as con, transaction(con):
        claims = claims_since(con, None)
        assert [one.view.severity for one in candidates(con, claims) if one.view.polarity == "escalatory"] == [5]
        raise_alerts(con, claims, Ringing((RULE,), now=NOW))
        assert con.execute("SELECT count(*), max(kind) FROM deliveries WHERE channel = 'desk'").fetchone() == (
            1,
            "alert",
        )


def test_what_it_brings_up_is_judged_once_it_is_carried_again(live: Path) -> None:
    working, begun, _ = rebuilt(live, statement(TEXT, THREAT), statement(TEXT, OPEN), neutral(TEXT, WAIT))
    take_over(live, working, begun.mark, (RULE,), RUN, Counts(), at=NOW)
    with open_writer(live) as con, transaction(con):
        assert claims_with_copies(con, None) == []
        add_readings(con, [Reading(SOURCE, "3.txt", "h", ONE, NOW)])
        assert len(claims_with_copies(con, None)) == 3


def test_a_warehouse_that_moved_on_is_not_taken_over(live: Path) -> None:
    working, begun, _ = rebuilt(live, neutral(TEXT, THREAT))
    other: Article = article("The envoy said nothing more.")
    with open_writer(live) as con, transaction(con):
        add_readings(con, [Reading(SOURCE, "4.txt", "h", other, NOW)])
    with pytest.raises(MovedOnError):
        take_over(live, working, begun.mark, (RULE,), RUN, Counts(), at=NOW)
    with open_writer(live) as con:
        assert con.execute("SELECT count(*) FROM statements WHERE polarity = 'escalatory'").fetchone() == (1,)


def test_a_copy_that_was_not_made_ready_is_none(live: Path) -> None:
    """Killed between copying and marking: it is begun anew."""
    working = working_path(live)
    with open_writer(live) as con:
        place_copy(con, live, working)
    assert begun_rebuild(working) is None
    working.write_bytes(b"half")
    assert begun_rebuild(working) is None
    begun = begin_rebuild(live, working, "v2", at=NOW)
    assert begun_rebuild(working) == begun
