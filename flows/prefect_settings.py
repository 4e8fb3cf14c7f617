"""Prefect's settings for an embedded run: set before Prefect is imported, never over what the user has set."""

import os

DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # stays quiet offline
    "DO_NOT_TRACK": "1",
    # a small machine takes up to 30 s to start the temporary server; the default limit is 20
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # a failure is told once, in one line, by the command; Prefect would add a traceback
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
}


def use_embedded_defaults() -> None:
    """Fill in what the user left open."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
