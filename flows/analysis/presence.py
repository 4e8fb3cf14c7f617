"""Whether a run is the only one on its warehouse: one that is under way elsewhere must not be taken for a dead one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def present(warehouse: Path) -> Iterator[bool]:
    """Be there for others to see; yields whether nobody else was. The system ends it when the process ends."""
    path = warehouse.with_name(f"{warehouse.name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        is_alone = _locked(handle, fcntl.LOCK_EX)
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield is_alone
    finally:
        os.close(handle)


def _locked(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: as if alone
    return True
