"""What somebody meets who tries Tocsin: where nothing is found, a line says why, and what to ask instead."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.cli import cli
from tests.flows.published import publish_example
from tests.warehouse.told import Said, ring
from warehouse.connection import open_reader, open_writer
from warehouse.errors import WarehouseError
from warehouse.upkeep import publish
from warehouse.upkeep.snapshot import published_path


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_example(tmp_path_factory.mktemp("example") / "w.duckdb")


def said(*words: str) -> str:
    """Return what a command prints."""
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_where_a_replay_made_another_warehouse_it_is_named(warehouse: Path) -> None:
    other = warehouse.with_name("tocsin.duckdb")
    for path, there in ((published_path(other), published_path(warehouse)), (other, warehouse)):
        with pytest.raises(WarehouseError) as told, open_reader(path):
            pass
        assert str(told.value) == f"{path} does not exist, but {there} does: give --warehouse {there}"


def test_where_there_is_none_at_all_a_first_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="run `tocsin replay` or"), open_reader(tmp_path / "no" / "w.duckdb"):
        pass


def test_a_search_for_several_words_that_finds_nothing_says_that_it_wants_all(warehouse: Path) -> None:
    place = ("--warehouse", str(warehouse))
    assert (
        said("search", "lorry", "zebra", *place) == "nothing found with all of it; --any finds texts with any of it\n"
    )
    assert said("search", "lorry", "zebra", "--any", *place).startswith("2031")
    assert said("search", "zebra", *place) == "nothing found\n"
    assert said("search", "zebra", "quokka", "--any", *place) == "nothing found\n"


def test_alerts_older_than_what_was_asked_for_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with open_writer(path) as con:
        publish(con, path)
    assert said("alerts", "--since", "2031-03-05", "--warehouse", str(path)) == "no alerts\n"
    with open_writer(path) as con:
        ring(con, Said())
        publish(con, path)
    out = said("alerts", "--since", "2031-03-05", "--warehouse", str(path))
    assert out == "no alerts since 2031-03-05; the last is of 2031-03-04\n"
