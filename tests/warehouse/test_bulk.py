"""Batch writes: each key once, whatever is written twice."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.bulk import insert_all, insert_new, replace_rows

ROWS = st.lists(st.fixed_dictionaries({"id": st.sampled_from("abcdef"), "n": st.integers(0, 9)}), max_size=12)


def table() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE things (id VARCHAR, n INTEGER)")
    return con


@given(ROWS, ROWS)
def test_the_first_row_of_a_key_stays_and_no_key_comes_twice(
    first: list[dict[str, object]], second: list[dict[str, object]]
) -> None:
    con = table()
    added = insert_new(con, "things", "id", first) + insert_new(con, "things", "id", second)
    expected: dict[object, object] = {}
    for row in (*first, *second):
        expected.setdefault(row["id"], row["n"])
    assert dict(con.execute("FROM things").fetchall()) == expected
    assert sorted(added) == sorted(map(str, expected))
    assert con.execute("SELECT count(*) FROM things").fetchone() == (len(expected),)


def test_writing_the_same_rows_again_adds_nothing() -> None:
    con = table()
    rows = [{"id": str(n), "n": n} for n in range(1000)]
    assert len(insert_new(con, "things", "id", rows)) == 1000
    assert insert_new(con, "things", "id", rows) == []


def test_keys_of_several_columns_with_null() -> None:
    con = table()
    rows: list[dict[str, object]] = [{"id": "a", "n": None}, {"id": "a", "n": 1}, {"id": "a", "n": None}]
    assert insert_new(con, "things", ("id", "n"), rows) == ["a", "a"]


def test_replacing_takes_the_old_rows_away() -> None:
    con = table()
    insert_all(con, "things", [{"id": "a", "n": 1}, {"id": "a", "n": 2}, {"id": "b", "n": 3}])
    replace_rows(con, "things", "id", ["a"], [{"id": "a", "n": 9}])
    assert con.execute("FROM things ORDER BY id").fetchall() == [("a", 9), ("b", 3)]


def test_empty_batches_are_no_work() -> None:
    con = table()
    insert_all(con, "things", [])
    assert insert_new(con, "things", "id", []) == []


def test_names_that_are_not_ours_never_reach_sql() -> None:
    with pytest.raises(ValueError, match="no table or column"):
        insert_all(table(), "things; DROP TABLE things", [{"id": "a", "n": 1}])
