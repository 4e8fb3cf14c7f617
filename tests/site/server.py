"""A real HTTP server on loopback in a thread of its own, for tests that need the web at its best and worst."""

import asyncio
import itertools
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.site.reply import Act, Reply, Request, Route

TLS_HELLO = b"\x16"


class Site:
    """Serves ``routes`` (path, or host and path, to a reply or a function of the request) and remembers requests.

    Several addresses of 127.0.0.0/8 are several hosts on one port; names work too where the client's resolver is
    made to find them. What has no route is 404. ``busiest`` holds the most requests that were in hand at once,
    by host and (``*``) in all; ``connections`` how many were opened.
    """

    def __init__(self, addresses: Sequence[str] = ("127.0.0.1",), tls: ssl.SSLContext | None = None) -> None:
        """Nothing is served until the site is entered."""
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.busiest: Counter[str] = Counter()
        self.port = 0
        self._addresses = tuple(addresses)
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="test-site", daemon=True)
        self._open: set[asyncio.Task[None]] = set()
        self._in_hand: Counter[str] = Counter()
        self._numbers = itertools.count(1)
        self._servers: list[asyncio.Server] = []

    def __enter__(self) -> Self:
        """Listen."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and stop."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def put(self, path: str, route: Route) -> str:
        """Serve ``route`` at ``path`` and return its URL; ``//host/path`` serves one host only."""
        self.routes[path] = route
        if path.startswith("//"):
            host, _, rest = path[2:].partition("/")
            return self.url(f"/{rest}", host)
        return self.url(path)

    def url(self, path: str = "/", host: str | None = None) -> str:
        """Return the URL of a path on a host (default: the first address)."""
        return f"{'https' if self._tls else 'http'}://{host or self._addresses[0]}:{self.port}{path}"

    def counts(self) -> Counter[str]:
        """Return how often each path was asked for."""
        return Counter(request.path for request in self.requests)

    def forget(self) -> None:
        """Start counting anew."""
        self.requests.clear()
        self.connections = 0
        self.busiest.clear()

    async def _listen(self) -> None:
        for address in self._addresses:
            server = await asyncio.start_server(self._connected, address, self.port, ssl=self._tls, limit=1 << 20)
            self.port = server.sockets[0].getsockname()[1]
            self._servers.append(server)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        try:
            await self._serve(reader, writer, next(self._numbers))
        except (OSError, EOFError, ValueError, asyncio.CancelledError):
            pass  # the client went away, or the site is closing
        finally:
            self._open.discard(task)
            writer.transport.abort() if task.cancelling() else writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        while True:
            first = await reader.readexactly(1)
            if first == TLS_HELLO:
                writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nplain HTTP here")
                return
            request = parse_request(first + await reader.readuntil(b"\r\n\r\n"), number)
            size = int(request.headers.get("content-length", "0"))
            request = replace(request, body=await reader.readexactly(size))
            self.requests.append(request)
            with self._counted(request.host.partition(":")[0]):
                goes_on = await self._send(writer, self._route(request))
            if not goes_on or request.headers.get("connection") == "close":
                return

    @contextmanager
    def _counted(self, host: str) -> Iterator[None]:
        """Count the request among those in hand, of its host and (under ``*``) of all."""
        self._in_hand.update((host, "*"))
        for key in (host, "*"):
            self.busiest[key] = max(self.busiest[key], self._in_hand[key])
        try:
            yield
        finally:
            self._in_hand.subtract((host, "*"))

    def _route(self, request: Request) -> Reply:
        name = request.host.partition(":")[0]
        path = urlsplit(request.path).path
        for key in (f"//{name}{request.path}", f"//{name}{path}", request.path, path):
            if key in self.routes:
                route = self.routes[key]
                return route if isinstance(route, Reply) else route(request)
        return Reply(404, b"nothing here")

    async def _send(self, writer: asyncio.StreamWriter, reply: Reply) -> bool:
        """Play the reply; tell whether the connection goes on."""
        for step in reply.steps():
            match step:
                case bytes():
                    writer.write(step)
                    await writer.drain()
                case Act.CLOSE:
                    return False
                case Act.RESET:
                    reset(writer)
                    return False
                case Act.HANG:
                    await asyncio.sleep(3600)
                case float() | int():
                    await asyncio.sleep(step)
        return True


def parse_request(head: bytes, number: int) -> Request:
    """Return the request of a well-behaved client."""
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(method, path, headers.get("host", ""), headers, time.monotonic(), number)


def reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other end sees a reset rather than an end."""
    handle = writer.get_extra_info("socket")
    handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    writer.transport.abort()
