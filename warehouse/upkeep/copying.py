"""The process that copies a file: `python -I -S copying.py SOURCE TARGET`, which imports nothing else.

It is a process of its own because closing any descriptor of a file drops the locks its process holds on it.
"""

import os
import sys

STEP = 64 << 20  # bytes between two looks at whether whoever asked is still there
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def copy_file(source: str, target: str) -> None:
    """Copy to a file that is not there yet, on the disk when this returns; shares the blocks where the disk can."""
    parent = os.getppid()
    reading, writing = os.open(source, os.O_RDONLY), os.open(target, NEW, 0o666)
    while _copy_on(reading, writing):
        if os.getppid() != parent:
            os.unlink(target)  # noqa: PTH108 - pathlib would cost as much as the rest
            return
    if os.fstat(writing).st_size != os.fstat(reading).st_size:
        raise OSError("the copy is short")
    os.fsync(writing)


def _copy_on(reading: int, writing: int) -> int:
    """Copy the next part and return its length, 0 at the end."""
    try:
        if copied := os.copy_file_range(reading, writing, STEP):
            return copied
    except (AttributeError, OSError):  # not of this system, or between these file systems; a full disk says so again
        pass
    part = os.read(reading, 1 << 20)  # nothing more, too, where a file system copies nothing and does not say so
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(writing, rest) :]
    return len(part)


if __name__ == "__main__":
    try:
        copy_file(*sys.argv[1:])
    except OSError as error:
        sys.exit(error.strerror or str(error) or type(error).__name__)
