"""A Prefect server of our own that can do no more than fail ends: its clients would ask it again and again for minutes.

It fails for good when its database is damaged while it runs; one that is busy fails, too, but not for long. What such a
server has in memory it still answers: so a kind of request that has had nothing but errors tells it as well.
"""

import os
import re
import sys
import time
from collections.abc import Callable

from flows.serving.asgi import App, Message, Receive, Send

LIMIT_S = 15.0  # Prefect's clients ask again after 2, 4, 8, 16 seconds
FEWEST = 5  # errors of one kind of request, which may be a fault of its own
ANY = ""  # stands for requests of all kinds
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
SERVER_ERROR = 500
STRANGERS = {401, 403}
IDLE = {"/api/health", "/api/ready", "/api/admin/version"}  # they are answered whatever happens


class EndWhenFailing:
    """An ASGI application around another: ``end`` is called once there have been nothing but errors for some time.

    That is: errors to all requests to the API, or to several of one kind.
    """

    def __init__(self, app: App, *, end: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._end = end
        self._clock = clock
        self._failing: dict[str, tuple[float, int]] = {}  # since when and how often, by kind of request

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on every request and look at how it is answered."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/") or scope["path"] in IDLE:
            await self._app(scope, receive, send)
            return

        async def look(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(f"{scope['method']} {ID.sub('*', scope['path'])}", message["status"])
            await send(message)

        await self._app(scope, receive, look)

    def _note(self, kind: str, status: int) -> None:
        if status in STRANGERS:
            return
        if status < SERVER_ERROR:
            self._failing.pop(ANY, None)
            self._failing.pop(kind, None)
            return
        now = self._clock()
        for key, fewest in ((ANY, 1), (kind, FEWEST)):
            since, n_errors = self._failing.get(key, (now, 0))
            self._failing[key] = since, n_errors + 1
            if now - since >= LIMIT_S and n_errors + 1 >= fewest:
                self._end()


def leave() -> None:
    """End this process with a word."""
    print("it answered with nothing but errors", file=sys.stderr, flush=True)
    os._exit(1)
