"""Tocsin's own pages beside Prefect's: who may see what, and what is on them."""

import asyncio
import base64
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.monitoring import note_run, record_path
from flows.serving.asgi import Message, Receive, Send
from flows.serving.gate import Gate
from flows.serving.pages.app import Pages
from flows.serving.pages.served_report import NOTHING_YET
from tests.flows.published import publish_example
from warehouse.connection import open_writer
from warehouse.storing import Counts, Run, finish_run, start_run

CREDENTIAL = "tocsin:geheim-ÿ"
KEY = (b"authorization", b"Basic " + base64.b64encode(CREDENTIAL.encode()))
HOST = (b"host", b"127.0.0.1:8123")
Headers = list[tuple[bytes, bytes]]


async def prefect(_scope: Message, _receive: Receive, send: Send) -> None:
    """Stand in for Prefect's server."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"Prefect"})


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse with a cycle that just ended."""
    return ran(publish_example(tmp_path_factory.mktemp("served") / "w.duckdb"), datetime.now(UTC))


def ran(warehouse: Path, at: datetime) -> Path:
    """Record and note a cycle."""
    with open_writer(warehouse) as con:
        start_run(con, Run(f"{at}", "watch", at, "live sources", "0.1.0", "1"))
        finish_run(con, f"{at}", Counts(), at=at)
    note_run(warehouse, None)
    return warehouse


def pages_of(warehouse: Path, config: Path | None = None) -> Gate:
    """Return the pages behind the gate."""
    return Gate(Pages(prefect, warehouse, config, CREDENTIAL), 8123)


def ask(
    pages: Gate, path: str, *headers: tuple[bytes, bytes], method: str = "GET"
) -> tuple[int, Mapping[str, str], bytes]:
    """Return status, headers and body of an answer."""
    return asyncio.run(_ask(pages, path, [HOST, *headers], method))


async def _ask(pages: Gate, path: str, headers: Headers, method: str) -> tuple[int, Mapping[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(dict(message))

    await pages({"type": "http", "method": method, "path": path, "headers": headers}, receive, send)
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


@pytest.mark.parametrize("path", ["/report", "/metrics"])
@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"authorization", b"Basic")],
        [(b"authorization", b"Basic !!!")],
        [(b"authorization", b"Bearer " + base64.b64encode(CREDENTIAL.encode()))],
        [(b"authorization", b"Basic " + base64.b64encode(b"tocsin:guess"))],
        [KEY, KEY],
    ],
)
def test_nobody_sees_them_without_the_credential(warehouse: Path, path: str, headers: Headers) -> None:
    status, sent, body = ask(pages_of(warehouse), path, *headers)
    assert (status, sent["www-authenticate"]) == (401, 'Basic realm="Tocsin", charset="UTF-8"')
    assert b"tocsin_" not in body


def test_a_page_of_another_site_gets_nothing_even_with_the_credential_a_browser_keeps(warehouse: Path) -> None:
    for foreign in ((b"origin", b"http://news.example"), (b"sec-fetch-site", b"cross-site")):
        assert ask(pages_of(warehouse), "/report", KEY, foreign)[0] == 403
    status, sent, _ = ask(pages_of(warehouse), "/metrics", KEY)
    assert (status, sent["x-frame-options"], sent["cache-control"]) == (200, "DENY", "no-store")


def test_metrics_are_those_of_the_last_run(warehouse: Path) -> None:
    status, sent, body = ask(pages_of(warehouse), "/metrics", KEY)
    assert (status, sent["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert b'tocsin_stored{what="articles"} 3.0' in body


def test_health_tells_strangers_well_or_not_and_us_what_is_wrong(tmp_path: Path) -> None:
    warehouse = ran(publish_example(tmp_path / "w.duckdb"), datetime.now(UTC))
    assert ask(pages_of(warehouse), "/health")[::2] == (200, b'{"state": "well"}\n')
    late = ran(warehouse, datetime.now(UTC) - timedelta(days=1))
    with open_writer(warehouse) as con:
        con.execute("DELETE FROM runs WHERE started_at > now() - INTERVAL 1 HOUR")
    note_run(late, None)
    assert ask(pages_of(late), "/health")[::2] == (503, b'{"state": "trouble"}\n')
    status, _, body = ask(pages_of(late), "/health", KEY)
    assert (status, [one["kind"] for one in json.loads(body)["troubles"]]) == (503, ["run-late"])


def test_before_the_first_run_there_is_nothing_to_tell(tmp_path: Path) -> None:
    pages = pages_of(tmp_path / "w.duckdb")
    assert ask(pages, "/health")[::2] == (503, b'{"state": "starting"}\n')
    assert ask(pages, "/metrics", KEY)[0] == 503
    assert ask(pages, "/report", KEY)[::2] == (503, f"{NOTHING_YET}\n".encode())


def test_they_can_only_be_read_and_all_else_is_prefects(warehouse: Path) -> None:
    pages = pages_of(warehouse)
    assert [ask(pages, "/report", KEY, method=one)[0] for one in ("POST", "PUT", "DELETE", "OPTIONS")] == [405] * 4
    status, sent, body = ask(pages, "/metrics", KEY, method="HEAD")
    assert (status, body, int(sent["content-length"]) > 100) == (200, b"", True)
    assert ask(pages, "/api/health")[2] == ask(pages, "/report/x")[2] == b"Prefect"


def test_a_configuration_that_went_wrong_is_said_not_thrown(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text("nonsense")
    status, _, body = ask(pages_of(warehouse, tmp_path), "/health")
    assert (status, b"tocsin check" in body) == (503, True)


def test_a_reader_never_waits_for_a_writer(warehouse: Path) -> None:
    """The pages live from the record: the working file may be held for as long as it takes."""
    with open_writer(warehouse):
        assert ask(pages_of(warehouse), "/metrics", KEY)[0] == 200


@pytest.mark.slow
def test_the_report_is_made_once_for_all_who_ask_and_again_when_the_snapshot_is_newer(tmp_path: Path) -> None:
    warehouse = publish_example(tmp_path / "w.duckdb")
    pages, made = pages_of(warehouse), tmp_path / "w.prefect" / "report.html"

    async def both() -> list[tuple[int, Mapping[str, str], bytes]]:
        return list(await asyncio.gather(*(_ask(pages, "/report", [HOST, KEY], "GET") for _ in range(2))))

    first, second = asyncio.run(both())
    assert (first[0], first[1]["content-type"]) == (200, "text/html; charset=utf-8")
    assert b'<li id="event-' in first[2]
    assert first == second
    stands = made.stat().st_mtime_ns
    assert ask(pages, "/report", KEY)[0] == 200
    assert made.stat().st_mtime_ns == stands
    published = warehouse.parent / "published" / "w.duckdb"
    later = datetime.now(UTC).timestamp() + 1
    os.utime(published, (later, later))
    assert ask(pages, "/report", KEY)[0] == 200
    assert made.stat().st_mtime_ns > stands


@pytest.mark.slow
def test_a_report_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    snapshot = tmp_path / "published" / "w.duckdb"
    snapshot.parent.mkdir()
    snapshot.write_bytes(b"not a database" * 99)
    status, _, body = ask(pages_of(tmp_path / "w.duckdb"), "/report", KEY)
    assert (status, b"cannot be opened" in body) == (503, True)
    assert not record_path(tmp_path / "w.duckdb").exists()
