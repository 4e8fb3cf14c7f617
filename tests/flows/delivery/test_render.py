import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import feedparser
import pytest

from extractors.model import DayPrecision
from flows.delivery import Renderer, atom_feed, cloud_event, log_line, template_problems
from flows.delivery.rendering.clean import clean_line, clean_url
from tests.flows.delivery.views import PLAIN

SOURCE = "https://tocsin.example/"


def test_a_message_says_who_at_whom_what_when_where_why_and_how_to_see_more() -> None:
    message = Renderer().message(PLAIN)
    assert message.title == "Panama -> Colombia: threat of force (4)"
    assert message.text.splitlines() == [
        "Panama -> Colombia: threat of force (4)",
        "",
        "Said by Ana Ruiz (minister of defence, Panama), on 2031-05-01:",
        "> Whoever blocks the canal will be swept out of it.",
        "",
        "Aimed at: Colombia",
        "Reported by: Canal Post, Isthmus Wire",
        "Article: A row over the locks",
        "Link: https://news.example/canal?page=1",
        'Why: threat.sweep ("will be swept")',
        "",
        "Rule escalation. More: tocsin explain 51de",
    ]


def test_a_message_leads_to_its_event_in_the_report_where_somebody_said_where_that_is() -> None:
    """In mails, digests and the feed, whose entry itself leads to the article where that has an address."""
    renderer, view = Renderer(report="https://desk.example/report"), replace(PLAIN, event_id="0e4f")
    link = "https://desk.example/report#event-0e4f"
    one, several = renderer.message(view), renderer.digest([view, view])
    assert f"\nReport: {link}\n" in one.text
    assert f"\n   {link}\n" in several.text
    assert f'href="{link}"' in one.html
    assert f'href="{link}"' in several.html
    fed = [view, replace(view, alert_id="0f3b", url=None)]
    second, first = feedparser.parse(atom_feed(fed, renderer, source=SOURCE)).entries
    assert [one.content[0].value.count(f'href="{link}"') for one in (first, second)] == [1, 1]
    assert (first.link, second.link) == (PLAIN.url, link)


@pytest.mark.parametrize(("address", "event"), [("", "0e4f"), ("https://desk.example/report", "")])
def test_without_an_address_or_an_event_there_is_no_link(address: str, event: str) -> None:
    view = replace(PLAIN, event_id=event)
    for message in (Renderer(report=address).message(view), Renderer(report=address).digest([view, view])):
        assert "event-" not in message.text + message.html
    assert message.text == Renderer().digest([view, view]).text


def test_machines_are_told_codes_and_names_of_countries_alike() -> None:
    told = json.loads(log_line(replace(PLAIN, speaker_country_code="PAN", target_country_codes=("COL",))))
    assert (told["speaker_country"], told["speaker_country_code"]) == ("Panama", "PAN")
    assert (told["target_countries"], told["target_country_codes"]) == (["Colombia"], ["COL"])


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(PLAIN, speaker_name=None, speaker_role=None, speaker_country=None, targets=(), target_countries=(),
                   said_on=None, outlets=(), article_title=None, url=None, evidence=())  # fmt: skip
    message = Renderer().message(bare)
    assert message.title == "somebody: threat of force (4)"
    assert "None" not in message.text + message.html
    assert len(message.text.splitlines()) == 6


@pytest.mark.parametrize(
    ("method", "words"),
    [("rule", "rules, confidence 84%"), ("network", "the network alone, confidence 84%"), ("both", "rules and")],
)
def test_a_message_says_what_the_label_rests_on(method: str, words: str) -> None:
    """And how sure it is; machines get both as they are."""
    view = replace(PLAIN, method=method, confidence=0.84)
    message = Renderer().message(view)
    assert f"Found by: {words}" in message.text
    assert words in message.html
    told = json.loads(log_line(view))
    assert (told["method"], told["confidence"]) == (method, 0.84)


@pytest.mark.parametrize(
    ("precision", "words"),
    [("day", "on 2031-05-01"), ("week", "in the week of 2031-05-01"), ("publication", "reported on 2031-05-01")],
)
def test_dates_are_told_as_exactly_as_they_are_known(precision: DayPrecision, words: str) -> None:
    view = replace(PLAIN, said_on=date(2031, 5, 1), said_on_precision=precision)
    assert words in Renderer().message(view).text


def test_keys_are_stable_and_follow_ups_thread_to_the_first() -> None:
    first, again, update = (Renderer().message(one) for one in (PLAIN, PLAIN, replace(PLAIN, step=1)))
    assert first == again
    assert update.key != first.key
    assert update.thread == first.key
    assert update.title.startswith("Update: ")


def test_replayed_alerts_are_marked() -> None:
    assert Renderer().message(replace(PLAIN, is_replay=True)).title.startswith("[replay] ")


def test_a_digest_puts_the_worst_first_and_keeps_its_key_in_any_order() -> None:
    mild, grave = replace(PLAIN, alert_id="1", severity=3), replace(PLAIN, alert_id="2", severity=5)
    message = Renderer().digest([mild, grave])
    assert message.title == "2 events, the worst: Panama -> Colombia: threat of force (5)"
    assert message.alert_ids == ("2", "1")
    assert message.key == Renderer().digest([grave, mild]).key
    assert Renderer().digest([mild]) == Renderer().message(mild)


def test_a_flood_is_counted_beyond_what_is_listed() -> None:
    message = Renderer().digest([replace(PLAIN, alert_id=str(n)) for n in range(500)])
    assert "and 450 more: tocsin alerts" in message.text
    assert len(message.alert_ids) == 500


def test_a_users_template_goes_before_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "title.txt").write_text("{{ alert.severity }} {{ alert.quote }}\nsecond line")
    assert Renderer(tmp_path).message(PLAIN).title == "4 Whoever blocks the canal will be swept out of it. second line"
    assert template_problems(tmp_path) == []


@pytest.mark.parametrize("template", ["{{ alert.nothing }}", "{% if %}", "{{ ''.__class__.__mro__[1] }}"])
def test_a_broken_template_is_a_problem_that_names_it(tmp_path: Path, template: str) -> None:
    (tmp_path / "alert.txt").write_text(template)
    assert len(template_problems(tmp_path)) == 1


def test_the_feed_is_the_same_bytes_for_the_same_alerts_newest_first() -> None:
    later = replace(PLAIN, alert_id="later", raised_at=PLAIN.raised_at + timedelta(hours=1))
    data = atom_feed([PLAIN, later], Renderer(), source=SOURCE)
    assert data == atom_feed([later, PLAIN], Renderer(), source=SOURCE)
    ids = [entry.id for entry in feedparser.parse(data).entries]
    assert ids[1] == feedparser.parse(atom_feed([PLAIN], Renderer(), source=SOURCE)).entries[0].id
    assert not feedparser.parse(atom_feed([], Renderer(), source=SOURCE)).bozo


def test_a_follow_up_updates_its_entry() -> None:
    update = replace(PLAIN, step=1, raised_at=PLAIN.raised_at + timedelta(hours=1))
    (entry,) = feedparser.parse(atom_feed([PLAIN, update], Renderer(), source=SOURCE)).entries
    assert entry.title.startswith("Update: ")


def test_events_carry_the_key_and_tell_updates_apart() -> None:
    assert cloud_event(PLAIN, source=SOURCE).key == Renderer().message(PLAIN).key
    assert b'"type":"tocsin.alert.updated"' in cloud_event(replace(PLAIN, step=1), source=SOURCE).body


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a b", None),
        ("ftp://news.example/", None),
        ("javascript:alert(1)", None),
        ("https://user:word@news.example/", None),
        ("https://[broken/", None),
        ("//news.example/", None),
        (None, None),
        ('https://news.example/?q="><b>', "https://news.example/?q=%22%3E%3Cb%3E"),
        ("https://новини.example/шлях", "https://xn--b1amarcd.example/%D1%88%D0%BB%D1%8F%D1%85"),
        ("https://news.example:8443/%7Ea?b=1&c#d", "https://news.example:8443/%7Ea?b=1&c#d"),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, expected: str | None) -> None:
    assert clean_url(url) == expected


@pytest.mark.parametrize("words", ["Łódź, São Tomé – “così”", "김정은 위원장", "می‌خواهم", "👩‍🚀 ok", "नमस्ते"])
def test_words_of_any_script_pass_unharmed(words: str) -> None:
    assert clean_line(words) == words
