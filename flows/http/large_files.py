"""Files of any size from the web, piece by piece onto the disk; a connection that breaks is taken up where it broke."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

from flows.http.client import Client, open_client
from flows.http.door import DoorSettings
from flows.http.fetching import REDIRECTS, status_reason
from flows.http.guard import AddressPolicy
from flows.http.outcome import Failure, Headers, find_header
from flows.http.target import Target
from flows.http.wire import Response, asked

TRIES = 5  # in a row that bring nothing
WAIT_S = 2.0  # before the second, and so much longer before each further one
_TOTAL = re.compile(r"bytes (\d+)-\d+/(\d+)", re.ASCII)
PASSING = ("disconnected", "truncated", "timeout-read")


async def remote_size(url: str, settings: DoorSettings) -> int:
    """Return how many bytes a file has; raises ``Failure``, also where the server does not tell."""
    async with _client(settings) as client, _answer(client, url, settings, "bytes=0-0") as response:
        return _size(response.status, response.headers)


async def download(url: str, stream: IO[bytes], size: int, settings: DoorSettings) -> None:
    """Write a file of ``size`` bytes to the stream; raises ``Failure`` and, of the disk, ``OSError``."""
    tries = 0
    async with _client(settings) as client:
        while (have := stream.tell()) < size:
            try:
                await _go_on(client, url, stream, size, settings)
            except Failure as failure:
                tries = 1 if stream.tell() > have else tries + 1
                if tries >= TRIES or failure.reason not in PASSING:
                    raise
                await asyncio.sleep(WAIT_S * tries)


async def _go_on(client: Client, url: str, stream: IO[bytes], size: int, settings: DoorSettings) -> None:
    """Write what is missing, from wherever the server begins."""
    async with _answer(client, url, settings, f"bytes={stream.tell()}-") as response:
        if _size(response.status, response.headers) != size:
            raise Failure("protocol", f"the file has another size now than the {size} bytes it had")
        if response.status == 200:
            stream.seek(0)
            stream.truncate()
        async for piece in response.pieces():
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
async def _answer(client: Client, url: str, settings: DoorSettings, piece: str) -> AsyncIterator[Response]:
    """Yield the answer at the end of all redirects; raises ``Failure`` for one that brings no file."""
    limits, target = settings.limits, Target.parse(url)
    for _ in range(limits.max_redirects + 1):
        async with asked(client, target, _headers(client, target, piece), limits) as response:
            location = find_header(response.headers, "location")
            if response.status not in REDIRECTS or not location:
                if response.status not in (200, 206):
                    raise Failure(status_reason(response.status), f"status {response.status}", status=response.status)
                yield response
                return
        target = target.redirected(location)
    raise Failure("too-many-redirects", f"more than {limits.max_redirects}")


def _headers(client: Client, target: Target, piece: str) -> Headers:
    plain = (
        ("Host", target.netloc), ("User-Agent", client.user_agent), ("Accept", "*/*"), ("Accept-Encoding", "identity"),
        ("Connection", "close"), ("Range", piece),
    )  # fmt: skip
    return plain if target.authorization is None else (*plain, ("Authorization", target.authorization))
