"""Making the page of a published warehouse, in its place at once or not at all."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.files import replace_file
from flows.reporting.earlier import NO_PAGE, Earlier, parse_page
from flows.reporting.page import Frame, report_html
from flows.reporting.wording import Vocabulary
from flows.version import tocsin_version
from warehouse.asking import report_facts
from warehouse.connection import open_reader
from warehouse.upkeep import published_path


@dataclass(frozen=True, slots=True)
class Written:
    """Where the page is, and what it holds."""

    path: Path
    n_events: int
    n_bytes: int


def report_path(warehouse: Path) -> Path:
    """Return where the page of a warehouse stands: beside its published snapshot."""
    published = published_path(warehouse)
    return published.with_name(f"{published.stem}.report.html")


def write_report(
    warehouse: Path, out: Path, vocabulary: Vocabulary, *, now: datetime, since: datetime | None = None
) -> Written:
    """Write the page of the published warehouse to ``out``; what is new is what an earlier page there did not have."""
    with open_reader(published_path(warehouse)) as con:
        facts = report_facts(con, now)
    earlier = _earlier(out) if since is None else NO_PAGE
    frame = Frame(warehouse.name, now, tocsin_version(), vocabulary, earlier, since)
    data = report_html(facts, frame).encode("utf-8", "replace")
    replace_file(out, data)
    return Written(out, len(facts.events), len(data))


def _earlier(out: Path) -> Earlier:
    """Return what the file that stands there knew; whatever is no page of ours tells nothing."""
    try:
        return parse_page(out.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return NO_PAGE
