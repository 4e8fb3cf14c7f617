"""A fresh, migrated warehouse in a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


@pytest.fixture
def con(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_writer(path) as opened:
        yield opened
