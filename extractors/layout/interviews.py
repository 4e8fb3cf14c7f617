"""Interviews whose answers bear no name: bold or bare questions, "Q:" and "A:", initials; an introduction names who."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.labels import Label, find_label, skip_stage
from extractors.layout.lines import plain
from extractors.layout.model import Layout, Part, Voice
from extractors.layout.own_voice import speaks

FEWEST = 3  # questions that make an interview
OPENING = 6  # paragraphs in which the first question comes
SHARE = 0.25  # of the paragraphs from the first question on that ask
LONGEST_QUESTION = 500  # code points
_TOLD = re.compile(
    r"\b(?:interview(?:s|ed)?|sp(?:oke|eaks?) (?:with|to)|talk(?:s|ed)? (?:with|to)|sat down|sits down|answer(?:s|ed)"
    r"|conversation|asked|questions)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"\W{0,3}(?P<who>[A-Z](?:\.?\s?[A-Z]){1,3})\.?(?:\)\)?|\]|\*\*)?\s?(?:[:：]|(?<=\)))\s?(?:\*\*)?\s*(?=\S)"
)
_LEAD = re.compile(r"[\s—–*_#-]*")


def interview(title: str | None, texts: Sequence[str], body: str | None) -> Layout | None:
    """Return the layout of an interview that labels its answers by no name; None where it is none."""
    asks = [_asks(one) for one in texts]
    first = asks.index(True) if True in asks else len(texts)
    if not 0 < first <= OPENING or not _alternates(asks[first:]):
        return None
    intro = " ".join(plain(one) for one in texts[:first])
    answers = [text for text, asked in zip(texts[first:], asks[first:], strict=True) if not asked]
    if not _TOLD.search(f"{title or ''} {intro}") or not speaks(answers):
        return None  # an explainer asks its reader
    askers = _askers(texts[first:])
    parts = [Part("text")] * first + [_part(one, askers) for one in texts[first:]]
    return Layout("transcript", tuple(parts), (Voice(intro, "interviewed"),), (), body, has_issuer=True)


def names_answers(labels: Sequence[Label | None], texts: Sequence[str]) -> bool:
    """Tell whether an answer has a name before it: then the names tell who speaks."""
    return any(
        one is not None and one.kind == "speaker" and not _asks(text) and not _INITIALS.match(text)
        for one, text in zip(labels, texts, strict=True)
    )


def _asks(text: str) -> bool:
    label = find_label(text)
    if label is not None and label.kind == "question":
        return True
    line = plain(text)
    return line.rstrip("*_ ").endswith("?") and len(line) <= LONGEST_QUESTION and line[:1] not in {"“", '"'}


def _alternates(asks: Sequence[bool]) -> bool:
    """Tell whether questions and answers take turns."""
    answered = sum(one and not other for one, other in pairwise(asks))
    return answered >= FEWEST and answered >= SHARE * len(asks)


def _askers(texts: Sequence[str]) -> frozenset[str]:
    """Return the initials under which most paragraphs ask."""
    total, asking = Counter[str](), Counter[str]()
    for text in texts:
        if found := _INITIALS.match(text):
            total[found["who"]] += 1
            asking[found["who"]] += _asks(text)
    return frozenset(who for who in total if asking[who] * 2 > total[who])


def _part(text: str, askers: frozenset[str]) -> Part:
    found = _INITIALS.match(text)
    if found:
        return Part("question") if found["who"] in askers else Part("turn", found.end(), 0)
    label = find_label(text)
    if _asks(text):
        return Part("question", label.end if label else 0)
    start = label.end if label and label.kind == "answer" else 0
    lead = _LEAD.match(text, start)
    return Part("turn", skip_stage(text, lead.end() if lead else start), 0)
