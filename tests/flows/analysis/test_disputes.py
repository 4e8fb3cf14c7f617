"""Invented disputes from articles to alerts: the events that come out are those written down before."""

import random
import sqlite3
import tomllib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from config.load import load_configuration
from config.sidecar import load_sidecar
from extractors.alerting import Rule
from extractors.model import Article
from flows.intake.corpus import list_corpus, try_corpus_file
from flows.intake.place import Arrival
from tests.flows.arriving import START, Desk, arrive, tables
from warehouse.alerting.alerts import Ringing
from warehouse.connection import open_writer
from warehouse.storing.key_index import keys_path

FOLDER = Path(__file__).parents[2] / "cases" / "events"
GRAVE = Rule("dyad", severity=4, dyads=frozenset((frozenset(("IND", "PAK")),)))


def read_dispute(folder: Path) -> list[Article]:
    """Return the articles of a dispute with what its sidecar says of them."""
    facts, _ = load_sidecar(folder)
    names = list_corpus(folder, max_files=100)
    read = [try_corpus_file(folder, name, facts.get(name), max_bytes=100_000) for name in names]
    placed = zip(names, read, strict=True)
    return [replace(one, url=f"https://corpus.example/{name}") for name, one in placed if isinstance(one, Article)]


@pytest.fixture(scope="module")
def desk(language: Language) -> Desk:
    """Return the steps with the packaged configuration."""
    return Desk(load_configuration(None).knowledge(language))


def arrivals() -> list[Arrival]:
    """Return the articles as they come in."""
    return [arrive(one, "corpus", seen_at=START) for one in read_dispute(FOLDER / "india-pakistan")]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> Path:
    """Return the warehouse that a replay of the dispute comes to."""
    path = tmp_path_factory.mktemp("dispute") / "w.duckdb"
    batch = arrivals()
    desk.take_in(path, [batch], random.Random(0), Ringing((GRAVE,), is_replay=True))
    return path


def expected() -> list[dict[str, Any]]:
    """Return the events that were written down."""
    text = (FOLDER / "india-pakistan" / "expected.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["event"])


def found_events(warehouse: Path, where: str) -> dict[tuple[str, str, date, str], tuple[int, str]]:
    """Return severity and headline of the events by sides, day and direction."""
    with open_writer(warehouse) as con:
        rows = con.execute(f"SELECT side, aim, said_on, polarity, severity, headline FROM events {where}").fetchall()
    return {row[:4]: row[4:] for row in rows}


# What is to be found before claims: to whom an offer goes.
OPEN = {
    date(2031, 3, 7): "an offer whose article alone tells to whom it goes",
    date(2031, 3, 8): "an offer whose words name nobody",
}


def expected_events(least: int, unfound: Mapping[date, str]) -> list[Any]:
    """Return the events written down from a severity on, those of which something is open marked."""
    return [
        pytest.param(one, marks=[pytest.mark.xfail(reason=unfound[one["on"]])] if one["on"] in unfound else [])
        for one in expected()
        if one["severity"] >= least
    ]


def rung(warehouse: Path) -> list[tuple[str, str, date]]:
    """Return sides and day of each event that rang, once for each alert."""
    with open_writer(warehouse) as con:
        return con.execute("SELECT side, aim, said_on FROM alert_log WHERE \"action\" = 'ring'").fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("one", expected_events(4, {}))
def test_every_grave_event_of_a_dispute_rings_once(warehouse: Path, one: dict[str, Any]) -> None:
    assert rung(warehouse).count((one["side"], one["aim"], one["on"])) == 1


@pytest.mark.slow
def test_nothing_rings_for_a_dispute_that_was_not_written_down(warehouse: Path) -> None:
    assert set(rung(warehouse)) <= {(one["side"], one["aim"], one["on"]) for one in expected() if one["severity"] >= 4}


@pytest.mark.slow
@pytest.mark.parametrize("one", expected_events(0, OPEN))
def test_events_have_the_words_that_were_said(warehouse: Path, one: dict[str, Any]) -> None:
    severity, headline = found_events(warehouse, "")[one["side"], one["aim"], one["on"], one["polarity"]]
    assert severity == one["severity"]
    assert one["words"] in headline


@pytest.mark.slow
def test_what_is_graver_than_an_accusation_is_among_the_events_written_down(warehouse: Path) -> None:
    known = {(one["side"], one["aim"], one["on"], one["polarity"]) for one in expected()}
    assert set(found_events(warehouse, "WHERE severity >= 3 AND aim IS NOT NULL")) <= known


def keys_in(warehouse: Path) -> list[tuple[str, bytes]]:
    """Return the keys of every statement."""
    with closing(sqlite3.connect(keys_path(warehouse))) as file:
        found = file.execute("SELECT statement_id, keys FROM holders ORDER BY 1").fetchall()
    assert found
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_and_batches_change_no_claim_and_no_event(desk: Desk, tmp_path: Path, seed: int) -> None:
    chance, silent = random.Random(seed), Ringing((), now=START)
    desk.take_in(tmp_path / "one.duckdb", [arrivals()], random.Random(0), silent)
    mixed = chance.sample(arrivals(), 10)
    desk.take_in(tmp_path / "other.duckdb", [mixed[:1], mixed[1:4], mixed[4:]], chance, silent)
    one, other = tables(tmp_path / "one.duckdb"), tables(tmp_path / "other.duckdb")
    for table in ("claims", "claim_events", "events_placed"):
        assert one[table] == other[table]
        assert one[table]
    assert keys_in(tmp_path / "one.duckdb") == keys_in(tmp_path / "other.duckdb")
