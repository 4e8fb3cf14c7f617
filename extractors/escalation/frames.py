"""The frame of a bare sentence: who says (warns, demands ...) what to whom, where the sentence tells it."""

from dataclasses import dataclass

from extractors.escalation.condition import subtree
from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.sides import FIRST_PERSON
from extractors.escalation.words import QUOTES, SUBJECTS, Words

COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "prep", "dobj", "advcl", "oprd", "attr", "nsubjpass", "parataxis", "acl", "dative"}
)
ADDRESSEES = frozenset({"dobj", "dative"})
CONTENT_CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What is content and what is frame; without a cue all of the text is content."""

    content: tuple[range, ...]
    cue: int | None = None
    speaker: str = ""
    addressee: tuple[int, ...] = ()
    is_direct: bool = True


def find_frame(words: Words, lexicon: EscalationLexicon) -> Frame:
    """Find the reporting verb with a speaker of its own; a first person speaks for himself and is no frame."""
    whole = (range(len(words)),)
    for root in (index for index in range(len(words)) if words.dep[index] == "ROOT"):
        cue = _reporting_verb(words, lexicon, root)
        if cue is None:
            continue
        subject = words.child(cue, SUBJECTS)
        if subject is None or words.lower[subject] in FIRST_PERSON or _has_first_person(words, subject):
            continue
        return _frame(words, cue, subject)
    return Frame(whole, is_direct=_is_direct(words, range(len(words))))


def _reporting_verb(words: Words, lexicon: EscalationLexicon, root: int) -> int | None:
    """Return the root where it is a cue, or the cue beside it in a sentence with its quote first."""
    for index in (root, *(one for one in words.children[root] if words.dep[one] in CONTENT_CLAUSES)):
        lemma = words.lemma[index]
        if lemma in lexicon.cues and words.is_verbal(index) and _has_object(words, index):
            if lexicon.cue_for(lemma, words.lower[index + 1 : index + 4]) is not None:
                return index
    return None


def _has_object(words: Words, index: int) -> bool:
    return any(words.dep[one] in COMPLEMENTS for one in words.children[index])


def _has_first_person(words: Words, subject: int) -> bool:
    return any(words.lower[one] in FIRST_PERSON for one in subtree(words, subject))


def _frame(words: Words, cue: int, subject: int) -> Frame:
    frame_tokens = subtree(words, subject) | {cue}
    content = _quoted(words) or _complement(words, cue, frame_tokens)
    addressee = _addressee(words, cue)
    tokens = sorted(subtree(words, subject))
    speaker = words.quote(tokens[0], tokens[-1])
    is_direct = any(words.lower[index] in QUOTES for index in range(len(words))) and _is_all_quoted(words, content)
    return Frame(content, cue, speaker, addressee, is_direct)


def _quoted(words: Words) -> tuple[range, ...]:
    """Return the quoted stretches where quotation marks hold a whole clause."""
    marks = [index for index in range(len(words)) if words.lower[index] in QUOTES]
    parts = tuple(range(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a > 4)
    return parts if any(words.is_finite(index) for part in parts for index in part) else ()


def _complement(words: Words, cue: int, frame: frozenset[int]) -> tuple[range, ...]:
    after = [index for index in range(cue + 1, len(words)) if index not in frame]
    before = [index for index in range(cue) if index not in frame and words.head[index] != cue]
    parts = []
    if _fronted(words, cue) and before:
        parts.append(range(before[0], before[-1] + 1))
    if after:
        parts.append(range(after[0], len(words)))
    return tuple(parts) or (range(len(words)),)


def _fronted(words: Words, cue: int) -> bool:
    return any(words.dep[one] in CONTENT_CLAUSES and one < cue for one in words.children[cue])


def _addressee(words: Words, cue: int) -> tuple[int, ...]:
    for one in words.children[cue]:
        if words.dep[one] in ADDRESSEES and words.pos[one] in {"PROPN", "PRON"}:
            return tuple(sorted(subtree(words, one)))
    return ()


def _is_direct(words: Words, part: range) -> bool:
    return True


def _is_all_quoted(words: Words, content: tuple[range, ...]) -> bool:
    return all(part.start > 0 and words.lower[part.start - 1] in QUOTES for part in content)
