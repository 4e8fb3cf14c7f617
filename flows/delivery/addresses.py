"""Where a channel outside leads: its address and signing key, from the environment or Prefect Secret blocks.

Both are secrets: they are read when a message is sent, handed to the process that sends it, and written nowhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from config.alerts import ChannelSection

PREFIX = "TOCSIN_CHANNEL_"
KEY_SUFFIX = "_KEY"
BLOCK_PREFIX = "tocsin-channel-"
LoadSecret = Callable[[str], str | None]


class TargetError(Exception):
    """The channel leads nowhere; the message names what is missing, never what is there."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address and, for webhooks, the signing key; neither shows in a representation."""

    url: str = field(repr=False)
    key: str = field(default="", repr=False)


def variable_of(channel: str) -> str:
    """Return the environment variable that holds a channel's address."""
    return PREFIX + channel.upper().replace("-", "_")


def target_of(channel: ChannelSection, environment: Mapping[str, str], load_secret: LoadSecret) -> Target:
    """Return where the channel leads; raises ``TargetError`` where that is not given or cannot be used."""
    if channel.target == "prefect":
        where = f"Prefect Secret block {BLOCK_PREFIX}{channel.name}"
        url, key = (load_secret(f"{BLOCK_PREFIX}{channel.name}{suffix}") for suffix in ("", "-key"))
    else:
        where = variable_of(channel.name)
        url, key = environment.get(where), environment.get(where + KEY_SUFFIX)
    if not url or not url.strip():
        raise TargetError(f"{where} is not set")
    if channel.kind == "webhook":
        _require_web_address(url.strip(), where)
        if not key:
            raise TargetError(f"{where}{'-key' if channel.target == 'prefect' else KEY_SUFFIX} is not set")
    return Target(url.strip(), key or "")


def trouble_of(channel: ChannelSection, environment: Mapping[str, str]) -> str | None:
    """Return why the environment does not say where the channel leads; Prefect blocks are not asked for here."""
    if channel.target == "prefect":
        return None
    try:
        target_of(channel, environment, lambda _: None)
    except TargetError as error:
        return str(error)
    return None


def load_prefect_secret(name: str) -> str | None:
    """Return what a Prefect Secret block holds; None where it cannot be loaded, whatever the reason."""
    from prefect.blocks.system import Secret

    try:
        block = Secret.load(name)
    except Exception:  # noqa: BLE001 - an unknown block, a server that does not answer: there is no secret
        return None
    return str(block.get()) if isinstance(block, Secret) else None


def _require_web_address(url: str, where: str) -> None:
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise TargetError(f"{where} is no http or https address")
