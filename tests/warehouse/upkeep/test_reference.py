"""The reference page says what the schema says."""

from pathlib import Path

import duckdb

from warehouse.upkeep.reference import reference_markdown

PAGE = Path(__file__).parents[3] / "docs" / "warehouse.md"


def test_the_reference_page_is_up_to_date(con: duckdb.DuckDBPyConnection) -> None:
    hint = "run `python -m warehouse.upkeep.reference > docs/warehouse.md`"
    assert PAGE.read_text(encoding="utf-8") == reference_markdown(con), hint
