"""The vitals of the last run as a file beside the snapshot, which is only made anew when a run changed something."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from flows.files import replace_file
from warehouse.asking import Vitals, vitals_of
from warehouse.connection import open_reader
from warehouse.upkeep import published_path, readable_path


def record_path(warehouse: Path) -> Path:
    """Return where the vitals of a warehouse stand."""
    published = published_path(warehouse)
    return published.with_name(f"{published.stem}.vitals.json")


def write_record(warehouse: Path, vitals: Vitals) -> None:
    """Put the vitals in the place of the earlier ones."""
    replace_file(record_path(warehouse), _adapter().dump_json(vitals))


def read_vitals(warehouse: Path, now: datetime) -> Vitals:
    """Return the newest vitals there are: those of the last run, or of the snapshot; raises ``WarehouseError``.

    A snapshot is newer where a correction was published after the last run, or where it was sent without the record.
    """
    found, snapshot = read_record(warehouse), readable_path(warehouse)
    if found is not None and found.taken_at >= _made_at(snapshot):
        return found
    with open_reader(snapshot) as con:
        return vitals_of(con, now)


def read_record(warehouse: Path) -> Vitals | None:
    """Return the vitals of the last run; None where there are none, or another version wrote them."""
    try:
        return _adapter().validate_json(record_path(warehouse).read_bytes())
    except (OSError, ValidationError):
        return None


def _made_at(snapshot: Path) -> datetime:
    try:
        return datetime.fromtimestamp(snapshot.stat().st_mtime, UTC)
    except OSError:
        return datetime.max.replace(tzinfo=UTC)  # whoever opens it says what is wrong


@cache
def _adapter() -> TypeAdapter[Vitals]:
    return TypeAdapter(Vitals)
