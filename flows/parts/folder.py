"""The folder of a warehouse's parts: what was begun and cut off is removed by the first who has it for himself."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.parts.comparing import REPORTS
from flows.parts.extracting import TEXTS
from warehouse.parts import remove_remains


@contextmanager
def parts_folder(warehouse: Path) -> Iterator[Path]:
    """Yield the folder, shared with whoever is at work in it too; it is gone afterwards if nothing is left in it."""
    folder = warehouse.resolve().with_name(f"{warehouse.stem}.parts")
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pass
        else:
            remove_remains(folder)
            for waiting in (*folder.glob(f"{TEXTS}-*"), *folder.glob(f"{REPORTS}-*")):
                waiting.unlink()  # written again with what waits now
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield folder
    finally:
        os.close(handle)
        with contextlib.suppress(OSError):
            folder.rmdir()
