"""The texts one address has had: whether a fetch brought the first, a known one, a revision or noise."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

MAX_REVISIONS = 8  # live pages are rewritten all day; the ninth version tells an analyst nothing new
RESTLESS_AFTER = 4  # fetches after which a page that changed every time is taken to change by itself
Revision: TypeAlias = Literal["first", "same", "revision", "ignored"]


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The texts one URL has had (content hashes, oldest first) and how often it was read."""

    hashes: tuple[str, ...] = ()
    n_fetches: int = 0
    n_changes: int = 0


def record_text(history: PageHistory, content_hash: str) -> tuple[PageHistory, Revision]:
    """Return the history after a fetch and what the text is: the first, a known one, a revision, or noise."""
    is_change = bool(history.hashes) and content_hash not in history.hashes
    counted = PageHistory(history.hashes, history.n_fetches + 1, history.n_changes + is_change)
    if history.hashes and not is_change:
        return counted, "same"
    if len(history.hashes) > MAX_REVISIONS or _is_restless(counted):
        return counted, "ignored"
    kept = PageHistory((*history.hashes, content_hash), counted.n_fetches, counted.n_changes)
    return kept, "revision" if history.hashes else "first"


def _is_restless(history: PageHistory) -> bool:
    """Tell whether the page had another text at every fetch."""
    return history.n_fetches > RESTLESS_AFTER and history.n_changes >= history.n_fetches - 1
