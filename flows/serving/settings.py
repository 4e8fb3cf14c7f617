"""Prefect's settings for an embedded run: set before Prefect is imported.

What the user has set stays, but for what keeps a server of our own closed: that is ours alone. What the user has set
for another server goes to that one alone.
"""

import os
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

API_URL = "PREFECT_API_URL"
SERVED = "TOCSIN_SERVED"  # the warehouse whose pages a server of our own shows, and its configuration, as JSON
LOOPBACK = "127.0.0.1"
DAY_S = 86_400
SERVER_CREDENTIAL = "PREFECT_SERVER_API_AUTH_STRING"
CLIENT_CREDENTIAL = "PREFECT_API_AUTH_STRING"
# Older names of settings that keep a server closed; what they say must not meet what we say.
ALIASES = (
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED",
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS",
    "PREFECT_UI_API_URL",
    "PREFECT_API_KEY",
    "PREFECT_CLIENT_CUSTOM_HEADERS",
)
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


def own_server_environment(url: str, credential: str) -> dict[str, str]:
    """Return the environment of a server of our own: it asks everybody for the credential and shares with no site.

    Its pages call the API at the address they came from, or else the browser would find that foreign.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in {CLIENT_CREDENTIAL, *ALIASES}}
    return {
        **inherited,
        SERVER_CREDENTIAL: credential,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": "",
        "PREFECT_SERVER_UI_API_URL": url,
    }


def record_bounds(days: int) -> dict[str, str]:
    """Return what lets a lasting server forget runs and their logs after so many days; the user's own wish stands."""
    wanted = {
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(days * DAY_S),
    }
    return {name: value for name, value in wanted.items() if name not in os.environ}


def use_own_server(url: str, credential: str) -> None:
    """Point this process and its children to a server of our own, and send it nothing that is meant for another."""
    os.environ |= {
        API_URL: url,
        CLIENT_CREDENTIAL: credential,
        "PREFECT_API_KEY": "",  # empty: outweighs a profile's
        "PREFECT_CLIENT_CUSTOM_HEADERS": "{}",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
    }
    os.environ.pop(SERVER_CREDENTIAL, None)
    for name in ("NO_PROXY", "no_proxy"):  # a proxy would see the credential
        listed = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, (listed, LOOPBACK)))


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
