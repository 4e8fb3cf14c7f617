"""Words quoted by their layout alone: the paragraph after "The general said:"."""

from extractors.language import ParsedParagraph
from extractors.model import Span
from extractors.statements.assertion import cue_entry, is_asserted
from extractors.statements.attribution.source_spans import find_source, noun_phrase
from extractors.statements.cue_lexicon import CueLexicon
from extractors.statements.drafts import Draft

REACH = 12  # tokens between the cue and its colon
FIRST_PERSON = frozenset({"i", "we", "our", "my", "me", "us", "ours"})


def opens_block(paragraph: ParsedParagraph, lexicon: CueLexicon) -> Span | None:
    """Return the speaker of a paragraph that ends in a cue and a colon, so that the next one is what was said."""
    doc = paragraph.doc
    colon = next((token for token in reversed(doc) if not token.is_space), None)
    if colon is None or colon.text != ":":
        return None
    for token in reversed(doc[max(0, colon.i - REACH) : colon.i]):
        if token.text in {".", "?", "!"}:
            return None
        entry = cue_entry(token, lexicon)
        if entry is None or not entry.takes("quote") or not is_asserted(token, entry, lexicon):
            continue
        source = find_source(token, lexicon)
        if source is None:
            return None
        low, high = noun_phrase(source)
        return paragraph.span(doc[low:high])
    return None


def block(paragraph: ParsedParagraph, *, is_first: bool) -> Draft | None:
    """Return a paragraph as one statement, if it can be a block's: after the first, only in the first person."""
    doc = paragraph.doc
    if any(token.is_quote for token in doc) or not (is_first or any(token.lower_ in FIRST_PERSON for token in doc)):
        return None
    text = doc.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Draft(((start, end),), "quote", None, None, None) if end > start and text[start:end][-1] in ".?!…" else None
