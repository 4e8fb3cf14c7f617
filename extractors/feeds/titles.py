"""Markup inside titles and summaries to plain text."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

MAX_MARKUP = 500_000  # characters of one field that are read as markup; beyond lie data, not words
_HTML_NAMES = (
    "a|abbr|acronym|address|article|aside|audio|b|bdi|bdo|big|blockquote|body|br|button|caption|center|cite|code|col"
    "|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|head|header|hr"
    "|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|noscript|object|ol|option|p|param"
    "|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg"
    "|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr|xml"
)
_TAG = re.compile(rf"</?(?:{_HTML_NAMES})(?=[\s/>])|<!--|<!\[CDATA\[", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!/?(?:{_HTML_NAMES})(?:[\s/>])|!--)", re.IGNORECASE)
_SILENT = ("script", "style", "noscript", "template", "iframe", "object", "head", "textarea", "select")
_BREAKING = frozenset(
    ["p", "br", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table", "ul"]
)
# C1 controls are windows-1252 letters that somebody took for Latin-1.
_C1 = {code: bytes([code]).decode("windows-1252", errors="ignore") for code in range(0x80, 0xA0)}
BLOCK = "\x1e"  # between blocks while a text is put together: no text holds it
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\u00ad\u200b\u2060\ufeff\ufffc]")


def plain_text(markup: str | None) -> str | None:
    """Return the words of a field on one line, without tags and references; None where none are left.

    ``<Breaking>`` and ``a < b`` are words: only HTML's own elements are taken for tags.
    """
    if not markup:
        return None
    text = markup[:MAX_MARKUP]
    if not _TAG.search(text):
        text = html.unescape(text)  # escaped once more than the format asks for, as often as not
    if _TAG.search(text):
        text = _without_tags(text)
    return one_line(html.unescape(text)) or None


def plain_paragraphs(markup: str | None) -> str | None:
    """Return the words of a field with a blank line between its blocks; None where none are left."""
    if not markup:
        return None
    text = markup[:MAX_MARKUP]
    text = text if _TAG.search(text) else html.unescape(text)
    text = _without_tags(text, BLOCK) if _TAG.search(text) else text.replace("\r\n", "\n").replace("\n\n", BLOCK)
    lines = (one_line(html.unescape(part)) for part in text.split(BLOCK))
    return "\n\n".join(line for line in lines if line) or None


def one_line(text: str) -> str:
    """Return the text with its white space collapsed and without letters that are not seen."""
    return " ".join(_INVISIBLE.sub("", text).translate(_C1).split())


def _without_tags(markup: str, gap: str = " ") -> str:
    guarded = _NO_TAG.sub("&lt;", markup.replace("<![CDATA[", "").replace("]]>", "").replace("\0", ""))
    try:
        root = lxml_html.fragment_fromstring(f"<div>{guarded}</div>", create_parent="div")
    except (etree.LxmlError, ValueError, TypeError):
        return re.sub(r"<[^<>]*>", " ", guarded)
    etree.strip_elements(root, *_SILENT, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return "".join(_pieces(root, gap))


def _pieces(root: etree._Element, gap: str) -> Iterator[str]:
    """Yield the text in order, with a gap wherever a block begins or ends."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BREAKING:
            yield gap
        yield (element.text if event == "start" else element.tail) or ""
