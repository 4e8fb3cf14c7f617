"""A statement's wording: which parts of it stand in quote marks, and how readers are shown it."""

import re
from dataclasses import dataclass

from extractors.model import Attribution, Form

QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{2,})[”»\"]")
_OPENING, _CLOSING = "“„«", "”»"
_MARK = re.compile(r"[“„«”»\"]")
# Cues between which and the words stands whom or what they are about: called THE RAID "a crime", accused X of arson.
_NAMING = frozenset({"describe", "accuse", "condemn", "urge", "demand", "warn", "deny"})
_NAMED = re.compile(r"[ \u00a0]?[^,;:.!?()“”„«»\"\n]{0,80}")
_BREAK = ",;: \u00a0"


@dataclass(frozen=True, slots=True)
class Shown:
    """Words as readers are shown them: ``direct`` ones may stand in quote marks, others hold their own."""

    words: str
    form: Form


UNSHOWN = Shown("", "indirect")


def shown_words(text: str, attribution: Attribution) -> Shown:
    """Return the words of a statement for readers.

    What was left out between two spans becomes an ellipsis; whom a fragment is about stays: called THE RAID "a crime".
    """
    spans, form = attribution.spans, attribution.form
    parts = [" ".join(one.of(text).split()).rstrip(_BREAK) for one in spans]
    first, last = spans[0].start, spans[-1].end
    shown = _marked(" … ".join(parts), text[max(0, first - 1) : first], text[last : last + 1], attribution)
    before = _named(text, attribution)
    if not before:
        return shown
    quoted = f"“{shown.words}”" if shown.form == "direct" else shown.words
    return Shown(f"{before} {quoted}", "mixed" if form == "direct" else form)


def _marked(words: str, before: str, after: str, attribution: Attribution) -> Shown:
    """Return the words with marks around quoted ones alone: nested marks become single, a lost one is put back."""
    is_marked = before[-1:] != "" and before[-1:] in _OPENING + '"'
    if attribution.form == "direct":
        if is_marked or attribution.cue is None or not _MARK.search(words):
            return Shown(_nested(words), "direct")
        return Shown(words, "mixed")
    if attribution.form == "mixed":
        first = _MARK.search(words)
        is_cut = first is not None and (first[0] in _CLOSING or (first[0] == '"' and words.count('"') % 2 == 1))
        last = _MARK.findall(words)[-1:]
        words = f"“{words}" if is_marked and is_cut else words
        words = f"{words}”" if last and last[0] in _OPENING and after and after in _CLOSING else words
    return Shown(words, attribution.form)


def _nested(words: str) -> str:
    singled = re.sub(r'"([^"]*)"', r"‘\1’", words)
    return singled.translate(str.maketrans(_OPENING + _CLOSING, "‘" * len(_OPENING) + "’" * len(_CLOSING)))


def _named(text: str, attribution: Attribution) -> str:
    """Return what stands between a cue that names something and what is said of it, else nothing."""
    cue, start = attribution.cue, attribution.spans[0].start
    if cue is None or attribution.cue_class not in _NAMING or cue.end > start:
        return ""
    between = text[cue.end : start].rstrip(" \u00a0" + _OPENING + '"')
    is_object = _NAMED.fullmatch(between) and "that" not in between.split()  # warned Seoul that: a clause says it all
    return between.strip() if is_object else ""


def quoted_parts(content: str, form: Form) -> tuple[str, ...]:
    """Return the quoted parts of a statement's content: all of it where it is direct, none where it is indirect."""
    if form == "direct":
        return (content,)
    if form == "indirect":
        return ()
    # A quote that opens the content has lost its opening mark with the span's cut, or closes beyond it.
    return tuple(found.strip(" ,.;") for found in QUOTED.findall(content)) or (content.strip('“”„«»" '),)
