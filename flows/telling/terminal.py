"""Making what is printed harmless: characters that steer a terminal or hide text are shown, not sent.

Everything a command prints goes through ``guarded_output``: results, tables, progress, errors, logs. An article, a
feed, a file name or a query can therefore neither move the cursor, set the clipboard or the title, nor reverse the
order in which a line is read.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

# C0 but tab and line break, DEL and C1; marks, embeddings, overrides and isolates of direction; separators of lines and
# paragraphs; invisible operators, annotations and tags; lone halves of characters, which cannot be written at all. What
# is spelling in some language stays: joiners, soft hyphens, the zero-width space. tests/flows/telling/test_terminal.py
# holds the list against Unicode's own.
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""Return the text with every harmful character as ``\uXXXX``.

    That is also what stands for the character in a JSON string, so JSON stays the same value.
    """
    return HARMFUL.sub(_escaped, text)


def one_line(text: str) -> str:
    """Return the text, made visible, as one line: it cannot pass for lines of ours."""
    return visible(" ".join(text.split()))


def in_xml(text: str) -> str:
    """Return XML with every harmful character in it as a character reference, which means the same."""
    return HARMFUL.sub(lambda found: f"&#x{ord(found.group()):x};", text)


def _escaped(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


class GuardedStream:
    """A text stream that writes only what is visible; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``."""
        self._stream = stream

    @property
    def unguarded(self) -> TextIO:
        """Return the stream itself, for what has been made visible already."""
        return self._stream

    def write(self, text: str) -> int:
        """Write the text, made visible; returns the length of what was given."""
        self._stream.write(visible(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        """Return what the stream has."""
        return getattr(self._stream, name)


@contextmanager
def guarded_output() -> Iterator[None]:
    """Guard standard output and standard error as they are now, for as long as the block lasts."""
    before = sys.stdout, sys.stderr
    guard_output()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def guard_output() -> None:
    """Guard both to the end of the process."""
    sys.stdout = cast("TextIO", GuardedStream(sys.stdout))
    sys.stderr = cast("TextIO", GuardedStream(sys.stderr))
