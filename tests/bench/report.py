"""Cost of the report: ``python -m tests.bench.report [N_EVENTS]``; an invented year, processor time of each part.

With playwright and a Chromium: also the processor time of the page's main thread until it has loaded.
"""

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from flows.reporting import Frame, report_html
from tests.flows.reporting.year import publish_year
from warehouse.asking import report_facts
from warehouse.connection import open_reader
from warehouse.upkeep import published_path

NOW = datetime(2032, 1, 1, tzinfo=UTC)


def main(n_events: int) -> None:
    """Print what asking, rendering and opening cost."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = publish_year(Path(folder) / "year.duckdb", n_events)
        start = process_time()
        with open_reader(published_path(warehouse)) as con:
            facts = report_facts(con, NOW)
        asked = process_time()
        page = report_html(facts, Frame(warehouse.name, NOW, "bench"))
        print(f"{n_events} events: asking {asked - start:.2f} s, rendering {process_time() - asked:.2f} s")
        print(f"{len(page.encode()) / 1e6:.1f} MB")
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        _open(file)


def _open(file: Path) -> None:
    browser = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser = None
    if browser is None:
        print("opening: no browser to try it in")
        return
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = running.new_page()
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(file.as_uri())
        found = {one["name"]: one["value"] for one in client.send("Performance.getMetrics")["metrics"]}
        print(f"opening {found['TaskDuration']:.2f} s on the main thread, {found['Nodes']:.0f} nodes")
        running.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
