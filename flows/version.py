"""The version of the installed package."""

from functools import cache
from importlib.metadata import version


@cache
def tocsin_version() -> str:
    """Return the package's version."""
    return version("tocsin")
