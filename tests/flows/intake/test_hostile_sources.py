"""A web at its worst: every fault on a host of its own, beside one source that is as it should be."""

import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.load import load_configuration
from config.settings import FetchSettings, Limits, ReadSettings, Settings
from extractors.feeds.sources import Source
from extractors.topics.matching import TermGroup, Topic, TopicMatcher, compile_topics
from extractors.topics.rules import parse_rule
from flows.intake.archive import iter_warc
from flows.intake.fetch import fetch_due
from flows.intake.pages import read_pages
from flows.intake.poll import poll_due
from flows.intake.web import archive_folder
from tests.site import faults
from tests.site.reply import Reply
from tests.site.server import Site
from warehouse.connection import open_writer, transaction
from warehouse.storing.sources import sync_sources

pytestmark = pytest.mark.slow

BODY = "".join(
    f"<p>The strait of Ombra stayed closed on day {n}, the harbour master of Lindmoor said in his {n}th notice.</p>"
    for n in range(12)
)
PAGE = f"<html><head><title>Strait stays closed</title></head><body><article>{BODY}</article></body></html>"

# what a feed's host does -> how the poll of it ends
FEED_FAULTS: dict[str, tuple[Callable[[], Reply], str]] = {
    "silence": (faults.silence, "timeout"),
    "slow headers": (faults.slow_headers, "timeout"),
    "slow body": (faults.slow_body, "timeout"),
    "stalled": (faults.stalled_body, "timeout"),
    "truncated": (faults.truncated, "truncated"),
    "bad chunks": (faults.bad_chunks, "protocol"),
    "huge headers": (faults.huge_headers, ""),
    "endless header": (faults.endless_header, ""),
    "endless body": (faults.endless_body, "too-large"),
    "declares a terabyte": (faults.big_declared, "too-large"),
    "not http": (faults.not_http, "disconnected"),
    "noise": (faults.noise, ""),
    "nothing": (faults.nothing, "disconnected"),
    "reset": (faults.reset_early, "disconnected"),
    "gzip bomb": (faults.gzip_bomb, ""),
    "nested bomb": (faults.nested_bomb, ""),
    "empty": (lambda: Reply(200, b""), "empty"),
    "no feed": (lambda: Reply(200, b"just words"), "not-a-feed"),
    "403": (lambda: Reply(403, b"no"), "http-403"),
    "404": (lambda: Reply(404, b"no"), "http-404"),
    "410": (lambda: Reply(410, b"gone"), "http-410"),
    "429": (lambda: Reply(429, b"", (("Retry-After", "3600"),)), "http-429"),
    "500": (lambda: Reply(500, b"no"), "http-5xx"),
    "redirect loop": (lambda: Reply(302, b"", (("Location", "/feed.xml"),)), "redirect"),
    "redirect to a private address": (lambda: Reply(302, b"", (("Location", "http://10.1.2.3/"),)), "private-address"),
    "redirect to a file": (lambda: Reply(302, b"", (("Location", "file:///etc/passwd"),)), "bad-scheme"),
    "billion laughs": (
        lambda: Reply(
            200,
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
            + b"".join(b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(12))
            + b"]><rss version='2.0'><channel><title>&a11;</title></channel></rss>",
        ),
        "",
    ),
}


def feed(base: str) -> bytes:
    """Return a feed of three matching items, one of whose pages hangs and one of which is a bomb."""
    items = "".join(
        f"<item><title>Strait of Ombra closed again</title><link>{base}/{name}.html</link><guid>{name}</guid>"
        f"<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
        for name in ("good", "hangs", "bomb", "garbage")
    )
    return f"<rss version='2.0'><channel><title>Good</title>{items}</channel></rss>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    addresses = [f"127.0.0.{n}" for n in range(1, len(FEED_FAULTS) + 2)]
    with Site(addresses) as opened:
        for address, (make, _) in zip(addresses[1:], FEED_FAULTS.values(), strict=True):
            opened.put(f"//{address}/feed.xml", make())
        base = opened.url("", "127.0.0.1").rstrip("/")
        opened.put("//127.0.0.1/feed.xml", Reply(200, feed(base), (("Content-Type", "application/rss+xml"),)))
        opened.put("//127.0.0.1/good.html", Reply(200, PAGE.encode(), (("Content-Type", "text/html"),)))
        opened.put("//127.0.0.1/hangs.html", faults.silence())
        opened.put("//127.0.0.1/bomb.html", faults.gzip_bomb())
        opened.put("//127.0.0.1/garbage.html", Reply(200, bytes(range(256)) * 99, (("Content-Type", "text/html"),)))
        yield opened


def matcher() -> TopicMatcher:
    group = TermGroup("strait", ("strait of Ombra",))
    return compile_topics([Topic("ombra", (group,), parse_rule("strait", ["strait"]))], {})


def test_every_fault_is_on_record_in_bounded_time_and_the_good_source_is_read(site: Site, tmp_path: Path) -> None:
    settings = Settings(
        fetch=FetchSettings(
            allowed_networks=("127.0.0.0/8",),  # type: ignore[arg-type]
            delay_seconds=0,
            connect_seconds=1,
            read_seconds=1,
            total_seconds=2,
            max_download_bytes=2_000_000,
            max_body_bytes=4_000_000,
        ),
        read=ReadSettings(page_seconds=10),
        limits=Limits(),
    )
    names = {f"fault-{n}": name for n, name in enumerate(FEED_FAULTS)}
    sources = [Source("good", site.url("/feed.xml", "127.0.0.1"))] + [
        Source(source_id, site.url("/feed.xml", f"127.0.0.{number + 2}")) for number, source_id in enumerate(names)
    ]
    warehouse, now, began = tmp_path / "w.duckdb", datetime(2026, 11, 22, tzinfo=UTC), time.monotonic()
    with open_writer(warehouse) as con, transaction(con):
        sync_sources(con, sources)

    polled = poll_due(warehouse, settings, matcher(), now=now)
    fetched = fetch_due(warehouse, settings, now=datetime.now(UTC))
    read_pages(warehouse, archive_folder(warehouse), settings, matcher(), now=datetime.now(UTC), limit=50)

    assert time.monotonic() - began < 200  # also where others have the processor
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000  # kilobytes
    assert polled.sources == len(sources)
    assert polled.new == 4
    assert fetched.captured == 2
    with open_writer(warehouse) as con:
        errors = dict(con.execute("SELECT source_id, coalesce(error, '') FROM polls").fetchall())
        entries = dict(con.execute("SELECT guid, status || ': ' || coalesce(reason, '') FROM entries").fetchall())
        articles = con.execute("SELECT title FROM articles").fetchall()
        gone = con.execute("SELECT source_id FROM source_states WHERE disabled_reason IS NOT NULL").fetchall()
    for source_id, name in names.items():
        if name != "billion laughs":
            assert errors[source_id], name
        assert FEED_FAULTS[name][1] in errors[source_id], name
    assert errors["good"] == ""
    assert entries["good"] == "read: article"
    assert entries["hangs"].startswith("pending: timeout")
    assert entries["bomb"].startswith("failed: ")
    assert entries["garbage"].startswith("rejected: ")
    assert articles == [("Strait stays closed",)]
    assert [names[row[0]] for row in gone] == ["410"]
    assert all(list(iter_warc(one)) for one in archive_folder(warehouse).glob("*.warc.gz"))


def test_private_and_loopback_addresses_are_refused_by_default(site: Site, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con, transaction(con):
        sync_sources(con, [Source("loopback", site.url("/feed.xml", "127.0.0.1"))])
    polled = poll_due(warehouse, load_configuration(None).settings, matcher(), now=datetime(2026, 11, 22, tzinfo=UTC))
    assert (polled.failed, site.requests) == (1, [])
    with open_writer(warehouse) as con:
        assert "private-address" in str(con.execute("SELECT error FROM polls").fetchone())
