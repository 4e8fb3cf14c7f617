"""docs/another-dispute.md, followed word for word in an empty folder: an invented dispute rings, stored and live."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "another-dispute.md"
PORT = "8765"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+\.\w+)`[^`]*:$")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, what it says, and the file that the words before it name."""

    kind: str
    text: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Followed:
    """The folder after all was done, and what each command block printed."""

    folder: Path
    printed: Mapping[str, str]

    def after(self, command: str) -> str:
        """Return what the block with this command printed."""
        (found,) = [out for text, out in self.printed.items() if command in text]
        return found


def blocks() -> Iterator[Block]:
    """Yield the blocks of the page in order; the port is one that is free here."""
    page = PAGE.read_text(encoding="utf-8").replace(PORT, str(_free_port()))
    for found in BLOCK.finditer(page):
        before = page[: found.start()].rstrip().rpartition("\n\n")[2].replace("\n", " ")
        named = NAMED.search(before)
        yield Block(found[1], found[2], named[1] if named else None)


@pytest.fixture(scope="module")
def followed(prefect_env: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """Write every file and run every command that the page names, each of which must succeed."""
    folder = tmp_path_factory.mktemp("followed")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TOCSIN_", "PREFECT_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**kept, **prefect_env, "PATH": path, "PYTHONPATH": str(ROOT)}
    printed: dict[str, str] = {}
    for block in blocks():
        if block.kind == "sh":
            printed[block.text] = _run(block.text, folder, env)
        elif block.file:
            _add(folder / block.file, block.text)
        else:
            _expect(block.text, list(printed.values())[-1])
    return Followed(folder, printed)


def test_the_texts_ring_for_the_rule_of_the_dispute(followed: Followed) -> None:
    out = followed.after("tocsin replay")
    assert "kept for tern-bank" in out
    assert "1 alerts" in out or "1 alert" in out
    assert "Ilse Torvan" in out
    assert "yacht" not in out


def test_the_live_source_rings(followed: Followed) -> None:
    out = followed.after("tocsin watch")
    assert "polled 1 source (0 failed): 1 new entry\nfetched 1 page," in out
    assert "Radek Molin" in out.rpartition("1 alert")[2]


def test_the_alarm_is_in_the_log_beside_the_warehouse(followed: Followed) -> None:
    (log,) = followed.folder.glob("tern-bank.alerts.jsonl")
    assert "Radek Molin" in log.read_text(encoding="utf-8")


def _run(text: str, folder: Path, env: Mapping[str, str]) -> str:
    done = subprocess.run(["bash", "-ec", text], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _add(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{text}" if opened.tell() else text)


def _expect(text: str, out: str) -> None:
    """See that each line the page shows was printed, whatever the spaces."""
    seen = " ".join(out.split())
    for line in text.splitlines():
        assert " ".join(line.split()) in seen, out


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
