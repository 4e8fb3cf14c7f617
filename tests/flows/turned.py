"""The command line by a clock that is set wrong: `python -m tests.flows.turned SECONDS WORDS...`."""

import sys
from datetime import datetime, timedelta, tzinfo

from flows import clock
from flows.commands import cli


def turn(by: timedelta) -> None:
    """Set the clock that all flows read."""

    class Turned(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + by

    vars(clock)["datetime"] = Turned


if __name__ == "__main__":
    turn(timedelta(seconds=float(sys.argv.pop(1))))
    cli.main()
