"""Crawls carried through every step without Prefect, by any engine, and warehouses compared row by row."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from config.load import load_configuration
from extractors.knowledge import Knowledge
from flows.analysis import UNFORESEEN, reference_knowledge, relate_batch, ringing_of
from flows.intake import Archive
from flows.parts import (
    Bundle,
    Call,
    Comparisons,
    Engine,
    begin_crawl,
    compare_part,
    comparisons,
    crawl_file,
    extract_part,
    merge_findings,
    merge_pages,
    pack,
    scan_file,
    write_texts,
)
from flows.parts.engines import Here
from flows.workers import Done
from warehouse.connection import open_writer
from warehouse.storing import articles_to_extract, load_stored

TEXTS = 6  # articles of a part: so small that a few pages make many


def carry(files: Sequence[Path], warehouse: Path, config: Path, engine: Engine, now: datetime) -> None:
    """Take files through every step, all at the hour ``now``."""
    bundle, folder = pack(config), warehouse.with_suffix(".parts")
    take_in(files, warehouse, bundle, folder, engine, now)
    find(warehouse, config, bundle, folder, engine, now)
    knowledge = reference_knowledge(config)
    foreseen = UNFORESEEN if isinstance(engine, Here) else compare(warehouse, knowledge, bundle, folder, engine)
    ringing = ringing_of(load_configuration(config), is_replay=False, now=now)
    while relate_batch(warehouse, knowledge, ringing, articles=5, foreseen=foreseen).statements:
        pass


def compare(warehouse: Path, knowledge: Knowledge, bundle: Bundle, folder: Path, engine: Engine) -> Comparisons:
    """Have all that waits compared."""
    found = comparisons(warehouse, knowledge, bundle, folder)
    ends = list(engine.run(compare_part, [call for _, call in found]))
    assert all(isinstance(one, Done) for one in ends), ends
    return Comparisons([part for part, _ in found])


def take_in(
    files: Sequence[Path], warehouse: Path, bundle: Bundle, folder: Path, engine: Engine, now: datetime
) -> None:
    """Scan files and merge their pages."""
    begun = [begin_crawl(warehouse, crawl_file(file), bundle.version) for file in files]
    crawls = {crawl.location: crawl for crawl in begun if crawl is not None}
    calls = [Call(name, (crawl.file, bundle, folder, now)) for name, crawl in crawls.items()]
    with Archive(warehouse.with_suffix(".captures"), software="test") as archive:
        for ended in engine.run(scan_file, calls):
            assert isinstance(ended, Done), ended
            merge_pages(warehouse, crawls[ended.item.name], ended.value, archive, now=now)


def find(warehouse: Path, config: Path, bundle: Bundle, folder: Path, engine: Engine, now: datetime) -> None:
    """Extract all that waits and merge what was found."""
    knowledge = reference_knowledge(config)

    def calls() -> Iterator[Call]:
        with open_writer(warehouse) as con:
            ids = articles_to_extract(con, knowledge.version)
            articles = [one.article for one in load_stored(con, ids)]
        for start in range(0, len(articles), TEXTS):
            texts = write_texts(articles[start : start + TEXTS], knowledge.version, folder)
            yield Call(texts.name, (texts, bundle, knowledge.version))

    for ended in engine.run(extract_part, calls()):
        assert isinstance(ended, Done), ended
        merge_findings(warehouse, ended.value, knowledge, now=now)


# A name drawn at random for each state of the keys beside the warehouse.
OF_CHANCE = ("search.key_file",)


def differences(one: Path, other: Path) -> dict[str, tuple[int, int]]:
    """Return by table how many rows stand in one warehouse alone and in the other alone, where there are any."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        con.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        tables = [row[0] for row in con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'one' ORDER BY 1"
        ).fetchall()]  # fmt: skip
        compared = [table for table in tables if table not in OF_CHANCE]
        found = {table: (_alone(con, "one", "other", table), _alone(con, "other", "one", table)) for table in compared}
    return {table: counts for table, counts in found.items() if counts != (0, 0)}


def _alone(con: duckdb.DuckDBPyConnection, here: str, there: str, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM (FROM {here}.{table} EXCEPT ALL FROM {there}.{table})").fetchone()
    return row[0] if row else 0
