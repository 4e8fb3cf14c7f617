"""Statements in the complements of verbs: clauses, infinitives, objects, prepositional phrases."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors.statements.drafts import Draft, characters, cue_range, trim
from extractors.statements.lexicon import Cue, CueLexicon
from extractors.statements.sources import SUBJECTS, find_source, noun_phrase

CONDITIONS = frozenset({"if", "unless", "whether"})
HEDGES = frozenset({"could", "may", "might", "should", "must", "would", "can", "ca"})
EMPTY_OBJECTS = frozenset(
    {
        "it",
        "that",
        "this",
        "so",
        "them",
        "him",
        "her",
        "me",
        "us",
        "you",
        "himself",
        "herself",
        "themselves",
        "itself",
        "what",
        "which",
        "who",
        "nothing",
        "anything",
        "something",
        "everything",
        "one",
        "more",
        "much",
        "itself",
        "these",
        "those",
    }
)


def cue_entry(token: Token, lexicon: CueLexicon) -> Cue | None:
    """Return the verb's lexicon entry, with its particle or preposition where the lexicon knows the pair."""
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = token.lemma_.lower()
    particle = next(
        (child.lower_ for child in token.rights if child.dep_ in {"prt", "prep"} and child.i <= token.i + 2), None
    )
    return lexicon.verb(lemma, particle)


def verb_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield what each verb of the lexicon introduces, in order."""
    for token in doc:
        entry = cue_entry(token, lexicon)
        if entry is not None and is_asserted(token, lexicon):
            draft = _draft(token, entry, lexicon)
            if draft is not None:
                yield draft


def is_asserted(verb: Token, lexicon: CueLexicon) -> bool:
    """Tell whether the article says that it was said: no condition, no "could", no "declined to"."""
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ in CONDITIONS:
            return False
        if child.dep_ == "aux" and child.lower_ in HEDGES:
            return False
    if verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon.silent:
        return False
    return True


def is_negated(verb: Token) -> bool:
    """Tell whether the verb itself is negated."""
    return any(child.dep_ == "neg" for child in verb.lefts)


def _draft(verb: Token, entry: Cue, lexicon: CueLexicon) -> Draft | None:
    found = _clause(verb, entry) or _infinitive(verb, entry) or _phrase(verb, entry, lexicon)
    if found is None:
        return _aside(verb, entry, lexicon) if entry.takes("aside") else None
    start, end = trim(verb.doc, *found)
    if start >= end or start <= verb.i < end:
        return None
    return make(verb, entry, lexicon, ((start, end),), "clause" if entry.takes("clause") else "phrase")


def make(verb: Token, entry: Cue, lexicon: CueLexicon, ranges: tuple[tuple[int, int], ...], kind: str) -> Draft:
    """Build the draft of a verb: content ranges in tokens, its speaker and whom it addresses."""
    doc = verb.doc
    source = find_source(verb, lexicon)
    addressee = _addressee(verb, ranges)
    return Draft(
        pieces=tuple(characters(doc, start, end) for start, end in ranges),
        kind=kind,  # type: ignore[arg-type]
        cue=characters(doc, *cue_range(verb)),
        entry=entry,
        source=None if source is None else characters(doc, *noun_phrase(source)),
        addressee=None if addressee is None else characters(doc, *noun_phrase(addressee)),
        cue_token=verb.i,
    )


def _addressee(verb: Token, ranges: tuple[tuple[int, int], ...]) -> Token | None:
    for child in verb.children:
        inside = any(start <= child.i < end for start, end in ranges)
        if child.dep_ in {"dobj", "dative"} and not inside:
            if child.pos_ == "ADP":
                return next((leaf for leaf in child.children if leaf.dep_ == "pobj"), None)
            return child if child.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if child.dep_ == "prep" and child.lower_ == "to" and not inside:
            return next((leaf for leaf in child.children if leaf.dep_ == "pobj"), None)
        if child.dep_ == "nsubjpass":
            return child
    return None


def _clause(verb: Token, entry: Cue) -> tuple[int, int] | None:
    if not entry.takes("clause"):
        return None
    for child in verb.children:
        if child.dep_ == "ccomp" and not _is_infinitive(child):
            if child.i > verb.i:
                return _after_that(child)
            return _before_cue(verb, child)
    return None


def _after_that(clause: Token) -> tuple[int, int]:
    """Return the clause's range to its end, without the complementiser."""
    doc, start, end = clause.doc, clause.left_edge.i, clause.right_edge.i + 1
    start, end = trim(doc, start, end)
    if (
        start < end
        and doc[start].lower_ == "that"
        and doc[start].dep_ in {"mark", "det", "nsubj"}
        and doc[start].head.i >= start
    ):
        if doc[start].dep_ == "mark":
            start += 1
    return start, end


def _before_cue(verb: Token, clause: Token) -> tuple[int, int]:
    """Return a clause that stands before its cue: it ends where the cue's own phrase begins."""
    limit = verb.i
    for child in verb.lefts:
        if child.i > clause.i and child.left_edge.i > clause.i:
            limit = min(limit, child.left_edge.i)
    return clause.left_edge.i, min(limit, clause.right_edge.i + 1)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


def _infinitive(verb: Token, entry: Cue) -> tuple[int, int] | None:
    if not entry.takes("infinitive"):
        return None
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and _is_infinitive(child):
            to = next(part for part in child.lefts if part.dep_ == "aux" and part.lower_ == "to")
            start = to.i - 1 if to.i and verb.doc[to.i - 1].dep_ == "neg" else to.i
            return start, child.right_edge.i + 1
    return None


def _phrase(verb: Token, entry: Cue, lexicon: CueLexicon) -> tuple[int, int] | None:
    found = None
    if entry.takes("as"):
        found = _as(verb)
    if found is None and entry.takes("name"):
        found = _name(verb)
    if found is None and entry.takes("preposition"):
        found = _preposition(verb, entry)
    if found is None and entry.takes("gerund"):
        found = _gerund(verb)
    if found is None and entry.takes("object"):
        found = _object(verb, lexicon)
    return found


def _object_child(verb: Token) -> Token | None:
    return next((child for child in verb.rights if child.dep_ == "dobj"), None)


def _as(verb: Token) -> tuple[int, int] | None:
    thing = _object_child(verb)
    as_phrase = next((child for child in verb.rights if child.dep_ == "prep" and child.lower_ == "as"), None)
    if as_phrase is None and thing is not None:
        as_phrase = next((child for child in thing.rights if child.dep_ == "prep" and child.lower_ == "as"), None)
    if as_phrase is None:
        return None
    start = as_phrase.i + 1
    if thing is not None and thing.i < as_phrase.i and thing.lower_ not in EMPTY_OBJECTS:
        start = thing.left_edge.i
    return start, as_phrase.right_edge.i + 1


def _name(verb: Token) -> tuple[int, int] | None:
    for child in verb.rights:
        if child.dep_ in {"oprd", "attr", "acomp"} or (child.dep_ == "ccomp" and not _is_infinitive(child)):
            inner = [part for part in child.lefts if part.dep_ in SUBJECTS]
            start = inner[0].right_edge.i + 1 if inner else child.left_edge.i
            return start, child.right_edge.i + 1
    return None


def _preposition(verb: Token, entry: Cue) -> tuple[int, int] | None:
    thing = _object_child(verb)
    preps = [child for child in verb.rights if child.dep_ == "prep"]
    if thing is not None:
        preps += [child for child in thing.rights if child.dep_ == "prep"]
    for prep in preps:
        if prep.lower_ in entry.prepositions and any(True for _ in prep.rights):
            addressed = thing is not None or any(child.dep_ == "nsubjpass" for child in verb.lefts)
            keeps = addressed or prep.lower_ == "against"
            return (prep.i if keeps else prep.i + 1), prep.right_edge.i + 1
    return None


def _gerund(verb: Token) -> tuple[int, int] | None:
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG":
            return child.left_edge.i, child.right_edge.i + 1
    return None


def _object(verb: Token, lexicon: CueLexicon) -> tuple[int, int] | None:
    thing = _object_child(verb)
    if thing is None or thing.lower_ in EMPTY_OBJECTS or thing.lemma_.lower() in lexicon.documents:
        return None
    if thing.lemma_.lower() in lexicon.voiced:
        for child in thing.rights:
            if child.dep_ in {"acl", "ccomp", "relcl"} and any(
                part.lower_ == "that" and part.dep_ == "mark" for part in child.lefts
            ):
                return _after_that(child)
    end = thing.right_edge.i + 1
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in {"for", "over", "from", "by", "as"} and child.i == end:
            end = child.right_edge.i + 1
    return thing.left_edge.i, end


def _aside(verb: Token, entry: Cue, lexicon: CueLexicon) -> Draft | None:
    """A cue without a complement of its own, set off by commas: the rest of the sentence is what was said."""
    start, end = _cue_phrase(verb)
    if start is None:
        return None
    doc = verb.doc
    left, right = sentence_around(doc, start, end)
    before = trim(doc, left, start)
    after = trim(doc, end, right)
    pieces = tuple(piece for piece in (before, after) if piece[1] > piece[0])
    set_off = (start == left or doc[start - 1].text in {",", "—", "–", "--", "("}) and (
        end >= right or doc[end].text in {",", "—", "–", "--", ")", ".", "?", "!", ";"}
    )
    if not pieces or not set_off or (start == left and not before):
        return None
    return make(verb, entry, lexicon, pieces, "aside")


def _cue_phrase(verb: Token) -> tuple[int, int] | tuple[None, None]:
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return None, None
    first = min(subject.left_edge.i, cue_range(verb)[0])
    last = verb.i + 1
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ == "as" and child.i == first - 1:
            first = child.i
    for child in verb.rights:
        if (
            child.dep_ in {"npadvmod", "advmod", "prep", "dobj", "dative", "prt", "nsubj", "tmod"}
            and child.left_edge.i <= last + 1
        ):
            last = child.right_edge.i + 1
        else:
            break
    return first, last


def sentence_around(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the token range of the sentence that holds a token range, by its final marks."""
    left, right = start, end
    while left and doc[left - 1].text not in {".", "?", "!"}:
        left -= 1
    while left < start and (doc[left].is_quote or doc[left].is_space):
        left += 1
    while right < len(doc) and doc[right].text not in {".", "?", "!"}:
        right += 1
    return left, right
