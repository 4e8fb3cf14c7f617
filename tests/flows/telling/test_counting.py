"""Numbers with their nouns."""

from flows.telling import counted


def test_one_alone_stands_in_the_singular() -> None:
    assert [counted(n, "new entry") for n in (0, 1, 2)] == ["0 new entries", "1 new entry", "2 new entries"]
    assert [counted(n, "source") for n in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]
