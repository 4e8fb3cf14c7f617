"""A cycle lets go of old records of polls by itself."""

from datetime import timedelta
from pathlib import Path

from extractors.feeds.schedule import PollState
from flows.clock import utc_now
from flows.steps import poll_task
from tests.newsroom.configuration import write_config
from tests.warehouse.watched import QUAY, poll, watch
from warehouse.connection import open_writer


def test_polls_are_on_record_as_long_as_the_configuration_says(tmp_path: Path) -> None:
    config, warehouse, now = write_config(tmp_path / "config", []), tmp_path / "w.duckdb", utc_now()
    with (config / "tocsin.toml").open("a", encoding="utf-8") as settings:
        settings.write("[watch]\nrecord_days = 7\n")
    with open_writer(warehouse) as con:
        watch(con, PollState(QUAY.url))
        for day in range(20):
            poll(con, now - timedelta(days=day))
    poll_task.fn(warehouse, config)
    with open_writer(warehouse) as con:
        days = [(now - row[0]).days for row in con.execute("SELECT polled_at FROM polls ORDER BY 1 DESC").fetchall()]
    assert days == [*range(7), 19]
