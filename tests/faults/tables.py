"""What two warehouses hold, compared row by row in every table but runs and clocks."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from warehouse.connection import open_writer

Rows: TypeAlias = Counter[tuple[object, ...]]

# Records of the runs themselves: how often something was asked for or tried, and when.
OF_RUNS = frozenset(("runs", "polls", "tries", "notices", "source_states", "page_fetches", "channel_states", "leases"))
# Instants that a text or a listing names; every other instant is the clock of a run.
NAMED_INSTANTS = frozenset(("published_at", "first_reported_at"))
# Counts of tries, where in which file a response came to lie, and its bytes, for pages of the site tell how often they
# were asked for (a rejection's id comes from them): two runs of the same site differ there.
INCIDENTAL = {
    "captures": frozenset(("capture_id", "file", "offset", "length", "digest", "body_hash")),
    "entries": frozenset(("capture_id", "n_tries")),
    "deliveries": frozenset(("attempts",)),
    "rejections": frozenset(("rejection_id",)),
}
# Notices tell of the runs that were killed.
ROWS = {"deliveries": "WHERE kind <> 'notice'"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of a table that a disturbed warehouse lacks (``lost``) and those it has beyond the undisturbed one's."""

    table: str
    lost: Rows
    doubled: Rows

    def __str__(self) -> str:
        """Return the counts with the first row of each."""
        shown = [f"{name} {rows.total()}, such as {next(iter(rows))}"[:400] for name, rows in self._named() if rows]
        return f"{self.table}: {'; '.join(shown)}"

    def _named(self) -> tuple[tuple[str, Rows], ...]:
        return (("lost", self.lost), ("more", self.doubled))


def stored_rows(warehouse: Path) -> dict[str, Rows]:
    """Return every row of every table that does not record runs, without clocks."""
    with open_writer(warehouse) as con:
        columns: dict[str, list[str]] = {}
        for table, column, kind in con.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE NOT internal AND schema_name = 'main' "
            "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY ALL"
        ).fetchall():
            if is_compared(table, column, kind):
                columns.setdefault(table, []).append(f'"{column}"::VARCHAR')
        return {
            table: Counter(con.execute(f'SELECT {", ".join(names)} FROM "{table}" {ROWS.get(table, "")}').fetchall())
            for table, names in columns.items()
        }


def is_compared(table: str, column: str, kind: str) -> bool:
    """Tell whether a column must be equal after any disturbance."""
    is_clock = kind == "TIMESTAMP WITH TIME ZONE" and column not in NAMED_INSTANTS
    return table not in OF_RUNS and not is_clock and column not in INCIDENTAL.get(table, ())


def differences(expected: dict[str, Rows], found: dict[str, Rows]) -> list[Difference]:
    """Return the tables that differ."""
    compared = (
        Difference(table, expected.get(table, Counter()) - found.get(table, Counter()),
                   found.get(table, Counter()) - expected.get(table, Counter()))
        for table in sorted({*expected, *found})
    )  # fmt: skip
    return [one for one in compared if one.lost or one.doubled]
