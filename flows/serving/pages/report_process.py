"""The process that makes the served report: `-m flows.serving.pages.report_process PARENT WAREHOUSE OUT [CONFIG]`."""

import sys
from datetime import timedelta
from pathlib import Path


def main(parent: int, warehouse: Path, out: Path, config_folder: Path | None = None) -> int:
    """Make the page and return the exit code; what came in during the days of the settings is new on it."""
    from flows.workers import end_with

    end_with(parent)
    from config.settings import settings_of
    from flows.clock import utc_now
    from flows.reporting import vocabulary_of, write_report
    from flows.telling import explain

    try:
        now = utc_now()
        since = now - timedelta(days=settings_of(config_folder).report.new_days)
        write_report(warehouse, out, vocabulary_of(config_folder), now=now, since=since)
    except Exception as error:  # noqa: BLE001 - told in one line to whoever asked for the page
        return explain(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *map(Path, sys.argv[2:])))
