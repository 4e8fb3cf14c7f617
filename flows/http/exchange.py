"""One request and its answer, within bounds: every way it can fail becomes a ``Failure`` with its reason."""

import asyncio
from dataclasses import dataclass, replace

from flows.http.body import BodyDecoder, unpack
from flows.http.client import Client
from flows.http.limits import Limits
from flows.http.outcome import Failure, Headers, find_header
from flows.http.target import Target
from flows.http.wire import Response, asked

# 203: a proxy changed it; 226: a feed's new entries alone. Other answers of 200 and more bring no document.
WITH_BODY = (200, 203, 226)
# Sent, and kept out of every record.
SECRET_HEADERS = ("Authorization", "Cookie")


@dataclass(frozen=True, slots=True)
class Answer:
    """One response of one hop; bodies are empty where none was read, ``request_headers`` hold nothing secret."""

    status: int
    phrase: str
    headers: Headers
    request_headers: Headers
    raw_body: bytes = b""
    body: bytes = b""


async def exchange(client: Client, target: Target, headers: Headers, limits: Limits, seconds: float) -> Answer:
    """Ask once, within ``seconds`` in all; raises ``Failure``."""
    try:
        async with asyncio.timeout(max(seconds, 0.0)):
            return await _ask(client, target, headers, limits)
    except TimeoutError as error:
        raise Failure("timeout-total", f"more than {limits.total_seconds:g} s") from error


async def _ask(client: Client, target: Target, headers: Headers, limits: Limits) -> Answer:
    shown = tuple((name, value) for name, value in headers if name not in SECRET_HEADERS)
    async with asked(client, target, headers, limits) as response:
        answer = Answer(response.status, response.phrase, response.headers, shown)
        if response.status not in WITH_BODY:
            return answer
        raw, body = await _read(response, limits)
    return replace(answer, raw_body=raw, body=body)


async def _read(response: Response, limits: Limits) -> tuple[bytes, bytes]:
    """Return the body as sent and as decoded."""
    declared = find_header(response.headers, "content-length") or ""
    if declared.isascii() and declared.isdigit() and int(declared[:18]) > limits.max_wire_bytes:
        raise Failure("too-large", f"{declared[:18]} bytes declared")
    codings = ",".join(value for name, value in response.headers if name.lower() == "content-encoding")
    decoder = BodyDecoder(codings, limits)
    pieces = []
    async for piece in response.pieces():
        decoder.feed(piece)
        pieces.append(piece)
    return b"".join(pieces), unpack(decoder.finish(), limits)
