from .commits import PAGE, Ledger, next_commit, verify
from .migrations import is_current, migrate, require_current
from .pruning import Pruned, prune_polls, prune_rows, settled_files
from .released import fill_up, index_release, is_release, require_warehouse
from .snapshot import (
    copy_warehouse,
    count_rows,
    is_stale,
    place_copy,
    publish,
    published_path,
    readable_path,
    require_sound,
)

__all__ = [
    "PAGE",
    "Ledger",
    "Pruned",
    "copy_warehouse",
    "count_rows",
    "fill_up",
    "index_release",
    "is_current",
    "is_release",
    "is_stale",
    "migrate",
    "next_commit",
    "place_copy",
    "prune_polls",
    "prune_rows",
    "publish",
    "published_path",
    "readable_path",
    "require_current",
    "require_sound",
    "require_warehouse",
    "settled_files",
    "verify",
]
