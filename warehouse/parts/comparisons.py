"""Reading what comparing found: many small rows, taken from a part at once."""

from pathlib import Path

import duckdb

from extractors.claims import Similarity, Verdict
from warehouse.connection import explained
from warehouse.parts.parquet import BOUNDS

KEYS = 'SELECT one, "keys" FROM read_parquet($file) WHERE other IS NULL'
VERDICTS = """
SELECT one, other, margin, is_repeat, score, reason, verbatim FROM read_parquet($file) WHERE other IS NOT NULL
"""


def keys_in(part: Path) -> dict[int, tuple[str, ...]]:
    """Return the blocking keys in a part by the digest of their report; raises ``WarehouseError``."""
    return {one: tuple(keys) for one, keys in _fetched(part, KEYS)}


def verdicts_in(part: Path) -> dict[tuple[int, int], Verdict]:
    """Return the verdicts in a part by the digests of the two reports, the lower first; raises ``WarehouseError``."""
    return {
        (one, other): Verdict(margin, is_repeat, Similarity(score, reason, verbatim))
        for one, other, margin, is_repeat, score, reason, verbatim in _fetched(part, VERDICTS)
    }


def _fetched(part: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]
    try:
        with duckdb.connect(config=BOUNDS) as con:
            return con.execute(query, {"file": str(part)}).fetchall()
    except duckdb.Error as error:
        raise explained(error, str(part)) from error
