"""The file in which a Prefect server of our own keeps its records: is it whole, and room for a new one if not."""

import os
from contextlib import closing, suppress
from pathlib import Path

NAME = "prefect.db"
ASIDE = ".damaged"
PARTS = ("", "-wal", "-shm")  # SQLite's log belongs to its database
ELSEWHERE = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL")
MAGIC = b"SQLite format 3\0"


def database_path() -> Path | None:
    """Return where the server keeps its database, as far as the environment tells; None where it is no file of ours."""
    if any(os.environ.get(name) for name in ELSEWHERE):
        return None
    return Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser() / NAME


def is_foreign(path: Path) -> bool:
    """Tell whether the file is no database at all, which takes no time to see."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) not in {b"", MAGIC}
    except OSError:
        return False


def is_damaged(path: Path) -> bool:
    """Read the whole database, which no server may have open, and tell whether it is damaged."""
    if not path.exists() or is_foreign(path):
        return path.exists()
    import sqlite3

    try:
        with closing(sqlite3.connect(path)) as con:
            return bool(con.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:
        return False  # busy, not to be opened, no space: nothing wrong with what it holds
    except sqlite3.DatabaseError:
        return True


def set_aside(path: Path) -> Path:
    """Move a damaged database away, over one that was damaged before; return where it is now."""
    for part in PARTS:
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{part}").replace(path.with_name(f"{path.name}{ASIDE}{part}"))
    return path.with_name(f"{path.name}{ASIDE}")
