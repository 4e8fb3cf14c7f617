"""A release in its place at once or not at all."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from config.escalation import CODEBOOK_FILE, CategorySection, CodebookFile
from config.files import ConfigError, read_file
from flows.releasing.pages import codebook_csv, codebook_markdown, dictionary_csv, dictionary_markdown, readme
from flows.telling import WorkFailedError
from flows.version import tocsin_version
from warehouse.releasing import DATABASE, TableCount, write_data

SUMS = "SHA256SUMS"
OURS = frozenset({DATABASE, SUMS, "README.md"})  # what a folder holds that is a release


@dataclass(frozen=True, slots=True)
class Release:
    """Where a release is, and what it holds."""

    folder: Path
    as_of: str
    n_files: int
    n_bytes: int
    tables: tuple[TableCount, ...]


def write_release(published: Path, folder: Path, config_folder: Path | None, *, is_forced: bool = False) -> Release:
    """Write the release of a published warehouse to ``folder``, which must not be there, be empty, or an older release.

    An older one is replaced where ``is_forced``. Until all is written nothing stands in its place.
    """
    _require_room(folder, is_forced=is_forced)
    categories = _categories(config_folder)
    fresh = folder.resolve().with_name(f".{folder.resolve().name}.{os.getpid()}.tmp")
    fresh.mkdir(parents=True)
    try:
        done = _write(published, fresh, categories, folder)
        _put_in_place(fresh, folder.resolve())
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return done


def _write(published: Path, fresh: Path, categories: tuple[CategorySection, ...], folder: Path) -> Release:
    facts = write_data(published, fresh, version=tocsin_version())
    pages = {
        "README.md": readme(facts, tocsin_version()),
        "dictionary.md": dictionary_markdown(facts),
        "dictionary.csv": dictionary_csv(facts),
        "codebook.md": codebook_markdown(categories),
        "codebook.csv": codebook_csv(categories),
    }
    for name, text in pages.items():
        (fresh / name).write_text(text, encoding="utf-8", newline="\n")
    files = sorted(path for path in fresh.rglob("*") if path.is_file())
    lines = [f"{_sha256(path)}  {path.relative_to(fresh).as_posix()}" for path in files]
    (fresh / SUMS).write_text("\n".join(lines) + "\n", encoding="ascii")
    size = sum(path.stat().st_size for path in files)
    return Release(folder, str(facts.as_of or ""), len(files) + 1, size, facts.tables)


def _categories(config_folder: Path | None) -> tuple[CategorySection, ...]:
    codebook, problems = read_file(config_folder, CODEBOOK_FILE, CodebookFile)
    if codebook is None:
        raise ConfigError(problems)
    return codebook.category


def _require_room(folder: Path, *, is_forced: bool) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    is_release = folder.is_dir() and {one.name for one in folder.iterdir()} >= OURS
    if not is_release:
        raise WorkFailedError(f"{folder} is there and no release: name a folder that is not there, or an empty one")
    if not is_forced:
        raise WorkFailedError(f"{folder} holds a release: --force replaces it")


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Move the new folder to its place; an older release goes when the new one stands."""
    old = fresh.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
