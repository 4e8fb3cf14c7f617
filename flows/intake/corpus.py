"""A folder of texts and pages: which files it holds and how each is read."""

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from config.sidecar import ArticleFacts
from extractors.model import Article, Moment, Rejected
from flows.telling import WorkFailedError

TEXT_SUFFIXES = frozenset({".txt"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
# What stands beside a corpus without being part of it.
NOT_ARTICLES = frozenset({"sources.toml", "readme", "readme.md", "readme.txt", "license", "license.txt"})


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What one file came to: its place in the corpus, the hash of its bytes, and the article or why there is none."""

    location: str
    input_hash: str
    outcome: Article | Rejected
    modified_at: datetime


def list_corpus(folder: Path, *, max_files: int) -> list[str]:
    """Return the files of a corpus as paths below it, sorted; hidden files and companions are left out."""
    if not os.access(folder, os.R_OK | os.X_OK):
        raise WorkFailedError(f"{folder}: cannot be read: permission denied")
    found = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and _is_input(path, folder)
    )
    if len(found) > max_files:
        raise WorkFailedError(f"{folder}: holds {len(found)} files, limits.max_corpus_files allows {max_files}")
    return found


def read_corpus_file(folder: Path, location: str, facts: ArticleFacts | None, *, max_bytes: int) -> ReadFile:
    """Read one file; whatever is wrong with its content comes back as a rejection. Raises ``OSError``."""
    path = folder / location
    facts_on_disk = path.stat()
    modified_at = datetime.fromtimestamp(facts_on_disk.st_mtime, UTC)
    if facts_on_disk.st_size > max_bytes:
        why = Rejected("too-large", f"{facts_on_disk.st_size} bytes, limits.max_text_bytes allows {max_bytes}")
        return ReadFile(location, f"size:{facts_on_disk.st_size}", why, modified_at)
    data = path.read_bytes()
    outcome = read_bytes(data, path.suffix.lower(), max_bytes=max_bytes)
    if isinstance(outcome, Article) and facts is not None:
        outcome = with_facts(outcome, facts)
    return ReadFile(location, hashlib.sha256(data).hexdigest(), outcome, modified_at)


def try_corpus_file(folder: Path, location: str, facts: ArticleFacts | None, *, max_bytes: int) -> Article | Rejected:
    """Read one file for somebody who looks on: one that cannot be read now is a rejection, too."""
    try:
        return read_corpus_file(folder, location, facts, max_bytes=max_bytes).outcome
    except OSError as error:
        return Rejected("unreadable", error.strerror or str(error))


def modification_time(path: Path) -> datetime:
    """Return when a file was last changed; the epoch where that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)


def read_bytes(data: bytes, suffix: str, *, max_bytes: int) -> Article | Rejected:
    """Read text or HTML by the file's suffix."""
    from extractors.reading import read_html, read_text

    if suffix in PAGE_SUFFIXES:
        return read_html(data, None, None)
    if suffix in TEXT_SUFFIXES:
        return read_text(data, max_bytes=max_bytes)
    return Rejected("unknown-type", f"{suffix or 'no suffix'}: expected .txt or .html")


def with_facts(article: Article, facts: ArticleFacts) -> Article:
    """Return the article with what the corpus knows of it put before what was read from the text."""
    return replace(
        article,
        title=facts.title or article.title,
        section=facts.section or article.section,
        language=facts.language or article.language,
        author=facts.author or article.author,
        outlet=facts.outlet or article.outlet,
        issuer=facts.issuer or article.issuer,
        url=facts.url or article.url,
        published=facts.published or article.published,
    )


def clock_of(read: ReadFile) -> datetime:
    """Return the instant at which a replay sees the file: when it was published, else when it was last changed."""
    published: Moment | None = read.outcome.published if isinstance(read.outcome, Article) else None
    return published.at if published else read.modified_at


def _is_input(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.name.lower() not in NOT_ARTICLES and not any(part.startswith(".") for part in parts)
