"""Workers of Dask: what stands in the end is what one process makes, whoever is lost on the way."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

import pytest

from flows.parts import Engine, open_engine
from flows.parts.engines import Cluster
from tests.flows.crawls import records, write_crawl
from tests.flows.live import write_live_config
from tests.flows.parts.carrying import carry, differences
from tests.warehouse.values import NOON
from warehouse.connection import open_writer

pytestmark = [pytest.mark.slow]
PAGES = 24


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_live_config(tmp_path_factory.mktemp("config"), ("quay-gazette", "https://quay.example/feed"))


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return three files; the last holds pages of the first again."""
    folder = tmp_path_factory.mktemp("crawls")
    numbers = (range(PAGES), range(PAGES, 2 * PAGES), range(PAGES // 2, PAGES))
    kinds = ("records", "plain", "records")
    return [
        write_crawl(folder / f"{place}.warc.gz", records(pages), kind)
        for place, (pages, kind) in enumerate(zip(numbers, kinds, strict=True))
    ]


@pytest.fixture(scope="module")
def serial(config: Path, crawls: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse that one process filled."""
    warehouse = tmp_path_factory.mktemp("serial") / "w.duckdb"
    with open_engine(None, lambda work: work) as engine:
        carry(crawls, warehouse, config, engine, NOON)
    with open_writer(warehouse) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (2 * PAGES // 3 * 2,)
        assert con.execute("SELECT count(*) > 20 FROM statements WHERE claim_id IS NOT NULL").fetchone() == (True,)
    return warehouse


def test_two_workers_make_what_one_process_makes(
    serial: Path, config: Path, crawls: list[Path], tmp_path: Path
) -> None:
    with open_engine("local:2", lambda work: work) as engine:
        carry(crawls, tmp_path / "w.duckdb", config, engine, NOON)
    assert differences(serial, tmp_path / "w.duckdb") == {}


def test_a_worker_killed_while_it_reads_and_one_while_it_extracts_change_nothing(
    serial: Path, config: Path, crawls: list[Path], tmp_path: Path
) -> None:
    with open_engine("local:2", lambda work: work) as engine, killing(engine, ("scan_file", "extract_part")) as killed:
        carry(crawls, tmp_path / "w.duckdb", config, engine, NOON)
    assert killed == ["scan_file", "extract_part"]
    assert differences(serial, tmp_path / "w.duckdb") == {}


class killing:  # noqa: N801 - reads as what it does
    """Kills a worker in the middle of a call of each of the functions, in this order; lists what it interrupted."""

    def __init__(self, engine: Engine, functions: Sequence[str]) -> None:
        assert isinstance(engine, Cluster)
        self._engine, self._functions = engine, functions
        self._is_over, self._thread = Event(), Thread(target=self._kill)
        self._killed: list[str] = []

    def __enter__(self) -> list[str]:
        self._thread.start()
        return self._killed

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _kill(self) -> None:
        pids = self._engine._client.run(os.getpid)
        for function in self._functions:
            victim = next(self._workers_at(function), None)
            if victim is None:
                return
            time.sleep(0.2)
            pids |= self._engine._client.run(os.getpid)
            os.kill(pids[victim], signal.SIGKILL)
            self._killed.append(function)

    def _workers_at(self, function: str) -> Iterator[str]:
        while not self._is_over.wait(0.02):
            for worker, keys in self._engine._client.processing().items():
                if any(str(key).startswith(function) for key in keys):
                    yield worker
