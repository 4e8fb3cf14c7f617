"""What `tocsin up` serves: its pages, flows for whoever asks, and one cycle for any number that were missed."""

import json
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.analysis import present
from tests.flows.articles import write_corpus
from tests.flows.command import lines
from tests.flows.live import write_live_config
from tests.flows.serving.prefect_door import Answer, Door
from tests.flows.serving.test_prefect_door import server_port, stored_credential
from tests.flows.serving.test_up import Up, left_behind, publish, running
from tests.site import Site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

N_MISSED = 8


@dataclass(frozen=True, slots=True)
class Served:
    """A running `tocsin up` after its first cycle, and the way in."""

    up: Up
    door: Door
    folder: Path

    def deployments(self) -> dict[str, dict[str, Any]]:
        """Return the deployments by the names of their flows."""
        found = json.loads(self.ask("POST", "/api/deployments/filter", {}).body)
        flows = json.loads(self.ask("POST", "/api/flows/filter", {}).body)
        names = {one["id"]: one["name"] for one in flows}
        return {names[one["flow_id"]]: one for one in found}

    def start(self, flow: str, **more: Any) -> tuple[int, dict[str, Any]]:
        """Ask for a run of a flow."""
        path = f"/api/deployments/{self.deployments()[flow]['id']}/create_flow_run"
        answer = self.ask("POST", path, more)
        return answer.status, json.loads(answer.body)

    def ask(self, method: str, path: str, body: object = None) -> Answer:
        """Ask the server as a client of ours does."""
        return self.door.ask(method, path, body, self.door.keys())

    def state(self, run: str) -> str:
        """Return how a run stands."""
        return str(json.loads(self.ask("GET", f"/api/flow_runs/{run}").body)["state_type"])

    def cycles(self) -> int:
        """Return how many cycles told what they came to."""
        return sum("polled" in line for line in lines(self.up.out.read_text()))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One `tocsin up` for all tests here, whose schedule is due once in all that time."""
    folder = tmp_path_factory.mktemp("served")
    with Site() as site:
        config = write_live_config(folder / "config", ("quay", site.url("/feed")))
        with (config / "tocsin.toml").open("a") as file:
            file.write("\n[watch]\ninterval_minutes = 600\n")
        publish(site, "grave")
        with running(config, folder / "w.duckdb") as up:
            up.wait_for_line("added 1 article")
            yield Served(up, Door(server_port(up.mark), stored_credential(folder / "w.prefect")), folder)
            assert up.end(signal.SIGTERM) == 0
            assert left_behind(up.mark) == []


def test_the_report_metrics_and_health_stand_beside_prefects_pages(served: Served) -> None:
    told = served.up.err.read_text()
    (address,) = set(re.findall(r"http://127\.0\.0\.1:\d+(?=/report)", told))
    assert address.endswith(f":{served.door.port}")
    for path in ("/report", "/metrics"):
        assert served.door.ask("GET", path).status == 401
    report = served.door.ask("GET", "/report", headers=served.door.key())
    assert (report.status, report.headers["x-frame-options"]) == (200, "DENY")
    assert b"Karen Holm" in report.body
    assert (
        b'tocsin_run_added{flow="watch",what="articles"} 1.0'
        in served.door.ask("GET", "/metrics", headers=served.door.key()).body
    )
    assert json.loads(served.door.ask("GET", "/health").body) == {"state": "well"}
    assert served.door.ask("GET", "/report", headers=served.door.key() | {"Host": "news.example"}).status == 403
    assert served.door.ask("GET", "/api/health").body == b"true"


def test_only_cycles_have_a_schedule_and_every_flow_says_what_it_takes(served: Served) -> None:
    found = served.deployments()
    assert {name: len(one["schedules"]) for name, one in found.items()} == {
        "watch on schedule": 1,
        "replay on request": 0,
        "backfill on request": 0,
        "rebuild on request": 0,
        "prune on request": 0,
    }
    takes = found["backfill on request"]["parameter_openapi_schema"]
    assert (takes["required"], takes["properties"]["files"]["type"]) == (["files", "warehouse"], "array")
    takes = found["replay on request"]["parameter_openapi_schema"]["properties"]
    assert (takes["corpus"]["format"], takes["is_sending"]["type"]) == ("path", "boolean")
    takes = found["prune on request"]["parameter_openapi_schema"]
    assert (takes["required"], takes["properties"]["days"]["minimum"]) == (["warehouse", "days"], 0)
    takes = found["rebuild on request"]["parameter_openapi_schema"]["properties"]
    assert (takes["is_accepted"]["default"], takes["examples"]["type"]) == (False, "integer")


def test_what_is_no_parameter_of_a_flow_is_refused_before_anything_runs(served: Served) -> None:
    status, told = served.start("replay on request", parameters={"is_sending": "perhaps"})
    assert (status, "corpus" in json.dumps(told)) == (409, True)
    status, told = served.start("prune on request", parameters={"days": -1})
    assert (status, "days" in json.dumps(told)) == (409, True)


def test_a_replay_runs_when_somebody_asks_for_it(served: Served) -> None:
    corpus, warehouse = write_corpus(served.folder / "corpus"), served.folder / "replayed.duckdb"
    served.start("replay on request", parameters={"corpus": str(corpus), "warehouse": str(warehouse)})
    served.up.wait_for_line("replay of 3 files: added 3 articles")
    assert warehouse.is_file()


def test_a_rebuild_shows_on_its_page_what_it_would_change(served: Served) -> None:
    status, run = served.start("rebuild on request")
    assert status == 201
    served.up.wait_for_line("rebuild: statements")
    wanted = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    (page,) = json.loads(served.ask("POST", "/api/artifacts/filter", wanted).body)
    assert "## What a rebuild changes" in page["data"]


def test_a_prune_waits_until_the_run_under_way_has_ended(served: Served) -> None:
    with present(served.folder / "w.duckdb"):
        _, run = served.start("prune on request", parameters={"days": 3650, "is_rehearsal": True})
        ends = time.monotonic() + 120
        while served.state(run["id"]) != "RUNNING":
            assert time.monotonic() < ends
            time.sleep(0.5)
        time.sleep(12)
        assert served.state(run["id"]) == "RUNNING"
    served.up.wait_for_line("prune: would let go of 0 captures")


def test_after_a_downtime_one_cycle_makes_up_for_all_that_were_missed(served: Served) -> None:
    """They are there all at once when the machine wakes up, each as old as its turn."""
    time.sleep(1)
    before, now = served.cycles(), datetime.now(UTC)
    dues = [now - timedelta(seconds=number / N_MISSED) for number in range(N_MISSED)]
    missed = [{"type": "SCHEDULED", "state_details": {"scheduled_time": due.isoformat()}} for due in dues]
    answers = [served.start("watch on schedule", state=one) for one in missed]
    assert [told for status, told in answers if status != 201] == []
    runs = [told["id"] for _, told in answers]
    ends = time.monotonic() + 300
    while set(states := [served.state(run) for run in runs]) - {"COMPLETED", "CANCELLED"}:
        assert time.monotonic() < ends, states
        time.sleep(1)
    assert Counter(states) == {"COMPLETED": 1, "CANCELLED": N_MISSED - 1}
    assert served.cycles() == before + 1
