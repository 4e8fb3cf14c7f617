"""Lists of quotes: whose words those without a label are, by the line that leads up to them or by the title."""

from collections.abc import Sequence

from extractors.layout.labels import find_label
from extractors.layout.model import Layout, Part, Voice

FEWEST = 3  # the fewest quotes that make a list of them


def is_quoted(words: str) -> bool:
    """Tell whether words begin with a quote mark."""
    return words.lstrip().startswith(("“", '"', "«", "„"))


def lists_quotes(texts: Sequence[str]) -> bool:
    """Tell whether half of the paragraphs are quotes, with or without a label before them."""
    starts = [label.end if (label := find_label(one)) else 0 for one in texts]
    quoted = sum(is_quoted(one[start:]) for one, start in zip(texts, starts, strict=True))
    return quoted >= max(FEWEST, len(texts) / 2)


def with_quoted(layout: Layout, texts: Sequence[str], title: str | None) -> Layout:
    """Give the quotes that stand without a label to the person whom the last line with a colon, or the title, names."""
    parts, voices = list(layout.parts), list(layout.voices) or [Voice("")]
    leads = [Voice(title, "quoted")] if title else []
    for at, text in enumerate(texts):
        if is_quoted(text) and leads:
            if leads[-1] not in voices:
                voices.append(leads[-1])
            parts[at] = Part("quote", 0, voices.index(leads[-1]))
        elif text.rstrip().endswith(":"):
            leads.append(Voice(text.strip(), "quoted"))
    return Layout(layout.kind, tuple(parts), tuple(voices), layout.context, layout.body, layout.has_issuer)
