"""The file of keys goes with what the warehouse committed, whatever happens to either."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.told import Said, tell
from warehouse.connection import open_writer, transaction
from warehouse.errors import WarehouseDiskError
from warehouse.storing.claims import StoredStatement
from warehouse.storing.key_index import KeyIndex, keys_path
from warehouse.upkeep import migrate

pytestmark = pytest.mark.slow

TOLD = (Said("will close the strait"), Said("will close the port"), Said("offers talks"))


def words(statements: Sequence[StoredStatement]) -> Mapping[str, Sequence[str]]:
    """Return the words of each statement as its keys."""
    return {one.statement_id: one.content.split() for one in statements}


@contextmanager
def opened(warehouse: Path) -> Iterator[KeyIndex]:
    with open_writer(warehouse) as con, transaction(con), KeyIndex(con, words) as index:
        yield index


@pytest.fixture
def ids(path: Path) -> dict[str, str]:
    """Return the statements of a warehouse by what they say; nothing is indexed yet."""
    with open_writer(path) as con:
        tell(con, *TOLD)
        return dict(con.execute("SELECT content, statement_id FROM statements").fetchall())


def found(warehouse: Path, *keys: str) -> list[str]:
    """Return what the statements say that have one of the keys."""
    with opened(warehouse) as index:
        held = index.holders(keys)
    with open_writer(warehouse) as con:
        sql = "SELECT content FROM statements WHERE statement_id IN (SELECT unnest($ids)) ORDER BY 1"
        return [row[0] for row in con.execute(sql, {"ids": held}).fetchall()]


def test_statements_are_found_by_any_of_their_keys_and_by_those_they_share(path: Path, ids: dict[str, str]) -> None:
    assert found(path, "strait", "talks") == ["offers talks", "will close the strait"]
    assert found(path, "nothing") == []
    with opened(path) as index:
        near = index.neighbours([ids["will close the port"]])
    assert near == sorted([ids["will close the port"], ids["will close the strait"]])


def test_keys_take_the_place_of_those_a_statement_had(path: Path, ids: dict[str, str]) -> None:
    with opened(path) as index:
        index.replace({ids["offers talks"]: ["port"], ids["will close the port"]: []})
    assert found(path, "talks", "port") == ["offers talks"]


def test_what_the_warehouse_did_not_commit_is_taken_back(path: Path, ids: dict[str, str]) -> None:
    before = found(path, "port")

    def fail() -> None:
        with open_writer(path) as con, transaction(con):
            with KeyIndex(con, words) as index:
                index.replace(
                    {ids["offers talks"]: ["port"], ids["will close the port"]: ["talks"], "another": ["port"]}
                )
            raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            fail()
    assert found(path, "port") == before == ["will close the port"]
    assert found(path, "talks") == ["offers talks"]


def test_a_batch_that_fails_leaves_no_key(path: Path, ids: dict[str, str]) -> None:
    def fail() -> None:
        with opened(path) as index:
            index.replace({ids["offers talks"]: ["port"]})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert found(path, "port") == ["will close the port"]


def lose(keys: Path, _earlier: Path) -> None:
    """Remove the file."""
    keys.unlink()


def damage(keys: Path, _earlier: Path) -> None:
    """Overwrite all of it."""
    keys.write_bytes(b"noise " * 2_000)


def empty(keys: Path, _earlier: Path) -> None:
    """Leave nothing in it."""
    keys.write_bytes(b"")


def go_back(keys: Path, earlier: Path) -> None:
    """Put an earlier state in its place."""
    shutil.copy(earlier, keys)


@pytest.mark.parametrize("harm", [lose, damage, empty, go_back])
def test_a_file_that_does_not_go_with_the_warehouse_is_made_anew(
    harm: Callable[[Path, Path], None], path: Path, ids: dict[str, str]
) -> None:
    found(path, "port")
    earlier = shutil.copy(keys_path(path), path.with_name("earlier"))
    for _ in range(2):
        with opened(path) as index:
            index.replace({ids["offers talks"]: ["offers", "talks"]})
    harm(keys_path(path), Path(earlier))
    assert found(path, "port", "talks") == ["offers talks", "will close the port"]


def test_a_warehouse_put_back_to_an_earlier_state_has_the_keys_of_that_state(path: Path, ids: dict[str, str]) -> None:
    with opened(path) as index:
        index.replace({ids["offers talks"]: ["talks"]})
    earlier = shutil.copy(path, path.with_name("earlier"))
    for _ in range(2):
        with opened(path) as index:
            index.replace({ids["offers talks"]: ["port"], "another": ["port"]})
    shutil.copy(earlier, path)
    path.with_name(f"{path.name}.ledger").unlink()
    assert found(path, "port") == ["will close the port"]
    assert found(path, "talks") == ["offers talks"]


def test_making_it_anew_goes_on_where_it_was_cut_off(
    path: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.storing.claims.SOME", 1)
    asked: list[str] = []

    def failing(statements: Sequence[StoredStatement]) -> Mapping[str, Sequence[str]]:
        if len(asked) == 2:
            raise RuntimeError
        asked.extend(one.statement_id for one in statements)
        return words(statements)

    with pytest.raises(RuntimeError), open_writer(path) as con, transaction(con), KeyIndex(con, failing) as index:
        index.holders(["port"])
    rest: list[str] = []

    def going_on(statements: Sequence[StoredStatement]) -> Mapping[str, Sequence[str]]:
        rest.extend(one.statement_id for one in statements)
        return words(statements)

    with open_writer(path) as con, transaction(con), KeyIndex(con, going_on) as index:
        assert index.holders(["port"]) == [ids["will close the port"]]
    assert sorted(asked + rest) == sorted(ids.values())


def test_a_file_that_cannot_be_made_is_told_as_trouble_that_may_pass(path: Path, ids: dict[str, str]) -> None:
    keys_path(path).mkdir()
    with pytest.raises(WarehouseDiskError), opened(path) as index:
        index.holders([*ids])


def test_a_warehouse_in_memory_has_keys_too() -> None:
    with duckdb.connect() as con, KeyIndex(con, words) as index:
        migrate(con)
        index.replace({"one": ["port"]})
        assert index.holders(["port"]) == ["one"]
