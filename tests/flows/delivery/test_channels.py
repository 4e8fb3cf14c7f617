"""Every channel gets the right message, and one that fails for a while gets it later, once, the worst first."""

import json
from datetime import UTC, datetime

import feedparser
import pytest

from flows.delivery import verify_signature
from tests.flows.delivery.receivers import OpenOffice, free_port, mailbox
from tests.site.reply import Act, Reply, Request, scripted
from tests.site.server import Site
from tests.warehouse.told import Said

WORST = Said("will fight", severity=5)
pytestmark = pytest.mark.slow


def test_mail_brings_words_speaker_source_and_reason_as_html(office: OpenOffice) -> None:
    with mailbox() as (box, url):
        desk = office("apprise", url)
        desk.ring(Said())
        assert desk.deliver().sent == 1
    (mail,) = box.got
    assert mail["Subject"] == "Andorra -> Spain: threat (3)"
    assert (mail["To"], box.recipients) == ("desk@example.org", [["desk@example.org"]])
    body = mail.get_body(("html",))
    assert body is not None
    html = body.get_content()
    for words in ("Tamsin Vole", "envoy, Andorra", "will answer in kind", "Harbour Post", "tocsin explain"):
        assert words in html
    ((key,),) = desk.rows("SELECT message_id FROM deliveries WHERE channel = 'desk'")
    assert mail["Idempotency-Key"] == key
    assert f"Ref {key}" in html


def test_a_follow_up_joins_the_thread_of_the_first(office: OpenOffice) -> None:
    from extractors.alerting import Step

    with mailbox() as (box, url):
        desk = office("apprise", url)
        for outlets in (["A"], ["A", "B", "C"]):
            desk.ring(Said(outlets=outlets), steps=(Step(outlets=3),))
            desk.deliver()
    first, update = box.got
    assert update["Subject"].startswith("Update: ")
    assert update["References"] == first["References"]
    assert update["Idempotency-Key"] != first["Idempotency-Key"]


def test_a_webhook_gets_a_signed_event(office: OpenOffice) -> None:
    with Site() as site:
        desk = office("webhook", site.put("/hook", Reply(204)))
        desk.ring(Said())
        assert desk.deliver().sent == 1
    (request,) = site.requests
    assert verify_signature(request.headers, request.body, b"k3y", now=datetime.now(UTC))
    event = json.loads(request.body)
    assert (event["type"], event["specversion"], event["data"]["quote"]) == (
        "tocsin.alert.raised",
        "1.0",
        "will answer in kind",
    )
    assert request.headers["idempotency-key"] == request.headers["webhook-id"]


def test_several_claims_are_one_batch_the_worst_first(office: OpenOffice) -> None:
    with Site() as site:
        desk = office("webhook", site.put("/hook", Reply(200, b"ok")))
        desk.ring(Said(), WORST, Said("will march", severity=4))
        assert desk.deliver().sent == 1
    (request,) = site.requests
    assert request.headers["content-type"].startswith("application/cloudevents-batch+json")
    assert [one["data"]["severity"] for one in json.loads(request.body)] == [5, 4, 3]
    assert verify_signature(request.headers, request.body, b"k3y", now=datetime.now(UTC))


def test_files_get_their_lines_and_a_valid_feed(office: OpenOffice) -> None:
    log, feed = office("log"), office("atom")
    log.ring(Said(), WORST)
    log.deliver()
    log.ring(Said(), WORST)
    log.deliver()
    lines = log.warehouse.with_name("w.alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["quote"] for line in lines] == ["will fight", "will answer in kind"]
    feed.ring(Said("will march"))
    feed.deliver()
    parsed = feedparser.parse(feed.warehouse.with_name("w.alerts.xml").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == 3


FAULTS = {
    "refuses": (Reply(503), 1),
    "says 500": (Reply(500), 1),
    "cuts the connection": (scripted(b"HTTP/1.1 200", Act.RESET), 1),
    "closes without a word": (scripted(Act.CLOSE), 1),
    "hangs": (scripted(Act.HANG), 1),
    "redirects": (Reply(302, headers=(("Location", "http://127.0.0.1:1/"),)), 1),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", ["webhook", "apprise"])
def test_a_receiver_that_fails_gets_it_later_once_in_order(office: OpenOffice, kind: str, fault: str) -> None:
    bad, _ = FAULTS[fault]
    answers = [bad]

    def route(request: Request) -> Reply:
        return answers.pop() if answers else Reply(200, b"ok")

    with Site() as site:
        url = site.put("/hook", route)
        if kind == "apprise":
            url = url.replace("http://", "json://") + "?redirect=no"
        desk = office(kind, url, send_seconds=1, lease_seconds=5)
        desk.ring(Said())
        assert desk.deliver().failed == 1
        desk.ring(WORST)
        assert desk.deliver().sent == 0  # the channel waits as a whole: nothing overtakes
        desk.wait(seconds=61)
        assert desk.deliver().sent == 2
        desk.wait(days=1)
        assert desk.deliver().sent == 0
    keys = [request.headers["idempotency-key"] for request in site.requests]
    assert len(keys) == 3
    assert keys[0] == keys[2] != keys[1]  # the first message again under its key, after the worse one
    assert b"will fight" in site.requests[1].body
    assert desk.rows("SELECT DISTINCT status, error FROM deliveries WHERE channel = 'desk'") == [("delivered", None)]


def test_nobody_listening_is_a_failure_like_others(office: OpenOffice) -> None:
    desk = office("webhook", f"http://127.0.0.1:{free_port()}/hook")
    desk.ring(Said())
    assert desk.deliver().failed == 1
    assert desk.rows("SELECT error FROM channel_states") == [("ConnectError",)]


@pytest.mark.parametrize("kind", ["webhook", "apprise"])
def test_a_channel_that_names_a_time_is_left_alone_until_then(office: OpenOffice, kind: str) -> None:
    answers = [Reply(429, headers=(("Retry-After", "7200"),))]
    with Site() as site:
        url = site.put("/hook", lambda _: answers.pop() if answers else Reply(200))
        desk = office(kind, url.replace("http://", "json://") if kind == "apprise" else url)
        desk.ring(Said())
        desk.deliver()
        desk.wait(seconds=7100)
        assert desk.deliver().sent == 0
        desk.wait(seconds=110)
        assert desk.deliver().sent == 1
    assert len(site.requests) == 2


@pytest.mark.parametrize("answer", ["451 try again", "554 no", "421 closing"])
def test_a_mail_server_that_refuses_gets_it_later(office: OpenOffice, answer: str) -> None:
    with mailbox([answer]) as (box, url):
        desk = office("apprise", url)
        desk.ring(Said())
        assert desk.deliver().failed == 1
        desk.wait(seconds=61)
        assert desk.deliver().sent == 1
    assert len(box.got) == 1


def test_a_message_nobody_will_ever_take_does_not_hold_up_the_others(office: OpenOffice) -> None:
    with Site() as site:
        desk = office("webhook", site.put("/hook", lambda r: Reply(413 if b"will fight" in r.body else 200)))
        desk.ring(WORST)
        desk.deliver()
        desk.ring(Said())
        desk.deliver()
    found = desk.rows("SELECT status FROM deliveries WHERE channel = 'desk' ORDER BY severity DESC")
    assert found == [("dead",), ("delivered",)]


def test_after_so_many_tries_a_message_is_given_up_and_told_on_the_fallback(office: OpenOffice) -> None:
    with Site() as site:
        site.put("/hook", Reply(500))
        desk = office("webhook", site.url("/hook"), max_tries=3)
        desk.ring(WORST)
        for _ in range(5):
            desk.deliver()
            desk.wait(days=1)
        assert len(site.requests) == 3
        log = desk.warehouse.with_name("w.alerts.jsonl").read_text().splitlines()
        (notice,) = [json.loads(line) for line in log]
        assert "dead-letter: desk" in notice["title"]
        assert "given up after 3 tries: not accepted (HTTP 500)" in notice["text"]
        assert "will fight" in notice["text"]
        assert desk.rows("SELECT channel, status, n_deliveries FROM undelivered WHERE kind = 'alert'") == [
            ("desk", "dead", 1),
            ("prefect-events", "pending", 1),
        ]
        site.put("/hook", Reply(200))
        from warehouse.alerting.outbox import revive_dead
        from warehouse.connection import open_writer

        with open_writer(desk.warehouse) as con:
            assert revive_dead(con, "desk", desk.now) == 1
        assert desk.deliver().sent == 1
    assert len({request.headers["idempotency-key"] for request in site.requests}) == 1


@pytest.mark.parametrize(
    ("kind", "url", "error"),
    [
        ("webhook", None, "TOCSIN_CHANNEL_DESK is not set"),
        ("webhook", "ftp://127.0.0.1/x", "TOCSIN_CHANNEL_DESK is no http or https address"),
        ("webhook", "file:///etc/passwd", "TOCSIN_CHANNEL_DESK is no http or https address"),
        ("apprise", "nosuchservice://x", "is no Apprise address"),
    ],
)
def test_a_channel_that_leads_nowhere_says_what_is_missing(
    office: OpenOffice, kind: str, url: str | None, error: str
) -> None:
    desk = office(kind, url)
    desk.ring(Said())
    assert desk.deliver().failed == 1
    assert desk.rows("SELECT error FROM channel_states") == [(error,)]


def test_a_webhook_without_a_key_is_not_sent_unsigned(office: OpenOffice) -> None:
    with Site() as site:
        desk = office("webhook", site.put("/hook", Reply(200)), key=None)
        desk.ring(Said())
        assert desk.deliver().failed == 1
    assert site.requests == []
