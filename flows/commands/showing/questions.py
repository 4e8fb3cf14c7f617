"""Which query a call of `tocsin sql` means: the words, a file, standard input or a saved one, with its values."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import Since

if TYPE_CHECKING:
    from config.queries import Query


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the values of its parameters, as text."""

    sql: str
    values: Mapping[str, str]


def meant(query: str | None, file: str | None, given: Sequence[str], config_folder: Path | None) -> Question:
    """Return what is asked; raises ``UsageError`` where that is nothing, two things, or a saved query nobody saved."""
    if query is not None and file is not None:
        raise click.UsageError("give QUERY or --file, not both")
    values = dict(map(_value, given))
    if query is not None and query.startswith("@"):
        return _saved(query[1:], values, config_folder)
    if file is not None or query in (None, "-"):
        return Question(_read(file or "-", is_asked=file is not None or query == "-"), values)
    return Question(query or "", values)


def saved_lines(queries: Sequence["Query"]) -> list[tuple[str, str, str]]:
    """Return name, question and parameters with their defaults of each saved query."""
    return [(f"@{one.name}", one.question, ", ".join(_parameters(one))) for one in queries]


def _parameters(query: "Query") -> list[str]:
    return [name if one.default is None else f"{name}={one.default}" for name, one in query.parameters.items()]


def _value(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"{words!r} is not NAME=VALUE", param_hint="-p")
    return name, value


def _saved(name: str, values: Mapping[str, str], config_folder: Path | None) -> Question:
    from config.queries import queries_of

    known = {one.name: one for one in queries_of(config_folder)}
    if name not in known:
        raise click.UsageError(f"there is no saved query @{name}{_near(name, list(known))}: --list shows them")
    found = known[name]
    defaults = {key: str(one.default) for key, one in found.parameters.items() if one.default is not None}
    chosen = {**defaults, **values}
    days = {key for key, one in found.parameters.items() if one.day} & set(chosen)
    return Question(found.sql, {**chosen, **{key: _day(chosen[key]) for key in days}})


def _near(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f" (is it @{near[0]}?)" if near else ""


def _day(words: str) -> str:
    found: str = Since().convert(words, None, None).isoformat()
    return found.removesuffix("T00:00:00")


def _read(file: str, *, is_asked: bool) -> str:
    if file != "-":
        try:
            return Path(file).read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise click.BadParameter(f"{file} cannot be read: {error.strerror}", param_hint="--file") from error
        except UnicodeDecodeError as error:
            raise click.BadParameter(f"{file} is not UTF-8", param_hint="--file") from error
    if not is_asked and sys.stdin.isatty():
        raise click.UsageError("give a QUERY, @NAME of a saved one, --file FILE, or one on standard input")
    return sys.stdin.read()
