"""Importing much at once: Prefect brings a million objects that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def much_imported() -> Iterator[None]:
    """Look for no garbage while the block imports, a fifth of its time, nor later in what it leaves."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        if was_on:
            gc.enable()
