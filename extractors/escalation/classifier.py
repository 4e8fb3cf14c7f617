"""From bare text to its label: the content alone, or a whole sentence with speaker and cue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from extractors.escalation.grammar.frames import Frame, find_frame
from extractors.escalation.grammar.parse import Words, read_words
from extractors.escalation.grammar.sides import FIRST_PERSON
from extractors.escalation.grammar.statement import Reading, Voice, countries_in, find_places
from extractors.escalation.labelling import voice_of, with_cue
from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.pooling import judge, judge_all
from extractors.model import ActorKind, Escalation, Speaker

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 256
OFFICES = ("officials", "sides", "top_ranks")  # lists of the lexicon that hold words for offices
UNUSED = ["ner"]  # a third of the parsing time, and no rule asks for it


@dataclass(frozen=True, slots=True)
class ClassifyInput:
    """A bare statement: ``text`` is what was said, or a sentence that tells who said it."""

    id: str
    text: str
    speaker: str | Speaker | None = None
    kind: ActorKind | None = None
    on: date | None = None


def classify(text: str, speaker: str | Speaker | None, language: Language, lexicon: EscalationLexicon) -> Escalation:
    """Label one bare statement."""
    reading = read_bare(ClassifyInput("", text, speaker), language(text, disable=UNUSED), lexicon)
    return judge(reading)


def classify_all(
    inputs: Iterable[ClassifyInput], language: Language, lexicon: EscalationLexicon, *, batch_size: int = BATCH
) -> Iterator[tuple[ClassifyInput, Escalation]]:
    """Label bare statements one batch at a time, in order; memory does not grow with their number."""
    pieces = ((one.text, one) for one in inputs)
    parsed = language.pipe(pieces, as_tuples=True, batch_size=batch_size, disable=UNUSED)
    while batch := [(one, read_bare(one, doc, lexicon)) for doc, one in islice(parsed, batch_size)]:
        yield from zip((one for one, _ in batch), judge_all([reading for _, reading in batch]), strict=True)


def read_bare(item: ClassifyInput, doc: Doc, lexicon: EscalationLexicon) -> Reading:
    """Prepare a bare statement for the rules; the sentence's own speaker counts where none is given."""
    words = read_words(doc)
    frame = find_frame(words, lexicon)
    if item.speaker and _is_anothers(item, frame, words, lexicon):
        frame = Frame((range(len(words)),))
    voice = _voice(item, frame, lexicon)
    reading = Reading(
        words=words,
        content=frame.content,
        lexicon=lexicon,
        voice=voice,
        cue=frame.cue,
        is_direct=frame.is_direct,
        addressee=frame.addressee,
        places=find_places(words, lexicon.places),
        on=item.on,
        is_bare=True,
    )
    return with_cue(reading)


def _is_anothers(item: ClassifyInput, frame: Frame, words: Words, lexicon: EscalationLexicon) -> bool:
    """Tell whether the sentence tells what another said than the speaker: of another country, or to "us"."""
    if frame.cue is None or frame.is_direct:
        return False
    if any(words.lower[index] in FIRST_PERSON for part in frame.content for index in part):
        return True
    named = set(frame.speaker.lower().split())
    if named & (lexicon.features.get("enemies", frozenset()) | {"other", "their"}):
        return not named & set(voice_of(_as_speaker(item.speaker), lexicon).words)
    told = set(countries_in(frame.speaker, lexicon.places))
    voice = voice_of(_as_speaker(item.speaker), lexicon)
    if told and voice.countries:
        return told.isdisjoint(voice.countries)
    offices = frozenset().union(*(lexicon.features.get(one, frozenset()) for one in OFFICES))
    own, theirs = voice.words & offices, Voice(frame.speaker).words & offices
    return bool(told and own and theirs) and own.isdisjoint(theirs)  # "Peru's navy chief" is no foreign minister


def _as_speaker(given: str | Speaker | None) -> Speaker:
    return given if isinstance(given, Speaker) else Speaker(text=given)


def _voice(item: ClassifyInput, frame: Frame, lexicon: EscalationLexicon) -> Voice:
    if isinstance(item.speaker, Speaker):
        return voice_of(item.speaker, lexicon, item.kind)
    speaker = Speaker(text=item.speaker or frame.speaker or None)
    voice = voice_of(speaker, lexicon, item.kind)
    if item.speaker and frame.speaker:  # the sentence's own subject tells of the same speaker in other words
        return replace(voice, text=f"{voice.text} {frame.speaker}")
    return voice
