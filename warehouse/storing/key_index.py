"""Blocking keys of statements, in a file beside the warehouse: they are most of all rows, and no reader needs them.

A B-tree (SQLite) finds who has a key without reading the others' keys. The file goes with one commit of the warehouse:
a batch is committed here first, with what it replaced and under a token that the warehouse's transaction writes too.
Where that transaction then fails, the batch is taken back; where the file is of no state that is known, because it is
lost or of another time, it is made anew from the statements.
"""

import hashlib
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias
from uuid import uuid4

import duckdb

from warehouse.errors import WarehouseBusyError, WarehouseDiskError
from warehouse.storing.claims import StoredStatement, claimed_statements

SUFFIX = ".keys"
LAYOUT = 1  # of the file: another one is made anew
KEY_BYTES = 6  # of two unequal keys that happen to share them the reports are compared once more than need be
SCHEMA = f"""
BEGIN IMMEDIATE;
PRAGMA user_version = {LAYOUT};
CREATE TABLE state (before TEXT NOT NULL, token TEXT NOT NULL, is_whole INTEGER NOT NULL);
CREATE TABLE holders (n INTEGER PRIMARY KEY, statement_id TEXT NOT NULL UNIQUE, keys BLOB NOT NULL);
CREATE TABLE keys ("key" INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY ("key", n)) WITHOUT ROWID;
CREATE TABLE replaced (statement_id TEXT PRIMARY KEY, keys BLOB NOT NULL);
"""
# What is asked for stands in memory for the time of a look-up; 32 MB of the file are kept there.
OPENED = """
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32768;
CREATE TEMP TABLE wanted (one PRIMARY KEY);
"""
PATH = "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"

# Returns the keys of statements.
KeysOf: TypeAlias = Callable[[Sequence[StoredStatement]], Mapping[str, Sequence[str]]]


def keys_path(warehouse: Path) -> Path:
    """Return the file of keys beside ``warehouse``."""
    return warehouse.with_name(f"{warehouse.name}{SUFFIX}")


class KeyIndex:
    """The keys as of the warehouse's transaction under way; opened, and made anew where need be, when first asked.

    To be used as a context inside that transaction, once in it: leaving it commits here, before the warehouse does.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, keys_of: KeysOf) -> None:
        """Take the writer's connection; ``keys_of`` is asked where the file has to be made anew."""
        self._con = con
        self._keys_of = keys_of
        self._file: sqlite3.Connection | None = None
        self._is_changed = False

    def __enter__(self) -> Self:
        """Touch nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what was replaced, or forget it after an error."""
        if self._file is None:
            return
        try:
            if kind is None and self._is_changed:
                with _explained(self._path()):
                    self._commit(self._file)
        finally:
            self._file.close()
            self._file = None

    def renew(self, statements: Sequence[StoredStatement]) -> Mapping[str, Sequence[str]]:
        """Store the keys that statements have by now in place of those they had, and return them."""
        keys = self._keys_of(statements)
        self.replace(keys)
        return keys

    def replace(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Store the keys of statements in place of those they had; none: forget the statement."""
        with self._opened() as file:
            self._begin_change(file)
            old = _stored(file, keys)
            file.executemany(
                "INSERT OR IGNORE INTO replaced VALUES (?, ?)", [(one, old.get(one, (0, b""))[1]) for one in keys]
            )
            _put(file, {one: _packed(found) for one, found in keys.items()}, old)

    def holders(self, keys: Collection[str]) -> list[str]:
        """Return the statements that have one of the keys."""
        with self._opened() as file:
            return _holders(file, _numbers(_packed(keys)))

    def neighbours(self, statement_ids: Collection[str]) -> list[str]:
        """Return the statements that share a key with one of these, themselves included."""
        with self._opened() as file:
            blobs = [blob for _, blob in _stored(file, statement_ids).values()]
            return _holders(file, {number for blob in blobs for number in _numbers(blob)})

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with _explained(self._path()):
            if self._file is None:
                self._file = self._open()
            yield self._file

    def _path(self) -> Path | None:
        row = self._con.execute(PATH).fetchone()
        return keys_path(Path(row[0])) if row and row[0] else None

    def _token(self) -> str:
        row = self._con.execute("SELECT token FROM search.key_file").fetchone()
        return str(row[0]) if row else ""

    def _open(self) -> sqlite3.Connection:
        """Return the file in the state that goes with the warehouse."""
        path, token = self._path(), self._token()
        file = _connect(path)
        try:
            if not _is_usable(file, token):
                file.close()
                file = _made_anew(path, token)
            if not file.execute("SELECT is_whole FROM state").fetchone()[0]:
                self._fill(file)
        except BaseException:
            file.close()
            raise
        return file

    def _fill(self, file: sqlite3.Connection) -> None:
        """Index all related statements; each part is committed, so that one that is cut off goes on where it was."""
        known = {row[0] for row in file.execute("SELECT statement_id FROM holders")}
        for part in claimed_statements(self._con, known):
            file.execute("BEGIN IMMEDIATE")
            keys = {one: _packed(found) for one, found in self._keys_of(part).items()}
            _put(file, keys, _stored(file, keys))
            file.execute("COMMIT")
        file.execute("UPDATE state SET is_whole = 1")

    def _begin_change(self, file: sqlite3.Connection) -> None:
        if not self._is_changed:
            file.execute("BEGIN IMMEDIATE")
            file.execute("DELETE FROM replaced")
            self._is_changed = True

    def _commit(self, file: sqlite3.Connection) -> None:
        token = uuid4().hex
        self._con.execute("UPDATE search.key_file SET token = $token", {"token": token})
        file.execute("UPDATE state SET before = token, token = ?", (token,))
        file.execute("COMMIT")


def _connect(path: Path | None) -> sqlite3.Connection:
    return sqlite3.connect(path or ":memory:", isolation_level=None)


def _is_usable(file: sqlite3.Connection, token: str) -> bool:
    """Tell whether the file goes with the warehouse's ``token``; a batch that did not come to stand is taken back."""
    try:
        if file.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            return False
        file.executescript(OPENED)
        before, now, is_whole = file.execute("SELECT before, token, is_whole FROM state").fetchone()
        if now == token or not is_whole or before != token:
            return bool(now == token)
        _take_back(file)
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):  # locked, or the disk
            raise
        return False
    except (sqlite3.DatabaseError, TypeError):  # damaged, or without its row
        return False
    return True


def _take_back(file: sqlite3.Connection) -> None:
    file.execute("BEGIN IMMEDIATE")
    replaced = dict(file.execute("SELECT statement_id, keys FROM replaced").fetchall())
    _put(file, replaced, _stored(file, replaced))
    file.execute("DELETE FROM replaced")
    file.execute("UPDATE state SET token = before, before = ''")
    file.execute("COMMIT")


def _made_anew(path: Path | None, token: str) -> sqlite3.Connection:
    """Return an empty file that is not whole yet."""
    if path is not None:
        for one in (path, path.with_name(f"{path.name}-journal")):
            one.unlink(missing_ok=True)
    file = _connect(path)
    file.executescript(SCHEMA)
    file.execute("INSERT INTO state VALUES ('', ?, 0)", (token,))
    file.execute("COMMIT")
    file.executescript(OPENED)
    return file


def _put(file: sqlite3.Connection, keys: Mapping[str, bytes], old: Mapping[str, tuple[int, bytes]]) -> None:
    """Write packed keys in place of what statements had."""
    gone = [(number, n) for n, blob in old.values() for number in _numbers(blob)]
    file.executemany('DELETE FROM keys WHERE "key" = ? AND n = ?', sorted(gone))
    file.executemany("DELETE FROM holders WHERE n = ?", [(n,) for n, _ in old.values()])
    file.executemany("INSERT INTO holders (statement_id, keys) VALUES (?, ?)", [one for one in keys.items() if one[1]])
    places = _stored(file, keys)
    rows = sorted((number, n) for n, blob in places.values() for number in _numbers(blob))
    file.executemany("INSERT INTO keys VALUES (?, ?)", rows)


def _stored(file: sqlite3.Connection, statement_ids: Collection[str]) -> dict[str, tuple[int, bytes]]:
    """Return number and packed keys of those statements that have any."""
    _want(file, statement_ids)
    rows = file.execute("SELECT statement_id, n, keys FROM wanted JOIN holders ON statement_id = one").fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def _holders(file: sqlite3.Connection, numbers: Collection[int]) -> list[str]:
    _want(file, numbers)
    found = 'SELECT DISTINCT n FROM wanted CROSS JOIN keys ON "key" = one'
    rows = file.execute(f"SELECT statement_id FROM holders WHERE n IN ({found}) ORDER BY statement_id").fetchall()
    return [row[0] for row in rows]


def _want(file: sqlite3.Connection, values: Collection[str] | Collection[int]) -> None:
    file.execute("DELETE FROM wanted")
    file.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", [(one,) for one in values])


def _packed(keys: Collection[str]) -> bytes:
    """Return the keys as sorted numbers, eight bytes each."""
    return array("q", sorted({_number(one) for one in keys})).tobytes()


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest(), "big")


def _numbers(packed: bytes) -> Sequence[int]:
    numbers = array("q")
    numbers.frombytes(packed)
    return numbers


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    """Tell of SQLite's errors as of those of a warehouse; all of them may pass, as the file can be made anew."""
    try:
        yield
    except sqlite3.OperationalError as error:
        kind = WarehouseBusyError if "locked" in str(error) else WarehouseDiskError
        raise kind(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        if path is not None:
            path.unlink(missing_ok=True)
        raise WarehouseDiskError(f"{path}: {error}; it is made anew") from error
