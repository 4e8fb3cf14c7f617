"""Metrics as Prometheus reads them."""

from dataclasses import replace

from prometheus_client.parser import text_string_to_metric_families

from flows.monitoring import Survey, metrics_text
from flows.monitoring.judging import Trouble
from flows.monitoring.place import Disk
from tests.flows.monitoring.standing import HOUR, WELL, with_source, with_waiting
from tests.warehouse.values import NOON

SURVEY = Survey(WELL, Disk(5, 10, {"warehouse": 3}), 17, NOON + HOUR, (Trouble("disk-low", "disk", "no room"),))


def samples(survey: Survey) -> dict[tuple[str, ...], float]:
    """Return what Prometheus' own parser reads: names and labels to values."""
    found = text_string_to_metric_families(metrics_text(survey).decode())
    return {(one.name, *one.labels.values()): one.value for family in found for one in family.samples}


def test_runs_queues_disk_and_troubles_are_told() -> None:
    found = samples(SURVEY)
    expected = {
        ("tocsin_run_started_timestamp_seconds", "watch"): (NOON - HOUR / 10).timestamp(),
        ("tocsin_run_seconds", "watch"): 180.0,
        ("tocsin_run_failed", "watch"): 0.0,
        ("tocsin_run_added", "watch", "articles"): 2.0,
        ("tocsin_waiting", "entries"): 4.0,
        ("tocsin_stored", "claims"): 3.0,
        ("tocsin_sources", "answering"): 1.0,
        ("tocsin_troubles", "disk-low"): 1.0,
        ("tocsin_troubles", "run-late"): 0.0,
        ("tocsin_disk_free_bytes",): 5.0,
        ("tocsin_part_bytes", "warehouse"): 3.0,
        ("tocsin_next_run_timestamp_seconds",): (NOON + HOUR).timestamp(),
    }
    assert {key: found.get(key) for key in expected} == expected


def test_sources_and_deliveries_are_counted_by_how_they_stand() -> None:
    found = samples(replace(SURVEY, vitals=with_source(state="failing")))
    assert (found["tocsin_sources", "answering"], found["tocsin_sources", "failing"]) == (1.0, 1.0)
    found = samples(replace(SURVEY, vitals=with_waiting("dead", "404")))
    assert found["tocsin_undelivered", "desk", "dead"] == 3.0


def test_names_from_outside_cannot_break_out_of_their_label() -> None:
    waiting = replace(with_waiting("dead", "404").undelivered[0], channel='de"sk\n\\')
    found = samples(replace(SURVEY, vitals=replace(WELL, undelivered=(waiting,))))
    assert found["tocsin_undelivered", 'de"sk\n\\', "dead"] == 3.0
