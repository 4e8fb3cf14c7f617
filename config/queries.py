"""queries.toml: saved queries with a name, for `tocsin sql @NAME`."""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from config.files import ConfigError, Problem, Section, locate, read_file

FILE = "queries.toml"
# Parameters of a query: a dollar and a name, not inside quotation marks.
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")


class Parameter(Section):
    """What stands for a parameter where the call gives none; ``day`` takes 7d and yesterday as well as 2024-10-20."""

    default: str | int | float | None = None
    day: bool = False


class Query(Section):
    """One saved query."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    question: str = Field(min_length=1)
    sql: str = Field(pattern=r"\S")
    parameters: Mapping[str, Parameter] = {}


class QueriesFile(Section):
    """The whole file."""

    query: tuple[Query, ...] = ()


def load_queries(folder: Path | None) -> tuple[tuple[Query, ...] | None, list[Problem]]:
    """Return the queries of the user's file or the packaged one, and all that is wrong with them."""
    read, problems = read_file(folder, FILE, QueriesFile)
    if read is None:
        return None, problems
    file, seen = str(locate(folder, FILE)), set[str]()
    for number, one in enumerate(read.query):
        key = f"query.{number} ({one.name})"
        if one.name in seen:
            problems.append(Problem(file, key, "there are two queries of this name"))
        seen.add(one.name)
        problems += [Problem(file, key, said) for said in _wrong_names(one)]
    return read.query, problems


def queries_of(folder: Path | None) -> tuple[Query, ...]:
    """Return queries.toml alone; raises ``ConfigError``."""
    queries, problems = load_queries(folder)
    if queries is None or problems:
        raise ConfigError(problems)
    return queries


def _wrong_names(query: Query) -> list[str]:
    used = set(_PARAMETER.findall(_QUOTED.sub("", query.sql)))
    return [f"${name} is not among its parameters" for name in sorted(used - set(query.parameters))] + [
        f"the parameter {name!r} is not used in it" for name in sorted(set(query.parameters) - used)
    ]
