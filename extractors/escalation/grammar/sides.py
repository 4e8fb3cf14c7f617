"""Whose deed a verb is: the speaker's own side's, somebody else's, or nobody's that the text names."""

from typing import Literal, TypeAlias

from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.statement import Reading

Side: TypeAlias = Literal["own", "other", "none"]

FIRST_PERSON = frozenset({"we", "i", "us", "our", "ours", "my", "me", "ourselves"})
SECOND_PERSON = frozenset({"you", "your", "yours"})
# whoever is meant, it is not the speaker
OTHERS = frozenset({"those", "anyone", "anybody", "whoever", "whosoever", "them", "someone", "somebody"})
THIRD_PERSON = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
AGENT = frozenset({"agent"})
RELATIVE = frozenset({"that", "which", "who", "whom"})
# what follows these tells where, at whom or with whom, not whose: "a ship in our waters" is not ours
DIRECTED = frozenset(
    {
        "on",
        "against",
        "at",
        "upon",
        "in",
        "into",
        "near",
        "off",
        "over",
        "across",
        "around",
        "along",
        "inside",
        "within",
    }
    | {"to", "toward", "towards", "for", "with", "opposite", "under", "about"}
)
# who acts in these ways towards "us" is not one of us
FACING = frozenset({"against", "opposite", "at", "upon", "off"})
FOREIGN = frozenset(
    {"foreign", "other", "opposing", "hostile", "rival", "invading", "occupying", "neighbouring", "neighboring"}
)
OFFICES = frozenset({"ministry", "minister", "office", "policy", "secretary", "service", "department", "affairs"})
COLLECTIVES = frozenset(
    {"army", "military", "government", "police", "navy", "force", "council", "team", "ministry", "command", "group"}
    | {"militia", "taliban", "hamas", "hezbollah", "union", "alliance", "junta", "side", "movement"}
)
NOUN_STEPS = 3


def side_of_verb(reading: Reading, verb: int, *, is_means: bool = False) -> Side:
    """Return who does what the verb says; a passive is asked for its agent, then for its patient.

    Whoever suffers a deed did not do it; but where the patient is the means (``is_means``: troops, arms), it is his.
    """
    words = reading.words
    subject = find_subject(reading, verb)
    agent = words.child(verb, AGENT)
    if agent is not None:
        return side_of_noun(reading, _object_of(reading, agent))
    if subject is None:
        return "none"
    if words.dep[subject] == "nsubjpass":
        patient = side_of_noun(reading, subject)
        if is_means:
            return patient
        return "other" if patient == "own" else "none"
    side = side_of_noun(reading, subject)
    return "other" if side == "none" and _is_done_to_us(reading, verb, subject) else side


def _is_done_to_us(reading: Reading, verb: int, subject: int) -> bool:
    """Tell whether it comes against the speaker's own: whoever moves guns opposite "our" camp is another."""
    words = reading.words
    if not reading.is_direct or words.pos[subject] == "PRON":
        return False
    facing = (one for one in words.children[verb] if words.dep[one] == "prep" and words.lower[one] in FACING)
    hit = (words.child(one, frozenset({"pobj"})) for one in facing)
    return any(one is not None and FIRST_PERSON & _owners(reading, one) for one in hit)


def _owners(reading: Reading, noun: int) -> set[str]:
    words = reading.words
    return {words.lower[one] for one in (noun, *words.children[noun]) if one == noun or words.dep[one] == "poss"}


def find_subject(reading: Reading, verb: int) -> int | None:
    """Return the subject of a verb, through conjunctions, control and relative clauses."""
    words = reading.words
    for _ in range(NOUN_STEPS + 1):
        subject = words.child(verb, SUBJECTS)
        if subject is not None and words.lower[subject] not in RELATIVE:
            return subject
        if words.dep[verb] == "relcl":
            return words.head[verb]
        if words.dep[verb] not in {"conj", "xcomp", "advcl", "acl", "aux", "pcomp", "prep", "dep", "acomp", "attr"}:
            return None
        if words.dep[verb] == "advcl" and _has_marker(reading, verb):
            return None
        if words.dep[verb] == "acl" and words.pos[words.head[verb]] in {"NOUN", "PROPN"} and words.tag[verb] == "VBG":
            return words.head[verb]
        verb = words.head[verb]
    return None


def _has_marker(reading: Reading, verb: int) -> bool:
    return any(reading.words.dep[one] == "mark" for one in reading.words.children[verb])


def _object_of(reading: Reading, index: int) -> int:
    child = reading.words.child(index, frozenset({"pobj"}))
    return index if child is None else child


def side_of_noun(reading: Reading, index: int) -> Side:  # noqa: PLR0911 - an answer a line, the surest first
    """Return whose a noun phrase is: by its pronouns, the speaker's own names, and the countries in it."""
    words = reading.words
    lower = words.lower[index]
    if lower in FIRST_PERSON:
        return "own"
    if lower in SECOND_PERSON or lower in OTHERS:
        return "other"
    if lower in THIRD_PERSON:
        return _side_of_pronoun(reading, index)
    below = _noun_phrase(reading, index)
    names = {words.lower[one] for one in below}
    if names & FIRST_PERSON:  # "our army", but "our partners"
        return "other" if lower in reading.feature("not_us") else "own"
    if names & FOREIGN and lower not in OFFICES:  # "foreign troops", but "the foreign ministry"
        return "other"
    if names & SECOND_PERSON or names & reading.feature("enemies"):
        return "other"
    if reading.is_direct and names & {"their", "his", "her"}:
        return "other"
    return _side_of_names(reading, below)


def _side_of_pronoun(reading: Reading, index: int) -> Side:
    """In indirect speech "it" and "he" are the speaker; in a quote they are somebody else."""
    if reading.is_direct:
        is_own_text = reading.cue is None and not reading.is_bare  # a document may speak of its issuer as "he"
        singular = {"it", "he", "she"} if is_own_text else {"it"}
        return "none" if reading.words.lower[index] in singular else "other"
    if reading.words.lower[index] in {"they", "their"} and not _are_many(reading.voice.text):
        return "none"  # he who speaks alone does not call himself "they"
    return "own"


def _are_many(name: str) -> bool:
    """Tell whether a speaker is several, or a body of many, so that "they" may be himself."""
    words = name.lower().split()
    return not words or " and " in name or words[-1].endswith("s") or not COLLECTIVES.isdisjoint(words)


def _side_of_names(reading: Reading, below: list[int]) -> Side:
    words, places = reading.words, reading.places or {}
    own = reading.voice.words
    lead = below[0]
    codes = [places[one] for one in below if one in places]
    is_operation = any(words.lower[one] == "operation" for one in below)
    if reading.voice.countries and codes:
        return "own" if not reading.voice.countries.isdisjoint(codes) else "other"
    if not codes and is_operation:
        return "own"  # who calls an operation by its name and nobody's tells of his own: "Operation Salt Wind"
    proper = [one for one in below if words.pos[one] == "PROPN" or one in places]
    if any(words.lower[one] in own or _shares_stem(words.lower[one], own) for one in proper):
        return "own"
    if words.lower[lead] in reading.feature("institutions"):
        return "own"
    if proper:
        return "other" if reading.voice.is_known else "none"
    return "none"


def _shares_stem(word: str, own: frozenset[str]) -> bool:
    """Country and demonym mostly share four letters (Iran, Iranian); where no list of places is loaded."""
    if len(word) >= 4:
        return any(len(one) >= 4 and one[:4] == word[:4] for one in own)
    return any(one.startswith(word) for one in own)  # EU, European


def doer_of_noun(reading: Reading, index: int) -> Side:
    """Return whose deed a noun tells of: "his attacks on the plan", "strikes by our jets"."""
    words = reading.words
    for one in words.children[index]:
        if words.dep[one] == "poss":  # "its invasion": whose "its" is, the parse does not tell
            return "none" if words.lower[one] in THIRD_PERSON else side_of_noun(reading, one)
        if words.dep[one] in {"prep", "agent"} and words.lower[one] in {"by", "from"}:
            return side_of_noun(reading, _object_of(reading, one))
    return "none"


def _noun_phrase(reading: Reading, index: int) -> list[int]:
    """Return the noun with what tells whose it is, without those it is directed at."""
    words = reading.words
    found, level = [index], [index]
    for _ in range(NOUN_STEPS):
        level = [
            below
            for one in level
            for below in words.children[one]
            if words.dep[below] in {"poss", "compound", "amod", "prep", "pobj", "conj", "nmod", "det"}
            and words.lower[below] not in DIRECTED
        ]
        found.extend(level)
    return found
