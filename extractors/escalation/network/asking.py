"""What the network is asked about a statement, and where its answer stands among the statement's words."""

from collections.abc import Mapping, Sequence

from extractors.escalation.grammar.condition import subtree
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.statement import Reading, Voice
from extractors.escalation.network.opinion import Question
from extractors.model import Span

LEFT_OF_CUE = 12  # words a subject before its cue may take; a longer one says more than who speaks


def question_of(reading: Reading) -> Question:
    """Return the question: who speaks, and the statement as the article puts it."""
    return Question(_describe(reading.voice, reading.lexicon.countries), _text(reading, _pieces(reading)))


def tokens_of(reading: Reading, words: Span | None) -> tuple[int, ...]:
    """Return the statement's tokens that the stretch ``words`` of the question's text touches."""
    if words is None:
        return ()
    found: list[int] = []
    start = 0
    for piece in _pieces(reading):
        base = reading.words.starts[piece[0]] - start
        for index in piece:
            at = reading.words.starts[index] - base
            if at < words.end and at + len(reading.words.lower[index]) > words.start:
                found.append(index)
        start += len(reading.words.quote(piece[0], piece[-1])) + 1
    return tuple(found)


def _text(reading: Reading, pieces: Sequence[range]) -> str:
    return " ".join(reading.words.quote(piece[0], piece[-1]) for piece in pieces)


def _pieces(reading: Reading) -> list[range]:
    """Return the content; with the cue and its subject where they belong to what is said ("refused to rule out")."""
    content = [part for part in reading.content if len(part)]
    if reading.is_bare or reading.cue is None or _is_plain_quote(reading):
        return content
    told = _with_subject(reading, reading.cue)
    same = reading.words.sentence[reading.cue]
    near = [part for part in content if same in {reading.words.sentence[part[0]], reading.words.sentence[part[-1]]}]
    if not near:
        return content
    first, last = min(told[0], near[0][0]), max(told[-1], near[-1][-1])
    return sorted([range(first, last + 1), *(part for part in content if part not in near)], key=lambda part: part[0])


def _is_plain_quote(reading: Reading) -> bool:
    """Tell a quote with "said" from one whose cue says more."""
    return reading.is_direct and (reading.cue_entry is None or reading.cue_entry.category is None)


def _with_subject(reading: Reading, cue: int) -> range:
    words = reading.words
    subject = words.child(cue, SUBJECTS)
    if subject is None and words.dep[cue] in {"xcomp", "ccomp"}:  # "declined to rule out"
        subject = words.child(words.head[cue], SUBJECTS) or words.head[cue]
    tokens = sorted(subtree(words, subject)) if subject is not None else [cue]
    first = tokens[0] if cue - tokens[0] <= LEFT_OF_CUE else cue
    return range(min(first, cue), max(first, cue) + 1)


def _describe(voice: Voice, countries: Mapping[str, str]) -> str:
    """Return a few words such as a newsroom would give: office and country before a bare name."""
    country = countries.get(voice.country or "", "")
    if voice.role:
        known = country.lower() in voice.role.lower()
        return voice.role if known or not country else f"{voice.role} of {country}"
    known = not country or country.lower() in voice.text.lower()
    return voice.text if known else f"{voice.text} ({country})".strip()
