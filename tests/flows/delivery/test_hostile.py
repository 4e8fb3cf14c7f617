"""Whatever an article says, a message keeps its shape in every format."""

import json
import re
import unicodedata
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import atoma
import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html

from flows.delivery import (
    AlertView,
    EvidenceView,
    Renderer,
    atom_feed,
    cloud_event,
    log_line,
    signature_headers,
    verify_signature,
)
from flows.delivery.rendering.clean import clean_view
from tests.flows.delivery.views import ATTACKS, PLAIN, hostile

RENDERER = Renderer()
SOURCE = "https://tocsin.example/"
NOW = datetime(2031, 5, 2, 10, tzinfo=UTC)
FORBIDDEN = {"Cc", "Cs", "Co", "Cn"}
MARKERS = re.compile(r"^(> |Aimed at: |Reported by: |Article: |Link: |Why: |Rule )", re.MULTILINE)

each = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_harmless(text: str) -> bool:
    bad = [char for char in text if unicodedata.category(char) in FORBIDDEN and char != "\n"]
    return not bad and not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\ufeff]", text)


def tamed(view: AlertView) -> AlertView:
    """Return the view with a letter in place of every text that something is left of once it is cleaned."""
    clean = clean_view(view)
    words = {
        field.name: "x" for field in fields(clean) if field.name != "url" and str(getattr(clean, field.name)) != ""
    }
    texts = {name: word for name, word in words.items() if isinstance(getattr(clean, name), str)}
    lists = {name: tuple("x" for _ in getattr(clean, name)) for name in ("targets", "target_countries", "outlets")}
    evidence = tuple(EvidenceView("x", "x") for _ in clean.evidence)
    plain: dict[str, Any] = {**texts, **lists, "evidence": evidence, "url": clean.url and "https://x.example/"}
    return replace(clean, **plain)


def shape(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    root = html.fragment_fromstring(markup)
    return [(one.tag, tuple(sorted(one.attrib))) for one in root.iter()]


@each
@given(hostile())
def test_a_title_is_one_short_line_that_an_email_header_takes(view: AlertView) -> None:
    title = RENDERER.message(view).title
    assert len(title) <= 200
    assert "\n" not in title
    assert is_harmless(title)
    mail = EmailMessage()
    mail["Subject"] = title
    assert list(mail.keys()) == ["Subject"]


@each
@given(hostile())
def test_text_keeps_its_lines(view: AlertView) -> None:
    text = RENDERER.message(view).text
    assert is_harmless(text)
    assert len(text) < 20_000
    assert len(text.splitlines()) == len(RENDERER.message(tamed(view)).text.splitlines())
    found = MARKERS.findall(text)
    assert len(found) == len(set(found))
    assert found[0] == "> "
    assert found[-1] == "Rule "
    assert text.splitlines()[-1] == "Rule escalation. More: tocsin explain 51de"


@each
@given(hostile())
def test_html_keeps_its_elements_and_attributes(view: AlertView) -> None:
    markup = RENDERER.message(view).html
    assert is_harmless(markup)
    assert shape(markup) == shape(RENDERER.message(tamed(view)).html)
    for link in html.fragment_fromstring(markup).iter("a"):
        assert str(link.get("href")).startswith(("http://", "https://"))


@each
@given(hostile())
def test_the_feed_stays_valid_with_one_entry_an_alert(view: AlertView) -> None:
    data = atom_feed([view, replace(PLAIN, alert_id="other")], RENDERER, source=SOURCE)
    root = etree.fromstring(data)
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 2
    strict = atoma.parse_atom_bytes(data)  # raises where RFC 4287 is not kept
    assert len({entry.id_ for entry in strict.entries}) == 2
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    assert len({entry.id for entry in parsed.entries}) == 2
    assert all(entry.title and entry.updated_parsed for entry in parsed.entries)
    assert "<script" not in "".join(entry.content[0].value for entry in parsed.entries)


@each
@given(hostile())
def test_events_and_log_lines_stay_json_of_one_line(view: AlertView) -> None:
    line, event = log_line(view), cloud_event(view, source=SOURCE)
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(event.body)["data"] == json.loads(line)
    assert set(json.loads(line)) == set(json.loads(log_line(PLAIN)))
    headers = signature_headers(event, b"secret", now=NOW)
    assert all(value.isascii() and value.isprintable() for value in headers.values())


@each
@given(hostile(), hostile())
def test_a_digest_has_one_number_an_alert(one: AlertView, other: AlertView) -> None:
    message = RENDERER.digest([replace(one, alert_id="1"), replace(other, alert_id="2"), PLAIN])
    assert is_harmless(message.text + message.title)
    assert re.findall(r"^(\d+)\. ", message.text, re.MULTILINE) == ["1", "2", "3"]
    root = html.fragment_fromstring(message.html)
    assert len(root.findall(".//li")) == 3


@pytest.mark.parametrize("attack", ATTACKS)
def test_template_syntax_is_never_run(attack: str) -> None:
    message = RENDERER.message(replace(PLAIN, quote=attack, article_title=attack))
    assert "49" not in message.text
    assert "class 'object'" not in message.text


def test_mass_pings_do_not_ring() -> None:
    assert not re.search("@(everyone|here)", RENDERER.message(replace(PLAIN, quote="@everyone @here")).text)


def test_a_megabyte_of_title_costs_little() -> None:
    start = datetime.now(UTC)
    RENDERER.message(replace(PLAIN, article_title="\u202e\u0334x" * 400_000, quote="y\r\n" * 400_000))
    assert datetime.now(UTC) - start < timedelta(seconds=1)


def test_a_signature_holds_for_its_body_secret_and_time_only() -> None:
    event = cloud_event(PLAIN, source=SOURCE)
    headers = signature_headers(event, b"secret", now=NOW)
    assert verify_signature(headers, event.body, b"secret", now=NOW)
    assert not verify_signature(headers, event.body + b" ", b"secret", now=NOW)
    assert not verify_signature(headers, event.body, b"other", now=NOW)
    assert not verify_signature(headers, event.body, b"secret", now=NOW + timedelta(minutes=6))
    assert not verify_signature(headers | {"webhook-id": "x"}, event.body, b"secret", now=NOW)
