"""What the code is that finds and relates: a rebuild that was begun by other code is begun anew."""

import hashlib
from functools import cache
from pathlib import Path

import extractors
import warehouse
from flows.version import tocsin_version


@cache
def code_digest() -> str:
    """Return a short digest of the sources that extract, label, relate and store what is found."""
    found = hashlib.sha256(tocsin_version().encode())
    for package, folder in ((extractors, ""), (warehouse, "storing")):
        root = Path(str(package.__file__)).parent / folder
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.sql")]):
            found.update(path.relative_to(root).as_posix().encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:8]
