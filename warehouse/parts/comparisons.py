"""Reading what comparing found: many small rows, taken from a part at once."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors.claims import Similarity, Verdict
from warehouse.connection import explained
from warehouse.parts.parquet import BOUNDS

KEYS = 'SELECT one, "keys" FROM read_parquet($file) WHERE other IS NULL'
VERDICTS = """
SELECT one, other, margin, is_repeat, score, reason, verbatim FROM read_parquet($file) WHERE other IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Blocking keys by the digest of their report, verdicts by those of the two reports, the lower first."""

    keys: dict[int, tuple[str, ...]]
    verdicts: dict[tuple[int, int], Verdict]


def compared_in(part: Path) -> Comparisons:
    """Return what comparing found; raises ``WarehouseError`` where the part is not there or damaged."""
    try:
        with duckdb.connect(config=BOUNDS) as con:
            keys = con.execute(KEYS, {"file": str(part)}).fetchall()
            verdicts = con.execute(VERDICTS, {"file": str(part)}).fetchall()
    except duckdb.Error as error:
        raise explained(error, str(part)) from error
    return Comparisons(
        {one: tuple(found) for one, found in keys},
        {
            (one, other): Verdict(margin, is_repeat, Similarity(score, reason, verbatim))
            for one, other, margin, is_repeat, score, reason, verbatim in verdicts
        },
    )
