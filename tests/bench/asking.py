"""Cost of the cookbook: ``python -m tests.bench.asking [WAREHOUSE]``; processor time of each saved query.

Without a warehouse one of 200,000 articles and a million statements is made. A query has under a second where its
processor time, shared by the cores of the machine, is less.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from config.queries import Query, queries_of
from tests.bench.warehouses import Size, build
from warehouse.asking import run_query
from warehouse.connection import open_reader


def main(given: str | None) -> None:
    """Print what each query takes."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(given) if given else Path(folder) / "bench.duckdb"
        if given is None:
            build(warehouse, Size(articles=200_000))
        with open_reader(warehouse) as con:
            found = sorted(((*_cost(con, one), one.name) for one in queries_of(None)), reverse=True)
    print(f"{os.cpu_count()} cores; processor time, time on the wall, rows")
    for processor, wall, n_rows, name in found:
        print(f"{processor:7.2f} s {wall:7.2f} s {n_rows:6d}  {name}")


def _cost(con: duckdb.DuckDBPyConnection, query: Query) -> tuple[float, float, int]:
    """Return the better of two runs: the first one reads the file."""
    values = {key: str(one.default) for key, one in query.parameters.items()}
    runs = []
    for _ in range(2):
        began, at = process_time(), perf_counter()
        n_rows = len(run_query(con, query.sql, values, seconds=600, give_up=sys.exit).rows)
        runs.append((process_time() - began, perf_counter() - at, n_rows))
    return min(runs)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
