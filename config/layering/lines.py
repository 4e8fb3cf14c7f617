"""The line on which each key of a TOML file stands, which tomllib does not tell; for files that tomllib has read."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(
    rf"(?P<array>\[\[[ \t]*(?P<many>{_KEYS})[ \t]*\]\])|\[[ \t]*(?P<table>{_KEYS})[ \t]*\]|(?P<key>{_KEYS})[ \t]*="
)
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n]|[^\s\[\]{},"\'#]+',
    re.DOTALL,
)


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line, from 1, of every table, key and item of a list; what stands within an inline table has none."""
    return _Scan(text).lines


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """Return the line of the path, or of the nearest thing around it that has one."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


class _Scan:
    """One pass over the statements of a file."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, dict[Path, int]()
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._counts: dict[Path, int] = {}
        table: Path = ()
        at = _end(_BLANK, text, 0)
        while found := _STATEMENT.match(text, at):
            at = found.end()
            if found["key"]:
                path = (*table, *_keys(found["key"]))
                self._note(path, found.start())
                at = self._value(path, at)
            else:
                table = self._table(
                    _keys(found["many"] or found["table"]), found.start(), is_array=bool(found["array"])
                )
                self._note(table, found.start())
            at = _end(_BLANK, text, at)

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_left(self._breaks, at) + 1)

    def _table(self, keys: tuple[str, ...], at: int, *, is_array: bool) -> Path:
        """Return the path of a header: below an array of tables, that of its last table."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            self._note(path, at)
            path = (*path, self._counts[path] - 1) if path in self._counts else path
        path = (*path, keys[-1])
        if not is_array:
            return path
        self._counts[path] = self._counts.get(path, 0) + 1
        return (*path, self._counts[path] - 1)

    def _value(self, path: Path, at: int) -> int:
        """Note the items of a list; return where the value ends."""
        depth, item, is_list, is_awaited = 0, 0, False, False
        for token in _TOKEN.finditer(self.text, at):
            word = token[0]
            if word == "\n" and depth == 0:
                return token.end()
            if word == "\n" or word.startswith("#"):
                continue
            if is_list and is_awaited and depth == 1 and word != "]":
                self._note((*path, item), token.start())
                is_awaited = False
            if word in ("[", "{"):
                is_list, is_awaited = (word == "[", True) if depth == 0 else (is_list, is_awaited)
                depth += 1
            elif word in ("]", "}"):
                depth -= 1
            elif word == "," and depth == 1:
                item, is_awaited = item + 1, True
        return len(self.text)


def _keys(written: str) -> tuple[str, ...]:
    """Return the keys of a dotted key, without their quotes."""
    node: Any = tomllib.loads(f"{written} = 0")
    keys = []
    while isinstance(node, dict):
        ((key, node),) = node.items()
        keys.append(key)
    return tuple(keys)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
