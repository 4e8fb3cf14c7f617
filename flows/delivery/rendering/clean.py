"""Making words from outside harmless: whatever they hold, they stay words on one line.

Escaping for HTML, XML and JSON is left to the libraries that write these; what is done here holds for every channel.
"""

import re
import unicodedata
from dataclasses import fields, replace
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from flows.delivery.rendering.messages import AlertView, ClaimView, EvidenceView

NAME_LIMIT = 120
TITLE_LIMIT = 200
QUOTE_LIMIT = 1_500
CLAIM_LIMIT = 300
URL_LIMIT = 2_000
LIST_LIMIT = 12
MARKS_LIMIT = 3  # combining marks on one letter; more is a trick to paint over neighbouring lines

# Joiners inside words are spelling in Persian and Hindi; every other format character, bidi overrides above all, goes.
_JOINERS = "\u200c\u200d"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_PINGS = re.compile(r"@(?=(?:everyone|here|channel|all)\b)", re.IGNORECASE)
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"


def clean_line(text: str, limit: int = NAME_LIMIT) -> str:
    """Return the text as one line of visible characters, at most ``limit`` of them."""
    line = _PINGS.sub("＠", _one_line(text[: limit * 8]))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _one_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # what follows would change nothing, at a hundred times the price
    spaced = "".join(_visible(char) for char in unicodedata.normalize("NFC", text))
    return " ".join(_few_marks(spaced).split())


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in _DROPPED and char not in _JOINERS else char


def _few_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MARKS_LIMIT:
            kept.append(char)
    return "".join(kept)


def clean_url(url: str | None) -> str | None:
    """Return a web address safe to print and to link, None for anything else; a host in other scripts as punycode."""
    if url is None or len(url) > URL_LIMIT:
        return None
    line = _one_line(url)
    try:
        parts = urlsplit(line)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or " " in line:
            return None
        host = parts.hostname.encode("idna").decode() + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return None
    return quote(urlunsplit(parts._replace(netloc=host)), safe=_URL_SAFE)


def clean_view(view: AlertView) -> AlertView:
    """Return the view with every text cleaned and cut to what a message can hold."""
    cleaned: dict[str, Any] = {
        field.name: _clean_field(field.name, getattr(view, field.name)) for field in fields(view)
    }
    return replace(view, **cleaned)


def _clean_field(name: str, value: object) -> object:
    if name == "url":
        return clean_url(value if isinstance(value, str) else None)
    if isinstance(value, str):
        return clean_line(value, {"quote": QUOTE_LIMIT, "article_title": TITLE_LIMIT}.get(name, NAME_LIMIT))
    if isinstance(value, EvidenceView):
        return EvidenceView(clean_line(value.rule), clean_line(value.words))
    if isinstance(value, ClaimView):
        speaker = clean_line(value.speaker_name) if value.speaker_name else None
        return replace(value, speaker_name=speaker, quote=clean_line(value.quote, CLAIM_LIMIT))
    if isinstance(value, tuple):
        return tuple(item for item in (_clean_field(name, one) for one in value[:LIST_LIMIT]) if item)
    return value
