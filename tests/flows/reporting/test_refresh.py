"""The page that runs keep fresh: made anew where the settings say so, and never in a run's way."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from flows.reporting import refresh_report, report_path
from tests.flows.command import tocsin
from tests.flows.published import publish_example
from tests.warehouse.values import NOON


def test_what_came_in_during_the_last_days_is_new_on_it(tmp_path: Path) -> None:
    warehouse = publish_example(tmp_path / "w.duckdb")
    refresh_report(warehouse, None, now=NOON + timedelta(days=1), new_days=7)
    text = report_path(warehouse).read_text(encoding="utf-8")
    assert "Since 2031-02-26 12:00 UTC: 1 event new" in text
    refresh_report(warehouse, None, now=NOON + timedelta(days=9), new_days=7)
    assert "Since 2031-03-06 12:00 UTC: nothing" in report_path(warehouse).read_text(encoding="utf-8")


def test_a_page_that_cannot_be_made_is_told_of_and_fails_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        refresh_report(tmp_path / "none.duckdb", None, now=NOON, new_days=7)
    assert "report=none.report.html outcome=failed" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("is_wanted", [True, False])
def test_a_watch_makes_it_where_the_settings_say_so(
    prefect_env: Mapping[str, str], tmp_path: Path, is_wanted: bool
) -> None:
    (tmp_path / "sources.toml").write_text("")
    (tmp_path / "tocsin.toml").write_text(f"[report]\nafter_runs = {str(is_wanted).lower()}\n")
    warehouse = tmp_path / "w.duckdb"
    done = tocsin("watch", "--once", "--config", tmp_path, "--warehouse", warehouse, env=prefect_env)
    assert done.code == 0, done.err
    assert report_path(warehouse).is_file() == is_wanted
