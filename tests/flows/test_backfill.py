"""The backfill flow on a real Prefect server: every page once, whatever happens in between."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.flows.command import kill_after, lines, start, tocsin
from tests.flows.crawls import records, write_crawl
from tests.flows.live import write_live_config
from warehouse.connection import open_reader
from warehouse.upkeep.snapshot import published_path

pytestmark = [pytest.mark.slow]
# What tells of the runs themselves, or holds their times.
CLOCKED = frozenset(("runs", "notices", "polls", "source_states", "rejections", "extractions", "alerts", "deliveries"))


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_reader(published_path(warehouse)) as con:
        return con.execute(query).fetchall()


def tables(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that holds no time of the run."""
    names = [
        row[0]
        for row in rows(warehouse, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1")
    ]
    found = {name: sorted(rows(warehouse, f"FROM {name}"), key=repr) for name in names if name not in CLOCKED}
    # Where a page was copied to depends on the record ids and lengths of that copy.
    found["captures"] = sorted(rows(warehouse, "SELECT url, body_hash, captured_at, outcome FROM captures"))
    return found


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_live_config(tmp_path_factory.mktemp("config"), ("quay-gazette", "https://quay.example/feed"))
    with (folder / "tocsin.toml").open("a") as file:
        file.write("[batches]\narticles = 4\n")
    return folder


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return one file of single records and one compressed as a whole."""
    folder = tmp_path_factory.mktemp("crawls")
    return (
        write_crawl(folder / "a.warc.gz", records(range(12))),
        write_crawl(folder / "b.warc.gz", records(range(12, 21)), "whole"),
    )


@pytest.fixture(scope="module")
def filled(
    prefect_env: Mapping[str, str], config: Path, crawls: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a warehouse into which the crawls were taken without disturbance."""
    warehouse = tmp_path_factory.mktemp("filled") / "w.duckdb"
    done = tocsin("backfill", *crawls, "--warehouse", warehouse, "--config", config, env=prefect_env)
    assert done.code == 0, done.err
    assert "a.warc.gz: 12 responses, 8 new that may belong to a topic" in done.out
    assert "b.warc.gz: 9 responses, 6 new that may belong to a topic" in done.out
    return warehouse


def test_every_matching_page_is_an_article_with_statements_and_the_crawls_date(filled: Path) -> None:
    titles = [row[0] for row in rows(filled, "SELECT title FROM articles")]
    assert sorted(titles) == sorted(f"Ferry notice {n}" for n in range(21) if n % 3 != 2)
    assert rows(filled, "SELECT DISTINCT date_trunc('month', first_seen_at) = '2024-04-01' FROM articles") == [(True,)]
    assert rows(filled, "SELECT count(DISTINCT article_id) FROM statements") == [(14,)]
    assert rows(filled, "SELECT DISTINCT topic FROM article_topics") == [("ferries",)]


def test_a_second_backfill_adds_nothing_and_does_not_look_again(
    filled: Path, prefect_env: Mapping[str, str], config: Path, crawls: tuple[Path, Path]
) -> None:
    before = tables(filled)
    again = tocsin("backfill", *crawls, "--warehouse", filled, "--config", config, env=prefect_env)
    assert again.code == 0, again.err
    assert again.out.count("read to its end before") == 2
    assert "nothing new" in again.out
    assert tables(filled) == before


@pytest.mark.parametrize(("line", "delay_s"), [("scan files: 0", 1.0), ("scan files: 1", 0.1), ("extract", 0.05)])
def test_a_backfill_killed_anywhere_goes_on_when_called_again(
    line: str,
    delay_s: float,
    filled: Path,
    prefect_env: Mapping[str, str],
    config: Path,
    crawls: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    call = ("backfill", *crawls, "--warehouse", tmp_path / "w.duckdb", "--config", config)
    kill_after(start(*call, env=prefect_env), line, delay_s)
    done = tocsin(*call, env=prefect_env)
    assert done.code == 0, done.err
    assert tables(tmp_path / "w.duckdb") == tables(filled)


def test_damage_is_reported_and_recorded_and_a_file_of_noise_fails(
    prefect_env: Mapping[str, str], config: Path, tmp_path: Path
) -> None:
    cut = write_crawl(tmp_path / "cut.warc.gz", records(range(2)))
    cut.write_bytes(cut.read_bytes()[:-40])
    noise = tmp_path / "noise.warc.gz"
    noise.write_bytes(bytes(range(256)) * 20)
    warehouse = tmp_path / "w.duckdb"
    done = tocsin("backfill", cut, noise, "--warehouse", warehouse, "--config", config, env=prefect_env)
    assert done.code == 1
    assert "noise.warc.gz" in lines(done.err)[-1]
    assert "damaged cut.warc.gz:" in done.err
    assert "Traceback" not in done.err
    assert rows(warehouse, "SELECT count(*) FROM articles") == [(1,)]
    reasons = rows(warehouse, "SELECT reason FROM rejections WHERE stage = 'scan' AND location LIKE 'cut.warc.gz:%'")
    assert reasons == [("record-cut",)]
