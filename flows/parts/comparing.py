"""From reports to a part: which of them are how alike; no warehouse is needed.

Reports are compared by sides, in slices in order of publication: each slice with itself and with those before it that
reach into its days. What comes of it is looked up when the writer relates. It need not hold every pair: what no slice
held, a rerun after months say, the writer compares himself, and so what he finds is the same with and without.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from extractors.claims import Report, Verdict, compare_reports, digest_of, sides_of
from extractors.knowledge import Knowledge
from flows.analysis import reference_knowledge, to_report
from flows.parts.bundle import Bundle, unpack
from flows.parts.engines import Call
from flows.telling import WorkFailedError
from warehouse.connection import open_writer
from warehouse.keys import make_key
from warehouse.parts import ComparedRow, PartWriter, ReportRow, is_whole, iter_rows, json_of, report_of
from warehouse.storing import all_to_relate

REPORTS, COMPARED = "reports", "compared"
SLICE = 1_000  # reports of one side that are compared together
REACH = timedelta(days=16)  # how far apart two are published that tell of one week
MOST_BEFORE = 20  # slices before one that it is compared with: what a worker holds is bounded
ROWS = 5_000  # written together
UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Slice:
    """Reports of one side that follow each other, when the first and the last were published, and their part."""

    first: datetime
    last: datetime
    part: Path


@dataclass(slots=True)
class _Side:
    """The slices of a side so far, and what goes into the next."""

    slices: list[Slice] = field(default_factory=list)
    waiting: list[Report] = field(default_factory=list)


def comparisons(warehouse: Path, knowledge: Knowledge, bundle: Bundle, folder: Path) -> list[tuple[Slice, Call]]:
    """Write down the reports that wait to be related; returns each slice that comes of comparing, and how to get it."""
    sides: dict[str, _Side] = {}
    found: list[tuple[Slice, Call]] = []
    for side, report in _sided(warehouse, knowledge):
        one = sides.setdefault(side, _Side())
        one.waiting.append(report)
        if len(one.waiting) == SLICE:
            found.append(_cut([one], knowledge.version, bundle, folder))
    found += [_cut(some, knowledge.version, bundle, folder) for some in _pooled(sides.values())]
    return sorted(found, key=lambda pair: pair[0])


def _sided(warehouse: Path, knowledge: Knowledge) -> Iterator[tuple[str, Report]]:
    """Yield the reports that wait, the earliest published first, each with every side it is compared on."""
    with open_writer(warehouse) as con:
        reports = (to_report(one, knowledge) for some in all_to_relate(con) for one in some)
        for _, article in groupby(reports, key=lambda one: one.article_id):
            yield from sides_of(list(article))


def _pooled(sides: Iterable[_Side]) -> Iterator[list[_Side]]:
    """Yield sides that are cut together: most have few reports, and a part for each would cost more than it saves."""
    pool: list[_Side] = []
    for side in sorted((one for one in sides if one.waiting), key=lambda one: _published(one.waiting[0])):
        pool.append(side)
        if sum(len(one.waiting) for one in pool) >= SLICE:
            yield pool
            pool = []
    if pool:
        yield pool


def _cut(sides: Sequence[_Side], version: str, bundle: Bundle, folder: Path) -> tuple[Slice, Call]:
    """Write what waits of some sides as a slice; returns where what comparing it finds belongs, and how to get that."""
    own = _written([one for side in sides for one in side.waiting], folder)
    near = {one for side in sides for one in side.slices if own.first - one.last <= REACH}
    parts = tuple(one.part for one in sorted(near)[-MOST_BEFORE:])
    for side in sides:
        side.slices.append(own)
        side.waiting.clear()
    compared = Slice(own.first, own.last, compared_part(own.part, parts, version))
    return compared, Call(compared.part.name, (own.part, parts, bundle, version))


def _written(reports: Sequence[Report], folder: Path) -> Slice:
    """Write reports as a part, each once though it be of two sides."""
    found = {digest_of(one): one for one in reports}
    rows = [ReportRow(digest, json_of(one)) for digest, one in found.items()]
    part = folder / f"{REPORTS}-{make_key(*(row.digest for row in rows))}.parquet"
    if not is_whole(part):
        with PartWriter(part, ReportRow) as writer:
            writer.add(rows)
    days = [_published(one) for one in reports]
    return Slice(min(days), max(days), part)


def _published(report: Report) -> datetime:
    return report.published_at or UNDATED


def compared_part(own: Path, before: Sequence[Path], version: str) -> Path:
    """Return where what comparing these reports finds belongs."""
    return own.with_name(f"{COMPARED}-{make_key(version, own.name, *(one.name for one in before))}.parquet")


def compare_part(own: Path, before: Sequence[Path], bundle: Bundle, version: str, *, workers: int = 1) -> Path:  # noqa: ARG001 - comparing is one process's
    """Return the part with what comparing reports found, made unless it is there."""
    part = compared_part(own, before, version)
    if is_whole(part):
        return part
    knowledge = reference_knowledge(unpack(bundle))
    if knowledge.version != version:
        raise WorkFailedError("another version of Tocsin is installed where the work is done: install the same one")
    mine = _reports(own)
    theirs = {digest: one for each in before for digest, one in _reports(each).items()}
    compared = compare_reports(list(mine.values()), list(theirs.values()), knowledge.thesaurus)
    digests = {one.statement_id: digest for digest, one in (theirs | mine).items()}
    rows = [ComparedRow(digests[one], keys=list(keys)) for one, keys in compared.keys.items()]
    rows += [
        _row(digests[pair.one.report.statement_id], digests[pair.other.report.statement_id], pair.verdict)
        for pair in compared.pairs
    ]
    with PartWriter(part, ComparedRow) as writer:
        for start in range(0, len(rows), ROWS):
            writer.add(rows[start : start + ROWS])
    return part


def drop_comparisons(folder: Path) -> None:
    """Remove what was compared, once it is related; a run beside this one that misses a part compares for itself."""
    for part in (*folder.glob(f"{COMPARED}-*.parquet"), *folder.glob(f"{REPORTS}-*.parquet")):
        part.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _reports(part: Path) -> dict[int, Report]:
    return {row.digest: report_of(row.report) for rows in iter_rows(part, ReportRow, ROWS) for row in rows}


def _row(one: int, other: int, verdict: Verdict) -> ComparedRow:
    likeness = verdict.similarity
    return ComparedRow(
        min(one, other), max(one, other), None, verdict.margin, verdict.is_repeat, likeness.score, likeness.reason,
        likeness.verbatim,
    )  # fmt: skip
