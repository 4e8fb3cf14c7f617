"""The page of the report: whole, harmless, and fit for a screen reader."""

import re
from base64 import b64encode
from dataclasses import fields, replace
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from flows.reporting import Earlier, parse_page, report_html
from tests.flows.reporting.pages import (
    CARRIER,
    EVENT,
    HOLDINGS,
    NOW,
    OUTLET,
    SOURCE,
    SPEAKER,
    WORDING,
    facts_of,
    frame_of,
    page_of,
    parsed,
    told_of,
    words_of,
)
from warehouse.asking import PairLine, ReportFacts

HOSTILE = (
    "</script></style><script>evil()</script><img src=x onerror=evil()>\"' onload=evil() <!-- {{ 7 * 7 }} & "
    "\u202egnihton\u202c \x1b[31m \x00 javascript:evil() https://evil.example/x"
)
OTHER = replace(
    EVENT, event_id="ba" * 16, side="ESP", aim="AND", polarity="de-escalatory", category="OFFER_TALKS", severity=0,
    headline="talks may help", form="indirect", outlets=(), has_rung=False, said_on=None, said_on_precision=None,
)  # fmt: skip


def spoil(one: Any, **kept: Any) -> Any:
    """Return the value with every text in it hostile, except what is said to be kept."""
    changes: dict[str, Any] = {}
    for field in fields(one):
        value = getattr(one, field.name)
        if isinstance(value, str):
            changes[field.name] = HOSTILE
        elif isinstance(value, tuple):
            changes[field.name] = tuple(
                HOSTILE if isinstance(each, str) else (HOSTILE, HOSTILE) for each in value
            ) or (HOSTILE,)  # fmt: skip
    return replace(one, **(changes | kept))


def hostile_facts() -> ReportFacts:
    """Return facts that are hostile wherever a text from outside can stand."""
    own = {"event_id": EVENT.event_id}
    label = {"polarity": "escalatory", "form": "direct", "said_on_precision": "day"}
    return ReportFacts(
        spoil(HOLDINGS),
        (spoil(EVENT, **own, **label),),
        (spoil(WORDING, **own, form="direct"),),
        (spoil(CARRIER, **own), replace(CARRIER, location="javascript:evil()"), replace(CARRIER, location="data:x,y")),
        (PairLine(HOSTILE, HOSTILE + "!", 1, 1, 3),),
        (spoil(SPEAKER),),
        (spoil(SOURCE), replace(SOURCE, url="javascript:evil()")),
        (spoil(OUTLET),),
        {HOSTILE: HOSTILE},
    )


def test_hostile_words_stay_words_wherever_they_stand() -> None:
    text = report_html(hostile_facts(), frame_of(name=HOSTILE))
    plain = report_html(facts_of(EVENT), frame_of())
    assert [text.count(f"<{name}") for name in ("script", "style", "img", "iframe", "!--")] == [3, 1, 0, 0, 0]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]", text)
    page = parsed(text)
    known = {name for one in parsed(plain).iter() for name in one.attrib}
    assert {name for one in page.iter() for name in one.attrib} <= known
    assert "49" not in words_of(page.xpath("//ol[@id='list']")[0])
    assert "<script>evil()" in told_of(page)[EVENT.event_id]["wordings"][0][4]


def test_links_lead_to_web_addresses_and_to_places_of_the_page_alone() -> None:
    page = parsed(report_html(hostile_facts(), frame_of()))
    ids = set(page.xpath("//@id"))
    for target in page.xpath("//a/@href"):
        assert target.startswith(("https://", "http://")) or target.removeprefix("#") in ids
    assert [one[3] for one in told_of(page)[EVENT.event_id]["reports"]] == ["", "", ""]
    fair = page_of(EVENT)
    assert told_of(fair)[EVENT.event_id]["reports"][0][3] == "https://harbour.example/pass"
    (source,) = fair.xpath("//a[starts-with(@href, 'http')]")
    assert (source.get("href"), source.get("rel")) == (SOURCE.url, "noopener noreferrer nofollow")


def test_nothing_is_loaded_from_anywhere_and_the_policy_forbids_it() -> None:
    page = page_of(EVENT, OTHER)
    assert page.xpath("//link | //img | //iframe | //object | //embed | //base | //*[@src] | //*[@style]") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    inline = page.xpath("//script[not(@type)]/text() | //style/text()")
    assert len(inline) == 3
    for text in inline:
        assert b64encode(sha256(str(text).encode()).digest()).decode() in policy
        assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|innerHTML|import\(|sendBeacon", str(text))


def test_every_event_is_in_the_page_once_with_what_filters_go_by() -> None:
    page = page_of(EVENT, OTHER)
    first, second = page.xpath("//ol[@id='list']/li")
    assert dict(first.attrib) == {
        "id": f"event-{EVENT.event_id}", "data-severity": "3", "data-day": "2031-03-03", "data-side": "AND",
        "data-aim": "ESP", "data-polarity": "escalatory", "data-category": "THREAT_UNSPEC", "data-outlets": "2",
        "data-form": "direct", "data-rung": "",
    }  # fmt: skip
    assert (second.get("data-day"), second.get("data-rung"), second.get("data-outlets")) == ("", None, "0")
    assert set(told_of(page)) == {EVENT.event_id, OTHER.event_id}
    for name, key in (("side", "data-side"), ("aim", "data-aim"), ("category", "data-category")):
        values = page.xpath(f"//select[@name='{name}']/option/@value")
        assert set(page.xpath(f"//ol[@id='list']/li/@{key}")) | {"*"} == set(values)
    assert words_of(first.xpath("h3")[0]) == "3 Mar 2031: Andorra towards Spain"
    assert words_of(second.xpath("h3")[0]) == "undated: Spain towards Andorra"


def test_a_page_that_would_grow_past_all_bounds_says_what_it_leaves_out() -> None:
    page = parsed(report_html(replace(facts_of(EVENT), n_events_left=1), frame_of()))
    assert "The newest 1 events are on this page; 1 older ones are not" in words_of(page)


def test_the_card_of_an_unnamed_speaker_takes_nothing_from_the_claims_of_other_unnamed_ones() -> None:
    """Role, country and condition are those of the headline, whoever else of the event has no name."""
    event = replace(EVENT, speaker=None)
    head = replace(WORDING, speaker=None, role="spokesman", is_conditional=False)
    other = replace(WORDING, speaker=None, role="admiral", claim_id="01" * 16, is_conditional=True)
    for wordings in ((head, other), (other, head)):
        facts = replace(facts_of(event), wordings=wordings)
        (card,) = parsed(report_html(facts, frame_of())).xpath("//ol[@id='list']/li")
        said = words_of(card).partition("Show")[0]
        assert "spokesman" in said
        assert "admiral" not in said
        assert "condition" not in said


def test_a_link_to_an_event_that_became_part_of_another_leads_there() -> None:
    facts = replace(facts_of(EVENT, OTHER), merged={EVENT.event_id: ("0a" * 16, "0b" * 16)})
    page = parsed(report_html(facts, frame_of()))
    for former in ("0a" * 16, "0b" * 16):
        assert page.xpath(f"//*[@id='event-{former}']/ancestor::li/@id") == [f"event-{EVENT.event_id}"]
    assert set(parse_page(report_html(facts, frame_of())).severities) == {EVENT.event_id, OTHER.event_id}


def test_a_side_that_is_no_country_has_its_name_and_nobody_is_named_so() -> None:
    page = page_of(replace(EVENT, side="tamsin-vole", aim=""))
    assert words_of(page.xpath("//ol[@id='list']/li/h3")[0]) == "3 Mar 2031: Tamsin Vole"
    assert page.xpath("//select[@name='aim']/option/text()") == ["all", "nobody named"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("direct", "“we will close the pass”"),
        ("mixed", "we will close the pass"),
        ("indirect", "we will close the pass"),
    ],
)
def test_quotation_marks_stand_around_quoted_words_alone(form: Any, shown: str) -> None:
    facts = facts_of(replace(EVENT, form=form))
    facts = replace(facts, wordings=(replace(facts.wordings[0], form=form),))
    page = parsed(report_html(facts, frame_of()))
    assert words_of(page.xpath("//p[@class='words']")[0]) == shown
    assert told_of(page)[EVENT.event_id]["wordings"][0][4] == shown


def test_evidence_reports_and_targets_are_told_on_demand() -> None:
    told = told_of(page_of(EVENT))[EVENT.event_id]
    speaker, role, label, severity, _, _, targets, conditional, rests, evidence, statement = told["wordings"][0]
    assert (speaker, role, label, severity) == ("Tamsin Vole", "envoy, Andorra", "threat", 3)
    assert (targets, conditional, rests) == (["Spain"], True, "rules and network, confidence 90%")
    assert (evidence, statement) == ([["answer", "will close"]], WORDING.statement_id)
    assert told["reports"] == [["Harbour Post", "2031-03-05 09:00", "On the pass", CARRIER.location]]


def test_what_an_earlier_page_had_not_or_less_grave_is_new() -> None:
    before = report_html(facts_of(replace(EVENT, severity=2)), frame_of(made_at=NOW - timedelta(days=2)))
    earlier = parse_page(before)
    assert earlier == Earlier(NOW - timedelta(days=2), {EVENT.event_id: 2})
    page = page_of(EVENT, OTHER, earlier=earlier)
    assert page.xpath("//ol[@id='list']/li/@data-news") == ["graver", "new"]
    assert [one.get("href") for one in page.xpath("//ol[@class='news']//a")] == [
        f"#event-{EVENT.event_id}", f"#event-{OTHER.event_id}",
    ]  # fmt: skip
    assert "Since the last report of 2031-03-03 09:00 UTC: 2 events" in words_of(page.xpath("//section[@id='news']")[0])


def test_the_first_page_shows_the_gravest_and_marks_nothing_as_new() -> None:
    page = page_of(OTHER, EVENT)
    assert [one.get("href") for one in page.xpath("//ol[@class='news']//a")] == [
        f"#event-{EVENT.event_id}", f"#event-{OTHER.event_id}",
    ]  # fmt: skip
    assert page.xpath("//@data-news") == []
    assert "first report here: everything is new; the gravest:" in words_of(page.xpath("//section[@id='news']")[0])


def test_since_a_moment_what_came_in_from_then_on_is_new() -> None:
    late = replace(OTHER, seen_at=NOW)
    page = page_of(EVENT, late, since=NOW - timedelta(hours=1))
    assert page.xpath("//ol[@id='list']/li[@data-news]/@id") == [f"event-{late.event_id}"]
    graver = page_of(replace(EVENT, severity_before=EVENT.severity - 1), late, since=NOW - timedelta(hours=1))
    assert graver.xpath("//ol[@id='list']/li/@data-news") == ["graver", "new"]
    nothing = page_of(replace(EVENT, severity_before=EVENT.severity), since=NOW)
    assert "nothing" in words_of(nothing.xpath("//section[@id='news']")[0])


@pytest.mark.parametrize("text", ["", "<html>", '<meta name="tocsin-made-at" content="9999">', "\x00\xff"])
def test_what_is_no_page_of_ours_tells_nothing_of_what_was(text: str) -> None:
    assert parse_page(text).made_at is None


def test_an_empty_warehouse_makes_a_page_that_says_so() -> None:
    empty = ReportFacts(replace(HOLDINGS, articles=0), (), (), (), (), (), (), (), {})
    page = parsed(report_html(empty, frame_of()))
    assert "There is no event in this warehouse yet: no article has come in." in words_of(page)
    assert page.xpath("//ol[@id='list'] | //form | //figure | //table") == []
    assert_fit_for_screen_readers(page)


def test_the_page_is_fit_for_a_screen_reader() -> None:
    assert_fit_for_screen_readers(page_of(EVENT, OTHER))


def assert_fit_for_screen_readers(page: html.HtmlElement) -> None:
    """Hold headings, tables, controls, charts and references against the basics."""
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in page.iter("table"):
        assert table.xpath("thead//th[@scope='col']")
        assert table.xpath("tbody/tr/th[@scope='row']")
    for control in page.xpath("//input | //select"):
        assert control.xpath("ancestor::label") or page.xpath(f"//label[@for='{control.get('id')}']")
    assert all(one.get("role") == "img" and one.get("aria-label") for one in page.iter("svg"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    assert page.xpath("//html/@lang") == ["en"]
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//title")[0].text
