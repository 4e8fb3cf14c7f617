"""From texts to a part: what was found in them; no warehouse is needed."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from config.load import load_configuration
from extractors.model import Article, Findings
from flows.analysis import ExtractionCrew, reference_knowledge
from flows.parts.bundle import Bundle, unpack
from flows.parts.keeping import kept
from flows.telling import WorkFailedError
from flows.workers import Abandoned, Done
from warehouse.keys import make_key
from warehouse.parts import FindingsRow, PartWriter, TextRow, article_of, is_whole, iter_rows, json_of

TEXTS, FINDINGS = "texts", "findings"
ALL = 1 << 30


def write_texts(articles: Sequence[Article], version: str, folder: Path) -> Path:
    """Write articles for a worker to extract; returns the part, named by the texts and ``version``."""
    rows = [TextRow(one.content_hash, json_of(one)) for one in articles]
    part = folder / f"{TEXTS}-{make_key(version)}-{make_key(*(row.article for row in rows))}.parquet"
    if not is_whole(part):
        with PartWriter(part, TextRow) as writer:
            writer.add(rows)
    return part


def findings_part(texts: Path) -> Path:
    """Return where the findings of these texts belong."""
    return texts.with_name(texts.name.replace(TEXTS, FINDINGS, 1))


def findings_parts(version: str, folder: Path) -> list[Path]:
    """Return the parts of this version that were made and not merged yet."""
    return sorted(one for one in folder.glob(f"{FINDINGS}-{make_key(version)}-*.parquet") if is_whole(one))


def extract_part(texts: Path, bundle: Bundle, version: str, *, workers: int = 1) -> Path:
    """Return the part with the findings of texts, made unless it is there.

    Texts that could not be extracted among others are named, to be tried alone; those there was no time for are not.
    """
    part = findings_part(texts)
    if is_whole(part):
        return part
    config = unpack(bundle)
    if reference_knowledge(config).version != version:
        raise WorkFailedError("another version of Tocsin is installed where the work is done: install the same one")
    rows = [row for batch in iter_rows(texts, TextRow, ALL) for row in batch]
    with _crew(config, bundle, workers) as crew:
        ends = _extract([article_of(row.article) for row in rows], crew)
    found = [_row(row, ends[row.article_id]) for row in rows if row.article_id in ends]
    with PartWriter(part, FindingsRow) as writer:
        writer.add(found)
    return part


def _crew(config: Path | None, bundle: Bundle, workers: int) -> AbstractContextManager[ExtractionCrew]:
    settings = load_configuration(config).settings
    extract = settings.extract.model_copy(update={"workers": max(settings.extract.workers, workers)})
    settings = settings.model_copy(update={"extract": extract})
    return kept(("extract", bundle.digest, extract.workers), lambda: ExtractionCrew(config, settings))


def _extract(articles: Sequence[Article], crew: ExtractionCrew) -> Mapping[str, Findings | Abandoned[object]]:
    ends: dict[str, Findings | Abandoned[object]] = {}
    for ended in crew.extract(articles, is_alone=False):
        if isinstance(ended, Done):
            ends |= {one.content_hash: one for one in ended.value}
        else:
            ends |= {one.content_hash: _alike(ended, one) for one in ended.item}
    return ends


def _alike(ended: Abandoned[Any], article: Article) -> Abandoned[object]:
    """Return that an article went with those it was extracted among."""
    return Abandoned(article, ended.reason, ended.detail)


def _row(text: TextRow, end: Findings | Abandoned[object]) -> FindingsRow:
    of = make_key(text.article)
    if isinstance(end, Abandoned):
        return FindingsRow("failed", text.article_id, of, reason=end.reason, detail=end.detail)
    return FindingsRow("found", text.article_id, of, json_of(end))
