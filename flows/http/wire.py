"""One request and the answer to it over a connection of its own: asyncio's streams, and h11 for what is said on them.

Connections are not kept: between two requests to a host lies a pause anyway, and what a server sends too much of on a
kept one would be taken for the next answer.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import h11

from flows.http.client import Client
from flows.http.dial import MAX_HEAD_BYTES, PIECE, dial
from flows.http.limits import Limits
from flows.http.outcome import Failure, Headers
from flows.http.target import Target


class Wire:
    """What comes over one connection, event by event; each has to begin within ``seconds`` of the one before."""

    def __init__(self, reader: asyncio.StreamReader, seconds: float) -> None:
        """Expect an answer."""
        self._reader, self._seconds = reader, seconds
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)

    def request(self, path: bytes, headers: Headers) -> bytes:
        """Return the request as it is sent; raises ``Failure``."""
        wire = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
        try:
            return self._h11.send(h11.Request(method="GET", target=path, headers=wire)) + self._h11.send(
                h11.EndOfMessage()
            )
        except h11.LocalProtocolError as error:
            raise Failure("protocol", str(error)) from error

    async def event(self) -> object:
        """Return the next event of h11; raises ``Failure``."""
        try:
            while (event := self._h11.next_event()) is h11.NEED_DATA:
                data = await self._read()
                if not data and self._h11.their_state is h11.SEND_RESPONSE:
                    raise Failure("disconnected", "the server closed the connection without an answer")
                self._h11.receive_data(data)
        except h11.RemoteProtocolError as error:
            detail = str(error)
            is_cut = "complete message body" in detail or "incomplete chunked" in detail
            raise Failure("truncated" if is_cut else "protocol", detail) from error
        return event

    async def _read(self) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._reader.read(PIECE)
        except TimeoutError as error:
            raise Failure("timeout-read", f"nothing within {self._seconds:g} s") from error
        except OSError as error:
            raise Failure("tls" if isinstance(error, ssl.SSLError) else "disconnected", str(error)) from error


@dataclass(frozen=True, slots=True)
class Response:
    """The head of an answer; its body is still to come."""

    status: int
    phrase: str
    headers: Headers
    wire: Wire

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes, without the framing of chunks; raises ``Failure``."""
        while isinstance(event := await self.wire.event(), h11.Data):
            yield bytes(event.data)


@asynccontextmanager
async def asked(client: Client, target: Target, headers: Headers, limits: Limits) -> AsyncIterator[Response]:
    """Ask for the target and yield the head of the answer; raises ``Failure``. At the end the connection is gone."""
    reader, writer = await dial(client, target, limits.connect_seconds)
    try:
        wire = Wire(reader, limits.read_seconds)
        is_handed_on = client.proxy is not None and target.scheme == "http"
        # A server that closes before it has read all may have answered: what it said counts, not that it closed.
        writer.write(wire.request(target.text.encode("ascii") if is_handed_on else target.path, headers))
        while not isinstance(head := await wire.event(), h11.Response):
            if not isinstance(head, h11.InformationalResponse) or head.status_code == 101:
                raise Failure("protocol", f"unexpected {type(head).__name__}")
        received = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items())
        yield Response(head.status_code, head.reason.decode("latin-1"), received, wire)
    finally:
        writer.transport.abort()  # without a farewell: nobody waits for it
