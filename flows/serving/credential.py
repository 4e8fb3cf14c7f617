"""The credential of a server of our own, as a file for the user who wants to look at its pages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "credential"


@contextmanager
def credential_file(home: Path, credential: str) -> Iterator[Path]:
    """Keep the credential in a file of ``home`` that its owner alone may read; one left by a killed process is void."""
    path = home / NAME
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{credential}\n")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
