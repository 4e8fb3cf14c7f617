"""Who a cue's syntax names as its speaker: the noun phrase, wherever the clause has put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.coordination import SUBJECTS, is_own_deed
from extractors.statements.cue_lexicon import CueLexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
# Dependencies under which a verb without a subject has that of its governor.
SHARING = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "prep", "parataxis"})
# Modifiers kept to the right of the head; relative and participial clauses go, and a phrase that grows past this too.
RIGHT_KEPT = frozenset(
    {"prep", "appos", "conj", "cc", "punct", "nmod", "case", "npadvmod", "nummod", "compound", "poss", "det"}
)
CARRYING = frozenset({"quote", "cite"})  # verbs of outlets that carry somebody else's words
SURNAMES = frozenset({"May", "Will"})
CROWDS = frozenset({"many", "some", "others", "several", "few", "most"})
LONGEST_PHRASE = 16
TOPPED = frozenset({"compound", "poss", "amod", "nmod", "det", "pobj", "prep", "appos"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
CLIMB = 8  # bounds every walk up the tree


def noun_phrase(head: Token, cue: Token | None = None) -> tuple[int, int]:
    """Return the token range of the head's phrase, cut short before clauses, long appositions and its own cue."""
    start = _left(head)
    end = head.i + 1
    for child in head.rights:
        kept = child.dep_ in RIGHT_KEPT or _is_close_modifier(child, cue)
        if not kept or child.right_edge.i >= start + LONGEST_PHRASE:
            break
        if (
            child.dep_ == "prep"
            and child.lower_ in {"as", "with", "after", "before", "during", "since", "in"}
            and not _close(child)
        ):
            break
        end = child.right_edge.i + 1
    if head.dep_ == "poss" and end > head.i + 1 and head.doc[end - 1].dep_ == "case":
        end -= 1
    end = _before_clause(head, end)
    while end > head.i + 1 and (head.doc[end - 1].is_punct or head.doc[end - 1].dep_ == "cc"):
        if head.doc[end - 1].text in {")", "]"}:
            break
        end -= 1
    return start, end


def _is_close_modifier(child: Token, cue: Token | None) -> bool:
    """Tell what marks off whom is meant: "people | familiar with the talks", "a poll | taken in May"."""
    if cue is not None and child.left_edge.i <= cue.i <= child.right_edge.i:
        return False  # "the group | calling for"
    if child.nbor(-1).text == "," or child.lemma_ in CARRYING or any(part.dep_ == "ccomp" for part in child.children):
        return False
    return child.dep_ == "amod" or (child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"})


def _before_clause(head: Token, end: int) -> int:
    """Cut the phrase off before a participle or relative clause that a deeper noun carries: ", speaking to"."""
    doc = head.doc
    for index in range(head.i + 1, end - 1):
        if doc[index].text == "," and (doc[index + 1].tag_ in {"VBG", "VBN"} or doc[index + 1].lower_ in RELATIVES):
            return index
    return end


def _left(head: Token) -> int:
    start = head.left_edge.i
    while (
        start < head.i
        and (
            head.doc[start].is_punct or head.doc[start].dep_ in {"cc", "preconj", "advmod"} or _is_when(head.doc[start])
        )
        and head.doc[start].text not in "[($"
    ):
        start += 1
    return start


def _is_when(token: Token) -> bool:
    """Tell a day that the parser took into the name behind it: "On | Friday UN envoy Ada Roe told"."""
    is_in_name = token.dep_ == "compound" and token.tag_ == "NNP" and token.ent_type_ == "DATE"
    return is_in_name and token.i > 0 and token.nbor(-1).pos_ == "ADP"


def _close(prep: Token) -> bool:
    return prep.lower_ == "in" and prep.right_edge.i - prep.i <= 4


def find_source(cue: Token, lexicon: CueLexicon) -> Token | None:
    """Return the head of the speaker's noun phrase for a verb, None where the text names nobody."""
    found = _cited(cue) or _subject_above(cue, lexicon) or _beside(cue)
    if found is not None and found.lemma_.lower() in lexicon.mute and not any(found == one for one in cue.lefts):
        return _user_of(found, lexicon) or found
    return found


def _beside(cue: Token) -> Token | None:
    """Return the noun phrase in front of a finite verb that the parser left without a subject."""
    alone = cue.tag_ in FINITE and not any(child.dep_ in SUBJECTS | {"aux", "auxpass"} for child in cue.children)
    if not alone or cue.dep_ in {"conj", "amod"} or cue.i == 0:
        return None
    doc, start = cue.doc, cue.sent.start
    if doc[cue.i - 1].text == ",":
        comma = next((token.i for token in doc[start : cue.i] if token.text == ","), cue.i - 1)
        return noun_beside(doc, start, comma, leftward=True)
    return noun_beside(doc, start, cue.i, leftward=True)


def _user_of(thing: Token, lexicon: CueLexicon) -> Token | None:
    """Return who is behind the thing a participle hangs on: "Seoul ended the talks, saying", "a habit of saying"."""
    verb = thing.head.head if thing.dep_ == "pobj" else thing.head
    if thing.dep_ not in {"dobj", "pobj", "attr"} or verb.pos_ not in {"VERB", "AUX"}:
        return None
    return _subject_above(verb, lexicon)


def _subject_above(cue: Token, lexicon: CueLexicon) -> Token | None:
    """Return the verb's subject or that of the verbs it hangs on."""
    verb: Token | None = cue
    for _ in range(CLIMB):
        if verb is None or verb.pos_ not in {"VERB", "AUX"}:
            return None
        subject = _own_subject(verb)
        if subject is not None:
            return _author(_resolve(subject, verb), lexicon)
        if _is_passive(verb):
            return None
        if verb.dep_ in {"acl", "relcl"}:
            return _document_author(verb.head, lexicon)
        if verb.dep_ == "pcomp" and (found := _beside_preposition(verb)) is not None:
            return found
        verb = _governor(verb)
    return None


def _governor(verb: Token) -> Token | None:
    """Return the verb whose subject a subjectless one shares."""
    if verb.dep_ == "pcomp":
        return verb.head.head
    if verb.dep_ == "conj" and verb.head.dep_ == "ccomp":
        reporter = verb.head.head
        if _is_passive(verb.head) or is_own_deed(reporter, verb.head, verb):
            return reporter
    if _reports_on(verb):
        return verb.head.head  # "said the port was shut, adding": the speaker adds, not the port
    if verb.dep_ == "xcomp" and verb.head.dep_ in {"acomp", "oprd"}:
        return verb.head.head  # "was quick to reject"
    if verb.dep_ == "amod" or (verb.dep_ == "advcl" and verb.head.pos_ == "ADV"):
        return next((token for token in verb.ancestors if token.pos_ == "VERB"), None)  # "went so far as to say"
    return verb.head if verb.dep_ in SHARING and verb.head != verb else None


def _reports_on(verb: Token) -> bool:
    """Tell a participle after a comma that goes on with the report around its clause."""
    before = verb.i - 1
    while before > 0 and verb.doc[before].is_quote:
        before -= 1
    after_comma = before >= 0 and verb.doc[before].text == ","
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.dep_ == "ccomp" and after_comma


def _beside_preposition(verb: Token) -> Token | None:
    """Return who speaks in "the envoy was quoted as saying" and "his reason for saying"."""
    carrier = verb.head.head
    if carrier.pos_ in {"NOUN", "PROPN"}:
        return carrier
    if carrier.lemma_ not in CARRYING:
        return None
    carried = _child(carrier, "nsubjpass") or _child(carrier, "dobj")
    return None if carried is None else _resolve(carried, carrier)


def _cited(verb: Token) -> Token | None:
    """Return whose words an outlet carries: "the agency reported, citing two officials, that"."""
    if verb.lemma_ != "report":
        return None
    for child in verb.doc[verb.i + 1 : verb.i + 3]:
        if child.lower_ in {"citing", "quoting"}:
            return _child(child, "dobj") or _child(child, "pobj")
    return None


def _own_subject(verb: Token) -> Token | None:
    if _is_passive(verb):
        return _agent(verb)
    return _child(verb, "nsubj") or mistaken_subject(verb)


def mistaken_subject(verb: Token) -> Token | None:
    """Return a subject the parser took for something else: "May said", "many argue"."""
    if verb.i == 0:
        return None
    before = verb.nbor(-1)
    if before.tag_ == "MD" and before.text in SURNAMES and verb.tag_ in {"VBD", "VBN", "VBZ"}:
        return before
    return before if before.lower_ in CROWDS and before.dep_ == "amod" and before.head == verb else None


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children)


def _agent(verb: Token) -> Token | None:
    by = _child(verb, "agent")
    return None if by is None else _child(by, "pobj")


def _child(token: Token, dep: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == dep), None)


def object_of(preposition: Token) -> Token | None:
    """Return the noun a preposition governs."""
    return _child(preposition, "pobj")


def _resolve(subject: Token, verb: Token) -> Token:
    """Follow a relative pronoun to what it stands for."""
    if subject.lower_ in RELATIVES and verb.dep_ in {"relcl", "acl", "ccomp", "conj", "advcl"}:
        clause = verb
        for _ in range(CLIMB):
            if clause.dep_ in {"relcl", "acl"}:
                return clause.head
            if clause.head == clause:
                break
            clause = clause.head
    return subject


def _author(subject: Token, lexicon: CueLexicon) -> Token:
    """Return who a document is from where its phrase says so: "reports from officials"."""
    if subject.lemma_.lower() not in lexicon.documents:
        return subject
    by = next((child for child in subject.rights if child.dep_ == "prep" and child.lower_ in {"by", "from"}), None)
    return subject if by is None else _child(by, "pobj") or subject


def _document_author(noun: Token, lexicon: CueLexicon) -> Token:
    """Return who put out the document, where the sentence says so: "Seoul issued a statement saying"."""
    if noun.lemma_.lower() not in lexicon.documents:
        return noun
    owner = _child(noun, "poss")
    if owner is not None:
        return owner
    verb = noun.head
    if verb.pos_ == "ADP" and verb.head.pos_ == "VERB":
        verb = verb.head
    if (
        verb.pos_ == "VERB"
        and (noun.dep_ == "dobj" or verb.lemma_ in {"say", "write"})
        and verb.lemma_ in lexicon.issuers | {"say"}
    ):
        return _child(verb, "nsubj") or (_child(verb.head, "nsubj") if verb.dep_ == "conj" else None) or noun
    by = next((child for child in noun.children if child.dep_ == "prep" and child.lower_ in {"by", "from"}), None)
    return noun if by is None else _child(by, "pobj") or noun


def noun_beside(doc: Doc, start: int, end: int, *, leftward: bool) -> Token | None:
    """Return the head of the first noun phrase in a token range: what follows an inverted verb, or comes before one."""
    order = range(end - 1, start - 1, -1) if leftward else range(start, end)
    depth = 0
    for index in order:
        token = doc[index]
        depth += (token.text == ")") - (token.text == "(")
        if depth:
            continue  # "Roe (R-Ohio) said"
        if (
            token.pos_ in {"NOUN", "PROPN", "PRON"}
            and token.text[0].isalnum()
            and token.ent_type_ not in {"DATE", "TIME"}
        ):
            return _top(token, start, end)
        if token.pos_ in {"VERB", "ADP"}:
            return None
    return None


def _top(token: Token, start: int, end: int) -> Token:
    noun = token
    while token.dep_ in TOPPED and start <= token.head.i < end:
        token = token.head
        noun = noun if token.pos_ == "ADP" else token
    return noun  # "On Friday the envoy told": never the preposition


def noun_owner(noun: Token) -> Token | None:
    """Return who made the noun's statement: the possessor, a by-phrase, or the subject of its light verb."""
    for child in noun.children:
        if child.dep_ == "poss" and child.ent_type_ not in {"DATE", "TIME"}:
            return _subject_for(child, noun)
        if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            return _child(child, "pobj")
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in {
        "make",
        "issue",
        "repeat",
        "renew",
        "voice",
        "reiterate",
        "give",
        "deliver",
        "send",
        "release",
    }:
        return next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    return None


def _subject_for(owner: Token, noun: Token) -> Token:
    """Return the sentence's subject for "its" and "their": "Beijing repeated its demand"."""
    if owner.pos_ != "PRON" or noun.dep_ != "dobj":
        return owner
    return _child(noun.head, "nsubj") or owner
