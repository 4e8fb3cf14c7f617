"""`tocsin` on a machine whose clock is turned: `python -m tests.flows.serving.turning FILE WORDS...`.

FILE holds by how many seconds the clock is off, and may change at any time.
"""

import sys
import time
from functools import partial
from pathlib import Path

from flows import clock
from flows.commands import cli


def turned(file: Path) -> float:
    """Return the time by the turned clock."""
    return time.time() + float(file.read_text())


if __name__ == "__main__":
    vars(clock)["Watch"] = partial(clock.Watch, wall=partial(turned, Path(sys.argv.pop(1))))
    cli.main()
