"""One request and its answer, within bounds: every way it can fail becomes a ``Failure`` with its reason."""

import asyncio
import ssl
from dataclasses import dataclass, replace

import anyio
import httpcore

from flows.http.body import BodyDecoder, unpack
from flows.http.client import Client
from flows.http.guard import AddressRefused, NameNotResolved, NotConnected
from flows.http.limits import Limits
from flows.http.outcome import Failure, Headers, find_header
from flows.http.target import Target

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
            if client.is_proxied:
                await client.backend.permitted(target.host, target.port, limits.connect_seconds)
            return await _ask(client, target, headers, limits)
    except TimeoutError as error:
        raise Failure("timeout-total", f"more than {limits.total_seconds:g} s") from error
    except (
        httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.ProxyError,
        httpcore.UnsupportedProtocol, anyio.BrokenResourceError, OSError,
    ) as error:  # fmt: skip
        raise explained(error) from error


async def _ask(client: Client, target: Target, headers: Headers, limits: Limits) -> Answer:
    seconds = {
        "connect": limits.connect_seconds,
        "read": limits.read_seconds,
        "write": limits.read_seconds,
        "pool": limits.total_seconds,
    }
    wire = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
    async with client.pool.stream("GET", target.raw, headers=wire, extensions={"timeout": seconds}) as response:
        received = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
        phrase = response.extensions.get("reason_phrase", b"").decode("latin-1")
        shown = tuple((name, value) for name, value in headers if name not in SECRET_HEADERS)
        answer = Answer(response.status, phrase, received, shown)
        if response.status not in WITH_BODY:
            return answer
        raw, body = await _read(response, received, limits)
    return replace(answer, raw_body=raw, body=body)


async def _read(response: httpcore.Response, headers: Headers, limits: Limits) -> tuple[bytes, bytes]:
    """Return the body as sent and as decoded."""
    declared = find_header(headers, "content-length") or ""
    if declared.isascii() and declared.isdigit() and int(declared[:18]) > limits.max_wire_bytes:
        raise Failure("too-large", f"{declared[:18]} bytes declared")
    codings = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    decoder = BodyDecoder(codings, limits)
    pieces = []
    async for piece in response.aiter_stream():
        decoder.feed(piece)
        pieces.append(piece)
    return b"".join(pieces), unpack(decoder.finish(), limits)


def explained(error: Exception) -> Failure:
    """Return what a connection failed of, in our words."""
    if isinstance(error, (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)):
        return _explain(error)
    return Failure("tls" if isinstance(error, ssl.SSLError) else "disconnected", str(error))


def _explain(error: Exception) -> Failure:  # noqa: PLR0911 - one case a line
    detail = str(error)
    match error:
        case NameNotResolved():
            return Failure("dns", detail)
        case AddressRefused():
            return Failure("private-address", detail)
        case NotConnected():
            return Failure("refused" if error.is_refused else "unreachable", detail)
        case httpcore.ConnectError():
            return Failure("tls", detail)
        case httpcore.ConnectTimeout():
            return Failure("timeout-connect", detail)
        case httpcore.TimeoutException():
            return Failure("timeout-read", detail)
        case httpcore.NetworkError():
            return Failure("disconnected", detail)
        case httpcore.RemoteProtocolError() if "complete message body" in detail or "incomplete chunked" in detail:
            return Failure("truncated", detail)
        case httpcore.RemoteProtocolError() if detail.startswith("Server disconnected"):
            return Failure("disconnected", detail)
    return Failure("protocol", detail)
