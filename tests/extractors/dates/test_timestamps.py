"""Dates as feeds write them: read right, guesses marked, nothing from the future."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.timestamps import parse_feed_date, read_feed_date

CASES = json.loads((Path(__file__).parents[2] / "cases" / "feeds" / "dates.json").read_text())
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_a_date_is_read_as_its_writer_meant_it(case: dict[str, str | None]) -> None:
    reading = read_feed_date(case["raw"] or "", now=NOW)
    moment = reading.moment
    found = (moment and f"{moment.at:%Y-%m-%dT%H:%M:%SZ}", moment and moment.precision, reading.problem)
    assert found == (case["at"], case["precision"], case["problem"])


@pytest.mark.parametrize("case", [case for case in CASES if case["at"]], ids=lambda case: case["note"])
def test_a_guess_is_marked_and_the_words_are_kept(case: dict[str, str]) -> None:
    moment = parse_feed_date(case["raw"], now=NOW)
    assert moment is not None
    assert moment.is_inferred == (case["problem"] is not None)
    assert moment.raw == " ".join(case["raw"].split())


local_times = st.datetimes(NOW.replace(year=1990, tzinfo=None), NOW.replace(tzinfo=None))


@given(local_times, st.integers(-14 * 4, 14 * 4))
def test_the_two_standard_forms_agree(local: datetime, quarters: int) -> None:
    offset = timedelta(minutes=15 * quarters)
    at = local.replace(microsecond=0, tzinfo=UTC) - offset
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
    iso, rfc = f"{local:%Y-%m-%dT%H:%M:%S}{zone}", f"{local:%a, %d %b %Y %H:%M:%S} {zone}"
    for raw in (iso, rfc):
        moment = parse_feed_date(raw)
        assert moment is not None
        assert moment.at == at


figures = st.text(alphabet="0123456789-/.:, TZ+GMTAPampKSTJanMyétiç年월(", max_size=40)


@given(st.text(max_size=200) | figures)
def test_any_words_are_survived_and_no_date_lies_ahead(raw: str) -> None:
    moment = parse_feed_date(raw, now=NOW)
    assert moment is None or moment.at <= NOW


def test_an_endless_date_is_refused_at_once() -> None:
    assert read_feed_date("1" * 1_000_000, now=NOW).problem == "unreadable-date"
