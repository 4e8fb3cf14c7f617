"""The rows of parts: a page of a WARC file, a text to be extracted, what was found in it.

Values of the domain travel as JSON: it can be read by anybody, and unlike a pickle reading it runs nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import TypeAdapter

from extractors.claims import Report
from extractors.model import Article, Findings

# An article; a page that gives none; one whose reading failed, to be tried again; what is no record; the file's end.
PageKind: TypeAlias = Literal["article", "rejected", "failed", "damaged", "end"]
FindingsKind: TypeAlias = Literal["found", "failed"]


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that may belong to a topic, what reading it came to, and where it lies.

    ``length`` is 0 where the record cannot be reached by its offset: then ``body`` holds the page and ``headers``
    (JSON) what came with it. ``reason`` and ``detail`` say why there is no article. The ``end`` counts the file's
    responses in ``offset``.
    """

    COLUMNS: ClassVar[str] = """
        "number" BIGINT, kind VARCHAR, "offset" BIGINT, "length" BIGINT, url VARCHAR, status INTEGER, digest VARCHAR,
        body_hash VARCHAR, captured_at TIMESTAMPTZ, reason VARCHAR, detail VARCHAR, location VARCHAR, article VARCHAR,
        topics VARCHAR, headers VARCHAR, body BLOB
    """

    kind: PageKind
    offset: int
    length: int = 0
    url: str = ""
    status: int = 0
    digest: str = ""
    body_hash: str = ""
    captured_at: datetime | None = None
    reason: str = ""
    detail: str = ""
    location: str = ""
    article: str | None = None
    topics: str | None = None
    headers: str | None = None
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class TextRow:
    """An article that is to be extracted, as JSON."""

    COLUMNS: ClassVar[str] = '"number" BIGINT, article_id VARCHAR, article VARCHAR'

    article_id: str
    article: str


@dataclass(frozen=True, slots=True)
class FindingsRow:
    """What was found in an article, as JSON; or why nothing could be, which need not be the article's fault.

    ``text_key`` is that of the article as it was extracted.
    """

    COLUMNS: ClassVar[str] = """
        "number" BIGINT, kind VARCHAR, article_id VARCHAR, text_key VARCHAR, findings VARCHAR, reason VARCHAR,
        detail VARCHAR
    """

    kind: FindingsKind
    article_id: str
    text_key: str
    findings: str | None = None
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that is to be compared, as JSON, with the digest by which what is found of it is looked up."""

    COLUMNS: ClassVar[str] = '"number" BIGINT, digest BIGINT, report VARCHAR'

    digest: int
    report: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What comparing found, by the digests of reports: the blocking keys of one, or the verdict on two."""

    COLUMNS: ClassVar[str] = """
        "number" BIGINT, one BIGINT, other BIGINT, "keys" VARCHAR[], margin DOUBLE, is_repeat BOOLEAN, score DOUBLE,
        reason VARCHAR, verbatim DOUBLE
    """

    one: int
    other: int | None = None
    keys: list[str] | None = None
    margin: float = 0.0
    is_repeat: bool = False
    score: float = 0.0
    reason: str = ""
    verbatim: float = 0.0


def json_of(value: Article | Findings | Report) -> str:
    """Return the value as JSON; raises ``ValueError`` where a text is none (half a surrogate pair)."""
    kind: type = type(value)
    return _adapter(kind).dump_json(value).decode()


def article_of(text: str) -> Article:
    """Return the article that was written so."""
    found: Article = _adapter(Article).validate_json(text)
    return found


def findings_of(text: str) -> Findings:
    """Return the findings that were written so."""
    found: Findings = _adapter(Findings).validate_json(text)
    return found


def report_of(text: str) -> Report:
    """Return the report that was written so."""
    found: Report = _adapter(Report).validate_json(text)
    return found


def topics_of(row: PageRow) -> Mapping[str, float]:
    """Return the topics of a page's article with their scores."""
    found: dict[str, float] = json.loads(row.topics or "{}")
    return found


def end_of_pages(n_responses: int) -> PageRow:
    """Return the last row of a file's pages."""
    return PageRow("end", n_responses)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
