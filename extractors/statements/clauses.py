"""Statements in the complements of verbs: clauses, infinitives, objects, prepositional phrases."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors.statements.drafts import Draft, characters, cue_range, trim
from extractors.statements.lexicon import Cue, CueLexicon
from extractors.statements.sources import SUBJECTS, find_source, noun_phrase

CONDITIONS = frozenset({"if", "unless", "whether"})
HEDGES = frozenset({"could", "may", "might", "should", "must", "would", "can", "ca"})
# What may follow a cue that closes its sentence, and the marks that show it is closed.
TRAILERS = frozenset({"npadvmod", "advmod", "prep", "dative", "prt", "nsubj", "tmod"})
CONTINUERS = frozenset({"that", "because", "rather", "but", "and", "or", "so", "which", "who", "even", "not"})
CLOSERS = frozenset({",", "—", "–", "--", "-", ")", ".", "?", "!", ";", "…"})
# Negated cues of these classes leave nothing said; "did not rule out" and "did not condemn" do.
UNSAID_CLASSES = frozenset({"report", "assert", "admit", "voice", "promise", "describe", "ask"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STOPS = frozenset({".", "?", "!", ";", ","})
REACH_OF_THAT = 14  # tokens
LONG_OBJECT = 7  # tokens; a shorter object of "say" is a phrase such as "a few words"
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves"})
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
        if entry is not None and is_asserted(token, entry, lexicon) and not is_questioned(token, entry):
            draft = _draft(token, entry, lexicon)
            if draft is not None:
                yield draft


def is_asserted(verb: Token, entry: Cue, lexicon: CueLexicon) -> bool:
    """Tell whether the article says that it was said: no condition, no "could", no "did not say", no "plans to say"."""
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ in CONDITIONS:
            return False
        if child.dep_ == "aux" and child.lower_ in HEDGES:
            return False
        if child.dep_ == "neg" and entry.cue_class in UNSAID_CLASSES:
            return False
    if verb.dep_ == "amod" or (verb.dep_ == "acl" and verb.tag_ != "VBG"):
        return False
    return verb.tag_ != "VB" or _is_realised(verb, lexicon)


def _is_realised(verb: Token, lexicon: CueLexicon) -> bool:
    """Tell whether an infinitive was carried out: "went on to say", "flew in to demand", but not "plans to say"."""
    auxiliaries = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    if auxiliaries & {"did", "do", "does"}:
        return True
    if auxiliaries & {"will", "wo", "'ll", "’ll"} or verb.dep_ in {"acl", "relcl"}:
        return False
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in lexicon.realised
    return verb.dep_ in {"advcl", "conj"} or any(child.dep_ in SUBJECTS for child in verb.lefts)


def is_questioned(verb: Token, entry: Cue) -> bool:
    """Tell whether somebody only was asked: an interviewer's question is no statement."""
    if entry.cue_class != "ask":
        return False
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts)
    return passive or (verb.tag_ in {"VBN", "VBD"} and verb.dep_ != "conj" and not _has_own_subject(verb))


def _draft(verb: Token, entry: Cue, lexicon: CueLexicon) -> Draft | None:
    found = _clause(verb, entry) or _infinitive(verb, entry) or _phrase(verb, entry, lexicon)
    if found is None:
        return _aside(verb, entry, lexicon) if entry.takes("aside") else None
    start, end = trim(verb.doc, *found)
    if start >= end or start <= verb.i < end:
        return None
    ranges = ((start, end),) if start > verb.i else ((start, end), *_going_on(verb, entry))
    return make(verb, entry, lexicon, ranges, "clause" if entry.takes("clause") else "phrase")


def _going_on(verb: Token, entry: Cue) -> tuple[tuple[int, int], ...]:
    """Return what of the clause goes on after a parenthesis: "It is no surprise, she said, that talks failed"."""
    doc, at = verb.doc, _end_of_phrase(verb, entry)
    if at + 1 >= len(doc) or doc[at].text != "," or doc[at + 1].lower_ not in CONTINUERS:
        return ()
    start, end = trim(doc, at + 1, sentence_around(doc, at, at + 1)[1])
    return ((start + (doc[start].lower_ == "that"), end),) if end > start + 1 else ()


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
    """Return the finite clause the verb governs: after it as a rule, before it where the verb closes the sentence."""
    if not entry.takes("clause"):
        return None
    ahead = next((child for child in verb.rights if child.dep_ == "ccomp" and not _is_infinitive(child)), None)
    if ahead is not None:
        return _after_cue(verb, entry, ahead)
    loose = _loose_clause(verb, entry)
    if loose is not None:
        return loose
    behind = next((child for child in verb.lefts if child.dep_ == "ccomp" and not _is_infinitive(child)), None)
    return None if behind is None else _before_cue(verb, entry, behind)


def _after_cue(verb: Token, entry: Cue, clause: Token) -> tuple[int, int] | None:
    doc = verb.doc
    start = max(clause.left_edge.i, verb.i + 1)
    if not entry.takes("addressee") and not any(child.dep_ in SUBJECTS for child in clause.lefts):
        # The parser took the clause's subject for the verb's object: "said his record (...) speaks for itself".
        thing = _object_child(verb)
        start = thing.left_edge.i if thing is not None and thing.i < start else start
    return _complementiser_off(doc, start, _end_of(verb, clause))


def _complementiser_off(doc: Doc, start: int, end: int) -> tuple[int, int]:
    start, end = trim(doc, start, end)
    if start < end and doc[start].lower_ == "that" and (doc[start].dep_ == "mark" or doc[start].tag_ == "IN"):
        start += 1
    return start, end


def _end_of(verb: Token, clause: Token) -> int:
    """Return where the clause ends: before what is coordinated with the cue, after what goes on with "and that"."""
    doc, end = verb.doc, clause.right_edge.i + 1
    for child in clause.rights:
        if child.dep_ == "conj" and _belongs_to_cue(verb, clause, child):
            end = child.left_edge.i
            while end > clause.i + 1 and (doc[end - 1].is_punct or doc[end - 1].dep_ == "cc"):
                end -= 1
            return end
    end = _past_break(doc, end, verb.sent.end)
    joint = end
    while joint < len(doc) and doc[joint].text == ",":
        joint += 1
    if joint + 1 < len(doc) and doc[joint].lower_ in {"and", "but", "or"} and doc[joint + 1].lower_ == "that":
        joined = next((child for child in doc[joint + 1].ancestors if child.i > joint), None)
        if joined is not None and joined.i > verb.i and joined.left_edge.i >= joint:
            return joined.right_edge.i + 1
    return end


def _past_break(doc: Doc, end: int, limit: int) -> int:
    """Move an end that no mark justifies: the parser broke the clause off in front of its own verb or inside a word."""
    if (
        end >= limit
        or not (doc[end].tag_ in FINITE or not doc[end - 1].whitespace_)
        or doc[end].is_punct
        or doc[end].is_quote
    ):
        return end
    while end < limit and doc[end].text not in STOPS:
        end += 1
    return end


def _belongs_to_cue(verb: Token, clause: Token, other: Token) -> bool:
    """Tell whether a verb the parser joined to the clause is the speaker's own deed: "said it is late and left"."""
    if other.pos_ not in {"VERB", "AUX"} or other.i <= clause.i:
        return False
    subjects = [child for child in other.lefts if child.dep_ in SUBJECTS]
    finite = next((child.tag_ for child in other.lefts if child.dep_ in {"aux", "auxpass"}), other.tag_)
    head = next((child.tag_ for child in clause.lefts if child.dep_ in {"aux", "auxpass"}), clause.tag_)
    before = verb.doc[other.left_edge.i - 1] if other.left_edge.i else other
    comma = before.text == "," or (before.dep_ == "cc" and before.i and verb.doc[before.i - 1].text == ",")
    if not subjects and comma and finite in {"VBD", "VBZ", "VBP"} and finite == verb.tag_:
        return True
    if not subjects and other.tag_ == verb.tag_ and clause.tag_ != verb.tag_:
        return True
    past = verb.tag_ == "VBD" and finite == "VBD"
    return past and head not in {"VBD", "VBN"} and (not subjects or subjects[0].lower_ in {"he", "she", "they"})


def _loose_clause(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Find a clause that follows the verb although the parser did not hang it there."""
    doc, at = verb.doc, _skip_adverbials(verb, entry)
    that = _that_ahead(verb)
    if that is not None:
        return that.i + 1, max(that.head.right_edge.i, that.i) + 1
    if at >= len(doc) or doc[at].sent.start > verb.i:
        return None
    subject = _subject_at(doc, at)
    if subject is None:
        return _unclear_clause(verb, at) if entry.takes("bare") else None
    clause = subject.head
    if clause is verb:
        following = subject.right_edge.i + 1
        finite = following < len(doc) and doc[following].tag_ in {"VBD", "VBZ", "VBP", "MD"}
        return (at, verb.right_edge.i + 1) if finite and doc[following].pos_ in {"VERB", "AUX"} else None
    if clause.i < at or not _has_own_subject(verb):
        return None
    end = clause.right_edge.i + 1
    return at, (end if end > at else verb.sent.end)


def _that_ahead(verb: Token) -> Token | None:
    """Return the "that" which opens the content, with at most an addressee and adverbials before it."""
    doc = verb.doc
    for token in doc[verb.i + 1 : verb.i + 1 + REACH_OF_THAT]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > token.i:
            return token
        if token.pos_ in {"VERB", "AUX"} or token.text in CLOSERS or token.is_quote:
            return None
    return None


def _unclear_clause(verb: Token, at: int) -> tuple[int, int] | None:
    """Return what the parser read as a long object or a gerund: "said keeping the fleet there provokes nobody"."""
    for child in verb.rights:
        length = child.right_edge.i - child.left_edge.i + 1
        if child.left_edge.i != at or child.lower_ in EMPTY_OBJECTS or length < LONG_OBJECT:
            continue
        if child.dep_ == "dobj" or (child.dep_ == "xcomp" and child.tag_ == "VBG"):
            return at, child.right_edge.i + 1
    return None


def _skip_adverbials(verb: Token, entry: Cue) -> int:
    at = cue_range(verb)[1]
    skipped = {"npadvmod", "advmod", "prt", "tmod"} | ({"dobj", "dative"} if entry.takes("addressee") else set())
    for child in verb.rights:
        if (child.dep_ in skipped and child.left_edge.i == at) or (child.dep_ == "prep" and child.left_edge.i == at and child.right_edge.i - child.i <= 5):
            at = child.right_edge.i + 1
    return at


def _subject_at(doc: Doc, at: int) -> Token | None:
    for token in doc[at : at + 12]:
        if token.dep_ in SUBJECTS and token.left_edge.i == at and token.head.i > token.i - 12:
            return token
        if token.text in {",", ".", ":", ";"} or token.pos_ == "VERB":
            return None
    return None


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.lefts) or verb.tag_ in {"VBG", "VB"} or verb.dep_ == "conj"


def _before_cue(verb: Token, entry: Cue, clause: Token) -> tuple[int, int] | None:
    """Return a clause that stands before its cue: it ends where the cue's own phrase begins, and that ends the sentence."""
    if any(child.dep_ == "mark" and child.lower_ != "that" for child in clause.lefts):
        return None
    doc, limit = verb.doc, verb.i
    for child in verb.lefts:
        if child.i > clause.i and child.left_edge.i > clause.i:
            limit = min(limit, child.left_edge.i)
    start, end = trim(doc, clause.left_edge.i, min(limit, clause.right_edge.i + 1))
    return (start, end) if end < len(doc) and doc[end].is_punct and _is_closed(verb, entry) else None


def _is_closed(verb: Token, entry: Cue) -> bool:
    """Tell whether the cue's phrase is over with its subject, addressee and adverbials: no content follows."""
    doc, at = verb.doc, _end_of_phrase(verb, entry)
    return at >= len(doc) or doc[at].text in CLOSERS or doc[at].is_quote


def _trails(child: Token, entry: Cue) -> bool:
    return child.dep_ in TRAILERS or (child.dep_ == "dobj" and entry.takes("addressee"))


def _end_of_phrase(verb: Token, entry: Cue) -> int:
    at = verb.i + 1
    for child in verb.rights:
        if child.left_edge.i <= at and _trails(child, entry):
            at = max(at, child.right_edge.i + 1)
    return at


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
    if _is_anonymous(verb):
        return None
    found = None
    if entry.takes("as"):
        found = _as(verb)
    if found is None and entry.takes("name"):
        found = _name(verb)
    if found is None and entry.takes("preposition"):
        found = _preposition(verb, entry)
    if found is None and entry.takes("gerund"):
        found = _gerund(verb)
    if found is None and (entry.takes("object") or entry.takes("voiced")):
        found = _object(verb, entry, lexicon)
    return found


def _is_anonymous(verb: Token) -> bool:
    """Tell whether a passive names nobody who acted: "a group called", "was widely condemned"."""
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "advcl", "amod", "pcomp"}
    )
    return passive and not any(child.dep_ in {"agent", "nsubj"} for child in verb.children)


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
            if child.ent_type_ in {"DATE", "TIME"} or (inner and inner[0].lower_ in REFLEXIVES):
                continue
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
            return (prep.i if keeps else prep.i + 1), _with_adjuncts(verb, prep.right_edge.i + 1)
    return None


def _gerund(verb: Token) -> tuple[int, int] | None:
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG":
            return child.left_edge.i, child.right_edge.i + 1
    return None


def _object(verb: Token, entry: Cue, lexicon: CueLexicon) -> tuple[int, int] | None:
    thing = _object_child(verb)
    if not entry.takes("object") and not (
        thing is not None and thing.lemma_.lower() in lexicon.voiced and any(thing.rights)
    ):
        return None
    if thing is None or thing.lower_ in EMPTY_OBJECTS or thing.lemma_.lower() in lexicon.documents:
        return None
    if thing.lemma_.lower() in lexicon.voiced:
        for child in thing.rights:
            if child.dep_ in {"acl", "ccomp", "relcl"} and any(
                part.lower_ == "that" and part.dep_ == "mark" for part in child.lefts
            ):
                return _complementiser_off(child.doc, child.left_edge.i, child.right_edge.i + 1)
    return thing.left_edge.i, _with_adjuncts(verb, thing.right_edge.i + 1)


def _with_adjuncts(verb: Token, end: int) -> int:
    """Return the end of a phrase with what the verb has beside it: "repercussions" + "for Seoul if it joins"."""
    for child in verb.rights:
        joins = child.dep_ == "prep" or (
            child.dep_ == "advcl" and any(part.dep_ == "mark" or part.lower_ == "to" for part in child.lefts)
        )
        if joins and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return end


def _aside(verb: Token, entry: Cue, lexicon: CueLexicon) -> Draft | None:
    """A cue without a complement of its own, set off by commas: the rest of the sentence is what was said."""
    phrase = _cue_phrase(verb, entry)
    if phrase is None:
        return None
    doc, (start, end) = verb.doc, phrase
    left, right = sentence_around(doc, start, end)
    before, after = trim(doc, left, start), trim(doc, end, right)
    opens = start > left and (doc[start - 1].text in CLOSERS or doc[start - 1].text == "(" or doc[start - 1].is_quote)
    closes = end >= right or doc[end].text in CLOSERS
    if not (opens and closes) or before[0] >= before[1] or not _holds_clause(doc, before, after):
        return None
    pieces = (before, after) if after[0] < after[1] else (before,)
    return make(verb, entry, lexicon, pieces, "aside")


def _holds_clause(doc: Doc, *ranges: tuple[int, int]) -> bool:
    """Tell whether the words around a parenthesis make a sentence, not just an adverbial."""
    return any(
        token.dep_ in SUBJECTS and token.head.dep_ != "relcl" for start, end in ranges for token in doc[start:end]
    )


def _cue_phrase(verb: Token, entry: Cue) -> tuple[int, int] | None:
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ in {"that", "all"}:
        return None
    first = min(subject.left_edge.i, cue_range(verb)[0])
    last = verb.i + 1
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ == "as" and child.i == first - 1:
            first = child.i
    for child in verb.rights:
        if not _trails(child, entry) or child.left_edge.i > last + 1:
            break
        last = max(last, child.right_edge.i + 1)
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
