"""The part of a text that shows best why it was found."""

from collections.abc import Sequence

from extractors.topics import Words, as_words

WORDS_SHOWN = 36


def snippet(text: str, terms: Sequence[str]) -> str:
    """Return the stretch of the text that holds most of the terms, on one line, each between brackets."""
    words = as_words(text)
    folded = words.line.split()
    hits = sorted((place, place + len(term.split()) - 1, term) for term in terms for place in _places(folded, term))
    if not folded:
        return ""
    first = max((hit[0] for hit in hits), key=lambda at: (_worth(hits, at), -at), default=0)
    first = max(0, first - 4)
    last = min(first + WORDS_SHOWN, len(folded)) - 1
    shown = _marked(words, [hit for hit in hits if first <= hit[0] and hit[1] <= last], first, last)
    return f"{'... ' if first else ''}{shown}{' ...' if last < len(folded) - 1 else ''}"


def _places(folded: Sequence[str], term: str) -> list[int]:
    wanted = term.rstrip("*").split()
    width = len(wanted)
    return [
        at
        for at in range(len(folded) - width + 1)
        if folded[at : at + width - 1] == wanted[:-1]
        and (
            folded[at + width - 1] == wanted[-1]
            or (term.endswith("*") and folded[at + width - 1].startswith(wanted[-1]))
        )
    ]


def _worth(hits: Sequence[tuple[int, int, str]], start: int) -> tuple[int, int]:
    inside = [term for first, last, term in hits if start <= first and last < start + WORDS_SHOWN - 4]
    return len(set(inside)), len(inside)


def _marked(words: Words, hits: Sequence[tuple[int, int, str]], first: int, last: int) -> str:
    pieces, at = [], words.spans[first].start
    end = words.spans[last].end
    for start, stop, _ in hits:
        span = words.span_of(start, stop)
        if span.start >= at:
            pieces += [words.original[at : span.start], "[", span.of(words.original), "]"]
            at = span.end
    return " ".join("".join([*pieces, words.original[at:end]]).split())
