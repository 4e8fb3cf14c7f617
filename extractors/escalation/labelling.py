"""From a statement of an article to its label."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from extractors.escalation.grammar.cues import cue_at
from extractors.escalation.grammar.parse import Words, read_words
from extractors.escalation.grammar.statement import Reading, Voice, countries_in, find_places
from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.pooling import judge
from extractors.language import ParsedParagraph
from extractors.model import ActorKind, Escalation, Span, Speaker, Statement

Cache = dict[int, Words]


def label(
    statement: Statement,
    paragraphs: Sequence[ParsedParagraph],
    lexicon: EscalationLexicon,
    *,
    kind: ActorKind | None = None,
    on: date | None = None,
    cache: Cache | None = None,
) -> Escalation:
    """Label a statement found in an article.

    ``kind`` is the speaker's kind of actor where he is known, ``on`` the day that decides which wars are being fought;
    a ``cache`` shared by an article's statements saves reading a paragraph twice.
    """
    return judge(read_statement(statement, paragraphs, lexicon, kind=kind, on=on, cache=cache))


def read_statement(
    statement: Statement,
    paragraphs: Sequence[ParsedParagraph],
    lexicon: EscalationLexicon,
    *,
    kind: ActorKind | None = None,
    on: date | None = None,
    cache: Cache | None = None,
) -> Reading:
    """Prepare a statement of an article for the rules."""
    attribution = statement.attribution
    words = _words(paragraphs, attribution.paragraph, {} if cache is None else cache)
    content = tuple(part for span in attribution.spans if len(part := tokens_in(words, span)))
    cue = _cue_token(words, attribution.cue, attribution.cue_lemma)
    addressee = tokens_in(words, attribution.addressee) if attribution.addressee else range(0)
    reading = Reading(
        words=words,
        content=content,
        lexicon=lexicon,
        voice=voice_of(statement.speaker, lexicon, kind),
        cue=cue,
        is_direct=attribution.form != "indirect",
        addressee=tuple(addressee),
        places=find_places(words, lexicon.places),
        on=on,
    )
    return with_cue(reading)


def with_cue(reading: Reading) -> Reading:
    """Look the cue up in the lexicon."""
    from dataclasses import replace

    return reading if reading.cue is None else replace(reading, cue_entry=cue_at(reading, reading.cue))


def voice_of(speaker: Speaker, lexicon: EscalationLexicon, kind: ActorKind | None = None) -> Voice:
    """Return the speaker as the rules see him."""
    text, name = speaker.text or "", speaker.name or ""
    names = text if name in text else name if text in name else f"{text} {name}"
    told = [speaker.country] if speaker.country else countries_in(f"{names} {speaker.role or ''}", lexicon.places)
    return Voice(
        text=names,
        role=speaker.role or "",
        country=speaker.country or (told[0] if len(told) == 1 else None),
        countries=frozenset(told),
        kind=kind,
        is_known=bool(names),
    )


def tokens_in(words: Words, span: Span) -> range:
    """Return the tokens that lie in ``span`` (offsets in the article)."""
    start, end = span.start - words.offset, span.end - words.offset
    first = max(0, bisect_right(words.starts, start) - 1)
    inside = [
        index
        for index in range(first, bisect_left(words.starts, end))
        if words.starts[index] + len(words.lower[index]) > start and words.lower[index].strip()
    ]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _words(paragraphs: Sequence[ParsedParagraph], number: int, cache: Cache) -> Words:
    if number not in cache:
        parsed = paragraphs[number]
        cache[number] = read_words(parsed.doc, parsed.start)
    return cache[number]


def _cue_token(words: Words, cue: Span | None, lemma: str | None) -> int | None:
    """Return the cue's own word: the one with its lemma, else its verb, else its last."""
    if cue is None:
        return None
    inside = tokens_in(words, cue)
    if not inside:
        return None
    head = (lemma or "").split(" ")[0]
    for index in inside:
        if words.lemma[index] == head:
            return index
    return next((index for index in inside if words.pos[index] == "VERB"), inside[-1])
