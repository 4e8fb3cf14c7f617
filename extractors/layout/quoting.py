"""Lists of quotes: whose words those without a label are, by the line that leads up to them or by the title."""

import re
from collections.abc import Sequence

from extractors.layout.labels import find_label
from extractors.layout.model import Layout, Part, Voice

FEWEST = 3  # the fewest quotes that make a list of them
# when and where the words were said, and no more: "June 17, 2025: “", "In an interview on 3 May 2024: “"
_OCCASION = re.compile(r"(?=[^“”\"«»„\n]{0,80}\d)[^“”\"«»„\n]{3,120}[:：|–—-][\s*_]*(?=[“\"«„])")
# an entry whose opening mark is lost: "They will answer for it.” (6/17/25)"
_CLOSED = re.compile(r"[^“\"«„]+[”\"»]\s*[(\[][^()\[\]\n]*\d[^()\[\]\n]*[)\]]\W*")
# a line that says when and where the quotes below or above it were said
_DAY_LINE = re.compile(r"(?=[^\n]*\d)[^“”\"«»„\n.!?]{4,80}")


def is_quoted(words: str) -> bool:
    """Tell whether words begin with a quote mark, after a bullet or without."""
    return words.lstrip(" \t\n-–*•·>").startswith(("“", '"', "«", "„"))


def after_occasion(text: str) -> int:
    """Return where the quote of an entry begins that only a day, with or without a place, leads up to; else 0."""
    found = _OCCASION.match(text)
    return found.end() if found else 0


def lists_quotes(texts: Sequence[str]) -> bool:
    """Tell whether half of the paragraphs are quotes, with or without a label before them."""
    starts = [label.end if (label := find_label(one)) else after_occasion(one) for one in texts]
    quoted = sum(is_quoted(one[start:]) for one, start in zip(texts, starts, strict=True))
    days = sum(_DAY_LINE.fullmatch(one) is not None for one in texts)
    return quoted >= max(FEWEST, (len(texts) - days) / 2)


def with_quoted(layout: Layout, texts: Sequence[str], title: str | None) -> Layout:
    """Give the quotes that stand without a label to the person whom the last line with a colon, or the title, names."""
    parts, voices = list(layout.parts), list(layout.voices) or [Voice("")]
    leads = [Voice(title, "quoted")] if title else []
    for at, text in enumerate(texts):
        if (is_quoted(text[after_occasion(text) :]) or _CLOSED.fullmatch(text)) and leads:
            if leads[-1] not in voices:
                voices.append(leads[-1])
            parts[at] = Part("quote", 0, voices.index(leads[-1]))
        elif text.rstrip().endswith(":"):
            leads.append(Voice(text.strip(), "quoted"))
    return Layout(layout.kind, tuple(parts), tuple(voices), layout.context, layout.body, layout.has_issuer)
