"""`tocsin sql` at a terminal: what is longer than it goes through the pager, and nothing else does."""

import fcntl
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.command import ROOT
from tests.flows.published import publish_example

pytestmark = pytest.mark.slow

LINES, COLUMNS = 24, 100
LONG = "select range as n, 'row ' || range as words from range(200)"
HOSTILE = "select chr(27) || ']0;owned' || chr(7) || chr(27) || '[2J' || range as words from range(60)"


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on the terminal in the end, and the exit code."""

    text: str
    code: int


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_example(tmp_path_factory.mktemp("example") / "w.duckdb")


def at_a_terminal(warehouse: Path, pager: str, *words: str) -> Seen:
    """Call `tocsin sql` at a terminal of its own, with that pager."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"LINES", "COLUMNS"}}
    call = [sys.executable, "-m", "flows.commands.cli", "sql", *words, "--warehouse", str(warehouse)]
    env = {**kept, "PAGER": pager, "TERM": "xterm", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(call, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True) as process:
        os.close(theirs)
        text = _read_all(ours)
    os.close(ours)
    return Seen(text, process.returncode)


def _read_all(terminal: int) -> str:
    parts = []
    try:
        while part := os.read(terminal, 65_536):
            parts.append(part)
    except OSError:  # the other end is closed
        pass
    return b"".join(parts).decode(errors="replace")


def keeping(path: Path) -> str:
    """Return a pager that keeps what it is given."""
    return f"tee {shlex.quote(str(path))}"


def test_what_is_longer_than_the_terminal_goes_through_the_pager_whole(warehouse: Path, tmp_path: Path) -> None:
    seen = at_a_terminal(warehouse, keeping(tmp_path / "paged"), LONG)
    paged = (tmp_path / "paged").read_text()
    assert (seen.code, "row 0" in seen.text, "row 199" in seen.text) == (0, True, True)
    assert [line.split()[-1] for line in paged.splitlines()[2:] if line.strip()] == [str(n) for n in range(200)]


@pytest.mark.parametrize(
    "words",
    [("select 'row 1' as words",), (LONG, "--no-pager"), (LONG, "--format", "csv"), (LONG, "--safe-csv")],
    ids=["short", "not wanted", "csv", "safe csv"],
)
def test_nothing_else_is_paged(words: tuple[str, ...], warehouse: Path, tmp_path: Path) -> None:
    seen = at_a_terminal(warehouse, keeping(tmp_path / "paged"), *words)
    assert (seen.code, "row 1" in seen.text, (tmp_path / "paged").exists()) == (0, True, False)


def test_what_is_piped_on_is_not_paged(warehouse: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "flows.commands.cli", "sql", LONG, "--warehouse", str(warehouse)]
    env = {**os.environ, "PAGER": keeping(tmp_path / "paged"), "PYTHONPATH": str(ROOT)}
    ours, theirs = pty.openpty()
    done = subprocess.run(call, stdin=theirs, capture_output=True, text=True, env=env, check=True)
    os.close(ours)
    os.close(theirs)
    assert ("row 199" in done.stdout, (tmp_path / "paged").exists()) == (True, False)


def test_control_characters_reach_neither_the_pager_nor_the_terminal(warehouse: Path, tmp_path: Path) -> None:
    seen = at_a_terminal(warehouse, keeping(tmp_path / "paged"), HOSTILE)
    paged = (tmp_path / "paged").read_bytes()
    assert (seen.code, paged.count(b"owned")) == (0, 60)
    assert [byte for byte in paged if byte < 32 and byte != 10] == []
    assert "\x07" not in seen.text
    assert "\x1b]0;" not in seen.text


def test_a_pager_that_is_left_early_or_is_not_there_is_no_failure(warehouse: Path) -> None:
    seen = at_a_terminal(warehouse, "head -n 3", LONG)
    assert (seen.code, "row 0" in seen.text, "Traceback" in seen.text) == (0, True, False)
    seen = at_a_terminal(warehouse, "no-such-pager", LONG, "--limit", "30")
    assert (seen.code, "row 29" in seen.text, "Traceback" in seen.text) == (0, True, False)
