"""What rings is recorded once, with its deliveries, in the transaction of the claims."""

from dataclasses import replace
from datetime import date, time, timedelta

import duckdb
import pytest

from extractors.alerting import QuietHours, Step
from tests.warehouse.told import RULE, Said, at, ring, tell
from tests.warehouse.values import NOON
from warehouse.alerting.alerts import EVENTS, Alert, Ringing, raise_alerts
from warehouse.alerting.event_views import claims_with_copies
from warehouse.alerting.silences import NewSilence, add_silence, lift_silence, scopes_of
from warehouse.storing.articles import Reading, add_readings
from warehouse.storing.events import place_claims

pytestmark = pytest.mark.slow

TEN = tuple(f"Outlet {n}" for n in range(10))


def deliveries(con: duckdb.DuckDBPyConnection, channel: str = "desk") -> list[tuple[str, str, int]]:
    """Return kind, status and step of what is on its way to a channel."""
    return con.execute(
        "SELECT kind, status, step FROM deliveries WHERE channel = $c ORDER BY due_at, step, delivery_id",
        {"c": channel},
    ).fetchall()


def test_a_claim_rings_once_for_each_rule_whatever_happens_again(con: duckdb.DuckDBPyConnection) -> None:
    rules = (RULE, replace(RULE, name="quiet", severity=4), replace(RULE, name="wide", polarity="any"))
    assert [one.rule for one in ring(con, Said(), rules=rules)] == ["loud", "wide"]
    assert ring(con, Said(), rules=rules) == []
    assert con.execute("SELECT count(*) FROM deliveries WHERE channel = 'desk'").fetchone() == (2,)


def test_ten_outlets_are_one_alert_and_at_most_one_follow_up(con: duckdb.DuckDBPyConnection) -> None:
    assert len(ring(con, Said(outlets=TEN[:1]))) == 1
    for n in range(2, 11):
        assert ring(con, Said(outlets=TEN[:n])) == []
    assert deliveries(con) == [("alert", "pending", 0), ("update", "pending", 1)]


def test_a_claim_that_came_in_by_ten_outlets_at_once_is_told_once(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, Said(outlets=TEN))
    ring(con, Said(outlets=TEN))
    assert deliveries(con) == [("alert", "pending", 0)]


def test_copies_of_an_article_bring_a_follow_up_without_statements_of_their_own(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ring(con, Said())
    text = con.execute("SELECT text FROM articles").fetchone()
    assert text is not None
    from tests.warehouse.values import article

    copies = [Reading("other", f"{name}.txt", "h", article(text[0], outlet=name), NOON) for name in TEN]
    add_readings(con, copies)
    found = claims_with_copies(con, NOON - timedelta(days=1))
    assert found == [Said().claim_id]
    assert raise_alerts(con, found, Ringing((RULE,), now=NOON)) == []
    assert [one[0] for one in deliveries(con)] == ["alert", "update"]


def test_a_rise_past_a_step_is_told_once_and_several_steps_at_once_are_one(con: duckdb.DuckDBPyConnection) -> None:
    rule = replace(RULE, steps=(Step(severity=4), Step(outlets=3), Step(severity=5)))
    ring(con, Said(), rules=(rule,))
    ring(con, Said(severity=5), rules=(rule,))
    ring(con, Said(severity=5, outlets=TEN), rules=(rule,))
    assert [one[0] for one in deliveries(con)] == ["alert", "update"]
    assert con.execute('SELECT "level", step, severity FROM alerts').fetchone() == (3, 1, 3)


def test_what_is_below_the_bar_waits_for_the_digest_and_leaves_it_when_it_rings(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rule = replace(RULE, severity=4, rest="daily", digest_at=time(18))
    (alert,) = ring(con, Said(), rules=(rule,))
    assert (alert.action, alert.reasons) == ("digest", ["severity 3 is below 4"])
    assert con.execute("SELECT due_at FROM deliveries").fetchall() == [(at(18),)]
    assert ring(con, Said(severity=4), rules=(rule,)) == []
    assert deliveries(con) == [("alert", "pending", 1)]
    assert con.execute('SELECT "action", severity FROM alerts').fetchall() == [("ring", 4)]


def test_in_quiet_hours_a_delivery_waits_for_the_morning(con: duckdb.DuckDBPyConnection) -> None:
    rule = replace(RULE, quiet=QuietHours(time(22), time(7), unless_severity=5))
    ring(con, Said(), Said("will fight", severity=5), rules=(rule,), now=at(23))
    due = con.execute("SELECT severity, due_at FROM deliveries WHERE channel = 'desk' ORDER BY 1").fetchall()
    assert due == [(3, at(7, day=5)), (5, at(23))]


def test_a_replay_withholds_what_leads_outside_and_keeps_its_own_clock(con: duckdb.DuckDBPyConnection) -> None:
    rule = replace(RULE, channels=("desk", "log"))
    (alert,) = ring(con, Said(), rules=(rule,), now=None, is_replay=True)
    assert (alert.raised_at, alert.is_replay) == (NOON, True)
    found = con.execute("SELECT channel, status, due_at FROM deliveries ORDER BY 1").fetchall()
    assert found == [("desk", "withheld", NOON), ("log", "pending", NOON), (EVENTS, "withheld", NOON)]


def test_a_muted_claim_is_recorded_and_not_sent(con: duckdb.DuckDBPyConnection) -> None:
    mute = NewSilence("mute", "speaker", "tamsin-vole", at(20), "Ida", at(10), "known")
    key = add_silence(con, mute)
    (alert,) = ring(con, Said())
    assert alert.silence_id == key
    assert deliveries(con) == [("alert", "silenced", 0)]
    ring(con, Said("will fight"), now=at(21))
    assert lift_silence(con, key, by="Ida", at=at(22))
    assert not lift_silence(con, key, by="Ida", at=at(22))
    ring(con, Said("will march"), now=at(13))
    assert sorted(one[1] for one in deliveries(con)) == ["pending", "pending", "silenced"]
    found = con.execute("SELECT made_by, made_at, lifted_by, lifted_at, note FROM silences").fetchone()
    assert found == ("Ida", at(10), "Ida", at(22), "known")


def test_an_acknowledgement_stops_what_rang_and_not_what_comes(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, Said(), Said("will march"))
    add_silence(con, NewSilence("ack", "claim", Said().claim_id, None, "Ida", at(13)))
    assert sorted(one[1] for one in deliveries(con)) == ["pending", "silenced"]
    ring(con, Said(outlets=TEN), now=at(14))
    ring(con, Said("will march", outlets=TEN), now=at(14))
    assert sorted(one for one in deliveries(con) if one[0] == "update") == [
        ("update", "pending", 1),
        ("update", "silenced", 1),
    ]
    add_silence(con, NewSilence("ack", "rule", "loud", None, "Ida", at(15)))
    (fresh,) = ring(con, Said("will fight"), now=at(16))
    assert fresh.silence_id is None


def statement_of(con: duckdb.DuckDBPyConnection, alert: Alert) -> str:
    """Return the statement that the alert's message names."""
    rows = con.execute("SELECT statement_id FROM alert_log WHERE alert_id = $id", {"id": alert.alert_id}).fetchall()
    return str(rows[0][0])


def test_a_word_names_an_event_by_the_beginning_of_an_id_a_speaker_or_a_rule(con: duckdb.DuckDBPyConnection) -> None:
    (alert,) = ring(con, Said())
    assert scopes_of(con, "loud", ["loud"]) == [("rule", "loud")]
    for named in (alert.event_id, alert.alert_id, alert.claim_id, statement_of(con, alert)):
        assert scopes_of(con, named, []) == scopes_of(con, named[:8], []) == [("event", alert.event_id)]
    assert scopes_of(con, "tamsin vole", []) == [("speaker", "tamsin-vole")]
    assert scopes_of(con, "nobody", []) == []


def test_an_alert_outlives_its_statement(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, Said())
    con.execute("DELETE FROM statements")
    assert con.execute("SELECT quote, evidence FROM alert_log").fetchall() == [("will answer in kind", [])]


def test_claims_that_are_merged_do_not_ring_again(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, Said())
    tell(con, Said("will surely answer in kind"))
    con.execute("UPDATE claims SET merged_into = $new WHERE claim_id = $old",
                {"old": Said().claim_id, "new": Said("will surely answer in kind").claim_id})  # fmt: skip
    assert ring(con, Said("will surely answer in kind")) == []


DAY = date(2031, 3, 4)


def test_an_event_rings_once_headed_by_its_gravest_claim(con: duckdb.DuckDBPyConnection) -> None:
    (alert,) = ring(con, Said(on=DAY), Said("will march", severity=4, on=DAY))
    assert (alert.claim_id, alert.severity) == (Said("will march").claim_id, 4)
    found = con.execute("SELECT quote, severity, [one.quote FOR one IN other_claims], side, aim FROM alert_log")
    assert found.fetchall() == [("will march", 4, ["will answer in kind"], "AND", "ESP")]
    assert ring(con, Said("will protest", on=DAY)) == []
    assert [one[0] for one in deliveries(con)] == ["alert"]
    stands = con.execute("SELECT count(*) FROM alert_statements WHERE alert_id = $id", {"id": alert.alert_id})
    assert stands.fetchone() == (3,)


def test_an_event_is_aimed_where_the_gravest_reports_of_its_claim_aim(con: duckdb.DuckDBPyConnection) -> None:
    claims = tell(con, Said(outlets=("Harbour Post", "Dale News"), on=DAY))
    faint = "WHERE statement_id = (SELECT min(statement_id) FROM statements)"
    con.execute(f"UPDATE statement_targets SET actor_id = 'portugal', \"name\" = 'Portugal', country = 'PRT' {faint}")
    con.execute(f"UPDATE statements SET severity = 1 {faint}")
    place_claims(con, claims)
    assert con.execute("SELECT aim FROM events").fetchall() == [("ESP",)]


def test_an_event_whose_severity_rises_is_told_of_again_once(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, Said(on=DAY))
    for _ in range(2):
        assert ring(con, Said("will march", severity=4, on=DAY)) == []
    assert [one[0] for one in deliveries(con)] == ["alert", "update"]


def test_a_claim_that_moves_to_another_day_does_not_ring_again_and_keeps_its_event(
    con: duckdb.DuckDBPyConnection,
) -> None:
    (alert,) = ring(con, Said(on=DAY))
    assert ring(con, Said(on=DAY - timedelta(days=1))) == []
    found = con.execute("SELECT event_id, said_on, has_rung FROM events").fetchall()
    assert found == [(alert.event_id, DAY - timedelta(days=1), True)]


def test_claims_that_rang_before_there_were_events_do_not_ring_again(con: duckdb.DuckDBPyConnection) -> None:
    said = (Said(on=DAY), Said("will march", on=DAY), Said("will fight"))
    ring(con, *said)
    con.execute("DELETE FROM claim_events; DELETE FROM events_placed")
    con.execute('UPDATE alerts SET event_id = NULL, told_severity = 5, told_rank = 4, "level" = 99')
    assert ring(con, *said) == []
    assert con.execute("SELECT count(*) FROM alerts WHERE event_id IS NULL").fetchone() == (0,)


def test_the_timeline_counts_both_directions_of_a_day(con: duckdb.DuckDBPyConnection) -> None:
    ring(con, Said(on=DAY), Said("will talk", polarity="de-escalatory", on=DAY))
    found = con.execute("SELECT said_on, side, aim, n_escalatory, n_deescalatory, n_dated FROM event_timeline")
    assert found.fetchall() == [(DAY, "AND", "ESP", 1, 1, 2)]
