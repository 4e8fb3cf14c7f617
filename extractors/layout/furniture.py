# ruff: noqa: E501 (one pattern a line: it is data)
"""Lines of a document that are no text: frames of a transmission, places and times, stage directions, lone words."""

import re

from extractors.layout.lines import plain

SHORTEST = 4  # words; a quoted word or two on a line of their own is a pull quote without its sentence

_FRAME = re.compile(
    r"(?:begin|end|start)(?:s|ing)?(?: of)?(?: the)? (?:text|transcript|statement|quote|joint statement)\W*"
    r"|(?:official )?(?:transcript|unofficial translation|as (?:prepared|delivered)(?: for delivery)?|for immediate release|embargoed .{0,60})\W*"
    r"|###|\*\s?\*\s?\*|-\s?(?:end|30)\s?-",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?|hours|hrs)?\s?(?:\(?[A-Z]{2,5}\)?|local(?: time)?)?\W*", re.IGNORECASE
)
_STAGE = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]\.?")
_READ_MORE = re.compile(
    r"(?:read (?:more|also|next|the (?:full|rest))|also read|see also|related|watch(?: live| more)?|more on this|subscribe|sign up|follow us|click here|download the)\b.{0,200}",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{1,60}[\"”»][.,]?")
_SENTENCE = re.compile(r"[.!?…][\"”»)]?$")


def is_furniture(text: str) -> bool:
    """Tell whether a paragraph of a document says nothing: a frame, a time, a stage direction, a lone quoted word."""
    line = plain(text)
    if not line or _FRAME.fullmatch(line) or _CLOCK.fullmatch(line) or _STAGE.fullmatch(line):
        return True
    if _READ_MORE.fullmatch(line) and (not _SENTENCE.search(line) or line.isupper()):
        return True
    return bool(_QUOTED.fullmatch(line)) and len(line.split()) < SHORTEST and not _SENTENCE.search(line.strip('"“”«»'))
