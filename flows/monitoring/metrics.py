"""The survey as metrics of Prometheus: a page for a scrape, a file for the collector of text files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from flows.monitoring.judging import KINDS, ended_at
from flows.monitoring.place import versions
from flows.monitoring.survey import Survey
from warehouse.asking import LastRun, Waiting

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics_text(survey: Survey) -> bytes:
    """Return all metrics in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Surveyed(survey))
    return generate_latest(registry)


class _Surveyed(Collector):
    """What the library asks for metrics."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    def collect(self) -> Iterable[Metric]:
        yield from _of_runs(self._survey.vitals.runs)
        yield from _of_vitals(self._survey)
        yield from _of_place(self._survey)


def _of_runs(runs: tuple[LastRun, ...]) -> Iterator[Metric]:
    yield _by("run_started_timestamp_seconds", "Start of the last run of a flow.", "flow",
              {one.flow: one.started_at.timestamp() for one in runs})  # fmt: skip
    yield _by("run_ended_timestamp_seconds", "End of the last run of a flow; its start while it lasts.", "flow",
              {one.flow: ended_at(one).timestamp() for one in runs})  # fmt: skip
    yield _by("run_completed_timestamp_seconds", "When a run of a flow last ended without a failure.", "flow",
              {one.flow: one.completed_at.timestamp() for one in runs if one.completed_at})  # fmt: skip
    yield _by("run_seconds", "How long the last run of a flow took.", "flow",
              {one.flow: (ended_at(one) - one.started_at).total_seconds() for one in runs})  # fmt: skip
    yield _by("run_failed", "1 where the last run of a flow failed.", "flow",
              {one.flow: one.status == "failed" for one in runs})  # fmt: skip
    added: dict[tuple[str, ...], float] = {(one.flow, what): n for one in runs for what, n in asdict(one.added).items()}
    yield _gauge("run_added", "What the last run of a flow added.", ["flow", "what"], added)


def _of_vitals(survey: Survey) -> Iterator[Metric]:
    vitals, troubles = survey.vitals, Counter(one.kind for one in survey.troubles)
    yield _by("waiting", "What waits for its next step.", "what", asdict(vitals.backlog))
    yield _by("stored", "What the warehouse holds.", "what", asdict(vitals.holdings))
    yield _by("sources", "Polled sources by how they stand.", "state", Counter(one.state for one in vitals.sources))
    yield _gauge("undelivered", "Deliveries that wait (pending) or were given up (dead).", ["channel", "status"],
                 _undelivered(vitals.undelivered))  # fmt: skip
    yield _by("troubles", "What `tocsin status` finds wrong.", "kind", {kind: troubles[kind] for kind in KINDS})
    yield _gauge("vitals_timestamp_seconds", "When all but the disk was looked at: at the end of a run.", [],
                 {(): vitals.taken_at.timestamp()})  # fmt: skip


def _of_place(survey: Survey) -> Iterator[Metric]:
    if survey.next_run_at:
        next_at = survey.next_run_at.timestamp()
        yield _gauge("next_run_timestamp_seconds", "When the next cycle is due.", [], {(): next_at})
    yield _gauge("disk_free_bytes", "Room on the disk of the warehouse.", [], {(): survey.disk.free})
    yield _gauge("disk_size_bytes", "Size of that disk.", [], {(): survey.disk.total})
    yield _by("part_bytes", "What each part takes on the disk.", "part", survey.disk.parts)
    found = InfoMetricFamily("tocsin_versions", "What runs here.")
    found.add_metric([], versions() | {"schema": str(survey.vitals.schema)})
    yield found


def _undelivered(waiting: Iterable[Waiting]) -> Mapping[tuple[str, ...], int]:
    found: Counter[tuple[str, ...]] = Counter()
    for one in waiting:
        found[one.channel, one.status] += one.n_deliveries
    return found


def _by(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    return _gauge(name, words, [label], {(key,): value for key, value in values.items()})


def _gauge(name: str, words: str, labels: list[str], values: Mapping[tuple[str, ...], float]) -> Metric:
    found = GaugeMetricFamily(f"tocsin_{name}", words, labels=labels)
    for key, value in sorted(values.items()):
        found.add_metric(key, float(value))
    return found
