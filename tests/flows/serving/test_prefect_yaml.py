"""prefect.yaml: the same deployments for a server of one's own, and a worker that runs one of them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.monitoring import read_record
from tests.flows.command import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def prefect(env: Mapping[str, str], *words: str) -> str:
    """Call Prefect's own command and return what it says."""
    call = [sys.executable, "-m", "prefect", "--no-prompt", *words]
    done = subprocess.run(call, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def env(prefect_env: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The deployments of prefect.yaml on a real server; the environment of who made them and of the worker."""
    folder = tmp_path_factory.mktemp("worker")
    (folder / "sources.toml").write_text("")
    own = {"TOCSIN_WAREHOUSE": str(folder / "w.duckdb"), "TOCSIN_CONFIG": str(folder), "PYTHONPATH": str(ROOT)}
    found = {**os.environ, **prefect_env, **own}
    prefect(found, "work-pool", "create", "tocsin", "--type", "process")
    for name in ("watch", "replay", "backfill", "rebuild", "prune"):
        deploy(found, name)
    return found


def deploy(env: Mapping[str, str], name: str) -> None:
    """Make one deployment; Prefect 3.8.8 under our FastAPI fails afterwards, when it asks which workers there are."""
    call = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--name", name]
    done = subprocess.run(call, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert "successfully created" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0 or "workers/filter" in done.stderr, done.stdout + done.stderr


def ask(env: Mapping[str, str], path: str, body: dict[str, Any]) -> Any:
    """Return what the server answers."""
    return httpx.post(f"{env['PREFECT_API_URL']}{path}", json=body, timeout=60).raise_for_status().json()


def test_prefect_deploy_makes_what_tocsin_up_makes(env: Mapping[str, str]) -> None:
    """The same flows, schedules, limits and parameters; the paths are those of the environment."""
    from prefect.client.schemas.schedules import IntervalSchedule

    from config.settings import Settings
    from flows.serving.deploy import deployments

    made = {one["name"]: one for one in ask(env, "/deployments/filter", {}) if one["work_pool_name"] == "tocsin"}
    ours = asyncio.run(deployments(Settings(), Path(env["TOCSIN_WAREHOUSE"]), None))
    by_entry = {one["entrypoint"]: one for one in made.values()}
    assert set(by_entry) == {one.entrypoint for one in ours}
    for one in ours:
        limit = one.concurrency_options
        found = by_entry[one.entrypoint]
        assert limit is not None
        assert found["concurrency_options"]["collision_strategy"] == limit.collision_strategy.value
        assert found["global_concurrency_limit"]["limit"] == one.concurrency_limit
        assert found["tags"] == one.tags
        assert [each["schedule"]["interval"] for each in found["schedules"]] == [
            each.schedule.interval.total_seconds()
            for each in one.schedules or []
            if isinstance(each.schedule, IntervalSchedule)
        ]
        assert found["parameter_openapi_schema"]["required"] == one._parameter_openapi_schema.required
    assert made["watch"]["parameters"] == {"warehouse": env["TOCSIN_WAREHOUSE"]}
    assert made["replay"]["parameters"] == {}
    assert made["prune"]["parameters"] == made["rebuild"]["parameters"] == made["watch"]["parameters"]


def test_a_worker_runs_a_cycle_with_its_own_configuration(env: Mapping[str, str]) -> None:
    ask(env, f"/deployments/{deployment(env, 'watch')}/create_flow_run", {})
    prefect(env, "worker", "start", "--pool", "tocsin", "--run-once")
    found = read_record(Path(env["TOCSIN_WAREHOUSE"]))
    assert found is not None
    assert [(one.flow, one.status) for one in found.runs] == [("watch", "completed")]


def deployment(env: Mapping[str, str], name: str) -> str:
    """Return the id of a deployment."""
    return next(str(one["id"]) for one in ask(env, "/deployments/filter", {}) if one["name"] == name)
