"""A Prefect server of our own that can do no more than fail ends: its clients would ask it again and again for minutes.

It fails for good when its database is damaged while it runs; one that is busy fails, too, but not for long.
"""

import os
import sys
import time
from collections.abc import Callable

from flows.serving.asgi import App, Message, Receive, Send

LIMIT_S = 15.0  # Prefect's clients ask again after 2, 4, 8, 16 seconds
SERVER_ERROR = 500
STRANGERS = {401, 403}
IDLE = {"/api/health", "/api/ready", "/api/admin/version"}  # they are answered whatever happens


class EndWhenFailing:
    """An ASGI application around another: ``end`` is called once the API has had nothing but errors for some time."""

    def __init__(self, app: App, *, end: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._end = end
        self._clock = clock
        self._failing_since: float | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on every request and look at how it is answered."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/") or scope["path"] in IDLE:
            await self._app(scope, receive, send)
            return

        async def look(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(message["status"])
            await send(message)

        await self._app(scope, receive, look)

    def _note(self, status: int) -> None:
        if status in STRANGERS:
            return
        if status < SERVER_ERROR:
            self._failing_since = None
        elif self._failing_since is None:
            self._failing_since = self._clock()
        elif self._clock() - self._failing_since >= LIMIT_S:
            self._end()


def leave() -> None:
    """End this process with a word."""
    print("it answered with nothing but errors", file=sys.stderr, flush=True)
    os._exit(1)
