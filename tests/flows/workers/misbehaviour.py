"""Functions for worker processes: one that behaves, and all that can go wrong in others."""

import ctypes
import errno
import gzip
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from flows.workers import UnavailableError

if TYPE_CHECKING:  # a worker with little memory could not even import what reads texts
    from extractors.model import Article, Findings

MEMORY: list[str] = []


def read(item: str) -> str:  # noqa: C901, PLR0912 - one misbehaviour a line
    """Do what the item says."""
    match item.split():
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["spin"]:
            # Backtracks for ever inside C, where no Python signal handler runs.
            re.match(r"(a+)+$", "a" * 64 + "b")
        case ["eat"]:
            return str(len(bytearray(20 << 30)))
        case ["nibble"]:
            kept = [bytearray(10 << 20) for _ in range(2000)]
            return str(len(kept))
        case ["fault"]:
            ctypes.string_at(0)
        case ["leave", code]:
            os._exit(int(code))
        case ["quit"]:
            sys.exit(3)
        case ["raise"]:
            raise ValueError("no such page")
        case ["odd"]:
            raise OddError(lambda: 0)
        case ["unsendable"]:
            return lambda: 0  # type: ignore[return-value]
        case ["recurse"]:
            return read(item)
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["stop"]:
            os.kill(os.getpid(), signal.SIGSTOP)
        case ["disk"]:
            raise OSError(errno.EIO, "input/output error")
        case ["absent"]:
            raise UnavailableError("not here for now")
        case ["bad", "gzip"]:
            gzip.decompress(b"no gzip")
        case ["long", size]:
            return "x" * int(size)
    return item.upper()


def worker(item: str) -> int:
    """Return who runs this."""
    return os.getpid()


def remember(what: str) -> None:
    """Set up a worker, which takes longer than an item may."""
    time.sleep(1.5)
    MEMORY.append(what)


def recall(item: str) -> tuple[str, str, int]:
    """Return what the worker was set up with, once, the item, and who it is."""
    (what,) = MEMORY
    return what, item, os.getpid()


def extract_chunk(config_folder: Path | None, chunk: "tuple[Article, ...]") -> "list[Findings]":
    """Extract, unless a text tells to do something else: ``Poison: spin``, or for as long as a file is not there."""
    for article in chunk:
        order = re.search(r"Poison: (.+?)( until (\S+))?\.", article.text)
        if order and not (order[3] and Path(order[3]).exists()):
            read(order[1])
    from flows.analysis import extractor

    return extractor.extract_chunk(config_folder, chunk)


def two(first: str, second: int) -> str:
    """Return both arguments."""
    return f"{first}{second}"


class OddError(Exception):
    """Cannot be pickled."""
