"""Tocsin's own pages beside Prefect's: the report, metrics for Prometheus, and whether all is well.

They stand behind the same gate and ask for the same credential; without it /health says no more than well or not.
"""

import asyncio
import base64
import binascii
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from config.files import ConfigError
from config.settings import settings_of
from flows.clock import utc_now
from flows.serving.asgi import App, Message, Receive, Send
from flows.serving.pages.served_report import ServedReport

if TYPE_CHECKING:
    from flows.monitoring import Survey

PATHS = ("/report", "/metrics", "/health")
CHALLENGE = (b"www-authenticate", b'Basic realm="Tocsin", charset="UTF-8"')
TEXT, HTML, JSON = "text/plain; charset=utf-8", "text/html; charset=utf-8", "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back."""

    status: int
    body: bytes
    kind: str = TEXT
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Pages:
    """An ASGI application in front of another: answers for its own paths, passes on the rest."""

    def __init__(self, app: App, warehouse: Path, config_folder: Path | None, credential: str) -> None:
        self._app = app
        self._warehouse, self._config_folder = warehouse, config_folder
        self._credential = credential.encode()
        self._report = ServedReport(warehouse, config_folder, warehouse.with_name(f"{warehouse.stem}.prefect"))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http" or scope["path"] not in PATHS:
            await self._app(scope, receive, send)
            return
        try:
            reply = await self._answer(scope["method"], scope["path"], is_known=self._is_known(scope["headers"]))
        except ConfigError:
            reply = Reply(503, b"the configuration is wrong by now: `tocsin check` tells where\n")
        await _send(send, reply, has_body=scope["method"] != "HEAD")

    async def _answer(self, method: str, path: str, *, is_known: bool) -> Reply:
        if method not in ("GET", "HEAD"):
            return Reply(405, b"only to be read\n", headers=((b"allow", b"GET, HEAD"),))
        if path == "/health":
            return await asyncio.to_thread(self._health, is_known=is_known)
        if not is_known:
            return Reply(401, b"asks for the credential of `tocsin up`\n", headers=(CHALLENGE,))
        return await (asyncio.to_thread(self._metrics) if path == "/metrics" else self._page())

    def _is_known(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Tell whether the credential was given, as Prefect asks for it too."""
        given = [value for name, value in headers if name.lower() == b"authorization"]
        kind, _, code = given[0].partition(b" ") if len(given) == 1 else (b"", b"", b"")
        try:
            said = base64.b64decode(code.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        return kind.lower() == b"basic" and secrets.compare_digest(said, self._credential)

    def _health(self, *, is_known: bool) -> Reply:
        survey = self._survey()
        if survey is None:
            return Reply(503, _json({"state": "starting"}), JSON)
        state: dict[str, object] = {"state": "trouble" if survey.troubles else "well"}
        if is_known:
            state["troubles"] = [asdict(one) for one in survey.troubles]
        return Reply(503 if survey.troubles else 200, _json(state), JSON)

    def _metrics(self) -> Reply:
        from flows.monitoring import CONTENT_TYPE, metrics_text

        survey = self._survey()
        if survey is None:
            return Reply(503, b"no run has ended yet\n")
        return Reply(200, metrics_text(survey), CONTENT_TYPE)

    def _survey(self) -> "Survey | None":
        """Return how things stand by the record of the last run: a page must not stand in the way of a writer."""
        from flows.monitoring import read_record, survey_of

        vitals = read_record(self._warehouse)
        if vitals is None:
            return None
        return survey_of(self._warehouse, settings_of(self._config_folder), vitals, utc_now())

    async def _page(self) -> Reply:
        found = await self._report.fresh()
        if isinstance(found, str):
            return Reply(503, f"{found}\n".encode())
        return Reply(200, await asyncio.to_thread(found.read_bytes), HTML)


def _json(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


async def _send(send: Send, reply: Reply, *, has_body: bool) -> None:
    headers = [
        (b"content-type", reply.kind.encode()),
        (b"content-length", str(len(reply.body)).encode()),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
        *reply.headers,
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body if has_body else b""})
