"""`tocsin explain`, `tocsin search` and `tocsin export` on a published warehouse."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.flows.command import lines, tocsin
from tests.flows.commands.test_sources import run
from tests.flows.published import FIRST_ID, WARNING, publish_example
from tests.warehouse.told import Said, ring
from tests.warehouse.values import NOON
from warehouse.connection import open_writer, transaction
from warehouse.upkeep.snapshot import publish

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_example(tmp_path_factory.mktemp("example") / "w.duckdb")


def test_a_statement_is_explained_with_context_evidence_and_all_reports(warehouse: Path) -> None:
    found = json.loads(run("explain", FIRST_ID, "--warehouse", warehouse, "--json").out)
    assert (found["category"], found["severity"], found["speaker"]) == ("THREAT_UNSPEC", 3, "Tamsin Vole")
    assert found["definition"]
    text = found["context"]["text"]
    assert [text[start - found["context"]["start"] : end] for start, end in found["spans"]] == [found["content"]]
    (reason,) = found["evidence"]
    assert (reason["rule"], WARNING[reason["start"] : reason["start"] + 5]) == ("answer", reason["words"])
    assert {one["outlet"] for one in found["claim"]["reports"]} == {"Harbour Post", "Pass Gazette"}
    shown = run("explain", FIRST_ID[:10], "--warehouse", warehouse).out
    for wanted in ("«we will close the pass to every lorry»", "answer: 'we wi'", "targets   Spain", "Pass Gazette"):
        assert wanted in shown


RULES = """
[[rule]]
name = "any"
severity = 3

[[rule]]
name = "grave"
severity = 4
countries = ["PRT"]
min_outlets = 3

[[channel]]
name = "log"
kind = "log"
"""


def test_what_a_rule_missed_is_told_all_of_it(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(RULES, encoding="utf-8")
    places = ("--warehouse", warehouse, "--config", tmp_path)
    silent = json.loads(run("explain", FIRST_ID, "--why-not", "grave", *places, "--json").out)["why_not"]
    assert (silent["rule"], silent["rings"]) == ("grave", False)
    assert silent["missing"] == ["none of its countries is listed", "severity 3 is below 4", "2 of 3 outlets"]
    assert "rule any rings for it" in run("explain", FIRST_ID, "--why-not", "any", *places).out
    assert "severity 3 is below 4" in run("explain", FIRST_ID, "--why-not", "grave", *places).out


def test_a_rule_that_is_not_there_is_a_wrong_call_that_lists_the_rules(warehouse: Path) -> None:
    unknown = tocsin("explain", FIRST_ID, "--why-not", "no-such", "--warehouse", warehouse)
    assert (unknown.code, unknown.out) == (2, "")
    assert "escalation" in unknown.err


def test_a_claim_or_an_event_is_explained_by_the_statement_that_stands_for_it(warehouse: Path) -> None:
    """By its whole id and by its beginning."""
    sql = ("sql", "select claim_id, event_id from claim_events", "--format", "json", "--warehouse", warehouse)
    ids = json.loads(run(*sql).out.splitlines()[0])
    for given in (ids["claim_id"], ids["event_id"], ids["event_id"][:9]):
        assert f"statement {FIRST_ID}" in run("explain", given, "--warehouse", warehouse).out


@pytest.fixture(scope="module")
def rung(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Return a warehouse in which an event of two claims rang, the alert and the event."""
    warehouse = tmp_path_factory.mktemp("rung") / "w.duckdb"
    with open_writer(warehouse) as con:
        with transaction(con):
            (alert,) = ring(con, Said(on=NOON.date()), Said("may close the tunnel", 1, on=NOON.date()))
        publish(con, warehouse)
    return warehouse, alert.alert_id, alert.event_id


def test_an_event_and_its_alert_are_shown_with_all_claims_and_what_rang(rung: tuple[Path, str, str]) -> None:
    warehouse, alert_id, event_id = rung
    for given in (event_id[:10], alert_id[:10]):
        shown = run("explain", given, "--warehouse", warehouse).out
        for wanted in (
            "AND -> ESP, 2031-03-04 (day)",
            "will answer in kind",
            "may close the tunnel",
            "rang by loud on 2031-03-04",
            "desk pending",
            f"alert {alert_id}",
            "«will answer in kind»",
        ):
            assert wanted in shown
    found = json.loads(run("explain", alert_id, "--warehouse", warehouse, "--json").out)
    assert (found["kind"], found["event"]["event_id"]) == ("alert", event_id)
    assert [one["severity"] for one in found["event"]["claims"]] == [3, 1]
    assert [one["rule"] for one in found["event"]["alerts"]] == ["loud"]


def test_a_rule_that_rang_says_when_and_one_that_would_ring_now_says_so(
    rung: tuple[Path, str, str], tmp_path: Path
) -> None:
    warehouse, alert_id, event_id = rung
    (tmp_path / "alerts.toml").write_text(RULES.replace('"grave"', '"loud"').replace("severity = 4", "severity = 5"))
    places = ("--warehouse", warehouse, "--config", tmp_path)
    told = run("explain", event_id, "--why-not", "loud", *places).out
    assert "rule loud does not ring: " in told
    assert f"it rang on 2031-03-04, alert {alert_id}" in told
    assert "it has not rung yet" in run("explain", event_id, "--why-not", "any", *places).out


def test_several_that_begin_alike_are_named_with_what_they_are(warehouse: Path) -> None:
    done = tocsin("explain", "", "--warehouse", warehouse)
    assert (done.code, len(lines(done.err))) == (2, 1)
    for wanted in ("event ", "claim claim-1", "statement "):
        assert wanted in done.err


def test_an_unknown_id_is_a_wrong_call(warehouse: Path) -> None:
    unknown = tocsin("explain", "no-such", "--warehouse", warehouse)
    assert (unknown.code, unknown.out, len(lines(unknown.err))) == (2, "", 1)


def search(warehouse: Path, *words: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in lines(run("search", *words, "--warehouse", warehouse, "--json").out)]


def test_words_are_found_in_articles_and_statements_the_best_first(warehouse: Path) -> None:
    found = search(warehouse, "lorry")
    assert {one["kind"] for one in found} == {"article", "statement"}
    assert [one["outlet"] for one in search(warehouse, "drivers", "--in", "articles")] == [None, "Harbour Post"]
    (only,) = search(warehouse, "drivers", "lorry", "--in", "articles")
    assert (only["outlet"], only["published_at"]) == ("Harbour Post", "2031-03-04T12:00:00Z")
    assert "[lorry]" in only["snippet"]
    assert "[Drivers]" in only["snippet"]


def test_accents_case_phrases_beginnings_and_word_borders_are_minded(warehouse: Path) -> None:
    assert len(search(warehouse, "CAFE")) == 1
    assert len(search(warehouse, "close the pass", "--in", "articles")) == 2
    assert search(warehouse, "pass the close") == []
    assert search(warehouse, "driv") == []
    assert len(search(warehouse, "driv*")) == 2
    assert search(warehouse, "lorry", "--since", "2031-03-05") == []
    assert len(search(warehouse, "joke", "cafe", "--any")) == 2


@pytest.mark.parametrize(
    ("word", "code"), [("'; DROP TABLE articles; --", 0), ("(", 2), ("[a-", 0), ("\\p{L}", 0), ("%", 2)]
)
def test_no_word_can_break_the_query(warehouse: Path, word: str, code: int) -> None:
    run("search", word, "--warehouse", warehouse, code=code)


def test_every_table_and_view_is_exported_as_parquet(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = run("export", folder, "--warehouse", warehouse, "--json")
    written = {row["name"]: row for row in map(json.loads, lines(done.out))}
    assert {f"{name}.parquet" for name in written} == {one.name for one in folder.iterdir()}
    assert (written["statements"]["kind"], written["statements"]["rows"]) == ("table", 2)
    assert written["source_health"]["kind"] == "view"
    with duckdb.connect() as con:
        file = str(folder / "statements.parquet")
        rows = con.execute("SELECT statement_id, spans[1].start FROM read_parquet($file)", {"file": file}).fetchall()
    assert (FIRST_ID, WARNING.index("we will")) in rows


def test_a_folder_with_something_in_it_is_left_alone_unless_forced(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    run("export", tmp_path, "--warehouse", warehouse, code=2)
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
    run("export", tmp_path, "--warehouse", warehouse, "--force")
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "articles.parquet").is_file()


def test_without_a_published_warehouse_one_line_says_what_to_do(tmp_path: Path) -> None:
    for call in (("explain", "x"), ("search", "x"), ("export", str(tmp_path / "out"))):
        done = tocsin(*call, "--warehouse", tmp_path / "none.duckdb")
        assert (done.code, len(lines(done.err))) == (1, 1)
    assert not (tmp_path / "out").exists()
