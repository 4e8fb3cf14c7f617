"""The frame of a bare sentence: who says (warns, demands ...) what to whom, where the sentence tells it."""

from dataclasses import dataclass

from extractors.escalation.grammar.condition import subtree
from extractors.escalation.grammar.parse import AUXILIARIES, QUOTES, SUBJECTS, Words
from extractors.escalation.grammar.sides import FIRST_PERSON, SECOND_PERSON
from extractors.escalation.lexicon import Cue, EscalationLexicon

ADDRESSEES = frozenset({"dobj", "dative"})
CONTENT_CLAUSES = frozenset({"ccomp", "parataxis"})
SPEAKING = frozenset({"say", "report", "ask", "warn", "deny", "blame"})
PARTICLE_WINDOW = 4
QUOTED_AT_LEAST = 3
MODAL_TAG = "MD"
PRONOUNS = frozenset({"he", "she", "they", "it"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The cue and the speaker a sentence names; without them all of it is somebody's own words."""

    content: tuple[range, ...]
    cue: int | None = None
    speaker: str = ""
    addressee: tuple[int, ...] = ()
    is_direct: bool = True


def find_frame(words: Words, lexicon: EscalationLexicon) -> Frame:
    """Find the verb of speaking with a subject of its own; a first person speaks for himself and is no frame."""
    for root in (index for index in range(len(words)) if words.head[index] == index):
        for index in (root, *(one for one in words.children[root] if words.dep[one] in CONTENT_CLAUSES)):
            subject = _speaking_subject(words, lexicon, index)
            if subject is not None:
                return _frame(words, index, subject)
    return Frame((range(len(words)),), is_direct=not _is_about_him(words))


def _is_about_him(words: Words) -> bool:
    """Tell whether he or she is the speaker ("he agreed to a summit"): nobody says "I" or "we"."""
    if any(word in FIRST_PERSON for word in words.lower):
        return False
    roots = (index for index in range(len(words)) if words.head[index] == index)
    subjects = (words.child(root, SUBJECTS) for root in roots)
    return any(subject is not None and words.lower[subject] in {"he", "she"} for subject in subjects)


def _speaking_subject(words: Words, lexicon: EscalationLexicon, index: int) -> int | None:
    """Return who speaks where the verb tells of speaking: somebody, and not what he ought to or will say."""
    if not words.is_verbal(index) or words.lemma[index] not in lexicon.cues:
        return None
    cue = lexicon.cue_for(words.lemma[index], words.lower[index + 1 : index + 1 + PARTICLE_WINDOW])
    subject = words.child(index, SUBJECTS)
    if cue is None or subject is None or not _is_told(words, index):
        return None
    if not _speaks(cue) and not (cue.mode == "not" and _is_to_speak(words, lexicon, index)):
        return None
    if any(words.dep[one] == "mark" and words.lower[one] in {"if", "unless"} for one in words.children[index]):
        return None
    below = {words.lower[one] for one in subtree(words, subject)}
    return None if below & (FIRST_PERSON | SECOND_PERSON) else subject


def _speaks(cue: Cue) -> bool:
    return cue.category is not None or cue.mode in SPEAKING


def _is_to_speak(words: Words, lexicon: EscalationLexicon, index: int) -> bool:
    """Tell whether what somebody will not do is to speak: "declined to comment"."""
    below = words.child(index, frozenset({"xcomp"}))
    cue = None if below is None else lexicon.cue_for(words.lemma[below])
    return cue is not None and cue.mode in SPEAKING


def _is_told(words: Words, index: int) -> bool:
    """Tell a report from what is still to be said: "they will say" is none, "would not say" is one."""
    modals = [one for one in words.children[index] if words.tag[one] == MODAL_TAG and words.dep[one] in AUXILIARIES]
    return words.tag[index] != "VB" or not modals or {words.lower[one] for one in modals} == {"would"}


def _frame(words: Words, cue: int, subject: int) -> Frame:
    quoted = _quoted(words)
    content = quoted or (range(len(words)),)
    tokens = sorted(subtree(words, subject))
    speaker = words.quote(tokens[0], tokens[-1])
    return Frame(content, cue, speaker, _addressee(words, cue), bool(quoted))


def _quoted(words: Words) -> tuple[range, ...]:
    """Return the quoted stretches where quotation marks hold a whole clause."""
    marks = [index for index in range(len(words)) if words.lower[index] in QUOTES]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    parts = tuple(range(first + 1, last) for first, last in pairs if last - first > QUOTED_AT_LEAST)
    return parts if any(words.is_finite(index) for part in parts for index in part) else ()


def _addressee(words: Words, cue: int) -> tuple[int, ...]:
    for one in words.children[cue]:
        if words.dep[one] in ADDRESSEES and words.pos[one] in {"PROPN", "PRON"}:
            return tuple(sorted(subtree(words, one)))
    return ()
