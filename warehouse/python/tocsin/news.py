"""A file of a warehouse that is open for reading."""

from contextlib import ExitStack
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from tocsin.rows import Rows

if TYPE_CHECKING:
    from warehouse.asking import FrameName
    from warehouse.connection import Connection

Day: TypeAlias = str | date | datetime


def open_news(path: str | PathLike[str]) -> "News":
    """Open a warehouse, its published snapshot, a release, or a copy of one, for reading alone.

    Raises ``warehouse.errors.WarehouseError`` with one line where there is no such file or it is something else.
    """
    return News(Path(path))


class News:
    """An open file; each method gives rows that are fetched when asked for, as ``df()``, ``pl()`` or ``arrow()``.

    Days are written as ``"2024-10-20"`` or given as dates, both ends included. ``severity`` is the least, ``speaker`` a
    part of a name; sides and countries are ISO 3166 alpha-3 codes.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; `tocsin.open` is the usual way."""
        from warehouse.connection import open_reader
        from warehouse.upkeep import readable_path, require_warehouse

        self.path = readable_path(path)
        with ExitStack() as stack:
            con = stack.enter_context(open_reader(self.path, is_filled=False))
            require_warehouse(con, self.path)
            self._stack = stack.pop_all()
        self._con: Connection | None = con

    def __enter__(self) -> Self:
        """Return itself; the file is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def __repr__(self) -> str:
        """Name the file."""
        return f"<tocsin.News {self.path}{'' if self._con else ', closed'}>"

    def close(self) -> None:
        """Close the file; rows that were not fetched can no longer be."""
        self._con = None
        self._stack.close()

    def events(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        severity: int | None = None,
        polarity: str | None = None,
        category: str | None = None,
        side: str | None = None,
        aim: str | None = None,
    ) -> Rows:
        """Return what one side did with words towards another on one day."""
        return self._frame(
            "events",
            since=since, until=until, severity=severity, polarity=polarity, category=category, side=side, aim=aim,
        )  # fmt: skip

    def claims(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        severity: int | None = None,
        polarity: str | None = None,
        category: str | None = None,
        speaker: str | None = None,
        country: str | None = None,
    ) -> Rows:
        """Return points of utterances, each once however many outlets report it."""
        return self._frame(
            "claims",
            since=since, until=until, severity=severity, polarity=polarity, category=category, speaker=speaker,
            country=country,
        )  # fmt: skip

    def statements(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        severity: int | None = None,
        polarity: str | None = None,
        category: str | None = None,
        speaker: str | None = None,
        country: str | None = None,
        outlet: str | None = None,
    ) -> Rows:
        """Return attributions: what an article says that one source said."""
        return self._frame(
            "statements",
            since=since, until=until, severity=severity, polarity=polarity, category=category, speaker=speaker,
            country=country, outlet=outlet,
        )  # fmt: skip

    def escalations(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        severity: int | None = None,
        category: str | None = None,
        speaker: str | None = None,
        country: str | None = None,
    ) -> Rows:
        """Return escalating claims with their outlets and targets."""
        return self._frame(
            "escalations",
            since=since, until=until, severity=severity, category=category, speaker=speaker, country=country,
        )  # fmt: skip

    def alerts(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        severity: int | None = None,
        category: str | None = None,
        speaker: str | None = None,
        country: str | None = None,
    ) -> Rows:
        """Return what rang, with its evidence; days are those on which it rang."""
        return self._frame(
            "alerts",
            since=since, until=until, severity=severity, category=category, speaker=speaker, country=country,
        )  # fmt: skip

    def articles(self, *, since: Day | None = None, until: Day | None = None, outlet: str | None = None) -> Rows:
        """Return articles; ``text`` is None where the file holds none, as in most releases."""
        return self._frame("articles", since=since, until=until, outlet=outlet)

    def sql(self, query: str, **parameters: Any) -> Rows:  # noqa: ANN401 - whatever DuckDB takes
        """Return what a query of your own gives; ``$name`` in it is the parameter of that name."""
        return Rows(self._opened, query, parameters)

    def _frame(self, name: "FrameName", *, since: Day | None, until: Day | None, **filters: str | int | None) -> Rows:
        from warehouse.asking import frame_question

        asked = frame_question(name, since=_day(since), until=_day(until), **filters)
        return Rows(self._opened, asked.sql, asked.parameters)

    def _opened(self) -> "Connection":
        if self._con is None:
            raise ValueError(f"{self.path} is closed: fetch rows inside the `with` block")
        return self._con


def _day(given: Day | None) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    return date.fromisoformat(given) if isinstance(given, str) else given
