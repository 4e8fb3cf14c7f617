"""The finite clause a verb of saying governs: where it begins and ends, also where the parser went wrong."""

from spacy.tokens import Doc, Token

from extractors.statements.asides import CLOSERS, is_closed
from extractors.statements.assertion import has_own_subject
from extractors.statements.complements import EMPTY_OBJECTS, complementiser_off, is_infinitive, object_child
from extractors.statements.coordination import SUBJECTS, is_own_deed
from extractors.statements.drafts import cue_range, trim
from extractors.statements.lexicon import Cue

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
REMARKS = frozenset({"which", "who", "where", "whose"})
DAYS = frozenset({"ago", "last", "yesterday", "today", "tonight", "earlier", "late"}) | frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
PLACES = frozenset({"in", "during", "at"})
OCCASIONS = frozenset(
    {"interview", "statement", "speech", "letter", "briefing", "post", "tweet", "email", "conference", "address"}
) | frozenset({"remarks", "broadcast", "message", "call", "memo"})
STOPS = frozenset({".", "?", "!", ";", ","})
ADVERBIALS = frozenset({"npadvmod", "advmod", "prt", "tmod"})
CONDITIONS = frozenset({"if", "should", "unless", "when", "once", "whether", "had", "were", "as", "while", "although"})
REACH_OF_THAT = 14  # tokens
REACH_OF_SUBJECT = 12  # tokens
LONGEST_ADVERBIAL = 5  # tokens of a prepositional phrase between cue and clause
LONG_OBJECT = 7  # tokens; a shorter object of "say" is a phrase such as "a few words"


def finite_clause(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Return the finite clause the verb governs: after it as a rule, before it where the verb closes the sentence."""
    if not entry.takes("clause"):
        return None
    ahead = next((child for child in verb.rights if child.dep_ == "ccomp" and not is_infinitive(child)), None)
    if ahead is not None:
        return _after_cue(verb, entry, ahead)
    loose = _loose_clause(verb, entry)
    if loose is not None:
        return loose
    behind = next((child for child in verb.lefts if child.dep_ == "ccomp" and not is_infinitive(child)), None)
    return None if behind is None else _before_cue(verb, entry, behind)


def taken_up(verb: Token, entry: Cue, start: int) -> tuple[tuple[int, int], ...]:
    """Return the clause before the cue that goes on after it: "It is no wonder, he said, that they left"."""
    doc = verb.doc
    behind = next((child for child in verb.lefts if child.dep_ == "ccomp"), None)
    comma = start - 2 if doc[start - 1].lower_ == "that" else start - 1
    if behind is None or comma <= verb.i or doc[comma].text != "," or not entry.takes("clause"):
        return ()
    found = _before_cue(verb, entry, behind)
    return () if found is None else (found,)


def _after_cue(verb: Token, entry: Cue, clause: Token) -> tuple[int, int] | None:
    doc = verb.doc
    start = max(clause.left_edge.i, verb.i + 1)
    if not any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in clause.lefts) and clause.tag_ != "VBG":
        # The parser took the clause's subject for the verb's object: "said his record (...) speaks for itself".
        thing = object_child(verb)
        mistaken = thing is not None and thing.i < start and (not entry.takes("addressee") or _is_subject(thing, start))
        start = thing.left_edge.i if thing is not None and mistaken else start
    if start == cue_range(verb)[1]:
        start = _past_day(doc, start, clause)
    return complementiser_off(doc, _past_citation(doc, start), _before_occasion(clause, _end_of(verb, clause)))


def _is_subject(thing: Token, start: int) -> bool:
    """Tell an object right before a finite verb that is too new to be spoken to: "warned | a collapse would"."""
    return (
        thing.right_edge.i + 1 == start
        and thing.doc[start].tag_ in FINITE
        and thing.left_edge.lower_ in {"a", "an", "any", "such", "this", "more", "no", "another", "further"}
    )


def _past_day(doc: Doc, start: int, clause: Token) -> int:
    """Step over the day of the utterance between cue and clause: "said | two weeks ago | it was likely"."""
    for child in clause.lefts:
        if child.left_edge.i != start or child.dep_ not in {"npadvmod", "advmod", "prep", "tmod"}:
            continue
        end = child.right_edge.i + 1
        words = {token.lower_ for token in doc[start:end]}
        if doc[end].text == "," or not words & DAYS or words & {"next", "before", "until", "since"}:
            return start
        return end
    return start


def _before_occasion(clause: Token, end: int) -> int:
    """Leave out where it was said: ", in an interview with the daily", ", speaking to reporters"."""
    doc = clause.doc
    for index in range(clause.i + 1, end - 2):
        if doc[index].text != ",":
            continue
        head = doc[index + 1]
        spoke = head.lower_ == "speaking" and head.dep_ == "advcl"
        thing = next((child for child in head.rights if child.dep_ == "pobj"), None) if head.lower_ in PLACES else None
        if (spoke or (thing is not None and thing.lower_ in OCCASIONS)) and head.right_edge.i + 1 >= end:
            return index
    return end


def _past_citation(doc: Doc, start: int) -> int:
    """Step over whose words are carried: "reported, | citing officials, | that"."""
    at = start
    while at < len(doc) and doc[at].text == ",":
        at += 1
    if at >= len(doc) or doc[at].lower_ not in {"citing", "quoting"}:
        return start
    while at < len(doc) and doc[at].text != ",":
        at += 1
    return at


def _end_of(verb: Token, clause: Token) -> int:
    """Return where the clause ends: before what is coordinated with the cue, after what goes on with "and that"."""
    doc, end = verb.doc, clause.right_edge.i + 1
    for child in clause.rights:
        if child.dep_ == "conj" and is_own_deed(verb, clause, child):
            end = child.left_edge.i
            while end > clause.i + 1 and (doc[end - 1].is_punct or doc[end - 1].dep_ == "cc"):
                end -= 1
            return end
    following = next((child for child in verb.rights if child.dep_ == "ccomp" and child.left_edge.i == end), None)
    end = end if following is None else following.right_edge.i + 1  # "said they're fine | with however it plays out"
    end = _before_remark(clause, _past_break(doc, end, verb.sent.end))
    joint = end
    while joint < len(doc) and doc[joint].text == ",":
        joint += 1
    if joint + 1 < len(doc) and doc[joint].lower_ in {"and", "but", "or"} and doc[joint + 1].lower_ == "that":
        joined = next((child for child in doc[joint + 1].ancestors if child.i > joint), None)
        if joined is not None and joined.i > verb.i and joined.left_edge.i >= joint:
            return joined.right_edge.i + 1
    return end


def _before_remark(clause: Token, end: int) -> int:
    """Leave out a relative clause after a comma that closes the sentence: mostly the author's own background."""
    doc = clause.doc
    for index in range(clause.i + 1, end - 1):
        if doc[index].text == "," and doc[index + 1].lower_ in REMARKS:
            relative = next((token for token in doc[index + 1].ancestors if token.dep_ == "relcl"), None)
            if relative is not None and relative.i > index and relative.right_edge.i + 1 >= end:
                return index
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


def _loose_clause(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Find a clause that follows the verb although the parser did not hang it there."""
    doc, at = verb.doc, _skip_adverbials(verb, entry)
    opened = _marked(verb) or _mistaken_object(verb)
    if opened is not None:
        return opened
    if at >= len(doc) or doc[at].sent.start > verb.i:
        return None
    subject = _subject_at(doc, at)
    if subject is None:
        return _unclear_clause(verb, at) if entry.takes("bare") else None
    clause = subject.head
    if clause == verb:
        following = subject.right_edge.i + 1
        finite = following < len(doc) and doc[following].tag_ in {"VBD", "VBZ", "VBP", "MD"}
        return (at, verb.right_edge.i + 1) if finite and doc[following].pos_ in {"VERB", "AUX"} else None
    if clause.i < at or not has_own_subject(verb):
        return None
    end = clause.right_edge.i + 1
    return at, (end if end > at else verb.sent.end)


def _mistaken_object(verb: Token) -> tuple[int, int] | None:
    """Return a clause whose subject the parser took for an object: "warned | a base would be seen as a threat"."""
    thing = object_child(verb)
    if thing is None or thing.left_edge.i != verb.i + 1 or not _is_finite_at(verb.doc, thing.right_edge.i + 1):
        return None
    opening = verb.doc[thing.right_edge.i + 1]
    following = _lexical(opening)
    if opening.tag_ == "VBD" or following.head != verb or following.i < thing.i:
        return None
    return thing.left_edge.i, following.right_edge.i + 1


def _marked(verb: Token) -> tuple[int, int] | None:
    """Return a clause that "that" or a condition opens."""
    that = _that_ahead(verb)
    if that is not None:
        return that.i + 1, max(that.head.right_edge.i, that.i) + 1
    return _mistaken_that(verb) or _after_condition(verb) or _after_comma(verb)


def _after_comma(verb: Token) -> tuple[int, int] | None:
    """Return words set off by a comma where quote marks might stand: "and I said, | look, this will not do"."""
    doc, at = verb.doc, verb.i + 1
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or at + 2 >= len(doc) or doc[at].text != "," or doc[at + 1].is_quote:
        return None
    before = doc[subject.left_edge.i - 1] if subject.left_edge.i else None
    if before is not None and before.text in {",", "—", "–", "--", "("}:
        return None  # a parenthesis
    end = verb.sent.end
    opened = any(
        token.dep_ in {"nsubj", "nsubjpass", "expl"} for token in doc[at + 1 : min(end, at + REACH_OF_SUBJECT)]
    )
    return (at + 1, end) if opened and doc[at + 1].tag_ not in {"VBG", "CC"} else None


def _that_ahead(verb: Token) -> Token | None:
    """Return the "that" which opens the content, with at most an addressee and adverbials before it."""
    doc = verb.doc
    for token in doc[verb.i + 1 : verb.i + 1 + REACH_OF_THAT]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > token.i:
            return token
        inserted = token.dep_ in {"acl", "advcl"} and token.tag_ in {
            "VBN",
            "VBD",
        }  # "a statement | carried by the agency"
        if (token.pos_ in {"VERB", "AUX"} and not inserted) or token.text in CLOSERS or token.is_quote:
            return None
    return None


def _mistaken_that(verb: Token) -> tuple[int, int] | None:
    """Return a clause whose "that" the parser took for a pronoun: "say | that account, and others, show"."""
    doc, at = verb.doc, verb.i + 1
    if at >= len(doc) or doc[at].lower_ != "that" or doc[at].tag_ not in {"IN", "DT"} or doc[at].dep_ == "mark":
        return None
    end = verb.sent.end
    finite = any(token.tag_ in FINITE or token.tag_ == "VB" for token in doc[at + 2 : end])
    return (at, end) if finite and end - at >= LONG_OBJECT else None


def _after_condition(verb: Token) -> tuple[int, int] | None:
    """Return a clause that a condition opens: "saying, | if elected, he would resign"."""
    doc, at = verb.doc, verb.i + 1
    if at + 1 >= len(doc) or doc[at].text != "," or doc[at + 1].lower_ not in CONDITIONS:
        return None
    end = verb.sent.end
    comma = next((token.i for token in doc[at + 2 : end] if token.text == ","), None)
    main = comma is not None and any(
        token.tag_ in FINITE for token in doc[comma + 1 : min(end, comma + REACH_OF_SUBJECT)]
    )
    return (at + 1, end) if main else None


def _unclear_clause(verb: Token, at: int) -> tuple[int, int] | None:
    """Return what the parser read as a long object or a gerund: "said keeping the fleet there provokes nobody"."""
    for child in verb.rights:
        length = child.right_edge.i - child.left_edge.i + 1
        if child.left_edge.i != at or child.lower_ in EMPTY_OBJECTS:
            continue
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and _is_finite_at(verb.doc, child.right_edge.i + 1):
            return at, _limit_of_clause(verb.doc, child.right_edge.i + 1)
        if length < LONG_OBJECT and not _is_echo(child):
            continue
        if child.dep_ == "dobj" or (child.dep_ == "xcomp" and child.tag_ == "VBG"):
            return at, child.right_edge.i + 1
    return None


def _is_echo(thing: Token) -> bool:
    """Tell what repeats somebody's words about another: "say | the same of the union"."""
    return thing.lower_ in {"same", "opposite", "reverse"} and any(
        child.lower_ in {"of", "about", "for"} for child in thing.rights
    )


def _is_finite_at(doc: Doc, index: int) -> bool:
    return index < len(doc) and doc[index].tag_ in FINITE


def _limit_of_clause(doc: Doc, index: int) -> int:
    """Return the end of the clause whose verb the parser hung elsewhere: "said | using a private server was wrong"."""
    return max(index + 1, max(child.right_edge.i for child in (doc[index], _lexical(doc[index]))) + 1)


def _lexical(verb: Token) -> Token:
    return verb.head if verb.dep_ in {"aux", "auxpass"} else verb


def _skip_adverbials(verb: Token, entry: Cue) -> int:
    at = cue_range(verb)[1]
    for child in verb.rights:
        addressed = child.dep_ in {"dobj", "dative"} and entry.takes("addressee")
        short = child.dep_ == "prep" and child.right_edge.i - child.i <= LONGEST_ADVERBIAL
        if child.left_edge.i == at and (child.dep_ in ADVERBIALS or addressed or short):
            at = child.right_edge.i + 1
    return at


def _subject_at(doc: Doc, at: int) -> Token | None:
    for token in doc[at : at + REACH_OF_SUBJECT]:
        if token.dep_ in SUBJECTS and token.left_edge.i == at and token.head.i > token.i - REACH_OF_SUBJECT:
            return token
        if token.text in {",", ".", ":", ";"} or token.pos_ == "VERB":
            return None
    return None


def _before_cue(verb: Token, entry: Cue, clause: Token) -> tuple[int, int] | None:
    """Return a clause that stands before its cue: it ends where the cue's own phrase begins."""
    if any(child.dep_ == "mark" and child.lower_ != "that" for child in clause.lefts):
        return None
    doc, limit = verb.doc, verb.i
    for child in verb.lefts:
        if child.i > clause.i and child.left_edge.i > clause.i:
            limit = min(limit, child.left_edge.i)
    start, end = trim(doc, clause.left_edge.i, min(limit, clause.right_edge.i + 1))
    return (start, end) if end < len(doc) and doc[end].is_punct and is_closed(verb, entry) else None
