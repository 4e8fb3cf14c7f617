"""Prefect's settings for an embedded run: set before Prefect is imported, never over what the user has set."""

import os
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

API_URL = "PREFECT_API_URL"
DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # stays quiet offline
    "DO_NOT_TRACK": "1",
    # a failure is told once, in one line, by the command; Prefect would add a traceback
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_COLORS": "false",  # they would be shown as escape sequences
}


def use_embedded_defaults() -> None:
    """Fill in what the user left open."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)


def is_api_configured() -> bool:
    """Tell whether the user has named a Prefect server: in the environment, or in the active profile.

    Asking Prefect itself would cost its import, two seconds in which a server of our own can start.
    """
    if API_URL in os.environ:
        return bool(os.environ[API_URL])
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    packaged, own = _read(_packaged()), _read(Path(os.environ.get("PREFECT_PROFILES_PATH", home / "profiles.toml")))
    profiles = packaged.get("profiles", {}) | own.get("profiles", {})
    active = os.environ.get("PREFECT_PROFILE") or own.get("active") or packaged.get("active")
    return bool(profiles.get(active, {}).get(API_URL))


def _packaged() -> Path:
    """Return the file of the profiles that Prefect brings."""
    spec = find_spec("prefect")
    folder = Path(spec.origin or "").parent if spec else Path()
    return folder / "settings" / "profiles.toml"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # Prefect will say what is wrong with it
