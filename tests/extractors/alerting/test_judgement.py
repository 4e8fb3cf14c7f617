"""Rules decide by what a claim is, how much it weighs, and when: always with the reasons."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.alerting import EventView, QuietHours, Rule, Silence, Step, judge, reached_level, silence_for
from extractors.alerting.times import at, next_digest, quiet_until

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
CLAIM = EventView(
    "e1",
    "escalatory",
    "ULTIMATUM",
    4,
    claims=frozenset(("c1",)),
    speakers=frozenset(("ana-ruiz",)),
    countries=frozenset(("PAN", "COL")),
    dyads=frozenset((("PAN", "COL"),)),
    topics=frozenset(("canal",)),
    outlets=frozenset(("Canal Post", "Isthmus Wire")),
    n_outlets=2,
    said_on=date(2031, 3, 3),
    said_on_precision="day",
)
SEOUL = ZoneInfo("Asia/Seoul")
PARIS = ZoneInfo("Europe/Paris")
words = frozenset
MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "rule",
    [
        Rule("r"),
        Rule("r", polarity="any"),
        Rule("r", categories=words(["ULTIMATUM"])),
        Rule("r", speakers=words(["ana-ruiz", "somebody"])),
        Rule("r", countries=words(["COL"])),
        Rule("r", dyads=words([words(["PAN", "COL"])])),
        Rule("r", topics=words(["canal"])),
        Rule("r", outlets=words(["canal post"])),
        Rule("r", min_outlets=2, fresh_days=1, severity=4),
    ],
)
def test_it_rings_where_all_that_the_rule_asks_for_is_met(rule: Rule) -> None:
    verdict = judge(CLAIM, rule, NOW)
    assert (verdict.action, verdict.due_at) == ("ring", NOW)
    assert f"severity 4 of at least {rule.severity}" in verdict.reasons


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule("r", polarity="de-escalatory"), "escalatory, not de-escalatory"),
        (Rule("r", categories=words(["ACCUSE"])), "category ULTIMATUM is not listed"),
        (Rule("r", speakers=words(["somebody"])), "none of its speakers is listed"),
        (Rule("r", countries=words(["CRI"])), "none of its countries is listed"),
        (Rule("r", dyads=words([words(["PAN", "CRI"])])), "not between two listed countries"),
        (Rule("r", topics=words(["rain"])), "none of its topics is listed"),
        (Rule("r", outlets=words(["Daily Rain"])), "none of its outlets is listed"),
        (Rule("r", severity=5), "severity 4 is below 5"),
        (Rule("r", min_outlets=3), "2 of 3 outlets"),
        (Rule("r", fresh_days=0), "said on 2031-03-03, more than 0 days ago"),
    ],
)
def test_it_says_why_it_does_not_ring(rule: Rule, reason: str) -> None:
    verdict = judge(CLAIM, rule, NOW)
    assert (verdict.action, verdict.reasons) == ("none", (reason,))


def test_a_dyad_holds_in_either_direction() -> None:
    rule = Rule("r", dyads=words([words(["COL", "PAN"])]))
    assert "between: PAN -> COL" in judge(CLAIM, rule, NOW).reasons
    turned = replace(CLAIM, dyads=words([("COL", "PAN")]))
    assert "between: COL -> PAN" in judge(turned, rule, NOW).reasons


@pytest.mark.parametrize(
    ("precision", "said_on", "is_fresh"),
    [
        ("day", date(2031, 2, 20), False),
        ("week", date(2031, 2, 20), True),
        ("month", date(2031, 2, 1), True),
        ("month", date(2031, 1, 1), False),
        ("year", date(2031, 1, 1), True),
        ("publication", date(2031, 2, 1), False),
    ],
)
def test_a_rough_date_counts_as_its_last_day(precision: str, said_on: date, is_fresh: bool) -> None:
    claim = replace(CLAIM, said_on=said_on, said_on_precision=precision)  # type: ignore[arg-type]
    assert (judge(claim, Rule("r", fresh_days=7), NOW).action == "ring") is is_fresh


def test_without_a_date_of_its_own_the_first_report_dates_a_claim() -> None:
    claim = replace(CLAIM, said_on=None, reported_at=NOW - timedelta(days=9))
    assert judge(claim, Rule("r", fresh_days=7), NOW).action == "none"
    assert judge(replace(claim, reported_at=None), Rule("r", fresh_days=7), NOW).action == "ring"


def test_the_rest_goes_into_the_digest_and_what_is_out_of_scope_nowhere() -> None:
    daily = Rule("r", severity=5, rest="daily", digest_at=time(8), zone=SEOUL)
    verdict = judge(CLAIM, daily, NOW)
    assert (verdict.action, verdict.due_at) == ("digest", datetime(2031, 3, 4, 23, tzinfo=UTC))
    assert judge(CLAIM, replace(daily, countries=words(["CRI"])), NOW).action == "none"


def test_a_weekly_digest_goes_out_on_monday() -> None:
    due = next_digest(NOW, "weekly", time(8), UTC)
    assert (due, due.weekday()) == (datetime(2031, 3, 10, 8, tzinfo=UTC), 0)
    assert next_digest(due, "weekly", time(8), UTC) == due + timedelta(days=7)


QUIET = QuietHours(time(22), time(7), SEOUL, unless_severity=5)


def test_quiet_hours_hold_until_they_end_unless_it_is_grave() -> None:
    night = datetime(2031, 3, 4, 14, tzinfo=UTC)  # 23:00 in Seoul
    rule = Rule("r", quiet=QUIET)
    assert judge(CLAIM, rule, night).action == "hold"
    assert judge(CLAIM, rule, night).due_at == datetime(2031, 3, 4, 22, tzinfo=UTC)
    assert judge(replace(CLAIM, severity=5), rule, night).action == "ring"
    assert judge(CLAIM, rule, NOW).action == "ring"


def test_quiet_hours_follow_the_clocks_when_they_change() -> None:
    quiet = QuietHours(time(22), time(7), PARIS)
    spring = at(date(2031, 3, 30), time(1), PARIS)  # clocks go forward at two
    assert quiet_until(spring, quiet) == datetime(2031, 3, 30, 5, tzinfo=UTC)
    assert quiet_until(datetime(2031, 3, 30, 5, tzinfo=UTC), quiet) is None


@given(MOMENTS, st.times(), st.times())
def test_quiet_hours_always_end_within_a_day(now: datetime, since: time, until: time) -> None:
    ends = quiet_until(now, QuietHours(since, until, PARIS))
    assert ends is None or now < ends <= now + timedelta(hours=25)


@given(MOMENTS, st.times())
def test_a_digest_is_always_to_come_and_never_far(now: datetime, when: time) -> None:
    assert now < next_digest(now, "daily", when, SEOUL) <= now + timedelta(hours=24)
    assert now < next_digest(now, "weekly", when, SEOUL) <= now + timedelta(days=7)


STEPS = Rule("r", steps=(Step(outlets=5), Step(outlets=20), Step(severity=5)))


@pytest.mark.parametrize(
    ("n_outlets", "severity", "level", "expected"),
    [(4, 4, 0, 0), (5, 4, 0, 1), (5, 4, 1, 1), (30, 4, 0, 2), (5, 5, 1, 3), (99, 5, 3, 3)],
)
def test_steps_are_told_once_the_highest_first(n_outlets: int, severity: int, level: int, expected: int) -> None:
    claim = replace(CLAIM, n_outlets=n_outlets, severity=severity)
    assert reached_level(claim, STEPS, level=level, rang_at_severity=4) == expected


def test_the_severity_it_rang_at_is_no_news() -> None:
    assert reached_level(replace(CLAIM, severity=5), STEPS, level=0, rang_at_severity=5) == 0


@pytest.mark.parametrize(
    ("silence", "rang_at", "is_silent"),
    [
        (Silence("s", "mute", "claim", "c1", None, NOW), None, True),
        (Silence("s", "mute", "claim", "c2", None, NOW), None, False),
        (Silence("s", "mute", "speaker", "ana-ruiz", None, NOW), None, True),
        (Silence("s", "mute", "rule", "loud", NOW + timedelta(1), NOW), None, True),
        (Silence("s", "mute", "rule", "loud", NOW, NOW), None, False),
        (Silence("s", "ack", "rule", "loud", None, NOW), None, False),
        (Silence("s", "ack", "rule", "loud", None, NOW), NOW - timedelta(1), True),
        (Silence("s", "ack", "rule", "loud", None, NOW), NOW + timedelta(1), False),
    ],
)
def test_mutes_cover_what_comes_and_acknowledgements_what_rang(
    silence: Silence, rang_at: datetime | None, is_silent: bool
) -> None:
    assert (silence_for(CLAIM, "loud", [silence], now=NOW, rang_at=rang_at) == "s") is is_silent
