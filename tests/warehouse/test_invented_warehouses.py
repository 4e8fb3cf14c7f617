"""The warehouses that benches are made with are sound, and the same for the same size."""

from pathlib import Path

import pytest

from tests.bench.warehouses import Size, build
from warehouse.connection import open_reader
from warehouse.upkeep.checks import find_damage

pytestmark = pytest.mark.slow

SIZE = Size(articles=300)


def test_an_invented_warehouse_is_sound_and_its_views_find_what_is_in_it(path: Path) -> None:
    build(path, SIZE)
    with open_reader(path) as con:
        assert find_damage(con) == []
        counted = con.execute(
            """
            SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM events) > 100,
                   (SELECT count(*) FROM escalations WHERE n_outlets > 1) > 10, (SELECT count(*) FROM alert_log) > 5
            """
        ).fetchone()
    assert counted == (1500, True, True, True)


def test_the_same_size_gives_the_same_rows(tmp_path: Path) -> None:
    found = []
    for name in ("one", "other"):
        build(tmp_path / name, SIZE)
        with open_reader(tmp_path / name) as con:
            found.append(con.execute("SELECT bit_xor(hash(one)) FROM statements AS one").fetchall())
    assert found[0] == found[1]
