"""sources.toml: where news comes from."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator, model_validator

from config.files import Problem, Section, read_file, validate
from config.places import locate
from extractors.feeds import DEFAULT_BOUNDS, IntervalBounds, Source, SourceKind, Standing
from extractors.identity import canonical_url, is_fetchable

FILE = "sources.toml"


class SourceSection(Section):
    """One source."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
    url: str
    kind: SourceKind = "feed"
    outlet: str | None = Field(default=None, min_length=1)
    issuer: str | None = Field(default=None, min_length=1, max_length=120)
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    standing: Standing = "unknown"
    note: str = ""
    language: str | None = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")
    topics: tuple[str, ...] = ()
    shortest_minutes: int = Field(default=10, ge=1, le=60 * 24 * 7)
    longest_minutes: int = Field(default=60 * 12, ge=1, le=60 * 24 * 31)
    enabled: bool = True

    @field_validator("url")
    @classmethod
    def is_web_address(cls, url: str) -> str:
        if not is_fetchable(url):
            raise ValueError("must be an http or https address without a user name")
        return url

    @model_validator(mode="after")
    def bounds_are_in_order(self) -> "SourceSection":
        if self.shortest_minutes > self.longest_minutes:
            raise ValueError("shortest_minutes is above longest_minutes")
        return self

    def source(self) -> Source:
        """Return the source as the domain knows it."""
        shortest, longest = timedelta(minutes=self.shortest_minutes), timedelta(minutes=self.longest_minutes)
        bounds = IntervalBounds(shortest, longest, min(max(DEFAULT_BOUNDS.first, shortest), longest))
        return Source(
            source_id=self.id,
            bounds=bounds,
            is_enabled=self.enabled,
            **self.model_dump(
                include={"url", "kind", "outlet", "issuer", "country", "standing", "note", "language", "topics"}
            ),
        )


class SourcesFile(Section):
    """The whole file."""

    sources: tuple[SourceSection, ...] = ()


def load_sources(folder: Path | None) -> tuple[tuple[Source, ...] | None, list[Problem]]:
    """Return the sources of the user's file or the packaged one, and all that is wrong with them."""
    read, problems = read_file(folder, FILE, SourcesFile)
    if read is None:
        return None, problems
    problems += list(_repeated(read, str(locate(folder, FILE))))
    return (None if problems else tuple(section.source() for section in read.sources)), problems


def check_source(fields: Mapping[str, Any], topics: Collection[str]) -> tuple[Source | None, list[Problem]]:
    """Return the source that a user describes with the keys of sources.toml, and all that is wrong with it."""
    read, problems = validate(dict(fields), "", SourceSection)
    unknown = [name for name in read.topics if name not in topics] if read else []
    problems += [Problem("", "topics", f"there is no topic {name!r}") for name in unknown]
    return (None if read is None or problems else read.source()), problems


def _repeated(read: SourcesFile, file: str) -> Iterator[Problem]:
    ids = Counter(section.id for section in read.sources)
    urls = Counter(canonical_url(section.url) for section in read.sources)
    for number, section in enumerate(read.sources):
        key = f"sources.{number} ({section.id})"
        if ids[section.id] > 1:
            yield Problem(file, f"{key}.id", "another source has this id")
        if urls[canonical_url(section.url)] > 1:
            yield Problem(file, f"{key}.url", "another source has this address")
