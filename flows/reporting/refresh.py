"""Making the page of a published warehouse, in its place at once or not at all."""

import logging
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.actors import load_gazetteer
from config.escalation import CODEBOOK_FILE, CodebookFile
from config.files import ConfigError, read_file
from flows.files import replace_file
from flows.reporting.earlier import NO_PAGE, Earlier, parse_page
from flows.reporting.page import Frame, report_html
from flows.reporting.wording import Vocabulary
from flows.telling import WorkFailedError
from flows.version import tocsin_version
from warehouse.asking import report_facts
from warehouse.connection import open_reader
from warehouse.upkeep import published_path, readable_path

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """Where the page is, and what it holds."""

    path: Path
    n_events: int
    n_bytes: int


def report_path(warehouse: Path) -> Path:
    """Return where the page of a warehouse stands: beside the file it shows, or here where that folder is closed."""
    shown = readable_path(warehouse)
    page = shown.with_name(f"{shown.stem}.report.html")
    return (
        page if page.parent == published_path(warehouse).parent or os.access(page.parent, os.W_OK) else Path(page.name)
    )


def vocabulary_of(config_folder: Path | None) -> Vocabulary:
    """Return the names of countries and the meanings of categories as the configuration has them."""
    gazetteer, problems = load_gazetteer(config_folder)
    codebook, more = read_file(config_folder, CODEBOOK_FILE, CodebookFile)
    if gazetteer is None or codebook is None:
        raise ConfigError([*problems, *more])
    countries = {code: state.name for code, state in gazetteer.countries.items()}
    # a side can be an organisation that no article names: its head spoke
    bodies = {one.actor_id: one.name for one in gazetteer.actors if one.kind != "person"}
    return Vocabulary(countries, {one.code: one.definition for one in codebook.category}, bodies)


def refresh_report(warehouse: Path, config_folder: Path | None, *, now: datetime, new_days: int) -> None:
    """Make the page beside the snapshot anew after a run; where that fails, the run and the old page stand."""
    out = report_path(warehouse)
    try:
        write_report(warehouse, out, vocabulary_of(config_folder), now=now, since=now - timedelta(days=new_days))
    except Exception as error:  # noqa: BLE001 - the page is a view: whatever is wrong with it must not fail the run
        LOG.warning("report=%s outcome=failed reason=%r", out.name, error)


def write_report(
    warehouse: Path, out: Path, vocabulary: Vocabulary, *, now: datetime, since: datetime | None = None
) -> Written:
    """Write the page of the published warehouse to ``out``; what is new is what an earlier page there did not have."""
    if out.exists() and not out.is_file():
        raise WorkFailedError(f"{out} is no file that a page could replace")
    with open_reader(readable_path(warehouse)) as con:
        facts = report_facts(con, now, since=since)
    earlier = _earlier(out) if since is None else NO_PAGE
    frame = Frame(warehouse.name, now, tocsin_version(), vocabulary, earlier, since)
    data = report_html(facts, frame).encode("utf-8", "replace")
    replace_file(out.resolve(), data)
    return Written(out, len(facts.events), len(data))


def _earlier(out: Path) -> Earlier:
    """Return what the file that stands there knew; whatever is no page of ours tells nothing."""
    try:
        return parse_page(out.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return NO_PAGE
