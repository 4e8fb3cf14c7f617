"""Pages made of a few invented facts, and how to look into them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lxml import html

from flows.reporting import Frame, Vocabulary, report_html
from warehouse.asking import (
    Carrier,
    Health,
    OutletLine,
    PairLine,
    ReportedEvent,
    ReportFacts,
    SourceLine,
    SpeakerLine,
    Wording,
)

NOW = datetime(2031, 3, 5, 9, tzinfo=UTC)
DAY = date(2031, 3, 3)
WORDS = Vocabulary({"AND": "Andorra", "ESP": "Spain"}, {"THREAT_UNSPEC": "Own response threatened."})
HOLDINGS = Health(3, 4, 0, 5, 2, 2, 1, 0, 0, [], 1, [], NOW, NOW, "watch", "completed", None)
EVENT = ReportedEvent(
    event_id="ab" * 16,
    said_on=DAY,
    said_on_precision="day",
    side="AND",
    aim="ESP",
    polarity="escalatory",
    category="THREAT_UNSPEC",
    severity=3,
    speaker="Tamsin Vole",
    headline="we will close the pass",
    form="direct",
    outlets=("Harbour Post", "Pass Gazette"),
    n_claims=1,
    first_reported_at=NOW - timedelta(days=1),
    seen_at=NOW - timedelta(days=1),
    has_rung=True,
    headline_claim_id="ef" * 16,
)
WORDING = Wording(
    EVENT.event_id, "cd" * 10, "Tamsin Vole", "envoy", "AND", "THREAT_UNSPEC", 3, "we will close the pass", "direct",
    ("Spain",), True, "both", 0.9, (("answer", "will close"),), EVENT.headline_claim_id,
)  # fmt: skip
CARRIER = Carrier(EVENT.event_id, "Harbour Post", NOW, "On the pass", "https://harbour.example/pass")
SPEAKER = SpeakerLine("Tamsin Vole", "envoy", "AND", 1, 0, 3, DAY, DAY)
SOURCE = SourceLine(
    "quay", "Quay News", "failing", "feed", "https://quay.example/feed", NOW, NOW, 9, 3, 4, 0.5, "timeout"
)
OUTLET = OutletLine("Harbour Post", 3, 2, DAY, DAY)


def facts_of(*events: ReportedEvent) -> ReportFacts:
    """Return facts with these events, each with a wording and a report."""
    pairs = {(one.side, one.aim): PairLine(one.side, one.aim, 1, 0, one.severity) for one in events}
    return ReportFacts(
        HOLDINGS,
        events,
        tuple(replace(WORDING, event_id=one.event_id, speaker=one.speaker, quote=one.headline) for one in events),
        tuple(replace(CARRIER, event_id=one.event_id) for one in events),
        tuple(pairs.values()),
        (SPEAKER,),
        (SOURCE,),
        (OUTLET,),
        {"tamsin-vole": "Tamsin Vole"},
    )


def frame_of(**changes: Any) -> Frame:
    """Return the frame of a page."""
    return replace(Frame("desk.duckdb", NOW, "1.0", WORDS), **changes)


def page_of(*events: ReportedEvent, **changes: Any) -> html.HtmlElement:
    """Return the page of these events, parsed."""
    return parsed(report_html(facts_of(*events), frame_of(**changes)))


def parsed(text: str) -> html.HtmlElement:
    """Return a page as a tree."""
    return html.document_fromstring(text)


def told_of(page: html.HtmlElement) -> dict[str, Any]:
    """Return what the page tells on demand."""
    (script,) = page.xpath("//script[@id='details']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def words_of(element: html.HtmlElement) -> str:
    """Return the text of an element as one line."""
    return " ".join(element.text_content().split())
