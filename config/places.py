"""Where files of the configuration are, and where it puts the warehouse: asked by commands that only read.

Nothing heavy is imported: checking a file loads pydantic, which costs such a command as much as its whole work.
"""

import tomllib
from pathlib import Path

PACKAGED = Path(__file__).parent


def locate(folder: Path | None, name: str) -> Path:
    """Return where ``name`` is read from: the user's folder if it has the file, the packaged default else."""
    if folder is not None and (folder / name).is_file():
        return folder / name
    return PACKAGED / name


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
    try:
        paths = tomllib.loads(locate(folder, "tocsin.toml").read_text(encoding="utf-8")).get("paths", {})
    except (OSError, ValueError):
        return False
    return isinstance(paths, dict) and paths.get("group_readable") not in (None, False)
