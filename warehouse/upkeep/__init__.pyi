from .commits import PAGE, Ledger, next_commit, verify
from .migrations import migrate, require_current
from .released import fill_up, is_release
from .snapshot import is_stale, publish, published_path, readable_path

__all__ = [
    "PAGE",
    "Ledger",
    "fill_up",
    "is_release",
    "is_stale",
    "migrate",
    "next_commit",
    "publish",
    "published_path",
    "readable_path",
    "require_current",
    "verify",
]
