"""What differs between two warehouses."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.told import RULE, Said, ring
from warehouse.asking import compare_warehouses
from warehouse.connection import open_writer, transaction
from warehouse.upkeep.snapshot import publish, published_path

SAID = Said(on=None), Said("may close the tunnel", 4)


def rung(folder: Path, *rules: str, severity: int = 3) -> Path:
    """Return the published file of a warehouse in which the same was said, under rules of these names."""
    warehouse = folder / f"{'-'.join(rules)}{severity}.duckdb"
    with open_writer(warehouse) as con:
        with transaction(con):
            ring(con, *SAID, rules=[replace(RULE, name=name, severity=severity) for name in rules])
        publish(con, warehouse)
    return published_path(warehouse)


@pytest.mark.slow
def test_alerts_are_the_same_where_the_same_events_ring_whatever_the_rules_are_called(tmp_path: Path) -> None:
    one = rung(tmp_path, "loud")
    assert compare_warehouses(one, rung(tmp_path, "renamed")).rows == ()
    assert compare_warehouses(one, rung(tmp_path, "loud", "also")).rows == ()


def test_an_event_that_rings_in_one_alone_is_told_with_its_words(tmp_path: Path) -> None:
    found = compare_warehouses(rung(tmp_path, "loud", severity=4), rung(tmp_path, "loud"))
    (row,) = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    assert (row["what"], row["change"], row["words"]) == ("alert", "only there", "will answer in kind")
    assert row["there"] == "rings THREAT_UNSPEC 3"
