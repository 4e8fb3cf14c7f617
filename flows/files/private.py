"""Who may read what Tocsin writes: its user alone, or, where tocsin.toml says so, its group too.

The process's umask does it for whatever is made, by whomever: DuckDB, SQLite, Prefect's server, our own code, the
processes they start. What a user asks for by name (an export) follows his own umask.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

PRIVATE = 0o077
SHARED = 0o027
_users: list[int] = []  # the umask the process was started with, once we have set ours


@contextmanager
def private_files() -> Iterator[None]:
    """Make what the block writes private to the user."""
    _users.append(os.umask(PRIVATE))
    try:
        yield
    finally:
        os.umask(_users.pop())


@contextmanager
def users_own_files() -> Iterator[None]:
    """Make what the block writes as readable as the user's other files."""
    before = os.umask(_users[0]) if _users else None
    try:
        yield
    finally:
        if before is not None:
            os.umask(before)


def heed_sharing(config_folder: Path | None) -> None:
    """Do as tocsin.toml says within ``private_files``; elsewhere the process is not ours to change."""
    if _users:
        set_sharing(config_folder)


def set_sharing(config_folder: Path | None) -> None:
    """Do as tocsin.toml says; a file that is wrong shares nothing, and is reported by whoever needs it."""
    os.umask(SHARED if _is_shared(config_folder) else PRIVATE)


def _is_shared(config_folder: Path | None) -> bool:
    """Tell whether a file that is right in all shares; one that does not ask for it needs no check."""
    from config.places import asks_to_share

    if not asks_to_share(config_folder):
        return False
    from config.settings import load_settings

    settings, _ = load_settings(config_folder)
    return settings is not None and settings.paths.group_readable


def settle_modes(warehouse: Path, *, is_shared: bool) -> None:
    """Bring what an older version, or another setting, left beside the warehouse to what holds now.

    Only what is ours by name and owner. A folder's files are looked at only where the folder itself is not right yet.
    """
    alerts = warehouse.parent.glob(f"{escape(warehouse.stem)}.alerts.*")
    beside = [warehouse.with_name(f"{warehouse.name}{suffix}") for suffix in (".wal", ".ledger", ".lock", ".keys")]
    for path in (warehouse, *beside, *alerts):
        _settle(path, is_shared=is_shared)
    folders = [warehouse.with_name(f"{warehouse.stem}.{name}") for name in ("captures", "prefect", "rebuild")]
    for folder in (*folders, warehouse.parent / "published"):
        if folder.is_dir() and _wanted(folder, is_shared=is_shared) is not None:
            for path in folder.rglob("*"):
                _settle(path, is_shared=is_shared)
            _settle(folder, is_shared=is_shared)


def _settle(path: Path, *, is_shared: bool) -> None:
    wanted = _wanted(path, is_shared=is_shared)
    if wanted is not None:
        with suppress(OSError):
            path.chmod(wanted)


def _wanted(path: Path, *, is_shared: bool) -> int | None:
    """Return the mode that a file or folder has to get, None where it is right, not ours, or a link."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if found.st_uid != os.geteuid() or not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        return None
    mode = stat.S_IMODE(found.st_mode)
    readable = stat.S_IRGRP | (stat.S_IXGRP if stat.S_ISDIR(found.st_mode) else 0)
    wanted = (mode | readable) & ~stat.S_IRWXO if is_shared else mode & ~PRIVATE
    return None if wanted == mode else wanted
