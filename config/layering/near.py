"""Near names: what somebody who misspelt a name may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

CLOSE = 0.7  # below it, names of one letter in three wrong are offered, which is guessing


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``name``, or None where none is near."""
    lower: dict[str, str] = {}
    for one in known:
        lower.setdefault(one.lower(), one)
    found = get_close_matches(name.lower(), lower, n=1, cutoff=CLOSE)
    return lower[found[0]] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the words that end a message about an unknown name: empty where no known one is near."""
    found = near_name(name, known)
    return f"; did you mean {found!r}?" if found else ""
