"""A blank database for Prefect's server, kept in the user's cache: all of Prefect's migrations take seconds.

The first server that had to apply them keeps it, before it answers anybody. It holds tables and no row but the number
of the last migration. Whatever is wrong with it or its place, the server does without.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

from flows.files import replace_file
from flows.serving.asgi import App, Message, Receive, Send

REVISIONS = "alembic_version"
LOGS = ("-wal", "-journal")  # SQLite would write what is in them into any database it finds beside them
# The two bytes of the header by which SQLite looks for a log beside it; a server sets them again.
VERSIONS, WITHOUT_LOG = slice(18, 20), b"\x01\x01"
OTHERS_MAY_WRITE = 0o022


def blank_path() -> Path:
    """Return its place: another release of Prefect, or of SQLite, makes other tables."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    cache = given if given.is_absolute() else Path("~/.cache").expanduser()
    return cache / "tocsin" / f"prefect-{version('prefect')}-sqlite-{sqlite3.sqlite_version}.db"


def start_from_blank(database: Path, blank: Path) -> None:
    """Put a copy of the blank one where there is no database yet; one that another server makes meanwhile stands."""
    if any(database.with_name(f"{database.name}{part}").exists() for part in ("", *LOGS)):
        return
    fresh = database.with_name(f".{database.name}.{os.getpid()}.tmp")
    with suppress(OSError):
        data = _read_own(blank)
        if not _is_blank(data):
            blank.unlink()
            return
        try:
            _write(fresh, data)
            os.link(fresh, database)  # refuses, unlike a renaming, to replace a file
        finally:
            fresh.unlink(missing_ok=True)


def keep_blank(database: Path, blank: Path) -> None:
    """Keep a copy of a database that was just made, unless it holds more than its tables."""
    with suppress(OSError, sqlite3.Error, AttributeError):  # some builds of SQLite cannot serialize
        with closing(sqlite3.connect(database)) as con:
            pages = con.serialize()  # as SQLite sees them, with what its log holds
        data = pages[: VERSIONS.start] + WITHOUT_LOG + pages[VERSIONS.stop :]
        if _is_blank(data):
            replace_file(blank, data)


class WhenStarted:
    """An ASGI application around another: ``then`` is called when that has started and nobody was answered yet."""

    def __init__(self, app: App, then: Callable[[], None]) -> None:
        self._app = app
        self._then = then

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on everything and look at how the start went."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return

        async def look(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                self._then()
            await send(message)

        await self._app(scope, receive, look)


def _is_blank(data: bytes) -> bool:
    """Tell whether it is a whole database with the number of a migration, and with nothing else in its tables."""
    if not data:
        return False
    try:
        with closing(sqlite3.connect(":memory:")) as con:
            con.deserialize(data)
            if con.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            names = [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            filled = [name for name in names if con.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()]
    except sqlite3.Error:
        return False
    return filled == [REVISIONS]


def _read_own(path: Path) -> bytes:
    """Return what it holds; nothing where somebody else may have written it."""
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        return b"" if found.st_uid != os.geteuid() or found.st_mode & OTHERS_MAY_WRITE else file.read()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
