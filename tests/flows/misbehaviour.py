"""Functions for worker processes: one that behaves, and all that can go wrong in others."""

import ctypes
import os
import re
import sys
import time


def read(item: str) -> str:  # noqa: C901 - one misbehaviour a line
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
        case ["long", size]:
            return "x" * int(size)
    return item.upper()


def worker(item: str) -> int:
    """Return who runs this."""
    return os.getpid()


def two(first: str, second: int) -> str:
    """Return both arguments."""
    return f"{first}{second}"


class OddError(Exception):
    """Cannot be pickled."""
