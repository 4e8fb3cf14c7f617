"""The gate of a Prefect server of our own: only who calls it by its own name, and from no other site, gets through.

Prefect checks the credential, but not who a browser sends: a page of another site, or one whose name was pointed at
loopback, could try. Websockets pass the same gate, which Prefect's own middleware does not see.
"""

import json
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from flows.serving.asgi import App, Message, Receive, Send
from flows.serving.blank import WhenStarted, blank_path, keep_blank, start_from_blank
from flows.serving.failing import EndWhenFailing, leave
from flows.serving.settings import SERVED

Headers: TypeAlias = Iterable[tuple[bytes, bytes]]

NAMES = ("127.0.0.1", "localhost")
# Prefect's API described for whoever asks, without the credential; making the description holds up everybody else.
CLOSED = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc"}
FOREIGN_SITES = {b"cross-site", b"same-site"}  # another port of this host counts as the same site
NEEDLESS = b"access-control-"
POLICY_VIOLATION = 1008
REFUSAL = b"refused\n"


class Gate:
    """An ASGI application in front of another that listens on ``port`` of loopback."""

    def __init__(self, app: App, port: int) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}".encode() for name in NAMES)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on what is meant for us; refuse the rest with 403, a websocket before it is opened."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["path"] in CLOSED or not self._is_ours(scope["headers"]):
            await _refuse(scope, receive, send)
        else:
            await self._app(scope, receive, _without_sharing(send))

    def _is_ours(self, headers: Headers) -> bool:
        """Tell whether a request names this server as its host and comes from no page of another origin.

        A browser sends Origin with whatever could change something, and with every websocket; the rest it marks with
        Sec-Fetch-Site. A link somebody follows may lead here from anywhere.
        """
        hosts, origins = _values(headers, b"host"), _values(headers, b"origin")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return False
        if any(origin != b"http://" + hosts[0] for origin in origins):
            return False
        return not FOREIGN_SITES & set(_values(headers, b"sec-fetch-site")) or _is_link(headers)


def import_prefect() -> None:
    """Import what ``closed_app`` needs, which takes seconds."""
    import prefect.server.api.server  # noqa: F401


def closed_app(port: int) -> App:
    """Return Prefect's server behind the gate; raises ``RuntimeError`` where its settings would leave it open."""
    from prefect.server.api.server import create_app

    _check_settings()
    return Gate(_with_pages(EndWhenFailing(_with_blank(create_app()), end=leave)), port)


def _with_pages(app: App) -> App:
    """Have the server show Tocsin's own pages, too, where it serves a warehouse."""
    served = os.environ.get(SERVED)
    if not served:
        return app
    from prefect.settings import get_current_settings

    from flows.serving.pages.app import Pages

    warehouse, config_folder = json.loads(served)
    credential = get_current_settings().server.api.auth_string
    assert credential is not None  # noqa: S101 - just checked
    return Pages(app, Path(warehouse), Path(config_folder) if config_folder else None, credential.get_secret_value())


def _with_blank(app: App) -> App:
    """Have the server start from a blank database where it would have to make one, or keep one for the next."""
    try:
        database = _database()
        if database is None or database.exists():
            return app
        blank = blank_path()
        if blank.is_file():
            start_from_blank(database, blank)
            return app
    except (OSError, RuntimeError, AttributeError):  # no home, or a place that may not be searched
        return app
    return WhenStarted(app, partial(keep_blank, database, blank))


def _database() -> Path | None:
    """Return the file of the server's database, None where it is no file."""
    from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL
    from sqlalchemy import make_url

    url = make_url(str(PREFECT_API_DATABASE_CONNECTION_URL.value()))
    is_file = url.get_backend_name() == "sqlite" and not url.query and url.database
    return Path(str(url.database)) if is_file and url.database not in {None, ":memory:"} else None


def _check_settings() -> None:
    """Raise unless what we asked for holds; if a file of Prefect's outweighs it, better no server than an open one."""
    from prefect.settings import get_current_settings

    settings = get_current_settings().server.api
    found = {
        "auth_string": bool(settings.auth_string and settings.auth_string.get_secret_value()),
        "csrf_protection_enabled": settings.csrf_protection_enabled,
        "cors_allowed_origins": not settings.cors_allowed_origins,
    }
    if left_open := [name for name, is_closed in found.items() if not is_closed]:
        raise RuntimeError(f"Prefect's settings leave it open: server.api.{', '.join(left_open)}")


def _values(headers: Headers, name: bytes) -> list[bytes]:
    return [value.strip().lower() for key, value in headers if key.lower() == name]


def _is_link(headers: Headers) -> bool:
    return _values(headers, b"sec-fetch-dest") == [b"document"]


def _without_sharing(send: Send) -> Send:
    """Return a ``send`` that lets no header out by which other origins could read what is sent."""

    async def send_ours(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [one for one in message.get("headers", ()) if not bytes(one[0]).lower().startswith(NEEDLESS)]
            message["headers"] = [*kept, (b"x-frame-options", b"DENY")]
        await send(message)

    return send_ours


async def _refuse(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(REFUSAL)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})
