"""Repairs on the text of an XML listing before a parser sees it, each in one linear pass.

They keep most broken feeds on the strict path of the parser, and take away what makes parsers slow or dangerous:
document types, entity definitions, comments that never end, references to characters that do not exist.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import html5

MAX_ENTITY_GROWTH = 1_000_000  # characters that a feed's own entities may add; honest ones add hundreds
MAX_ENTRIES = 10_000  # far beyond any feed of news; the parser takes about a millisecond for each
HEAD = 64 * 1024

_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
_BAD_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.IGNORECASE)
_LONG_REFERENCE = re.compile(r"&#(?:x[0-9a-f]{7,}|\d{8,});?", re.IGNORECASE)
_SECTION = re.compile(r"<!--|<!\[CDATA\[")
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9a-f]{1,6};)([A-Za-z][\w.\-]{0,40};)?", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.\-]{1,40})\s+(?:\"([^\"<]{0,2000})\"|'([^'<]{0,2000})')\s*>")
# Parsers compare each attribute with every other one: 60,000 of them took feedparser 29 seconds.
_HUGE_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}>?")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}?>")
_ROOT = re.compile(
    r"<(?:\?xml\b|(?:[\w\-]{1,20}:)?(?:rss|RDF|feed|channel|urlset|sitemapindex)\b(?=[\s>/]))", re.IGNORECASE
)
_FIRST_TAG = re.compile(r"<([A-Za-z_][\w:.\-]*)")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_KEPT = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text without its declaration, document type and comments, and the names of what was wrong."""

    text: str
    flaws: tuple[str, ...]


def repair(text: str) -> Repaired:
    """Return the text as a parser should see it."""
    flaws: list[str] = []
    cleaned = _LONG_REFERENCE.sub("", _BAD_REFERENCE.sub("", text.translate(_ILLEGAL)))
    if len(cleaned) != len(text):
        flaws.append("illegal-characters")
    cleaned, n_huge = _HUGE_TAG.subn("", cleaned)
    flaws += ["huge-tag"] if n_huge else []
    body, junk = _from_root(cleaned.lstrip("\ufeff \t\r\n"))
    flaws += ["leading-junk"] if junk else []
    body = _DECLARATION.sub("", body, count=1) if body.startswith("<?xml") else body
    body, entities = _without_doctype(body)
    seen: set[str] = set()
    body = _outside_sections(body, lambda part: _with_references(part, entities, seen), seen)
    body, is_cut = _limited(body)
    return Repaired(body, (*flaws, *sorted(seen), *(["too-many-entries"] if is_cut else [])))


def root_name(text: str) -> str:
    """Return the first element's name without prefix, in lower case; empty where there is none."""
    match = _FIRST_TAG.search(text, 0, HEAD)
    return match[1].lower().rpartition(":")[2] if match else ""


def _from_root(text: str) -> tuple[str, bool]:
    """Drop what a server printed before the document (warnings, blank lines), unless the document is a page."""
    found = _ROOT.search(text, 0, HEAD)
    if found is None or found.start() == 0 or text[:2] in {"<?", "<!"} or root_name(text) in {"html", "head", "body"}:
        return text, False
    return text[found.start() :], True


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    """Take the document type off, and return the entities it defines if they are harmless."""
    start = _prolog_end(text)
    if text[start : start + 9].upper() != "<!DOCTYPE":
        return text, {}
    end, bracket = text.find(">", start), text.find("[", start)
    if 0 <= bracket < end:
        closing = text.find("]", bracket)
        end = text.find(">", closing) if closing >= 0 else -1
    if end < 0:
        return text, {}
    entities = {match[1]: match[2] or match[3] or "" for match in _ENTITY.finditer(text, start, end)}
    return text[:start] + text[end + 1 :], _harmless(entities, text)


def _prolog_end(text: str) -> int:
    """Return where comments and processing instructions before the document end."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        closing = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else None
        end = text.find(closing, at + 2) if closing else -1
        if closing is None or end < 0:
            return at
        at = end + len(closing)


def _harmless(entities: dict[str, str], text: str) -> dict[str, str]:
    plain = {name: html.unescape(value) for name, value in entities.items() if _is_plain(value)}
    growth = sum(len(value) * text.count(f"&{name};") for name, value in plain.items())
    return plain if len(plain) <= 300 and growth <= MAX_ENTITY_GROWTH else {}


def _is_plain(value: str) -> bool:
    return not re.search(r"&(?!#\d{1,7};|#x[0-9a-f]{1,6};)", value, re.IGNORECASE)


def _outside_sections(text: str, change: Callable[[str], str], flaws: set[str]) -> str:
    """Apply ``change`` outside CDATA sections, drop comments, and defuse those that never end."""
    out, at = [], 0
    while found := _SECTION.search(text, at):
        out.append(change(text[at : found.start()]))
        closing = "-->" if found[0] == "<!--" else "]]>"
        end = text.find(closing, found.end())
        if end < 0:
            flaws.add("unclosed-section")
            rest = text[found.end() :].replace("<!--", "").replace("<![CDATA[", "")
            return "".join([*out, change(rest)])
        at = end + 3
        if found[0] != "<!--":
            out.append(text[found.start() : at])
    return "".join([*out, change(text[at:])])


def _with_references(text: str, entities: dict[str, str], flaws: set[str]) -> str:
    """Write named characters out, and bare ampersands as XML wants them."""

    def written(match: re.Match[str]) -> str:
        name = match[1]
        if name in _KEPT:
            return match[0]
        if name and name[:-1] in entities:
            return html.escape(entities[name[:-1]], quote=True)
        if name and name in html5:
            flaws.add("undefined-entity")
            return html.escape(html5[name], quote=True)
        flaws.add("bare-ampersand")
        return f"&amp;{name or ''}"

    return _AMPERSAND.sub(written, text) if "&" in text else text


def _limited(text: str) -> tuple[str, bool]:
    """Cut the text after the largest number of entries read from one listing."""
    if text.count("</") < MAX_ENTRIES:
        return text, False
    for number, match in enumerate(_ENTRY_END.finditer(text), start=1):
        if number == MAX_ENTRIES:
            rest = _ENTRY_END.search(text, match.end())
            return (text[: match.end()], True) if rest else (text, False)
    return text, False
