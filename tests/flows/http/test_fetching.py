"""Each end a fetch can have, brought about by a real server."""

import asyncio
import gzip
import hashlib
import socket
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import brotli  # type: ignore[import-untyped]
import pytest
import trustme
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.http import AddressPolicy, Conditions, Fetched, FetchFailed, Unchanged, open_client
from flows.http.fetching import fetch
from tests.flows.http.asking import AGENT, CALM, LOOPBACK, SHORT, ask, names
from tests.site import Act, Reply, Request, Site, conditional, faults, redirect, scripted, text

PAGE = "<p>The envoy of Zubrowka left the talks at noon.</p>"

FAULTS: list[tuple[str, Callable[[], Reply], set[str]]] = [
    ("silence", faults.silence, {"timeout-read"}),
    ("slow headers", faults.slow_headers, {"timeout-total"}),
    ("slow body", faults.slow_body, {"timeout-total"}),
    ("stalled body", faults.stalled_body, {"timeout-read"}),
    ("truncated", faults.truncated, {"truncated"}),
    ("truncated chunks", faults.truncated_chunks, {"truncated"}),
    ("bad chunks", faults.bad_chunks, {"protocol"}),
    ("two lengths", faults.two_lengths, {"protocol"}),
    ("huge headers", faults.huge_headers, {"protocol"}),
    ("endless header", faults.endless_header, {"protocol"}),
    ("endless body", faults.endless_body, {"too-large"}),
    ("a declared terabyte", faults.big_declared, {"too-large"}),
    ("another protocol", faults.not_http, {"protocol", "disconnected"}),
    ("noise", faults.noise, {"protocol"}),
    ("nothing", faults.nothing, {"disconnected"}),
    ("early reset", faults.reset_early, {"disconnected"}),
    ("late reset", faults.reset_midway, {"disconnected"}),
    ("gzip bomb", faults.gzip_bomb, {"decompression", "too-large"}),
    ("nested gzip bomb", faults.nested_bomb, {"decompression", "too-large"}),
    ("brotli bomb", faults.brotli_bomb, {"decompression", "too-large"}),
    ("zstd bomb", faults.zstd_bomb, {"decompression", "too-large"}),
    ("plain under gzip", lambda: faults.coded(b"no gzip at all", "gzip"), {"decompression"}),
    ("cut gzip", lambda: faults.coded(gzip.compress(PAGE.encode())[:-12], "gzip"), {"decompression"}),
    ("cut brotli", lambda: faults.coded(brotli.compress(PAGE.encode())[:-5], "br"), {"decompression"}),
    ("cut zstd", lambda: faults.coded(zstd.compress(PAGE.encode())[:-5], "zstd"), {"decompression"}),
    ("unknown coding", lambda: faults.coded(b"abc", "rot13"), {"decompression"}),
    ("many codings", lambda: faults.coded(b"abc", "gzip, gzip, gzip, gzip, gzip"), {"decompression"}),
    ("no document", lambda: Reply(204), {"http-other"}),
    ("304 that nobody asked for", lambda: Reply(304), {"http-other"}),
    ("redirect to nowhere", lambda: Reply(302), {"http-other"}),
    ("redirect out of the web", lambda: redirect("file:///etc/passwd"), {"bad-scheme"}),
    ("redirect to a script", lambda: redirect("javascript:alert(1)"), {"bad-scheme"}),
    ("redirect to no host", lambda: redirect("http://"), {"bad-url", "redirect-loop"}),
    ("redirect to a broken address", lambda: redirect("http://[::1"), {"bad-url"}),
    ("redirect to a bad port", lambda: redirect("http://127.0.0.1:99999/"), {"bad-url"}),
    ("redirect to the router", lambda: redirect("http://192.168.1.1/"), {"private-address"}),
    ("redirect to metadata", lambda: redirect("http://169.254.169.254/latest/meta-data"), {"private-address"}),
]


@pytest.mark.parametrize(("reply", "reasons"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_every_fault_ends_with_its_reason_and_in_time(
    site: Site, reply: Callable[[], Reply], reasons: set[str]
) -> None:
    url = site.put("/fault", reply())
    started = time.monotonic()
    outcome = ask(url, limits=SHORT)
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason in reasons, outcome
    assert time.monotonic() - started < 30  # also where others have the processor; what has no end would take longer
    assert outcome.requested_url == url


@pytest.mark.parametrize("bomb", [faults.gzip_bomb, faults.nested_bomb, faults.brotli_bomb, faults.zstd_bomb])
def test_a_bomb_takes_no_more_memory_than_a_body_may(site: Site, bomb: Callable[[], Reply]) -> None:
    url = site.put("/bomb", bomb())
    tracemalloc.start()
    try:
        assert isinstance(ask(url), FetchFailed)
        assert tracemalloc.get_traced_memory()[1] < 3 * SHORT.max_body_bytes
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "http-4xx"),
        (401, "http-401"),
        (402, "http-402"),
        (403, "http-403"),
        (404, "http-404"),
        (410, "http-410"),
        (429, "http-429"),
        (451, "http-451"),
        (500, "http-5xx"),
        (503, "http-5xx"),
        (599, "http-5xx"),
        (999, "http-other"),
    ],
)
def test_a_status_without_a_document_is_a_reason(site: Site, status: int, reason: str) -> None:
    outcome = ask(site.put("/x", text("no", status=status)))
    assert isinstance(outcome, FetchFailed)
    assert (outcome.reason, outcome.status) == (reason, status)


def test_a_document_comes_as_sent_and_as_decoded(site: Site) -> None:
    raw = gzip.compress(PAGE.encode())
    outcome = ask(site.put("/p", faults.coded(raw, "gzip")))
    assert isinstance(outcome, Fetched)
    assert (outcome.raw_body, outcome.body) == (raw, PAGE.encode())
    assert outcome.body_hash == hashlib.sha256(PAGE.encode()).hexdigest()
    assert outcome.header("CONTENT-encoding") == "gzip"
    assert (outcome.status, outcome.phrase, outcome.hops, outcome.permanent_url) == (200, "OK", (), None)


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_document_that_is_a_gzip_file_is_unpacked(site: Site, coding: str) -> None:
    packed = gzip.compress(b"<urlset/>")
    raw = gzip.compress(packed) if coding else packed
    outcome = ask(site.put("/sitemap.xml.gz", Reply(200, raw, (("Content-Encoding", coding),))))
    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.raw_body) == (b"<urlset/>", raw)


def test_a_bomb_in_a_gzip_file_is_a_bomb(site: Site) -> None:
    outcome = ask(site.put("/sitemap.xml.gz", Reply(200, faults.squeezed_zeros(100 << 20))))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason in {"decompression", "too-large"}


def test_the_request_says_who_asks(site: Site) -> None:
    ask(site.put("/p", text(PAGE)))
    headers = site.requests[0].headers
    assert headers["user-agent"] == AGENT
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert "gzip" in headers["accept-encoding"]


def test_chunks_are_joined(site: Site) -> None:
    outcome = ask(site.put("/p", faults.good_chunks(PAGE.encode())))
    assert isinstance(outcome, Fetched)
    assert outcome.raw_body == outcome.body == PAGE.encode()


def test_what_follows_a_short_length_is_never_taken_for_an_answer(site: Site) -> None:
    async def twice() -> list[bytes]:
        async with open_client(user_agent=AGENT, policy=AddressPolicy(LOOPBACK)) as client:
            outcomes = [await fetch(client, url, limits=CALM) for url in (short, good)]
            return [outcome.body for outcome in outcomes if isinstance(outcome, Fetched)]

    short = site.put("/short", faults.short_length())
    good = site.put("/good", text("good"))
    assert asyncio.run(twice()) == [b"abc", b"good"]


def test_an_unchanged_document_is_not_sent_again(site: Site) -> None:
    url = site.put("/feed", conditional(b"<rss/>", etag='"v1"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT"))
    first = ask(url)
    assert isinstance(first, Fetched)
    for conditions in (
        Conditions(etag=first.header("etag")),
        Conditions(last_modified=first.header("last-modified")),
    ):
        again = ask(url, conditions=conditions)
        assert isinstance(again, Unchanged)
        assert (again.status, again.is_same_body) == (304, False)
    assert isinstance(ask(url, conditions=Conditions(etag='"v0"')), Fetched)


def test_a_server_that_ignores_validators_is_seen_through_by_the_hash(site: Site) -> None:
    url = site.put("/feed", text("<rss/>"))
    outcome = ask(url, conditions=Conditions(body_hash=hashlib.sha256(b"<rss/>").hexdigest()))
    assert isinstance(outcome, Unchanged)
    assert (outcome.status, outcome.is_same_body) == (200, True)


def test_a_stored_validator_cannot_smuggle_a_header(site: Site) -> None:
    ask(site.put("/p", text(PAGE)), conditions=Conditions(etag='"a"\r\nX-Evil: 1', last_modified="…"))
    assert not {"x-evil", "if-none-match", "if-modified-since"} & site.requests[0].headers.keys()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_recorded(site: Site, status: int) -> None:
    there = site.put("/there", text(PAGE))
    here = site.put("/here", redirect("/there#part", status))
    outcome = ask(here)
    assert isinstance(outcome, Fetched)
    assert (outcome.requested_url, outcome.url) == (here, there)
    assert [(hop.url, hop.status, hop.location) for hop in outcome.hops] == [(here, status, there)]
    assert outcome.permanent_url == (there if status in (301, 308) else None)


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [((301, 308), "/2"), ((301, 302, 301), "/1"), ((302, 301), None), ((308, 301, 301), "/3")],
)
def test_only_an_unbroken_permanent_start_moves_a_url(
    site: Site, statuses: tuple[int, ...], permanent: str | None
) -> None:
    for number, status in enumerate(statuses):
        site.put(f"/{number}", redirect(f"/{number + 1}", status))
    site.put(f"/{len(statuses)}", text(PAGE))
    outcome = ask(site.url("/0"))
    assert isinstance(outcome, Fetched)
    assert outcome.permanent_url == (site.url(permanent) if permanent else None)


def test_a_moved_and_gone_document_names_both(site: Site) -> None:
    site.put("/new", text("gone", status=410))
    outcome = ask(site.put("/old", redirect("/new", 301)))
    assert isinstance(outcome, FetchFailed)
    assert (outcome.reason, outcome.permanent_url, outcome.url) == ("http-410", site.url("/new"), site.url("/new"))


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/caf\xc3\xa9?q=\xc3\xa4", "/caf%C3%A9?q=%C3%A4"),
        ("/caf\xe9", "/caf%C3%A9"),
        ("/with space", "/with%20space"),
        ("there", "/a/there"),
        ("?page=2", "/a/here?page=2"),
        ("../up", "/up"),
    ],
)
def test_a_location_is_read_as_browsers_do(site: Site, location: str, path: str) -> None:
    site.put(path.partition("?")[0], text(PAGE))
    site.put("/a/here", lambda request: text(PAGE) if "?" in request.path else redirect(location))
    outcome = ask(site.url("/a/here"))
    assert isinstance(outcome, Fetched)
    assert outcome.url == site.url(path)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_loop_is_noticed(site: Site, status: int) -> None:
    site.put("/a", redirect("/b", status))
    site.put("/b", redirect("/a", status))
    outcome = ask(site.url("/a"))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "redirect-loop"
    assert len(site.requests) == 2


def test_endless_redirects_are_given_up(site: Site) -> None:
    def onward(request: Request) -> Reply:
        return redirect(f"/next?n={int(request.path.partition('=')[2]) + 1}")

    site.put("/next", onward)
    outcome = ask(site.url("/next?n=0"), limits=replace(SHORT, max_redirects=5))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "too-many-redirects"
    assert len(site.requests) == 6


def test_slow_redirects_share_one_total_time(site: Site) -> None:
    for number in range(9):
        site.put(f"/{number}", replace(redirect(f"/{number + 1}"), wait=0.2))
    outcome = ask(site.url("/0"), limits=SHORT)
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "timeout-total"
    assert outcome.seconds < 9  # also where others have the processor


def test_a_cookie_asked_for_on_the_way_is_given_back_to_its_host_alone(site: Site) -> None:
    def gate(request: Request) -> Reply:
        if "seen=1" in request.headers.get("cookie", ""):
            return redirect(site.url("/there", "127.0.0.2"))
        return redirect("/here", headers=(("Set-Cookie", "seen=1; Path=/"),))

    site.put("/here", gate)
    site.put("/there", text(PAGE))
    assert isinstance(ask(site.url("/here")), Fetched)
    assert ["cookie" in request.headers for request in site.requests] == [False, True, False]
    ask(site.url("/there"))
    assert "cookie" not in site.requests[-1].headers


def test_credentials_reach_their_origin_and_no_record(site: Site) -> None:
    site.put("//127.0.0.1/a", redirect("/b"))
    site.put("//127.0.0.1/b", redirect(site.url("/c", "127.0.0.2")))
    site.put("//127.0.0.2/c", text(PAGE))
    outcome = ask(site.url("/a").replace("//", "//reader:s3cret@"))
    assert isinstance(outcome, Fetched)
    assert "s3cret" not in repr(outcome)
    assert "Authorization" not in dict(outcome.request_headers)
    sent = [request.headers.get("authorization") for request in site.requests]
    assert sent == ["Basic cmVhZGVyOnMzY3JldA==", "Basic cmVhZGVyOnMzY3JldA==", None]


def test_credentials_stay_out_of_failures() -> None:
    for url in ("http://u:s3cret@127.0.0.1:1/", "http://u:s3cret@[bad/", "ftp://u:s3cret@host/", "http://u:s3cret@/"):
        assert "s3cret" not in repr(ask(url))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "bad-scheme"),
        ("news/today", "bad-scheme"),
        ("ftp://example.org/", "bad-scheme"),
        ("file:///etc/passwd", "bad-scheme"),
        ("data:text/html,hello", "bad-scheme"),
        ("http://", "bad-url"),
        ("http://exa mple.org\n/", "bad-url"),
        ("http://example.org:0/", "bad-url"),
        ("http://example.org:65536/", "bad-url"),
        ("http://example.org:port/", "bad-url"),
    ],
)
def test_what_is_no_web_address_is_not_asked_for(url: str, reason: str) -> None:
    outcome = ask(url)
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == reason


def test_nobody_listening_is_refused() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        outcome = ask(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "refused"


def test_a_full_backlog_times_out_in_connecting() -> None:
    with socket.socket() as deaf, socket.socket() as filler, socket.socket() as second:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for other in (filler, second):
            other.setblocking(False)
            other.connect_ex(deaf.getsockname())
        outcome = ask(f"http://127.0.0.1:{deaf.getsockname()[1]}/", limits=replace(SHORT, connect_seconds=0.3))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "timeout-connect"


def test_an_unknown_name_is_a_dns_failure() -> None:
    outcome = ask("http://no-such-host.invalid/", resolve=names())
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "dns"


def test_a_name_server_that_never_answers_is_a_dns_failure() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    outcome = ask("http://slow.example/", resolve=resolve, limits=replace(SHORT, connect_seconds=0.2))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "dns"


def test_tls_to_a_plain_port_is_a_tls_failure(site: Site) -> None:
    outcome = ask(site.url("/").replace("http:", "https:"))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "tls"


def test_certificates_are_checked_against_the_name_not_the_address() -> None:
    import ssl

    authority = trustme.CA()
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("good.example").configure_cert(serving)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    resolve = names(good_example=["127.0.0.1"], other_example=["127.0.0.1"])
    with Site(tls=serving) as secure:
        secure.put("/", text(PAGE))
        good, other = secure.url("/", "good.example"), secure.url("/", "other.example")
        assert isinstance(ask(good, resolve=resolve, ssl_context=trusting), Fetched)
        for outcome in (ask(other, resolve=resolve, ssl_context=trusting), ask(good, resolve=resolve)):
            assert isinstance(outcome, FetchFailed)
            assert outcome.reason == "tls"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((("Retry-After", "120"),), 120.0),
        ((("Retry-After", "Mon, 02 Nov 2026 10:05:00 GMT"), ("Date", "Mon, 02 Nov 2026 10:00:00 GMT")), 300.0),
        ((("Retry-After", "Mon, 02 Nov 2026 12:00:30 GMT"),), 30.0),
        ((("Retry-After", "Mon, 02 Nov 2020 12:00:30 GMT"),), 0.0),
        ((("Retry-After", "99999999999"),), 86400.0),
        ((("Retry-After", "soon"),), None),
        ((("Retry-After", "-5"),), None),
        ((), None),
    ],
)
def test_retry_after_is_read_as_seconds_and_as_date(
    site: Site, headers: tuple[tuple[str, str], ...], seconds: float | None
) -> None:
    outcome = ask(
        site.put("/x", Reply(429, b"later", headers)), now=lambda: datetime(2026, 11, 2, 12, 0, 0, tzinfo=UTC)
    )
    assert isinstance(outcome, FetchFailed)
    assert outcome.retry_after == seconds


def test_the_environments_proxies_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert isinstance(ask(site.put("/p", text(PAGE))), Fetched)


def test_a_proxy_that_is_configured_is_used_and_the_guard_still_holds(site: Site) -> None:
    site.put("//public.example/p", text(PAGE))
    resolve = names(public_example=["93.184.216.34"], inner_example=["10.0.0.1"])
    proxy = site.url("/").rstrip("/")

    def ask_by_proxy(url: str) -> object:
        return ask(url, policy=AddressPolicy(), resolve=resolve, proxy=proxy)

    site.routes["http://public.example/p"] = text(PAGE)
    assert isinstance(ask_by_proxy("http://public.example/p"), Fetched)
    outcome = ask_by_proxy("http://inner.example/p")
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "private-address"


def test_the_client_goes_on_after_every_kind_of_failure(site: Site) -> None:
    async def run() -> list[str]:
        async with open_client(user_agent=AGENT, policy=AddressPolicy(LOOPBACK)) as client:
            reasons: list[str] = []
            for url in urls:
                outcome = await fetch(client, url, limits=SHORT if url != good else CALM)
                reasons.append(outcome.reason if isinstance(outcome, FetchFailed) else "ok")
            return reasons

    good = site.put("/good", text(PAGE))
    faulty = (faults.slow_body, faults.truncated, faults.bad_chunks, faults.endless_body, faults.reset_midway)
    urls = [url for number, fault in enumerate(faulty) for url in (site.put(f"/{number}", fault()), good)]
    assert asyncio.run(run())[1::2] == ["ok"] * len(faulty)


ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    b"Set-Cookie: a=1; Path=/\r\nRetry-After: 5\r\n\r\n17\r\n" + gzip.compress(b"abc") + b"\r\n0\r\n\r\n"
)
UNHURRIED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@UNHURRIED
@given(data=st.binary(max_size=300), at=st.integers(0, len(ANSWER)), keeps_head=st.booleans())
def test_any_bytes_in_answer_end_in_an_outcome(site: Site, data: bytes, at: int, keeps_head: bool) -> None:
    reply = ANSWER[:at] + data + ANSWER[at + len(data) :] if keeps_head else data
    assert ask(site.put("/any", scripted(reply, Act.CLOSE)), limits=SHORT).seconds >= 0


@UNHURRIED
@given(location=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60))
def test_any_location_ends_in_an_outcome(site: Site, location: str) -> None:
    site.put("/here", redirect(location))
    assert ask(site.url("/here"), limits=SHORT, resolve=names()).seconds >= 0


@UNHURRIED
@given(
    url=st.text(max_size=60)
    | st.text(max_size=60).map("http://{}".format)
    | st.text().map("http://a.example/{}".format)
)
def test_any_text_as_a_url_ends_in_an_outcome(url: str) -> None:
    assert isinstance(ask(url, policy=AddressPolicy(), resolve=names(a_example=["10.0.0.1"])), FetchFailed)
