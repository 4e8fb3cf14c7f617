"""Words that try to steer a terminal, and a warehouse that is full of them."""

import io
import sys
from pathlib import Path

import pytest

from flows.commands import cli
from tests.flows.command import Outcome
from tests.flows.published import FIRST_ID, publish_example
from tests.warehouse.values import NOON
from warehouse.bulk import insert_all
from warehouse.connection import Connection, open_writer, transaction
from warehouse.upkeep.snapshot import publish

# Clipboard, screen, colours by C0 and by C1, a line that starts anew, a reversed line, hidden letters.
HOSTILE = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\rgone\x08\x7f\u202edesrever\u2066\u2028next\U000e0041\ufeff"
MARK = "\\u001b]52"  # how its beginning looks where it is shown
# What joins tables or is one of few known words; all other text may come from outside.
OURS = {"kind", "status", "polarity", "category", "flow", "state", "action", "scope", "decision", "language", "form",
        "country", "reason", "role_kind", "effect", "origin", "cue_class", "gender",
        "said_on_precision", "checksum"}  # fmt: skip


def publish_hostile(warehouse: Path) -> Path:
    """Publish the example with hostile words at the end of every text that may come from outside."""
    publish_example(warehouse)
    with open_writer(warehouse) as con:
        with transaction(con):
            _add_rows(con)
            for table, column in _texts(con):
                con.execute(
                    f'UPDATE "{table}" SET "{column}" = "{column}" || $words WHERE "{column}" IS NOT NULL',
                    {"words": HOSTILE},
                )
        publish(con, warehouse)
    return warehouse


def _add_rows(con: Connection) -> None:
    url = "https://quay.example/feed"
    insert_all(con, "sources", [{"source_id": "quay", "kind": "feed", "location": url, "outlet": "Quay", "topics": [],
                                 "origin": "added", "is_enabled": True, "shortest_minutes": 15,
                                 "longest_minutes": 1440}])  # fmt: skip
    insert_all(
        con,
        "source_states",
        [{"source_id": "quay", "url": url, "n_errors": 3, "n_unchanged": 0, "n_not_modified": 0, "moved_from": []}],
    )
    insert_all(con, "runs", [{"run_id": "r", "flow": "watch", "started_at": NOON, "source": "x", "tocsin_version": "1",
                              "extractor_version": "v1", "status": "failed", "error": "it broke"}])  # fmt: skip
    insert_all(con, "alerts", [{"alert_id": "a", "claim_id": "claim-1", "rule": "escalation", "statement_id": FIRST_ID,
                                "category": "THREAT_UNSPEC", "severity": 3, "is_replay": False, "raised_at": NOON,
                                "action": "alert", "reasons": ["new"], "n_outlets": 1, "level": 3,
                                "step": 0}])  # fmt: skip
    insert_all(con, "alert_claims", [{"alert_id": "a", "claim_id": "claim-1"}])


def _texts(con: Connection) -> list[tuple[str, str]]:
    rows = con.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name)
        WHERE data_type = 'VARCHAR' AND duckdb_tables.schema_name = 'main' AND table_name <> 'schema_migrations'
        """
    ).fetchall()
    return [(table, column) for table, column in rows if column not in OURS and not column.endswith(("id", "_hash"))]


def call(monkeypatch: pytest.MonkeyPatch, *words: str | Path, given: bytes = b"") -> Outcome:
    """Run a command in this process, through the outermost door; returns what reached the two streams."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "argv", ["tocsin", *map(str, words)])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    code = cli.run()
    monkeypatch.undo()
    return Outcome(code, out.getvalue(), err.getvalue())
