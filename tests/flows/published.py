"""A published warehouse of three invented articles, with statements, a claim of two reports, and sources."""

from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from tests.warehouse.values import NOON, article, findings, statement
from warehouse.bulk import insert_all
from warehouse.connection import open_writer, transaction
from warehouse.storing.articles import Reading, add_readings, add_sources, source_for
from warehouse.storing.events import place_claims
from warehouse.storing.findings import Extracted, add_findings, statement_key
from warehouse.upkeep.snapshot import publish, published_path

NAME = "w.duckdb"
SOURCE = source_for("folder", "somewhere")
WARNING = "The envoy of Andorra warned Spain: we will close the pass to every lorry. Drivers waited at the border post."
REPLY = "Spain called it a joke. The envoy had said Andorra will close the pass to every lorry."
INN = "A café at the border sold twice as much as usual. Its owner likes drivers who wait."
FIRST = statement(WARNING, "we will close the pass to every lorry")
SECOND = statement(REPLY, "Andorra will close the pass to every lorry")
FIRST_ID = statement_key(article(WARNING).content_hash, FIRST.statement)
SECOND_ID = statement_key(article(REPLY).content_hash, SECOND.statement)
CLAIM = {
    "claim_id": "claim-1",
    "first_statement_id": FIRST_ID,
    "first_reported_at": NOON,
    "speaker_id": "tamsin-vole",
    "speaker": "Tamsin Vole",
    "said_on": None,
    "said_on_precision": None,
    "polarity": "escalatory",
    "category": "THREAT_UNSPEC",
    "severity": 3,
    "quote": "we will close the pass to every lorry",
    "n_reports": 2,
    "reiterates": None,
    "merged_into": None,
    "merge_reason": None,
}


def publish_example(warehouse: Path) -> Path:
    """Store and publish the example; returns the warehouse. What is not there yet is a copy of one made before."""
    made = Path(_made().name) / NAME
    for source, target in zip(_files(made), _files(warehouse), strict=True):
        assert not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        copyfile(source, target)
    return warehouse


def _files(warehouse: Path) -> tuple[Path, ...]:
    return warehouse, published_path(warehouse), warehouse.with_name(f"{warehouse.name}.ledger")


@cache
def _made() -> TemporaryDirectory[str]:
    """Make the example once a process; the folder goes with it."""
    folder = TemporaryDirectory(prefix="tocsin-example-")
    _make(Path(folder.name) / NAME)
    return folder


def _make(warehouse: Path) -> None:
    one, two, three = article(WARNING), article(REPLY, outlet="Pass Gazette"), article(INN, outlet=None)
    found = [findings(one, FIRST), findings(two, SECOND), findings(three)]
    with open_writer(warehouse) as con:
        with transaction(con):
            add_sources(con, [SOURCE])
            add_readings(
                con,
                [Reading(SOURCE.source_id, f"{n}.txt", "h", each, NOON) for n, each in enumerate((one, two, three))],
            )
            add_findings(con, [Extracted(each, "v1", NOON) for each in found], {})
            insert_all(con, "claims", [CLAIM])
            con.execute(
                "UPDATE statements SET claim_id = 'claim-1', claim_similarity = 1.0, claim_reason = 'same words'"
            )
            place_claims(con, ["claim-1"])
        publish(con, warehouse)
