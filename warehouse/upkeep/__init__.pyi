from .commits import PAGE, Ledger, next_commit, verify
from .migrations import migrate, require_current
from .snapshot import copy_warehouse, is_stale, publish, published_path

__all__ = [
    "PAGE",
    "Ledger",
    "copy_warehouse",
    "is_stale",
    "migrate",
    "next_commit",
    "publish",
    "published_path",
    "require_current",
    "verify",
]
