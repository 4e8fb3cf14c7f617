"""The gate in front of a Prefect server of ours: who gets through, request by request."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from flows.serving.asgi import Message, Receive, Send
from flows.serving.database import is_damaged, is_foreign, set_aside
from flows.serving.failing import LIMIT_S, EndWhenFailing
from flows.serving.gate import Gate
from flows.serving.settings import own_server_environment, use_own_server

OURS = (b"host", b"127.0.0.1:8123")
FOREIGN = {
    "PREFECT_API_AUTH_STRING": "hidden:client",
    "PREFECT_SERVER_API_AUTH_STRING": "hidden:server",
    "PREFECT_API_KEY": "hidden",
    "PREFECT_CLIENT_CUSTOM_HEADERS": '{"Authorization": "hidden"}',
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "false",
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "http://foreign.example",
    "PREFECT_UI_API_URL": "http://foreign.example/api",
    "NO_PROXY": "desk",
}
CLOSING = (
    "PREFECT_SERVER_API_AUTH_STRING",
    "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED",
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED",
    "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS",
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS",
)
PAGE = [(b"sec-fetch-site", b"cross-site"), (b"sec-fetch-dest", b"document")]


async def shared(scope: Message, _receive: Receive, send: Send) -> None:
    """Answer as a server that shares with everybody."""
    headers = [(b"Access-Control-Allow-Origin", b"*"), (b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def ask(kind: str, headers: list[tuple[bytes, bytes]], path: str = "/api/flows/filter") -> list[Message]:
    """Return what is sent in answer to one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    gate = Gate(shared, 8123)
    asyncio.run(gate({"type": kind, "path": path, "headers": headers}, receive, send))
    return sent


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([OURS], 200),
        ([(b"Host", b"LOCALHOST:8123")], 200),
        ([], 403),
        ([OURS, OURS], 403),
        ([(b"host", b"127.0.0.1")], 403),
        ([(b"host", b"127.0.0.1:8124")], 403),
        ([(b"host", b"127.0.0.1.news.example:8123")], 403),
        ([(b"host", b"news.example:8123")], 403),
        ([OURS, (b"origin", b"http://127.0.0.1:8123")], 200),
        ([OURS, (b"origin", b"http://localhost:8123")], 403),
        ([OURS, (b"origin", b"https://127.0.0.1:8123")], 403),
        ([OURS, (b"origin", b"http://127.0.0.1:81234")], 403),
        ([OURS, (b"origin", b"null")], 403),
        ([OURS, (b"origin", b"")], 403),
        ([OURS, (b"origin", b"http://127.0.0.1:8123"), (b"origin", b"http://news.example")], 403),
        ([OURS, (b"sec-fetch-site", b"same-origin")], 200),
        ([OURS, (b"sec-fetch-site", b"none"), (b"sec-fetch-dest", b"document")], 200),
        ([OURS, (b"sec-fetch-site", b"same-site"), (b"sec-fetch-dest", b"empty")], 403),
        ([OURS, (b"sec-fetch-site", b"cross-site"), (b"sec-fetch-dest", b"iframe")], 403),
        ([OURS, (b"sec-fetch-site", b"cross-site")], 403),
        ([OURS, *PAGE], 200),
    ],
)
def test_only_who_names_this_server_and_comes_from_no_other_site_gets_through(
    headers: list[tuple[bytes, bytes]], expected: int
) -> None:
    """A link that somebody follows may lead here; a frame, a script or a form of another site may not."""
    assert ask("http", headers)[0]["status"] == expected
    sent = ask("websocket", headers)
    assert (sent[0]["type"] == "websocket.close") == (expected == 403)


def test_no_header_goes_out_by_which_another_origin_could_read() -> None:
    start, body = ask("http", [OURS])
    assert start["headers"] == [(b"content-type", b"text/plain"), (b"x-frame-options", b"DENY")]
    assert body["body"] == b"/api/flows/filter"


def test_what_the_user_set_for_another_server_is_not_told_to_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it open ours: what keeps it closed is set anew."""
    monkeypatch.setattr(os, "environ", FOREIGN.copy())
    server = own_server_environment("http://127.0.0.1:8123/api", "tocsin:secret")
    use_own_server("http://127.0.0.1:8123/api", "tocsin:secret")
    assert [name for env in (server, os.environ) for name, value in env.items() if "hidden" in value] == []
    assert {name: server.get(name) for name in CLOSING} == {
        "PREFECT_SERVER_API_AUTH_STRING": "tocsin:secret",
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": None,
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": "",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": None,
    }
    assert "PREFECT_SERVER_API_AUTH_STRING" not in os.environ
    assert os.environ["PREFECT_API_AUTH_STRING"] == "tocsin:secret"
    assert os.environ["NO_PROXY"] == "desk,127.0.0.1"


def test_a_server_that_only_fails_ends_and_one_that_is_busy_does_not() -> None:
    """Strangers who are refused, and what needs no database, say nothing about it."""
    ended, get = watched()
    get(0, 503)
    get(LIMIT_S - 1, 503)
    get(LIMIT_S - 0.5, 404)
    get(LIMIT_S + 1, 503)
    get(2 * LIMIT_S, 401)
    get(2 * LIMIT_S, 200, "/api/health")
    assert ended == []
    get(3 * LIMIT_S, 500)
    assert ended == [3 * LIMIT_S]


def test_a_server_that_only_reads_what_it_has_in_memory_ends_as_well() -> None:
    """Whichever item its clients ask for; one request that always fails is a fault of its own, if it is a rare one."""
    ended, get = watched()
    for at in range(0, 60, 3):
        get(at, 200, "/api/flow_runs/filter")
        get(at, 503 if at % 30 == 0 else 200, "/api/automations/filter")
        if not ended:
            get(at, 503, f"/api/flow_runs/{uuid4()}/set_state")
    assert ended == [15]


def watched() -> tuple[list[float], Callable[..., None]]:
    """Return when the server was ended, and what lets it answer a request at a time with a status."""
    ended: list[float] = []
    now, status = [0.0], [200]

    async def answer(_scope: Message, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status[0]})

    app = EndWhenFailing(answer, end=lambda: ended.append(now[0]), clock=lambda: now[0])

    def get(at: float, status_: int, path: str = "/api/flows/filter") -> None:
        now[0], status[0] = at, status_
        asyncio.run(app({"type": "http", "method": "GET", "path": path}, no_message, take))

    return ended, get


async def no_message() -> Message:
    """Receive nothing."""
    return {"type": "http.disconnect"}


async def take(_message: Message) -> None:
    """Send to nobody."""


def test_a_database_is_damaged_if_it_is_none_or_its_pages_are_and_makes_room_with_its_log(tmp_path: Path) -> None:
    """A missing or empty one is whole: the server makes it."""
    path = tmp_path / "prefect.db"
    assert not is_damaged(path)
    path.touch()
    assert (is_foreign(path), is_damaged(path)) == (False, False)
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE runs AS SELECT value FROM json_each(?)", (json.dumps(["x" * 100] * 2000),))
    con.commit()
    con.close()
    assert not is_damaged(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"garbage" * 5000)
    assert (is_foreign(path), is_damaged(path)) == (False, True)
    path.with_name("prefect.db-wal").write_bytes(b"log")
    assert set_aside(path) == tmp_path / "prefect.db.damaged"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["prefect.db.damaged", "prefect.db.damaged-wal"]
    path.write_bytes(b"garbage")
    assert (is_foreign(path), is_damaged(path)) == (True, True)
