"""A piece so dense with cues and quote marks that its statements cost the square of its length, in smaller ones.

Every cue and every quote is looked at beside all words around it. News has some forty to a paragraph; a text made to
cost much has a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Cues times tokens of a piece that is left whole. The most in 3,400 paragraphs of news and test cases is 17,000; the
# longest piece the parser gets comes to 48,000 where it is plain prose, to 66,000 where every other sentence is quoted.
MOST_PAIRS = 90_000
# The most where cues are thicker than in any prose: of its words no more than 23 in 100 are cues or marks.
MOST_PAIRS_OF_CUES = 20_000
THICK = 0.3
# The same for each window of a piece beyond that: about a hundred tokens of nothing but cues.
PAIRS_IN_WINDOW = 8_000
CUES = frozenset({"VERB", "AUX"})
MARKS = frozenset("‘’‹›:;—–「」『』")  # beside what the tokenizer calls a quote mark


def thinned(doc: Doc) -> list[Doc]:
    """Return the piece itself, or its windows where it is too dense; what crosses from one to the next is lost."""
    weighty = [token.pos_ in CUES or token.is_quote or token.text in MARKS for token in doc]
    most = MOST_PAIRS_OF_CUES if sum(weighty) > THICK * len(doc) else MOST_PAIRS
    if sum(weighty) * len(doc) <= most:
        return [doc]
    whole: Any = doc  # its types leave out what as_doc would otherwise fetch anew for each window
    attributes = whole._get_array_attrs()  # noqa: SLF001
    array = whole.to_array(attributes)
    return [whole[start:end].as_doc(array_head=attributes, array=array) for start, end in _windows(doc, weighty)]


def _windows(doc: Doc, weighty: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges of the windows, ended with a sentence where one ends in their second half."""
    start = n_cues = 0
    sentence = 0  # the last sentence start in the window
    index = 0
    while index < len(doc):
        if index > start and doc[index].is_sent_start:
            sentence = index
        n_cues += weighty[index]
        index += 1
        if n_cues * (index - start) > PAIRS_IN_WINDOW:
            end = sentence if sentence - start > (index - start) // 2 else index
            yield start, end
            start = index = end
            n_cues = 0
    if start < len(doc):
        yield start, len(doc)
