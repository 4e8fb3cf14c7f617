"""Quiet hours and digests on the clock of a place; changes to summer time and back included."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from extractors.alerting.rule import QuietHours, Rest

MONDAY = 0


def quiet_until(now: datetime, quiet: QuietHours) -> datetime | None:
    """Return when the quiet hours end that it is in now; None outside of them."""
    today = now.astimezone(quiet.zone).date()
    for begins_on in (today - timedelta(days=1), today):
        ends_on = begins_on if quiet.since < quiet.until else begins_on + timedelta(days=1)
        begins, ends = at(begins_on, quiet.since, quiet.zone), at(ends_on, quiet.until, quiet.zone)
        if begins <= now < ends:
            return ends
    return None


def next_digest(now: datetime, rest: Rest, when: time, zone: tzinfo) -> datetime:
    """Return the next time at which the digest goes out: every day, or on Mondays."""
    day = now.astimezone(zone).date()
    while at(day, when, zone) <= now or (rest == "weekly" and day.weekday() != MONDAY):
        day += timedelta(days=1)
    return at(day, when, zone)


def at(day: date, when: time, zone: tzinfo) -> datetime:
    """Return the instant at which the clocks of the zone show that day and time, in UTC."""
    return datetime.combine(day, when, zone).astimezone(UTC)
