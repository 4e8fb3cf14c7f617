"""The word above a deed that says how it is put, with its particle and its object."""

from dataclasses import replace

from extractors.escalation.grammar.forms import is_imperative
from extractors.escalation.grammar.negation import CHOICES, is_no_choice
from extractors.escalation.grammar.parse import Words
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Cue

PARTICLE_WINDOW = 4
OWNED = frozenset({"on", "upon", "for"})
GAINSAID = frozenset({"contradict", "dispute", "refute", "rebut", "debunk"})
WITHHELD = frozenset(
    {
        "chance",
        "opportunity",
        "access",
        "entry",
        "right",
        "haven",
        "use",
        "victory",
        "visa",
        "passage",
        "ability",
        "means",
    }
)


def cue_at(reading: Reading, index: int) -> Cue | None:
    """Return the lexicon's entry for the word, with its particle ("rule out", "call for") where it needs one."""
    words = reading.words
    lexicon = reading.lexicon
    lemma = words.lemma[index]
    if lemma not in lexicon.cues:
        lemma = words.lower[index]
        if lemma not in lexicon.cues:
            return None
    around = _particles(reading, index)
    if "to" in around and not (words.is_verbal(index) and _has_infinitive(reading, index)):
        around = tuple(word for word in around if word != "to")
    if lemma == "let" and not is_imperative(reading, index):
        return None
    if lemma in CHOICES and is_no_choice(words.lower[index : index + 3]) and words.lower[index - 1] == "no":
        return None
    cue = lexicon.cue_for(lemma, around)
    if cue is not None and cue.mode == "deny" and not _denies(reading, index):
        return None
    return None if cue is None else _by_object(reading, index, cue)


def _particles(reading: Reading, index: int) -> tuple[str, ...]:
    """Return the words behind a verb or noun; "on" and "for" only where they are its own: not "an assault on us"."""
    words = reading.words
    near = range(index + 1, min(index + 1 + PARTICLE_WINDOW, len(words)))
    return tuple(words.lower[one] for one in near if not _is_anothers(words, index, one))


def _is_anothers(words: Words, index: int, particle: int) -> bool:
    """Tell a particle that hangs on a noun between."""
    head = words.head[particle]
    if words.lower[particle] not in OWNED or not index < head < particle:
        return False
    return words.pos[head] in {"NOUN", "PROPN"} and words.dep[head] != "npadvmod"


def _denies(reading: Reading, index: int) -> bool:
    """Tell saying that something is untrue from withholding ("deny them a base") and from what deeds gainsay."""
    words = reading.words
    lemma = words.lemma[index]
    if lemma in GAINSAID and index != reading.cue:
        return False
    if lemma != "deny":
        return True
    if words.child(index, frozenset({"dative"})) is not None:
        return False
    withheld = (one for one in words.children[index] if words.dep[one] == "dobj")
    return not any(words.lemma[one] in WITHHELD or words.pos[one] == "PROPN" for one in withheld)


def _by_object(reading: Reading, index: int, cue: Cue) -> Cue:
    """Return the cue as its object makes it: a rejected allegation is denied, a dismissed offer is refused."""
    if cue.mode not in {"not", "deny"} or cue.category not in {"REJECT", "DENIAL"}:
        return cue
    words = reading.words
    objects = {
        words.lower[one]
        for one in words.children[index]
        if words.dep[one] in {"dobj", "nsubjpass", "attr", "prep", "xcomp"}
        for one in (one, *words.children[one])
    }
    if cue.mode == "not" and objects & reading.feature("allegations"):
        return replace(cue, mode="deny", category="DENIAL")
    if cue.mode == "deny" and objects & reading.feature("offers") and not objects & reading.feature("allegations"):
        return replace(cue, mode="not", category="REJECT")
    return cue


def _has_infinitive(reading: Reading, index: int) -> bool:
    """Tell whether the word governs a to-clause ("told them to leave"), and not merely stands before one."""
    words = reading.words
    clauses = (one for one in words.children[index] if words.dep[one] in {"xcomp", "ccomp", "acl", "advcl"})
    return any(words.lower[one] == "to" for clause in clauses for one in words.children[clause])
