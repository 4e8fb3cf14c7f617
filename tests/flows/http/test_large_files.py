"""Large files from the web: whole, by pieces, through the same guarded door, taken up where the connection broke."""

import asyncio
import io
import random
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import pytest

from flows.http import DoorSettings, Failure, download, remote_size
from tests.site import Site, redirect
from tests.site.reply import Act, Reply, Request, Step

DATA = random.Random(5).randbytes(300_000)
SETTINGS = DoorSettings("test", allowed_networks=(ip_network("127.0.0.0/8"),))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        yield found


def ranged(data: bytes, *, breaks_after: int | None = None) -> Callable[[Request], Reply]:
    """Return a route that gives the bytes asked for, and breaks off after so many of them."""

    def answer(request: Request) -> Reply:
        first, _, last = request.headers["range"].removeprefix("bytes=").partition("-")
        start, end = int(first), int(last) + 1 if last else len(data)
        head = (
            f"HTTP/1.1 206 Partial Content\r\nContent-Length: {end - start}\r\n"
            f"Content-Range: bytes {start}-{end - 1}/{len(data)}\r\n\r\n"
        ).encode()
        if breaks_after is None or end - start <= breaks_after:
            return Reply(script=lambda: (head + data[start:end],))
        steps: tuple[Step, ...] = (head + data[start : start + breaks_after], Act.CLOSE)
        return Reply(script=lambda: steps)

    return answer


def fetched(url: str, settings: DoorSettings = SETTINGS) -> bytes:
    stream = io.BytesIO()
    size = asyncio.run(remote_size(url, settings))
    asyncio.run(download(url, stream, size, settings))
    return stream.getvalue()


def test_a_file_comes_whole_also_over_redirects_and_from_servers_without_ranges(site: Site) -> None:
    plain = site.put("/plain", Reply(200, DATA))
    assert fetched(plain) == DATA
    site.put("/ranged", ranged(DATA))
    assert fetched(site.put("/moved", redirect("/ranged"))) == DATA


def test_a_connection_that_breaks_is_taken_up_where_it_broke(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.http.large_files.WAIT_S", 0.01)
    assert fetched(site.put("/file", ranged(DATA, breaks_after=100_000))) == DATA
    asked = [request.headers["range"] for request in site.requests]
    assert asked[0] == "bytes=0-0"
    assert asked[1:3] == ["bytes=0-", "bytes=100000-"]


def test_private_addresses_are_refused_unless_they_are_allowed(site: Site) -> None:
    url = site.put("/file", ranged(DATA))
    with pytest.raises(Failure) as failure:
        fetched(url, DoorSettings("test"))
    assert failure.value.reason == "private-address"
    assert site.requests == []


def test_what_is_no_file_says_why(site: Site) -> None:
    with pytest.raises(Failure) as failure:
        fetched(site.url("/nowhere"))
    assert failure.value.reason == "http-404"


def test_a_file_that_changed_meanwhile_is_not_taken_for_the_one_it_was(site: Site) -> None:
    url = site.put("/file", ranged(DATA))
    with pytest.raises(Failure, match="another size"):
        asyncio.run(download(url, io.BytesIO(), len(DATA) + 1, SETTINGS))
