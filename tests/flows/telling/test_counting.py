"""Numbers with their nouns."""

from flows.telling import counted, counted_of


def test_one_alone_stands_in_the_singular() -> None:
    assert [counted(n, "new entry") for n in (0, 1, 2)] == ["0 new entries", "1 new entry", "2 new entries"]
    assert [counted(n, "source") for n in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]
    assert [counted(n, "day") for n in (1, 2)] == ["1 day", "2 days"]


def test_what_is_named_in_the_plural_stands_in_the_singular_alone() -> None:
    named = ("topics", "saved queries", "pending deliveries")
    assert [counted_of(1, one) for one in named] == ["1 topic", "1 saved query", "1 pending delivery"]
    assert [counted_of(2, one) for one in named] == [f"2 {one}" for one in named]
