"""Connections: what stands between the socket and the first byte of an answer."""

import asyncio
import gc
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import trustme

from flows.http import AddressPolicy, Fetched, FetchFailed, open_client
from flows.http.fetching import fetch
from tests.flows.http.asking import AGENT, OPEN, SHORT, TRUST, ask, names
from tests.site import Site, faults, text

PAGE = "<p>The ferry of Lutha stays in port.</p>"
NAMES = names(good_example=["93.184.216.34"], inner_example=["10.0.0.1"])
EARLY = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse"


@contextmanager
def listening(answer: bytes | None, onward: int | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """Run a server that says ``answer`` to what comes first, and then hands on to a port; yields port and heads."""
    heads: list[bytes] = []
    loop = asyncio.new_event_loop()
    open_now: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_now.add(task)
        heads.append(await reader.readuntil(b"\r\n\r\n") if onward else await reader.read(9))
        if answer is None:
            await asyncio.sleep(30)
        writer.write(answer or b"")
        if onward:
            there, back = await asyncio.open_connection("127.0.0.1", onward)
            await asyncio.gather(_copy(reader, back), _copy(there, writer), return_exceptions=True)
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(connected, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1], heads
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        for one in open_now:
            one.cancel()
        loop.run_until_complete(asyncio.gather(*open_now, return_exceptions=True))
        server.close()
        loop.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
    writer.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority: trustme.CA) -> Iterator[Site]:
    """A site with a certificate for good.example."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("good.example").configure_cert(serving)
    with Site(tls=serving) as site:
        site.put("/", text(PAGE))
        yield site


@pytest.fixture(scope="module")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def reason_of(url: str, **options: Any) -> str:
    """Return how a fetch fails."""
    outcome = ask(url, **options)
    assert isinstance(outcome, FetchFailed), outcome
    return outcome.reason


def test_a_tls_handshake_that_never_ends_is_a_time_out_of_connecting() -> None:
    """A server that takes the connection and is silent there."""
    with listening(None) as (port, _):
        assert reason_of(f"https://127.0.0.1:{port}/", limits=replace(SHORT, connect_seconds=0.3)) == "timeout-connect"


def test_what_is_said_before_tls_is_never_taken_for_the_answer() -> None:
    """Someone on the way cannot put words in front of the encrypted ones."""
    with listening(EARLY) as (port, _):
        assert reason_of(f"https://127.0.0.1:{port}/") == "tls"


def test_https_goes_through_a_proxy_and_the_far_end_shows_its_certificate(
    secure: Site, trusting: ssl.SSLContext
) -> None:
    """The proxy is asked for the name and sees nothing of the request; the guard judges the far end before."""
    with listening(b"HTTP/1.1 200 Connected\r\n\r\n", secure.port) as (port, heads):
        by_proxy: dict[str, Any] = {"policy": AddressPolicy(), "resolve": NAMES, "proxy": f"http://127.0.0.1:{port}"}
        outcome = ask("https://good.example/", ssl_context=trusting, **by_proxy)
        assert isinstance(outcome, Fetched)
        assert outcome.body.decode() == PAGE
        assert heads[0].startswith(b"CONNECT good.example:443 HTTP/1.1\r\n")
        assert reason_of("https://good.example/", **by_proxy) == "tls"  # an authority that nobody trusts
        assert reason_of("https://inner.example/", ssl_context=trusting, **by_proxy) == "private-address"
        assert len(heads) == 2


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "unreachable"),
        (b"HTTP/1.1 200 Connected\r\n\r\n" + EARLY, "protocol"),
        (b"no proxy at all\r\n\r\n", "protocol"),
        (b"", "timeout-total"),
    ],
)
def test_a_proxy_that_does_not_lead_on_is_told_from_the_site(secure: Site, said: bytes, reason: str) -> None:
    """What a proxy says instead of leading on is never read as the page."""
    with listening(said, secure.port) as (port, _):
        options: dict[str, Any] = {
            "policy": AddressPolicy(),
            "resolve": NAMES,
            "proxy": f"http://127.0.0.1:{port}",
            "limits": SHORT,
        }
        assert reason_of("https://good.example/", **options) == reason


def test_only_plain_proxies_are_spoken_to() -> None:
    """A setting that cannot be kept is refused, not ignored."""
    with pytest.raises(ValueError, match="no address of an http proxy"):
        ask("http://good.example/", proxy="socks5://127.0.0.1:1080")


def test_no_failure_leaves_a_connection_open(secure: Site) -> None:
    """While the client goes on, whatever way its requests ended."""
    faulty = (faults.silence, faults.truncated, faults.bad_chunks, faults.endless_body, faults.reset_early)

    async def ask_all(urls: Sequence[str], *ports: int) -> list[socket.socket]:
        async with open_client(user_agent=AGENT, policy=OPEN, ssl_context=TRUST) as client:
            for url in urls:
                assert isinstance(await fetch(client, url, limits=SHORT), FetchFailed)
            await asyncio.sleep(0.05)
            return _open_sockets(ports)

    with Site() as site:
        urls = [site.put(f"/{number}", fault()) for number, fault in enumerate(faulty)]
        urls += ["http://127.0.0.1:1/", site.url("/").replace("http:", "https:"), secure.url("/", "127.0.0.1")]
        assert asyncio.run(ask_all(urls, site.port, secure.port)) == []


def _open_sockets(serving: Sequence[int]) -> list[socket.socket]:
    """Return the sockets of this process that are no server's."""
    found = [one for one in gc.get_objects() if isinstance(one, socket.socket) and one.fileno() != -1]
    return [one for one in found if one.family == socket.AF_INET and one.getsockname()[1] not in serving]
