"""Which cue a quoted stretch belongs to: the one after it, the one before it, or that of the quote before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.statements.assertion import cue_entry, is_asserted
from extractors.statements.attribution.source_spans import find_source, noun_beside, noun_phrase
from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import Cue, CueLexicon
from extractors.statements.drafts import Draft, characters, cue_range
from extractors.statements.quotes.closing import cue_after
from extractors.statements.quotes.naming_verbs import naming_before
from extractors.statements.quotes.places import ENDINGS, TERMINAL, Placed, word_count
from extractors.statements.quotes.signed import colon_before, colon_draft, signed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ONGOING = frozenset(
    {"that", "because", "if", "when", "until", "unless", "who", "which", "of", "about", "than", "so", "while"}
)
SHORTEST_FLOATING = 4  # words; a quoted sentence shorter than this without a cue is a name or a title
LONGEST_LINK = 4  # tokens between a cue and the quote it leads up to without a comma
NOTE = re.compile(r"\s*[(\[][^()\[\]\n]{0,40}\d[^()\[\]\n]{0,40}[)\]]\W*")  # the day or place of a list's quote
# Verbs with the word by which they say to whom: not every "on" and "to" does ("posted on X", "according to").
ADDRESSING = frozenset(
    (("call", "on"), ("call", "upon"), ("appeal", "to"), ("say", "to"), ("speak", "to"), ("write", "to"))
)
REACH = 40  # tokens between a quote and its cue


def quote_drafts(doc: Doc, quotes: list[Placed], lexicon: CueLexicon) -> list[Draft]:
    """Return the statements made of quotes in this paragraph; quotes that are part of a clause are left to it."""
    drafts: list[Draft] = []
    holders: list[int | None] = []  # the draft each quote went into
    for index, placed in enumerate(quotes):
        draft = _attributed(doc, quotes, index, drafts, holders, lexicon)
        if isinstance(draft, int):
            drafts[draft] = _joined(drafts[draft], doc, placed, quotes[index - 1] if index else None)
            holders.append(draft)
        elif draft is None:
            holders.append(None)
        else:
            drafts.append(draft)
            holders.append(len(drafts) - 1)
    return drafts


def _joined(draft: Draft, doc: Doc, placed: Placed, before: Placed | None) -> Draft:
    """Return a draft with one more quote: in one piece with the last where only a conjunction stands between."""
    start, end = draft.pieces[-1]
    if before is not None and before.quote.start <= end <= before.quote.outer_end and _is_row(doc, before, placed):
        opening = before.quote.outer_start if start == before.quote.start else start
        return replace(draft, pieces=(*draft.pieces[:-1], (opening, placed.quote.outer_end)))
    return replace(draft, pieces=(*draft.pieces, (placed.quote.start, placed.quote.end)))


def _is_row(doc: Doc, before: Placed, placed: Placed) -> bool:
    """Tell two quotes that only a conjunction joins: "“a nest of bandits” and “a cancer”"."""
    between = doc.text[before.quote.outer_end : placed.quote.outer_start]
    return between.strip(" ,").lower() in {"and", "or", "but"}


def _attributed(
    doc: Doc, quotes: list[Placed], index: int, drafts: list[Draft], holders: list[int | None], lexicon: CueLexicon
) -> Draft | int | None:
    """Return the quote's own draft, the number of the draft it goes on with, or None for no statement."""
    placed = quotes[index]
    held = holders[index - 1] if index else None
    before = _cue_before(doc, placed, lexicon)
    is_scrap = not placed.is_utterance and word_count(doc, placed) < SHORTEST_FLOATING
    if (before is None or is_scrap) and (naming := naming_before(doc, placed, lexicon)) is not None:
        return _draft(doc, placed, naming, lexicon)
    if before is not None and held is not None and before.i == drafts[held].cue_token:
        return held
    if held is not None and index and _is_row(doc, quotes[index - 1], placed):
        return held
    if not placed.is_utterance and before is None:
        return None
    return _by_cue(doc, placed, before, lexicon) or _without_cue(doc, placed, held)


def _by_cue(doc: Doc, placed: Placed, before: Token | None, lexicon: CueLexicon) -> Draft | None:
    after = cue_after(doc, placed, lexicon)
    if placed.starts_sentence and after is not None:
        return _after(doc, placed, after, lexicon)
    if before is not None and (opening := _opening_of_clause(doc, placed, before)) is not None:
        return _mixed(doc, placed, before, opening, lexicon)
    if before is not None and (placed.is_utterance or word_count(doc, placed) >= SHORTEST_FLOATING):
        return _carried_on(doc, placed, before, _draft(doc, placed, before, lexicon))
    if after is None or not placed.is_utterance or _is_reported(doc, placed, lexicon):
        return None
    return _after(doc, placed, after, lexicon)


def _is_reported(doc: Doc, placed: Placed, lexicon: CueLexicon) -> bool:
    """Tell a quote inside a clause that a cue before it governs already: "said he left because “...,” he said"."""
    for token in reversed(doc[placed.before : placed.first]):
        if token.text in TERMINAL:
            return False
        entry = cue_entry(token, lexicon)
        if entry is not None and entry.takes("clause") and token.tag_ in {"VBD", "VBZ", "VBP"}:
            return any(child.dep_ == "ccomp" and child.i < placed.first for child in token.rights)
    return False


def is_entry(doc: Doc, placed: Placed) -> bool:
    """Tell a quote that is all of its paragraph but for a note with figures: "“No ships!” (6/17/25)"."""
    return placed.quote.outer_start == 0 and NOTE.fullmatch(doc.text, placed.quote.outer_end) is not None


def _without_cue(doc: Doc, placed: Placed, held: int | None) -> Draft | int | None:
    if not placed.is_utterance:
        return None
    colon = colon_before(doc, placed)
    if colon is not None:
        return colon_draft(doc, placed, colon)
    if not placed.starts_sentence:
        return None
    by_dash = signed(doc, placed)
    if by_dash is not None:
        return by_dash
    if held is not None and _only_attribution(doc, placed):
        return held
    is_long = word_count(doc, placed) >= SHORTEST_FLOATING or is_entry(doc, placed)
    return Draft(((placed.quote.start, placed.quote.end),), "quote", None, None, None) if is_long else None


def _only_attribution(doc: Doc, placed: Placed) -> bool:
    """Tell whether the gap before is one sentence at most: the end of what introduced the quote before."""
    return sum(token.text in TERMINAL for token in doc[placed.before : placed.first]) <= 1


def _cue_before(doc: Doc, placed: Placed, lexicon: CueLexicon) -> Token | None:
    """Return the cue that leads up to the quote: nothing but an addressee, adverbials and marks may stand between."""
    index = placed.first - 1
    while index >= placed.before and (doc[index].is_quote or doc[index].is_space):
        index -= 1
    strong = index >= placed.before and doc[index].text in {":", ","}
    lowest = max(placed.before, index - (REACH if index >= 0 and doc[index].text == ":" else 14))
    for position in range(index, lowest - 1, -1):
        token = doc[position]
        if token.text in TERMINAL or token.text == ";":
            return None
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
            continue
        entry = cue_entry(token, lexicon)
        if entry is not None and entry.takes("quote") and is_asserted(token, entry, lexicon):
            if not strong and not _adjacent(doc, token, index):
                return None
            return token
        if doc[index].text != ":":
            return None
    return None


def _opening_of_clause(doc: Doc, placed: Placed, cue: Token) -> int | None:
    """Return where a paraphrase begins that stands between the cue and the quote: "said that he "saw nothing"."""
    for token in doc[cue.i + 1 : placed.first]:
        if token.dep_ == "mark" and token.lower_ == "that":
            return token.i + 1
        if token.dep_ in SUBJECTS and token.head != cue:
            return token.left_edge.i if token.left_edge.i > cue.i else token.i
    return None


def _mixed(doc: Doc, placed: Placed, cue: Token, opening: int, lexicon: CueLexicon) -> Draft:
    """Return a paraphrase that ends in the quote, with the rest of its clause if the quote does not end it."""
    end = placed.quote.end
    body = doc.text[placed.quote.start : end].rstrip()
    if body and body[-1] not in ENDINGS and not placed.quote.is_open:
        stop = _stop(doc, placed.last)
        end = doc[stop - 1].idx + len(doc[stop - 1])
    return replace(_draft(doc, placed, cue, lexicon), pieces=((doc[opening].idx, end),))


def _adjacent(doc: Doc, cue: Token, index: int) -> bool:
    """Tell whether only the cue's own short dependants stand between it and the quote."""
    between = doc[cue.i + 1 : index + 1]
    return len(between) <= LONGEST_LINK and not any(token.text == "," for token in between)


def _carried_on(doc: Doc, placed: Placed, cue: Token, draft: Draft) -> Draft:
    """Add what goes on after the quote and hangs on its words: "says “the bridge is no gift” because ..."."""
    body = doc.text[placed.quote.start : placed.quote.end].rstrip()
    opening = placed.last
    while opening < len(doc) and doc[opening].is_quote:
        opening += 1
    if opening == placed.last or opening >= len(doc) or not body or body[-1] in ENDINGS or placed.quote.is_open:
        return draft
    if doc[opening].lower_ not in ONGOING:
        return draft
    top = doc[opening]
    while top.head.i > opening:
        top = top.head
    if top.pos_ == "PUNCT" or not placed.first <= top.head.i < placed.last or top.head.i == cue.i:
        return draft
    end = min(top.right_edge.i + 1, _stop(doc, opening))
    if end <= opening:
        return draft
    return replace(draft, pieces=((placed.quote.outer_start, doc[end - 1].idx + len(doc[end - 1])),))


def _stop(doc: Doc, start: int) -> int:
    while start < len(doc) and doc[start].text not in TERMINAL and doc[start].text not in {",", ";"}:
        start += 1
    return start


def _after(doc: Doc, placed: Placed, cue: Token, lexicon: CueLexicon) -> Draft:
    draft = _draft(doc, placed, cue, lexicon)
    if placed.starts_sentence:
        return draft
    start = placed.first
    while start > placed.before and doc[start - 1].text not in TERMINAL:
        start -= 1
    while start < placed.first and (doc[start].is_space or doc[start].is_punct):
        start += 1
    first = doc[start].idx if start < placed.first else placed.quote.start
    return replace(draft, pieces=((first, placed.quote.end),))


def _draft(doc: Doc, placed: Placed, cue: Token, lexicon: CueLexicon) -> Draft:
    entry: Cue | None
    if cue.lower_ == "according":
        entry = lexicon.phrases.get("according to")
        head = noun_beside(doc, min(cue.i + 2, len(doc)), min(cue.i + 12, len(doc)), leftward=False)
        cue_span = (cue.i, min(cue.i + 2, len(doc)))
    else:
        entry = cue_entry(cue, lexicon) or Cue(cue.lemma_.lower(), "report", frozenset({"quote"}))
        head = _speaker(doc, placed, cue, lexicon)
        cue_span = cue_range(cue)
    return Draft(
        pieces=((placed.quote.start, placed.quote.end),),
        kind="quote",
        cue=characters(doc, *cue_span),
        entry=entry,
        source=None if head is None else characters(doc, *noun_phrase(head, cue)),
        addressee=_addressed(doc, cue) if head is None else _spoken_to(doc, cue, entry),
        cue_token=cue.i,
        cue_class=None if entry is None else entry.class_of("quote"),
    )


def _addressed(doc: Doc, cue: Token) -> tuple[int, int] | None:
    """Return the subject of a passive: the one spoken to."""
    spoken_to = next((child for child in cue.lefts if child.dep_ == "nsubjpass"), None)
    return None if spoken_to is None else characters(doc, *noun_phrase(spoken_to))


def _spoken_to(doc: Doc, cue: Token, entry: Cue | None) -> tuple[int, int] | None:
    """Return whom the cue's object names: "called on Chile to “leave”", "“Leave,” Roe told Chile"."""
    for child in cue.rights:
        if child.dep_ in {"dobj", "dative"} and entry is not None and entry.takes("addressee"):
            return characters(doc, *noun_phrase(child)) if child.pos_ in {"NOUN", "PROPN"} else None
        if child.dep_ in {"prep", "prt"} and (cue.lemma_, child.lower_) in ADDRESSING and child.i == cue.i + 1:
            told = next((one for one in child.rights if one.dep_ == "pobj" and one.pos_ in {"NOUN", "PROPN"}), None)
            return None if told is None or told.ent_type_ in {"DATE", "TIME"} else characters(doc, *noun_phrase(told))
    return None


def _speaker(doc: Doc, placed: Placed, cue: Token, lexicon: CueLexicon) -> Token | None:
    """Return the cue's subject; in a gap after the quote also the phrase on either side of an inverted cue."""
    source = find_source(cue, lexicon)
    if source is None and any(child.dep_ in {"auxpass", "nsubjpass"} for child in cue.lefts):
        return None  # "the envoy was told": by whom, the sentence does not say
    inside = source is not None and placed.first <= source.i < placed.last
    if source is not None and not inside and source.text[0].isalnum():
        return source
    if cue.i >= placed.last:
        closed = doc[cue.i - 1].text != ","  # else an apposition stands between: "Roe, now in Galway, said"
        return noun_beside(doc, placed.last, cue.i, leftward=closed) or noun_beside(
            doc, cue.i + 1, placed.after, leftward=False
        )
    return noun_beside(doc, placed.before, cue.i, leftward=True) or noun_beside(
        doc, cue.i + 1, placed.first, leftward=False
    )
