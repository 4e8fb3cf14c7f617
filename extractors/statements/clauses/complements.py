"""What a verb governs other than a finite clause: infinitives, gerunds, objects, prepositional phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.assertion import is_misread
from extractors.statements.attribution.source_spans import CARRYING, noun_owner
from extractors.statements.clauses.nouns import noun_content
from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import Cue, CueLexicon, Frame
from extractors.statements.drafts import trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

REFLEXIVES = frozenset(["himself", "herself", "itself", "themselves", "myself", "ourselves"])
NAMING = frozenset({"name", "identify", "quote"})
CONDITIONS = frozenset({"if", "unless", "until", "should", "once", "when", "provided"})
# Whom a government calls home: no words are recalled.
RECALLED = frozenset(
    {"ambassador", "envoy", "diplomat", "consul", "staff", "troop", "force", "team", "delegation", "official"}
)
DEADLINES = frozenset({"minute", "hour", "day", "week", "month", "fortnight", "deadline", "ultimatum"})
JUDGING = frozenset({"deny", "condemn", "support"})  # acts about a document; others only put it out
EMPTY_OBJECTS = (
    REFLEXIVES
    | frozenset({"it", "that", "this", "so", "them", "him", "her", "me", "us", "you", "what", "which", "who"})
    | frozenset({"nothing", "anything", "something", "everything", "one", "more", "much", "these", "those"})
)


def infinitive(verb: Token, entry: Cue) -> tuple[int, int] | None:
    if not entry.takes("infinitive"):
        return None
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and is_infinitive(child):
            if _is_purpose_of_object(verb, child, entry):
                return None
            to = next(part for part in child.lefts if part.dep_ == "aux" and part.lower_ == "to")
            if child.lemma_.lower() in NAMING and any(part.dep_ == "auxpass" for part in child.lefts):
                return None  # "asked not to be named"
            start = to.i - 1 if to.i and verb.doc[to.i - 1].dep_ == "neg" else to.i
            return start, _with_condition(verb, child.right_edge.i + 1)
    return None


def _is_purpose_of_object(verb: Token, task: Token, entry: Cue) -> bool:
    """Tell what a thing is for, after a verb whose object is the content: "threatened | a boycott | to win talks"."""
    thing = object_child(verb)
    if not entry.takes("object") or thing is None or thing.i > task.i:
        return False
    return thing.pos_ == "NOUN" and entry.class_of("infinitive") == "threat"


def _with_condition(verb: Token, end: int) -> int:
    """Return the end of a to-clause with the condition that follows it: "offered to stop | if talks resumed"."""
    condition = next((child for child in verb.rights if child.dep_ == "advcl" and child.left_edge.i == end), None)
    if condition is None or condition.left_edge.lower_ not in CONDITIONS:
        return end
    return condition.right_edge.i + 1


def is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


def phrase(verb: Token, entry: Cue, lexicon: CueLexicon) -> tuple[tuple[int, int], Frame] | None:
    """Return the range of the verb's content where that is no clause, and the frame it stands in."""
    if (drawn := _attention(verb) if entry.takes("attention") else None) is not None:
        return drawn, "attention"
    if _is_anonymous(verb) or _only_carries(verb):
        return None
    if (acted_on := _acted_on(verb, entry)) is not None:
        return acted_on, "object"
    frames: tuple[tuple[Frame, tuple[int, int] | None], ...] = (
        ("as", _as(verb) if entry.takes("as") else None),
        ("mark", _marked(verb) if entry.takes("mark") else None),
        ("pair", _pair(verb, entry) if entry.takes("pair") else None),
        ("silence", _silence(verb, lexicon) if entry.takes("silence") else None),
        ("deadline", _deadline(verb) if entry.takes("deadline") else None),
        ("name", _name(verb) if entry.takes("name") else None),
        ("preposition", _preposition(verb, entry) if entry.takes("preposition") else None),
        ("gerund", _gerund(verb) if entry.takes("gerund") else None),
        (
            "object",
            _object(verb, entry, lexicon) if entry.takes("object") and not _is_person_only(verb, entry) else None,
        ),
        ("voiced", _voiced(verb, entry, lexicon) if entry.takes("voiced") else None),
    )
    return next(((found, frame) for frame, found in frames if found is not None), None)


def _is_anonymous(verb: Token) -> bool:
    """Tell whether a passive names nobody who acted: "a group called", "was widely condemned"."""
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "advcl", "amod", "pcomp"}
    )
    return passive and not any(child.dep_ in {"agent", "nsubj"} for child in verb.children)


def _acted_on(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Return the subject of a passive that names who acted: "| The raid | was condemned by Cairo"."""
    if not entry.takes("object") or not any(child.dep_ == "agent" for child in verb.rights):
        return None
    thing = next((child for child in verb.lefts if child.dep_ == "nsubjpass"), None)
    if thing is None or thing.pos_ not in {"NOUN", "PROPN"} or thing.ent_type_ == "PERSON":
        return None
    return thing.left_edge.i, thing.right_edge.i + 1


def _only_carries(verb: Token) -> bool:
    """Tell "quoted him as saying": the participle is the cue."""
    return verb.lemma_ in CARRYING and any(
        child.tag_ == "VBG" and child.dep_ == "pcomp"
        for prep in verb.subtree
        if prep.lower_ == "as"
        for child in prep.rights
    )


def object_child(verb: Token) -> Token | None:
    """Return the verb's direct object."""
    if is_misread(verb):
        return verb.head
    return next((child for child in verb.rights if child.dep_ == "dobj"), None)


def _as(verb: Token) -> tuple[int, int] | None:
    thing = object_child(verb)
    as_phrase = next((child for child in verb.rights if child.dep_ == "prep" and child.lower_ == "as"), None)
    if as_phrase is None and thing is not None:
        as_phrase = next(
            (part for part in thing.subtree if part.lower_ == "as" and _opens_predicate(part, thing)), None
        )
    if as_phrase is None and (as_phrase := _as_before_adjective(verb)) is None:
        return None
    end = max(as_phrase.right_edge.i, as_phrase.head.right_edge.i if as_phrase.dep_ == "advmod" else 0) + 1
    start = as_phrase.i + 1
    if thing is not None and thing.i < as_phrase.i and thing.lower_ not in EMPTY_OBJECTS:
        start = max(thing.left_edge.i, verb.i + 1)
    return start, end


def _as_before_adjective(verb: Token) -> Token | None:
    """Return an "as" the parser took for "so": "described the mood | as | tense"."""
    for child in verb.rights:
        first = child.left_edge
        if child.pos_ in {"ADJ", "VERB"} and first.lower_ == "as" and first.dep_ == "advmod" and first.head == child:
            return first
    return None


def _opens_predicate(word: Token, thing: Token) -> bool:
    """Tell an *as*-phrase in an object that belongs to the verb: directly, or where quote marks follow it."""
    if word.dep_ != "prep" or word.i < thing.i:
        return False
    return word.head.i == thing.i or (word.i + 1 < len(word.doc) and word.nbor(1).is_quote)


def _marked(verb: Token) -> tuple[int, int] | None:
    """Return object and as-phrase where quote marks show that somebody put it so: saw it as “a trap”."""
    found = _as(verb)
    as_phrase = (
        None if found is None else next((token for token in verb.doc[verb.i : found[1]] if token.lower_ == "as"), None)
    )
    return found if as_phrase is not None and verb.doc[as_phrase.i + 1].is_quote else None


def _pair(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Return an object with its prepositional phrase: "attributed | the fire to sabotage"."""
    thing = object_child(verb) or next((child for child in verb.lefts if child.dep_ == "dobj"), None)
    if thing is None:
        return None
    prep = next((child for child in [*verb.rights, *thing.rights] if child.lower_ in entry.prepositions), None)
    if prep is None or prep.i < verb.i or not any(True for _ in prep.rights):
        return None
    named = thing.i > verb.i and thing.lower_ not in EMPTY_OBJECTS
    return (thing.left_edge.i if named else prep.i + 1), prep.right_edge.i + 1


def _attention(verb: Token) -> tuple[int, int] | None:
    """Return what attention is drawn to: "The envoy's attention was drawn to | the raid"."""
    if not any(child.lemma_.lower() == "attention" and child.dep_ in {"nsubjpass", "dobj"} for child in verb.children):
        return None
    noun = next(child for child in verb.children if child.lemma_.lower() == "attention")
    for prep in [*verb.rights, *noun.rights]:
        if prep.lower_ == "to" and prep.i > max(verb.i, noun.i) and any(True for _ in prep.rights):
            quoted = prep.nbor(-1).is_quote
            start, end = (prep.i if quoted else prep.i + 1), prep.right_edge.i + 1
            fact = [token.lower_ for token in verb.doc[start : start + 3]] == ["the", "fact", "that"]
            return (start + 3 if fact else start), end
    return None


def _silence(verb: Token, lexicon: CueLexicon) -> tuple[int, int] | None:
    """Return what was not said: "declined | to confirm the raid"."""
    for child in verb.rights:
        if child.dep_ == "xcomp" and is_infinitive(child) and child.lemma_.lower() in lexicon.withheld:
            parts = [part for part in child.children if part.dep_ == "auxpass" or part.lower_ == "further"]
            if parts or child.lemma_.lower() == "elaborate":
                return None  # "declined to be named", "did not elaborate": no answer, but after one
            to = next(part for part in child.lefts if part.dep_ == "aux" and part.lower_ == "to")
            return to.i, child.right_edge.i + 1
    return None


def _deadline(verb: Token) -> tuple[int, int] | None:
    """Return the time somebody is given with what he must do in it: "gave the envoys | 72 hours to leave"."""
    task = next((child for child in verb.rights if child.dep_ in {"xcomp", "advcl"} and is_infinitive(child)), None)
    time = next((child for child in verb.rights if _is_time_given(child)), None)
    if task is None:  # "gave it | a week to leave": the parser may hang the task on the time
        task = None if time is None else next((part for part in time.subtree if _is_task(part, time)), None)
    if task is None or time is None or not verb.i < time.i < task.i or not _is_told(verb, time):
        return None
    return time.left_edge.i, _with_condition(verb, task.right_edge.i + 1)


def _is_task(verb: Token, time: Token) -> bool:
    return verb.i > time.i and verb.dep_ in {"acl", "relcl", "xcomp", "advcl"} and is_infinitive(verb)


def _is_time_given(word: Token) -> bool:
    """Tell "72 hours", "a week", "until Friday"."""
    if word.dep_ == "prep":
        return word.lower_ in {"until", "till"}
    return word.dep_ in {"dobj", "npadvmod", "dative"} and word.lemma_.lower() in DEADLINES


def _is_told(verb: Token, time: Token) -> bool:
    """Tell whether somebody is given the time: "gave | the envoys | 72 hours"."""
    passive = any(child.dep_ == "nsubjpass" for child in verb.lefts)
    return passive or any(child.dep_ in {"dobj", "dative"} and child.i < time.i for child in verb.rights)


def _name(verb: Token) -> tuple[int, int] | None:
    """Return what is called something with what it is called: "called | the raid a crime"; "it" is left out."""
    things = [child for child in verb.rights if child.dep_ == "dobj"]
    if len(things) == 2 and things[0].right_edge.i + 1 == things[1].left_edge.i:
        return _with_named(things[0], things[1].left_edge.i), things[1].right_edge.i + 1
    for child in verb.rights:
        if child.dep_ in {"oprd", "attr", "acomp"} or (child.dep_ == "ccomp" and not is_infinitive(child)):
            inner = [part for part in child.lefts if part.dep_ in SUBJECTS]
            if child.ent_type_ in {"DATE", "TIME"} or (inner and inner[0].lower_ in REFLEXIVES):
                continue
            start = inner[0].right_edge.i + 1 if inner else child.left_edge.i
            named = inner[0] if inner else things[0] if things else None
            return (start if named is None else _with_named(named, start)), _with_adjuncts(verb, child.right_edge.i + 1)
    return None


def _with_named(thing: Token, start: int) -> int:
    """Return where a description begins together with the thing it describes, which stands right before it."""
    if thing.lower_ in EMPTY_OBJECTS - {"this"} or thing.right_edge.i + 1 != start:
        return start
    return thing.left_edge.i


def _preposition(verb: Token, entry: Cue) -> tuple[int, int] | None:
    thing = object_child(verb)
    preps = [child for child in verb.rights if child.dep_ == "prep"]
    if thing is not None:
        preps += [child for one in (thing, *thing.conjuncts) for child in one.rights if child.dep_ == "prep"]
    if (wanted := _for_clause(verb)) is not None and "for" in entry.prepositions:
        return wanted
    if thing is not None and entry.class_of("preposition") == "report":
        return None
    for prep in preps:
        if prep.lower_ in entry.prepositions and any(True for _ in prep.rights):
            addressed = thing is not None or any(child.dep_ == "nsubjpass" for child in verb.lefts)
            keeps = addressed or prep.lower_ == "against"
            return (prep.i if keeps else prep.i + 1), _with_adjuncts(verb, prep.right_edge.i + 1)
    return None


def _for_clause(verb: Token) -> tuple[int, int] | None:
    """Return what somebody calls for to happen: "called | for | talks to be resumed"."""
    for child in verb.rights:
        if child.dep_ not in {"advcl", "ccomp", "xcomp"} or not is_infinitive(child):
            continue
        mark = next((part for part in child.lefts if part.dep_ == "mark" and part.lower_ == "for"), None)
        if mark is not None and mark.i == verb.i + 1:
            return mark.i + 1, child.right_edge.i + 1
    return None


def _gerund(verb: Token) -> tuple[int, int] | None:
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG":
            return child.left_edge.i, child.right_edge.i + 1
    return None


def _object(verb: Token, entry: Cue, lexicon: CueLexicon) -> tuple[int, int] | None:
    thing = object_child(verb)
    if thing is None or (thing.lower_ in EMPTY_OBJECTS and not _has_reason(verb, entry)):
        return None
    if entry.lemma == "reserve" and (thing.lemma_ != "right" or verb.dep_ in {"ccomp", "xcomp", "relcl"}):
        return None  # "said it reserved the right" is one statement
    if entry.lemma == "recall" and thing.lemma_.lower() in RECALLED:
        return None
    asks = entry.class_of("object") == "demand"  # "demanded the letter", "demanded the release of the crew"
    if thing.lemma_.lower() in lexicon.documents and not asks and entry.class_of("object") not in JUDGING:
        return None
    noun = lexicon.nouns.get(thing.lemma_.lower())
    judges = entry.class_of("object") in JUDGING
    if noun is not None and not judges and noun_owner(thing) is not None and noun_content(thing, noun) is not None:
        return None  # "repeated its demand for": the noun reports it; "rejected the demand for" is the verb's
    voiced = _voiced_clause(thing) if thing.lemma_.lower() in lexicon.voiced else None
    last = _owned(verb, thing) or thing
    return voiced or (max(thing.left_edge.i, verb.i + 1), _with_adjuncts(verb, last.right_edge.i + 1))


def _has_reason(verb: Token, entry: Cue) -> bool:
    """Tell praise or blame that says what for: "applauded him for holding out"."""
    return entry.class_of("object") in {"condemn", "support", "accuse"} and any(
        child.dep_ == "prep" and child.lower_ in {"for", "over"} for child in verb.rights
    )


def _owned(verb: Token, owner: Token) -> Token | None:
    """Return what belongs to an owner whose bare apostrophe the parser missed: "lamented the voters’ | choice"."""
    mark = owner.i + 1
    if mark >= len(owner.doc) or owner.doc[mark].text not in {"’", "'"}:
        return None
    return next((child for child in verb.rights if child.dep_ == "dobj" and child.left_edge.i == mark + 1), None)


def _is_person_only(verb: Token, entry: Cue) -> bool:
    """Tell praise or blame of somebody without a word of what for: "criticised Ruiz at a rally"."""
    thing = object_child(verb)
    if (
        thing is None
        or thing.pos_ != "PROPN"
        or _owned(verb, thing) is not None
        or entry.class_of("object") not in {"condemn", "support", "accuse"}
    ):
        return False
    return not any(child.dep_ == "prep" and child.lower_ in {"for", "over"} for child in [*verb.rights, *thing.rights])


def _voiced(verb: Token, entry: Cue, lexicon: CueLexicon) -> tuple[int, int] | None:
    thing = object_child(verb)
    if thing is None or thing.lemma_.lower() not in lexicon.voiced:
        return None
    return _object(verb, entry, lexicon) if any(thing.rights) or entry.class_of("voiced") == "assert" else None


def _voiced_clause(noun: Token) -> tuple[int, int] | None:
    """Return the clause of a voiced noun: "hopes that the truce will last"."""
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp", "relcl"} and any(
            part.lower_ == "that" and part.dep_ == "mark" for part in child.lefts
        ):
            return complementiser_off(child.doc, child.left_edge.i, child.right_edge.i + 1)
    return None


def _with_adjuncts(verb: Token, end: int) -> int:
    """Return the end of a phrase with what the verb has beside it: "repercussions" + "for Seoul if it joins"."""
    for child in verb.rights:
        joins = (
            child.dep_ == "prep"
            or (child.dep_ == "advmod" and any(child.rights))
            or (child.dep_ == "advcl" and any(part.dep_ == "mark" or part.lower_ == "to" for part in child.lefts))
            or (child.dep_ == "xcomp" and is_infinitive(child))
        )
        if joins and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return end


def complementiser_off(doc: Doc, start: int, end: int) -> tuple[int, int]:
    start, end = trim(doc, start, end)
    if start < end and doc[start].lower_ == "that" and (doc[start].dep_ == "mark" or doc[start].tag_ == "IN"):
        start += 1
    return start, end
