"""The texts one address has had: whether a fetch brought the first, a known one, a revision, an addition or noise.

A page grows where text is added and what stood there stays: live blogs, rolling reports. A restless one only puts other
words in the place of some: counters, boxes that rotate. The first is read on for days, of the second a few texts do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal, TypeAlias

from extractors.language import count_words

MAX_REVISIONS = 8  # pages are rewritten all day; the ninth version of one that does not grow tells nothing new
RESTLESS_AFTER = 4  # fetches after which a page that changed every time is taken to change by itself
WHOLE_GROWTHS = 2  # a report that grew once or twice is read whole again; one that grows on for its additions alone
ADDED_WORDS = 5  # "The strait is closed again." is worth reading; fewer are a label
LONGER_BY = 12  # words by which a page whose paragraphs were rewritten must be longer than ever to have grown
KEPT_SHARE = 0.5  # of the words that stood there, so many still do; old entries of a live page drop out at its end
SENTENCE_WORDS = 20  # so many words are a sentence even without its full stop
MAX_SEEN = 20_000  # paragraphs of one address that are remembered

Revision: TypeAlias = Literal["first", "same", "revision", "grown", "known", "ignored"]

_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।॥።။៕]\W{0,4}$")


@dataclass(frozen=True, slots=True)
class PageHistory:
    """What one URL has had: texts kept (content hashes, oldest first), how often it was read, changed and grew.

    ``wholes`` are texts of which only the additions were kept; ``paragraphs`` are the keys of the last text's, ``seen``
    those of all that were read; ``n_words`` is the most that a text of it had.
    """

    hashes: tuple[str, ...] = ()
    n_fetches: int = 0
    n_changes: int = 0
    n_growths: int = 0
    n_words: int = 0
    wholes: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


def record_text(
    history: PageHistory, content_hash: str, paragraphs: Sequence[str] = (), *, is_live: bool = False
) -> tuple[PageHistory, Revision]:
    """Return the history after a fetch and what the text is.

    ``grown`` means that only its additions are to be read, ``known`` that those were; ``is_live`` is the page's own
    word that it will grow.
    """
    keys = tuple(map(_key, paragraphs))
    is_change = bool(history.hashes) and content_hash not in (*history.hashes, *history.wholes)
    counted = replace(history, n_fetches=history.n_fetches + 1, n_changes=history.n_changes + is_change)
    if history.hashes and not is_change:
        kind: Revision = "known" if content_hash in history.wholes else "same"
        return replace(counted, paragraphs=keys or counted.paragraphs), kind
    growth = _growth(history, keys) if is_change else "none"
    counted = replace(
        counted,
        n_growths=counted.n_growths + (growth != "none"),
        n_words=max(counted.n_words, sum(map(_weight, keys))),
        paragraphs=keys,
    )
    if growth != "added" and _is_noise(counted, is_growth=growth != "none"):
        return counted, "ignored"
    counted = replace(counted, seen=tuple(dict.fromkeys((*counted.seen, *keys)))[-MAX_SEEN:])
    if growth != "none" and (is_live or history.n_growths >= WHOLE_GROWTHS):
        return replace(counted, wholes=(*counted.wholes, content_hash)), "grown"
    return replace(counted, hashes=(*history.hashes, content_hash)), "revision" if history.hashes else "first"


def added_paragraphs(history: PageHistory, paragraphs: Sequence[str]) -> tuple[int, ...]:
    """Return which paragraphs of a text were not read at this address before."""
    seen = set(history.seen)
    return tuple(number for number, one in enumerate(paragraphs) if _key(one) not in seen)


def _growth(history: PageHistory, keys: Sequence[str]) -> Literal["none", "added", "longer"]:
    """Say whether text was added between what stays, or what was rewritten made the page longer than it ever was."""
    before = history.paragraphs
    n_before = sum(map(_weight, before))
    seen = set(history.seen)
    kept = inserted = churned = 0
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, keys, autojunk=False).get_opcodes():
        old, new = sum(map(_weight, before[start:end])), keys[new_start:new_end]
        if kind == "equal":
            kept += old
        elif kind == "insert":
            inserted += sum(_weight(one) for one in new if one not in seen)
        elif kind == "replace":
            churned += min(old, sum(map(_weight, new)))
    if not n_before or kept < KEPT_SHARE * n_before:
        return "none"
    if inserted >= max(ADDED_WORDS, churned):
        return "added"
    return "longer" if sum(map(_weight, keys)) >= history.n_words + LONGER_BY else "none"


def _is_noise(history: PageHistory, *, is_growth: bool) -> bool:
    """Tell whether the page had another text at every fetch, or had enough that did not make it grow."""
    if not is_growth and len(history.hashes) > MAX_REVISIONS:
        return True
    is_changing = history.n_fetches > RESTLESS_AFTER and history.n_changes >= history.n_fetches - 1
    return is_changing and 2 * history.n_growths < history.n_changes


def _key(paragraph: str) -> str:
    """Return what a paragraph is known by, with the words it counts for: a label or a headline for none."""
    line = " ".join(paragraph.split())
    n_words = count_words(line)
    is_telling = _ENDS_SENTENCE.search(line) is not None or n_words >= SENTENCE_WORDS
    return f"{sha256(line.encode('utf-8', 'replace')).hexdigest()[:16]}:{n_words if is_telling else 0}"


def _weight(key: str) -> int:
    return int(key.rpartition(":")[2])
