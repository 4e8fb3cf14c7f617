"""The process of a Prefect server of our own: `python -P -m flows.serving.child SOCKET PARENT`.

SOCKET is the descriptor of a bound socket, so the port was never free for another to take; PARENT is the process with
which the server ends, even if that one is killed.
"""

import socket
import sys
from functools import partial

from flows.serving.importing import much_imported
from flows.workers import end_with

STOP_LIMIT_S = 3  # connections that clients keep open do not hold up the end


def main(descriptor: int, parent: int) -> None:
    """Serve until told to stop."""
    end_with(parent)
    with much_imported():
        import uvicorn

        from flows.serving.gate import closed_app, import_prefect

        import_prefect()
    listener = socket.socket(fileno=descriptor)
    config = uvicorn.Config(
        partial(closed_app, listener.getsockname()[1]),
        factory=True,
        lifespan="on",
        log_level="error",
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_LIMIT_S,
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
