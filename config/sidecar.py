"""``sources.toml`` beside a corpus: what is known of each file that the file itself does not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from config.files import Problem, Section, read_alone
from extractors.feeds import TextTerms
from extractors.model import Moment, TimePrecision

NAME = "sources.toml"
ORIGIN = "sidecar"
NOTHING: Mapping[str, "ArticleFacts"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What a corpus says of one of its files; None is not known."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    issuer: str | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    published: Moment | None = None


class _FileSection(Section):
    title: str | None = Field(default=None, min_length=1)
    author: str | None = Field(default=None, min_length=1)
    outlet: str | None = Field(default=None, min_length=1)
    issuer: str | None = Field(default=None, min_length=1)
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    section: str | None = Field(default=None, min_length=1)
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    published: datetime | date | None = None
    published_is_inferred: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The licence of a corpus and what may be done with its texts; None is not stated."""

    licence: str | None = None
    texts: TextTerms | None = None


class _Sidecar(Section):
    licence: str | None = Field(default=None, min_length=1, max_length=200)
    texts: TextTerms | None = None
    files: dict[str, _FileSection] = Field(default_factory=dict)


def load_sidecar(folder: Path) -> tuple[Mapping[str, ArticleFacts], list[Problem]]:
    """Return what the folder's ``sources.toml`` says, by file name; a folder without one says nothing."""
    path = folder / NAME
    if not path.is_file():
        return NOTHING, []
    sidecar, problems = read_alone(path, _Sidecar)
    if sidecar is None:
        return NOTHING, problems
    missing = [
        Problem(str(path), f"files.{name}", "no such file in the folder")
        for name in sidecar.files
        if not (folder / name).is_file()
    ]
    return MappingProxyType({name: _facts(one) for name, one in sidecar.files.items()}), missing


def sidecar_facts(folder: Path) -> Mapping[str, ArticleFacts]:
    """Return what the folder's ``sources.toml`` says, parsed once for all batches of a corpus until it changes."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return NOTHING
    return _parsed(folder, found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=1)
def _parsed(folder: Path, *_as_it_stands: int) -> Mapping[str, ArticleFacts]:
    sidecar, _ = read_alone(folder / NAME, _Sidecar)
    return NOTHING if sidecar is None else MappingProxyType({name: _facts(one) for name, one in sidecar.files.items()})


def sidecar_terms(folder: Path) -> Terms:
    """Return the terms that the folder's ``sources.toml`` states for all of its files."""
    if not (folder / NAME).is_file():
        return Terms()
    sidecar, _ = read_alone(folder / NAME, _Sidecar)
    return Terms() if sidecar is None else Terms(sidecar.licence, sidecar.texts)


def _facts(section: _FileSection) -> ArticleFacts:
    return ArticleFacts(
        title=section.title,
        author=section.author,
        outlet=section.outlet,
        issuer=section.issuer,
        url=section.url,
        section=section.section,
        language=section.language,
        published=_moment(section.published, is_inferred=section.published_is_inferred),
    )


def _moment(value: datetime | date | None, *, is_inferred: bool) -> Moment | None:
    """Return the TOML date or time as a moment; a local time is read as UTC and marked as a guess."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        midnight = datetime(value.year, value.month, value.day, tzinfo=UTC)
        return Moment(midnight, "day", ORIGIN, is_inferred, value.isoformat())
    precision: TimePrecision = "second" if value.second else "minute"
    at = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return Moment(at, precision, ORIGIN, is_inferred or value.tzinfo is None, value.isoformat())
