"""A process that empties an outbox and is killed at one point of the way, as `kill -9` would."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.alerts import Alerting
from flows.delivery import outbox
from flows.delivery.channels import Sender
from tests.flows.delivery.receivers import COUNTRIES


def die(*_: Any, **__: Any) -> Any:
    """Leave no chance to clean up."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let the function do its work, then die."""

    def doomed(*values: Any, **named: Any) -> Any:
        function(*values, **named)
        die()

    return doomed


def main(path: Path, alerting: Alerting, point: str) -> None:
    """Deliver, and be killed at the point."""
    if point == "before sending":
        Sender.send = die  # type: ignore[method-assign]
    elif point == "after sending":
        Sender.send = after(Sender.send)  # type: ignore[method-assign]
    elif point == "while marking":
        vars(outbox)["settle_sent"] = die
    print("delivering", flush=True)
    outbox.deliver_due(outbox.Postman(path, alerting, COUNTRIES))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Alerting.model_validate_json(sys.argv[2]), sys.argv[3])
