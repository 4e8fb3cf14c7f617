"""A copy of a file that is on the disk, and as private as whatever else is made here."""

import os
import shutil
from pathlib import Path


def copy_durably(source: Path, target: Path) -> None:
    """Copy the bytes to a file that is not there yet; it is on the disk when this returns, and gone where it fails."""
    with source.open("rb") as reading, target.open("xb") as writing:
        try:
            shutil.copyfileobj(reading, writing, 1 << 20)
            writing.flush()
            os.fsync(writing.fileno())
        except BaseException:
            target.unlink(missing_ok=True)
            raise
