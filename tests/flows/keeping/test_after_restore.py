"""A watch goes on after a restore, and after pruning, as if nothing had happened: nothing rings again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from flows.intake.web import archive_folder
from tests.flows.command import tocsin
from tests.flows.watching import Reader, content
from tests.newsroom import Newsroom
from warehouse.connection import open_reader
from warehouse.upkeep import published_path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def told(warehouse: Path) -> list[tuple[object, ...]]:
    """Return what was sent, and how often it was tried."""
    with open_reader(published_path(warehouse)) as con:
        return con.execute("SELECT delivery_id, status, attempts FROM deliveries ORDER BY ALL").fetchall()


def test_nothing_rings_again(prefect_env: Mapping[str, str], tmp_path: Path) -> None:
    """The restored warehouse knows what rang, what was fetched and what was said; so does the pruned one."""
    newsroom = Newsroom(13, n_outlets=4, n_articles=24)
    with newsroom.serve():
        reader = Reader(newsroom, newsroom.write_config(tmp_path / "config"), tmp_path / "w.duckdb", prefect_env)
        reader.cycle()
        before, sent = content(reader.warehouse), told(reader.warehouse)
        assert before["alerts"]
        assert sent
        assert tocsin("backup", tmp_path / "backup", "--warehouse", reader.warehouse).code == 0

        restored = replace(reader, warehouse=tmp_path / "again" / "w.duckdb")
        done = tocsin("restore", tmp_path / "backup", "--warehouse", restored.warehouse)
        assert (done.code, done.err) == (0, "")
        after = restored.cycle()
        assert (content(restored.warehouse), told(restored.warehouse)) == (before, sent)
        assert not after.pages
        assert not list(restored.warehouse.parent.glob("*.alerts.*"))  # no channel was given anything to tell

        pruned = tocsin("prune", "--older-than", "0h", "--warehouse", restored.warehouse, "--json")
        assert (pruned.code, json.loads(pruned.out)["polls"]) == (0, 0)  # each was polled once
        assert list(archive_folder(restored.warehouse).iterdir())  # the newest file is written to
        later = restored.cycle()
        assert (content(restored.warehouse), told(restored.warehouse)) == (before, sent)
        assert not later.pages
