"""Prefect's own records are bounded by age, unless the user wants it otherwise."""

import os
from pathlib import Path

import pytest

from config.settings import settings_of
from flows.serving.settings import record_bounds

VACUUM = "PREFECT_SERVER_SERVICES_DB_VACUUM"


def test_a_lasting_server_forgets_runs_after_the_days_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tocsin.toml").write_text("[watch]\nrecord_days = 3\n")
    bounds = record_bounds(settings_of(tmp_path).watch.record_days)
    from prefect.settings.models.server.services import ServerServicesDBVacuumSettings

    for name, value in bounds.items():
        monkeypatch.setenv(name, value)
    read = ServerServicesDBVacuumSettings()
    assert read.enabled_vacuum_types == {"events", "flow_runs", "orphans"}
    assert read.retention_period.days == 3


def test_what_the_user_has_set_for_the_records_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{VACUUM}_RETENTION_PERIOD", "7200")
    assert os.environ.keys().isdisjoint(found := record_bounds(30))
    assert list(found) == [f"{VACUUM}_ENABLED"]
