"""Files of any size from the web, piece by piece onto the disk; a connection that breaks is taken up where it broke."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

import anyio
import httpcore

from flows.http.client import Client, open_client
from flows.http.door import DoorSettings
from flows.http.exchange import explained
from flows.http.fetching import REDIRECTS, status_reason
from flows.http.guard import AddressPolicy
from flows.http.outcome import Failure, Headers, find_header
from flows.http.target import Target

TRIES = 5  # in a row that bring nothing
WAIT_S = 2.0  # before the second, and so much longer before each further one
_TOTAL = re.compile(r"bytes (\d+)-\d+/(\d+)", re.ASCII)
PASSING = ("disconnected", "truncated", "timeout-read")
BROKEN = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, anyio.BrokenResourceError)


async def remote_size(url: str, settings: DoorSettings) -> int:
    """Return how many bytes a file has; raises ``Failure``, also where the server does not tell."""
    try:
        async with _client(settings) as client, _answer(client, url, settings, "bytes=0-0") as (response, headers):
            return _size(response.status, headers)
    except BROKEN as error:
        raise explained(error) from error


async def download(url: str, stream: IO[bytes], size: int, settings: DoorSettings) -> None:
    """Write a file of ``size`` bytes to the stream; raises ``Failure`` and, of the disk, ``OSError``."""
    tries = 0
    async with _client(settings) as client:
        while (have := stream.tell()) < size:
            try:
                await _go_on(client, url, stream, size, settings)
            except BROKEN as error:
                failure = explained(error)
                tries = 1 if stream.tell() > have else tries + 1
                if tries >= TRIES or failure.reason not in PASSING:
                    raise failure from error
                await asyncio.sleep(WAIT_S * tries)


async def _go_on(client: Client, url: str, stream: IO[bytes], size: int, settings: DoorSettings) -> None:
    """Write what is missing, from wherever the server begins."""
    async with _answer(client, url, settings, f"bytes={stream.tell()}-") as (response, headers):
        if _size(response.status, headers) != size:
            raise Failure("protocol", f"the file has another size now than the {size} bytes it had")
        if response.status == 200:
            stream.seek(0)
            stream.truncate()
        async for piece in response.aiter_stream():
            if stream.tell() + len(piece) > size:
                raise Failure("too-large", f"more than the {size} bytes that were declared")
            stream.write(piece)


def _size(status: int, headers: Headers) -> int:
    whole = _TOTAL.fullmatch(find_header(headers, "content-range") or "")
    if status == 206 and whole:
        return int(whole[2])
    declared = find_header(headers, "content-length") or ""
    if status == 200 and declared.isascii() and declared.isdigit():
        return int(declared)
    raise Failure("protocol", "the server does not say how large the file is")


@asynccontextmanager
async def _client(settings: DoorSettings) -> AsyncIterator[Client]:
    policy = AddressPolicy(settings.allowed_networks)
    async with open_client(user_agent=settings.user_agent, policy=policy, proxy=settings.proxy) as client:
        yield client


@asynccontextmanager
async def _answer(
    client: Client, url: str, settings: DoorSettings, piece: str
) -> AsyncIterator[tuple[httpcore.Response, Headers]]:
    """Yield the answer at the end of all redirects; raises ``Failure`` for one that brings no file."""
    limits, target = settings.limits, Target.parse(url)
    seconds = {"connect": limits.connect_seconds, "read": limits.read_seconds, "write": limits.read_seconds,
               "pool": limits.total_seconds}  # fmt: skip
    for _ in range(limits.max_redirects + 1):
        asked = [(name.encode("ascii"), value.encode("latin-1")) for name, value in _headers(client, target, piece)]
        if client.is_proxied:
            await client.backend.permitted(target.host, target.port, limits.connect_seconds)
        async with client.pool.stream("GET", target.raw, headers=asked, extensions={"timeout": seconds}) as response:
            headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
            location = find_header(headers, "location")
            if response.status not in REDIRECTS or not location:
                if response.status not in (200, 206):
                    raise Failure(status_reason(response.status), f"status {response.status}", status=response.status)
                yield response, headers
                return
        target = target.redirected(location)
    raise Failure("too-many-redirects", f"more than {limits.max_redirects}")


def _headers(client: Client, target: Target, piece: str) -> Headers:
    plain = (
        ("Host", target.netloc), ("User-Agent", client.user_agent), ("Accept", "*/*"), ("Accept-Encoding", "identity"),
        ("Connection", "close"), ("Range", piece),
    )  # fmt: skip
    return plain if target.authorization is None else (*plain, ("Authorization", target.authorization))
