"""Channels with their secrets in the environment."""

from pathlib import Path
from typing import Any

import pytest

from tests.flows.delivery.receivers import Office, OpenOffice, alerting


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenOffice:
    """Return a function that opens an office with one channel named desk."""

    def opened(kind: str, url: str | None = None, *, key: str | None = "k3y", **options: Any) -> Office:
        if url is not None:
            monkeypatch.setenv("TOCSIN_CHANNEL_DESK", url)
        if kind == "webhook" and key is not None:
            monkeypatch.setenv("TOCSIN_CHANNEL_DESK_KEY", key)
        return Office(tmp_path / "w.duckdb", alerting({"name": "desk", "kind": kind}, **options))

    return opened
