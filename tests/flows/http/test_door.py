"""Politeness, robots.txt, retries and following, through the whole door."""

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest

from flows.http import Door, DoorSettings, Fetched, FetchFailed, Outcome, Patience, Politeness, open_door
from tests.flows.http.asking import CALM, PATIENT, QUICK, SHORT, TRUST, names
from tests.site import Reply, Request, Site, faults, redirect, text

PAGE = "<p>The envoy of Zubrowka left the talks at noon.</p>"


def through_door(
    work: Callable[[Door], Coroutine[Any, Any, Any]], settings: DoorSettings = PATIENT, **options: Any
) -> Any:
    async def run() -> Any:
        async with open_door(settings, ssl_context=TRUST, **options) as door:
            return await work(door)

    return asyncio.run(run())


def pages(*urls: str, settings: DoorSettings = PATIENT) -> list[Outcome]:
    """Ask for all pages at once."""

    async def work(door: Door) -> list[Outcome]:
        return list(await asyncio.gather(*(door.fetch_page(url) for url in urls)))

    outcomes: list[Outcome] = through_door(work, settings)
    return outcomes


def ends(outcomes: list[Outcome]) -> list[str]:
    return [outcome.reason if isinstance(outcome, FetchFailed) else "ok" for outcome in outcomes]


def polite(**choices: Any) -> DoorSettings:
    return replace(PATIENT, politeness=replace(PATIENT.politeness, **choices))


def slow_page() -> Reply:
    return replace(text(PAGE), wait=0.05)


def test_a_host_gets_one_request_at_a_time_and_hosts_run_side_by_side(site: Site) -> None:
    site.put("/p", slow_page())
    urls = [site.url(f"/p?{n}", host) for n in range(3) for host in ("127.0.0.1", "127.0.0.2", "127.0.0.3")]
    assert set(ends(pages(*urls))) == {"ok"}
    assert {site.busiest[host] for host in ("127.0.0.1", "127.0.0.2", "127.0.0.3")} == {1}
    assert site.busiest["*"] == 3


def test_a_host_gets_a_pause_between_requests(site: Site) -> None:
    site.put("/p", text(PAGE))
    pages(*(site.url(f"/p?{n}") for n in range(3)), settings=polite(delay=0.15))
    times = [request.at for request in site.requests]
    assert len(times) == 4
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.14


def test_all_hosts_together_are_bounded(site: Site) -> None:
    site.put("/p", slow_page())
    urls = [site.url("/p", f"127.0.0.{n}") for n in range(1, 5)]
    assert set(ends(pages(*urls, settings=polite(max_concurrent=2)))) == {"ok"}
    assert site.busiest["*"] == 2


def test_a_slow_host_delays_no_other(site: Site) -> None:
    site.put("//127.0.0.1/p", faults.silence())
    site.put("/p", text(PAGE))
    settings = replace(
        PATIENT,
        obeys_robots=False,
        limits=replace(CALM, read_seconds=1.0),
        politeness=replace(QUICK.politeness, max_concurrent=3, failures_before_pause=1),
    )

    async def work(door: Door) -> None:
        slow = [asyncio.create_task(door.fetch_page(site.url(f"/p?{n}"))) for n in range(20)]
        await asyncio.sleep(0)
        quick = await asyncio.gather(*(door.fetch_page(site.url(f"/p?{n}", "127.0.0.2")) for n in range(5)))
        assert set(ends(list(quick))) == {"ok"}
        assert not any(task.done() for task in slow)
        await asyncio.gather(*slow)

    through_door(work, settings)


def test_a_host_that_keeps_failing_is_left_alone(site: Site) -> None:
    site.put("/p", faults.silence())
    settings = replace(QUICK, obeys_robots=False, politeness=replace(QUICK.politeness, failures_before_pause=2))
    outcomes = pages(*(site.url(f"/p?{n}") for n in range(6)), settings=settings)
    assert ends(outcomes) == ["timeout-read"] * 2 + ["host-paused"] * 4
    assert len(site.requests) == 2
    assert isinstance(outcomes[-1], FetchFailed)
    assert 50 < (outcomes[-1].retry_after or 0) <= 60


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_rest_gets_it(site: Site, status: int) -> None:
    site.put("/p", Reply(status, b"later", (("Retry-After", "30"),)))
    outcomes = pages(*(site.url(f"/p?{n}") for n in range(3)))
    assert ends(outcomes) == ["http-429" if status == 429 else "http-5xx", "host-paused", "host-paused"]
    assert site.counts()["/p?0"] == 1
    assert len(site.requests) == 2


def test_missing_pages_do_not_count_against_a_host(site: Site) -> None:
    outcomes = pages(*(site.url(f"/missing?{n}") for n in range(6)))
    assert ends(outcomes) == ["http-404"] * 6


def test_robots_are_obeyed_for_pages_and_not_asked_for_feeds(site: Site) -> None:
    site.put("/robots.txt", text("User-agent: tocsin\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"))
    for path in ("/private/a", "/open", "/private/feed"):
        site.put(path, text(PAGE))
    assert ends(pages(site.url("/private/a"), site.url("/open"))) == ["robots", "ok"]
    assert site.counts() == {"/robots.txt": 1, "/open": 1}

    async def feed(door: Door) -> Outcome:
        return await door.fetch_feed(site.url("/private/feed"))

    site.forget()
    assert isinstance(through_door(feed), Fetched)
    assert site.counts() == {"/private/feed": 1}


def test_robots_are_asked_once_an_origin_even_by_many(site: Site) -> None:
    site.put("/p", text(PAGE))
    site.put("/robots.txt", replace(text("User-agent: *\nAllow: /\n"), wait=0.05))
    assert set(ends(pages(*(site.url(f"/p?{n}") for n in range(5))))) == {"ok"}
    assert site.counts()["/robots.txt"] == 1


def test_robots_hold_for_redirect_targets_too(site: Site) -> None:
    site.put("//127.0.0.1/p", redirect(site.url("/secret", "127.0.0.2")))
    site.put("//127.0.0.2/robots.txt", text("User-agent: *\nDisallow: /secret"))
    site.put("//127.0.0.2/secret", text(PAGE))
    assert ends(pages(site.url("/p"))) == ["robots"]
    assert "/secret" not in site.counts()


ROBOTS: list[tuple[str, Reply, str]] = [
    ("missing", Reply(404), "ok"),
    ("forbidden", Reply(403), "ok"),
    ("gone", Reply(410), "ok"),
    ("empty", text(""), "ok"),
    ("no content", Reply(204), "ok"),
    ("a page", text("<html><body>Not found: Disallow everything</body></html>"), "ok"),
    ("noise", Reply(200, bytes(range(256)) * 40), "ok"),
    ("with a byte order mark", Reply(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "robots"),
    ("redirect", redirect("/other.txt"), "robots"),
    ("loop", redirect("/robots.txt"), "ok"),
    ("error", Reply(500), "robots-unreachable"),
    ("overloaded", Reply(503), "robots-unreachable"),
    ("too many requests", Reply(429), "robots-unreachable"),
    ("silence", faults.silence(), "timeout-read"),
    ("broken off", faults.truncated(), "robots-unreachable"),
    ("bomb", faults.gzip_bomb(), "robots-unreachable"),
]


@pytest.mark.parametrize(("reply", "end"), [case[1:] for case in ROBOTS], ids=[case[0] for case in ROBOTS])
def test_what_robots_txt_answers_decides(site: Site, reply: Reply, end: str) -> None:
    settings = replace(PATIENT, limits=replace(CALM, read_seconds=0.7))
    site.put("/robots.txt", reply)
    site.put("/other.txt", text("User-agent: *\nDisallow: /p"))
    site.put("/p", text(PAGE))
    assert ends(pages(site.url("/p"), settings=settings)) == [end]
    assert ("/p" in site.counts()) == (end == "ok")


def test_crawl_delay_is_kept_within_bounds(site: Site) -> None:
    site.put("/robots.txt", text("User-agent: *\nCrawl-delay: 3600"))
    site.put("/p", text(PAGE))
    pages(site.url("/p?1"), site.url("/p?2"), settings=polite(max_crawl_delay=0.2))
    first, second = (request.at for request in site.requests if request.path.startswith("/p"))
    assert 0.19 <= second - first < 30


def test_a_hiccup_is_tried_again_and_an_answer_is_not(site: Site) -> None:
    replies = iter([Reply(502), faults.truncated(), text(PAGE)])
    site.put("/hiccup", lambda request: next(replies))
    site.put("/forbidden", Reply(403))
    settings = replace(PATIENT, obeys_robots=False, patience=Patience(attempts=3, wait=0.01, max_wait=0.02))
    assert ends(pages(site.url("/hiccup"), site.url("/forbidden"), settings=settings)) == ["ok", "http-403"]
    assert site.counts() == {"/hiccup": 3, "/forbidden": 1}


def test_tries_end(site: Site) -> None:
    site.put("/p", Reply(500))
    settings = replace(PATIENT, obeys_robots=False, patience=Patience(attempts=2, wait=0.01, max_wait=0.02))
    assert ends(pages(site.url("/p"), settings=settings)) == ["http-5xx"]
    assert len(site.requests) == 2


def kept_pages(url: str) -> tuple[Outcome, list[str]]:
    kept: list[str] = []

    async def keep(fetched: Fetched) -> None:
        kept.append(fetched.url)

    async def work(door: Door) -> Outcome:
        return await door.fetch_page(url, keep)

    return through_door(work), kept


def test_a_refresh_is_followed_and_every_response_kept_before(site: Site) -> None:
    start = site.put("/start", text('<meta http-equiv="refresh" content="0;url=/end">'))
    end = site.put("/end", text(PAGE))
    outcome, kept = kept_pages(start)
    assert isinstance(outcome, Fetched)
    assert (outcome.requested_url, outcome.url, kept) == (start, end, [start, end])


def test_an_amp_page_leads_to_its_original_or_stands_in_for_it(site: Site) -> None:
    short = site.put("/amp", text('<html amp><link rel="canonical" href="/full"></html>'))
    outcome, _ = kept_pages(short)
    assert isinstance(outcome, Fetched)
    assert outcome.url == short
    full = site.put("/full", text(PAGE))
    outcome, _ = kept_pages(short)
    assert isinstance(outcome, Fetched)
    assert outcome.url == full


def test_refreshes_in_a_circle_or_without_end_are_left(site: Site) -> None:
    site.put("/a", text('<meta http-equiv="refresh" content="0;url=/b">'))
    site.put("/b", text('<meta http-equiv="refresh" content="0;url=/a">'))
    assert isinstance(kept_pages(site.url("/a"))[0], Fetched)
    assert site.counts()["/a"] == 1

    def onward(request: Request) -> Reply:
        number = int(request.path.partition("=")[2])
        return text(f'<meta http-equiv="refresh" content="0;url=/n?n={number + 1}">')

    site.forget()
    site.put("/n", onward)
    assert isinstance(kept_pages(site.url("/n?n=0"))[0], Fetched)
    assert sum(site.counts().values()) == 4


def test_a_refresh_to_a_private_address_is_refused(site: Site) -> None:
    site.put("/p", text('<meta http-equiv="refresh" content="0;url=http://10.0.0.1/">'))
    outcome, _ = kept_pages(site.url("/p"))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "private-address"


def test_nothing_secret_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site.put("/p", text(PAGE))
    pages(site.url("/p").replace("//", "//reader:s3cret@"), "http://u:s3cret@no.invalid/")
    assert "outcome=200" in caplog.text
    assert "s3cret" not in caplog.text


def test_the_default_door_refuses_loopback(site: Site) -> None:
    settings = DoorSettings("Tocsin/0.1", limits=SHORT, politeness=Politeness(delay=0))
    assert ends(pages(site.url("/p"), settings=settings)) == ["private-address"]
    assert not site.requests


def test_a_name_in_the_way_is_resolved_by_the_given_resolver(site: Site) -> None:
    site.put("//paper.example/p", text(PAGE))

    async def work(door: Door) -> Outcome:
        return await door.fetch_page(site.url("/p", "paper.example"))

    assert isinstance(through_door(work, resolve=names(paper_example=["127.0.0.1"])), Fetched)


def test_a_cancelled_door_leaves_nothing_behind(site: Site) -> None:
    site.put("/p", faults.silence())

    async def work(door: Door) -> int:
        tasks = [asyncio.create_task(door.fetch_page(site.url(f"/p?{n}"))) for n in range(5)]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        site.put("/p", text(PAGE))
        assert isinstance(await door.fetch_page(site.url("/p")), Fetched)
        return sum(isinstance(result, asyncio.CancelledError) for result in results)

    assert through_door(work) == 5
