"""Days and times as people write them, in every --since and --until."""

from datetime import UTC, datetime

import click
import pytest

from flows.commands.options import Since, Until

NOW = datetime(2031, 5, 14, 9, 30)  # noqa: DTZ001 - UTC without a zone, as click's own type gives it


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.clock.utc_now", lambda: NOW.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2024-06-21", "2024-06-21T00:00"), ("2024-06", "2024-06-01T00:00"), ("2024-06-21 17:05", "2024-06-21T17:05"),
        ("2024-06-21t17:05", "2024-06-21T17:05"), ("yesterday", "2031-05-13T00:00"), ("Today", "2031-05-14T00:00"),
        ("7d", "2031-05-07T09:30"), ("12h", "2031-05-13T21:30"), ("2w", "2031-04-30T09:30"),
        ("3 days ago", "2031-05-11T09:30"), ("1 week", "2031-05-07T09:30"),
    ],
)  # fmt: skip
def test_since_understands(words: str, found: str) -> None:
    assert Since().convert(words, None, None) == datetime.fromisoformat(found)


@pytest.mark.parametrize(("words", "found"), [("7d", "2031-05-21T09:30"), ("tomorrow", "2031-05-15T00:00")])
def test_until_looks_ahead(words: str, found: str) -> None:
    assert Until().convert(words, None, None) == datetime.fromisoformat(found)


@pytest.mark.parametrize("words", ["soon", "", "7", "2024-13-01", "7d7d", "2024-06-21T25:00"])
def test_anything_else_is_a_wrong_call_that_says_how_to_write_it(words: str) -> None:
    with pytest.raises(click.BadParameter):
        Since().convert(words, None, None)


def test_until_refuses_what_lies_behind() -> None:
    with pytest.raises(click.BadParameter):
        Until().convert("3 days ago", None, None)
