"""Which statements of a document are others' words, and which sentences are the issuer's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.layout import Layout
from extractors.model import Actor, Attribution, Span, Speaker

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine", "myself", "ourselves"})
SIDES = frozenset({"country", "government"})  # who speaks for a state speaks as the state: "The Republic condemns"
TOGETHER = frozenset({"sides", "parties", "signatories"})
BODIES = frozenset({"ministry", "military", "agency", "legislature"})
PARTLY = 0.3
BESIDE = 20  # code points between who speaks and his verb
MOSTLY = 0.5  # of a sentence that tells what others said


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with its speaker; ``is_own`` marks a sentence in the document's own voice."""

    attribution: Attribution
    speaker: Speaker
    is_own: bool


def choose(said: Sequence[Said], layout: Layout, actors: Mapping[str, Actor]) -> list[int]:
    """Return the numbers of those that are statements, in the order of the text: others' words and own sentences."""
    voices = {one.attribution.paragraph: one.speaker for one in said if one.is_own}
    silent = {
        number for number, part in enumerate(layout.parts) if part.kind in {"question", "furniture", "issuer", "label"}
    }
    kept = [
        number
        for number, one in enumerate(said)
        if not one.is_own
        and one.attribution.paragraph not in silent
        and not _is_dateline(one, actors)
        and not _is_own(one, voices.get(one.attribution.paragraph), layout, actors)
    ]
    others: dict[int, list[Said]] = {}
    for number in kept:
        others.setdefault(said[number].attribution.paragraph, []).append(said[number])
    kept += [
        number
        for number, one in enumerate(said)
        if one.is_own and not _is_told(one.attribution, others.get(one.attribution.paragraph, ()))
    ]
    return sorted(
        kept, key=lambda number: (said[number].attribution.spans[0].start, -said[number].attribution.spans[-1].end)
    )


def _is_own(one: Said, voice: Speaker | None, layout: Layout, actors: Mapping[str, Actor]) -> bool:
    """Tell whether a statement found by its cue is the voice's own, and so part of a sentence of his."""
    if voice is None:
        return False
    attribution = one.attribution
    if attribution.cue_lemma is None and attribution.source is None:
        return layout.kind != "quotes"  # a quote whose speaker nobody knows
    words = (one.speaker.text or "").casefold().split()
    is_joint = one.speaker.actor_id is None and voice.actor_id is None and _is_together(words, voice.text or "")
    if not words or is_joint or words[0].rstrip(",") in FIRST_PERSON or _is_after_label(attribution, layout):
        return True
    return _is_same(one.speaker, voice, actors)


def _is_together(words: Sequence[str], voice: str) -> bool:
    """Tell those who speak together from one of them: "the Ministers", "both sides" in a joint statement."""
    if len(words) < 2 or words[0] not in {"the", "both", "all"}:
        return False
    return words[-1] in TOGETHER or words[-1] in voice.casefold().split()


def _is_dateline(one: Said, actors: Mapping[str, Actor]) -> bool:
    """Tell whether what stands before the colon is a place the report comes from: "ISLAMABAD: The ministry ..."."""
    attribution, actor = one.attribution, actors.get(one.speaker.actor_id or "")
    is_label = attribution.cue_lemma is None and attribution.form == "indirect" and attribution.source is not None
    return is_label and actor is not None and actor.kind == "country" and (one.speaker.text or "").isupper()


def _is_after_label(one: Attribution, layout: Layout) -> bool:
    """Tell whether a statement is what stands after the label's colon."""
    is_labelled = layout.parts[one.paragraph].start > 0
    return is_labelled and one.cue is not None and one.cue_lemma is None and one.form == "indirect"


def _is_same(speaker: Speaker, voice: Speaker, actors: Mapping[str, Actor]) -> bool:
    """Tell whether a speaker is the voice itself, the state that it speaks for, or a body of the state that speaks."""
    if speaker.actor_id is None:
        return False
    actor, own = actors.get(speaker.actor_id), actors.get(voice.actor_id or "")
    if actor is None or actor.country != voice.country:
        return speaker.actor_id == voice.actor_id
    is_body = own is not None and own.kind in SIDES and actor.kind in BODIES
    return speaker.actor_id == voice.actor_id or actor.kind in SIDES or is_body


def _is_told(own: Attribution, others: Sequence[Said]) -> bool:
    """Tell whether most of a sentence is what others said, or all of it tells of one who said it."""
    here = own.spans[0]
    spans = sorted(
        {(max(here.start, one.start), min(here.end, one.end)) for other in others for one in other.attribution.spans}
    )
    shared, reached = 0, here.start
    for start, end in spans:
        shared += max(0, end - max(start, reached))
        reached = max(reached, end)
    return shared >= MOSTLY * (here.end - here.start) or any(_tells(here, other) for other in others)


def _tells(here: Span, other: Said) -> bool:
    """Tell whether a sentence begins with who said something, and what he said is a good part of it or its end."""
    one = other.attribution
    if one.source is None or one.cue is None or not 0 <= one.source.start - here.start <= len("The "):
        return False
    is_somebody = other.speaker.name is not None or _is_together(
        (other.speaker.text or "").casefold().split(), "leaders"
    )
    shared = sum(max(0, min(here.end, span.end) - max(here.start, span.start)) for span in one.spans)
    ends = here.end - one.spans[-1].end <= len(".”") and one.cue.start - one.source.end <= BESIDE
    return is_somebody and (shared >= PARTLY * (here.end - here.start) or (shared > 0 and ends))


def renumbered(attributions: Sequence[Attribution], kept: Sequence[int]) -> list[Attribution]:
    """Return the kept attributions, with what they say of each other in their new order."""
    places = {number: place for place, number in enumerate(kept)}
    return [
        replace(
            attributions[number],
            carried_from=places.get(_or_none(attributions[number].carried_from)),
            reported_by=places.get(_or_none(attributions[number].reported_by)),
        )
        for number in kept
    ]


def _or_none(number: int | None) -> int:
    return -1 if number is None else number
