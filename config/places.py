"""Where files of the configuration are, and where it puts the warehouse: asked by commands that only read.

Nothing heavy is imported: checking a file loads pydantic, which costs such a command as much as its whole work.
"""

import tomllib
from pathlib import Path

from config.layering.stack import PACKAGED, locate, stack

__all__ = ["PACKAGED", "asks_to_share", "locate", "warehouse_path"]


def warehouse_path(folder: Path | None) -> Path:
    """Return where ``tocsin.toml`` puts the warehouse; a user's own file is checked whole, the packaged one is known.

    Raises ``ConfigError``.
    """
    path = locate(folder, "tocsin.toml")
    if path.parent == PACKAGED:
        return Path(tomllib.loads(path.read_text(encoding="utf-8"))["paths"]["warehouse"])
    from config.settings import settings_of

    return settings_of(folder).paths.warehouse


def asks_to_share(folder: Path | None) -> bool:
    """Tell whether ``tocsin.toml``, right or wrong in all else, lets the group read what is written."""
    for path in reversed(stack(folder, "tocsin.toml")):
        try:
            paths = tomllib.loads(path.read_text(encoding="utf-8")).get("paths", {})
        except (OSError, ValueError):
            return False
        if isinstance(paths, dict) and "group_readable" in paths:
            return paths["group_readable"] is not False
    return False
