"""Connections: to exactly the addresses that were checked, through a proxy where there is one, with TLS or without."""

import asyncio
import socket
import ssl
from collections.abc import Sequence

import h11

from flows.http.client import Client, Proxy
from flows.http.outcome import Failure
from flows.http.target import Target

MAX_HEAD_BYTES = 100 * 1024  # what of an answer's head may come without its end
PIECE = 1 << 16
NOT_CONNECTED = "no address took the connection"


async def dial(client: Client, target: Target, seconds: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a connection to the target; raises ``Failure``. Name, connection and TLS have ``seconds`` each."""
    addresses = await client.guard.permitted(target.raw_host, target.port, seconds)
    if client.proxy is None:
        sock = await _connect(addresses, target.port, seconds)
    else:
        sock = await _connect_by(client.proxy, target, seconds)
    tls = client.tls if target.scheme == "https" else None
    try:
        return await _streams(sock, tls, target.raw_host.rstrip("."), seconds)
    except BaseException:
        sock.close()
        raise


async def _streams(
    sock: socket.socket, tls: ssl.SSLContext | None, host: str, seconds: float
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Put streams over the socket; nothing that was sent before TLS can be read from them."""
    if tls is None:
        return await asyncio.open_connection(sock=sock)
    try:
        async with asyncio.timeout(seconds) as scope:
            return await asyncio.open_connection(sock=sock, ssl=tls, server_hostname=host)
    except (OSError, ValueError) as error:
        if scope.expired():
            raise Failure("timeout-connect", "no end of the TLS handshake") from error
        raise Failure("tls", str(error) or type(error).__name__) from error


async def _connect(addresses: Sequence[str], port: int, seconds: float) -> socket.socket:
    """Connect to the first address that answers, sharing the time among them."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    failure = Failure("unreachable", NOT_CONNECTED)
    for index, address in enumerate(addresses):
        try:
            return await _connect_to(address, port, max(0.0, deadline - clock()) / (len(addresses) - index))
        except Failure as failed:
            failure = failed
    raise failure


async def _connect_to(address: str, port: int, seconds: float) -> socket.socket:
    try:
        sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    except OSError as error:  # no such kind of address here, or too many open files
        raise Failure("unreachable", str(error)) from error
    sock.setblocking(False)
    try:
        async with asyncio.timeout(seconds) as scope:
            await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except BaseException as error:
        sock.close()
        if not isinstance(error, OSError):
            raise
        if scope.expired():
            raise Failure("timeout-connect", f"no answer within {seconds:.1f} s") from error
        raise Failure("refused" if isinstance(error, ConnectionRefusedError) else "unreachable", str(error)) from error
    return sock


async def _connect_by(proxy: Proxy, target: Target, seconds: float) -> socket.socket:
    """Return a connection to the proxy, for https one that leads through it."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(proxy.host, proxy.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Failure("dns", f"proxy: {error}") from error
    sock = await _connect([str(one[4][0]) for one in found], proxy.port, seconds)
    if target.scheme == "https":
        try:
            async with asyncio.timeout(seconds):
                await _tunnel(sock, f"{_bracketed(target.raw_host)}:{target.port}")
        except BaseException as error:
            sock.close()
            if isinstance(error, OSError):
                raise Failure("unreachable", f"proxy: {error}") from error
            raise
    return sock


async def _tunnel(sock: socket.socket, authority: str) -> None:
    """Have the proxy connect; what comes after its answer belongs to the far end and may not be there yet."""
    loop, wire = asyncio.get_running_loop(), h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
    request = h11.Request(method="CONNECT", target=authority, headers=[("Host", authority)])
    await loop.sock_sendall(sock, wire.send(request) + wire.send(h11.EndOfMessage()))
    try:
        while (event := wire.next_event()) is h11.NEED_DATA or isinstance(event, h11.InformationalResponse):
            if event is h11.NEED_DATA:
                wire.receive_data(await loop.sock_recv(sock, PIECE))
    except h11.ProtocolError as error:
        raise Failure("protocol", f"proxy: {error}") from error
    if not isinstance(event, h11.Response) or event.status_code // 100 != 2:
        raise Failure("unreachable", f"the proxy said {getattr(event, 'status_code', 'nothing')}")
    if wire.trailing_data[0]:
        raise Failure("protocol", "the proxy sent more than its answer")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
