"""Files that are replaced whole or not at all: no reader sees half of one, and a full disk leaves nothing behind."""

import os
import stat
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of the file at once; raises ``OSError``, and then the old file stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        fresh.write_bytes(data)
        if path.exists():
            fresh.chmod(stat.S_IMODE(path.stat().st_mode))  # what somebody opened for others stays open
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
