"""Which states somebody speaks against: whoever warns or threatens a state is not of it."""

import re
from collections.abc import Iterator, Sequence

from extractors.actors.speakers.referents import Article
from extractors.model import Attribution, Span, Speaker

# cues whose object is another side
HOSTILE = frozenset({"warn", "threat", "accuse", "condemn", "demand"})
BLAMING = frozenset({"accuse", "condemn"})
OBJECT = 12  # letters in which the object of these begins: "condemned | the Peruvian"
REACH = 90  # letters between what one's own side will do and whom it hits
_DEEDS = (
    r"(?:strike|hit|destroy|attack|bomb|bombard|shell|invade|punish|crush|retaliate|respond|sink|seize|blockade|raid"
    r"|storm|target|capture|flatten|obliterate|wipe|expel|defeat|shoot|fire|march|drive|sanction|cut|silence|fight"
    r"|teach|hunt|answer|repel|confront)"
)
_WILL = (
    r"(?:will|shall|would|could|can|may|might|must|(?:are|is|am|was|were) (?:going|ready|prepared|able|set) to|['’]ll)"
)
_OWN = r"(?:we|I|he|she|they|it|(?:our|his|her|their|its|my) (?:[\w-]+ ){1,3})"
# "we will strike their bases in ...", "his forces would destroy the ports of ...", or a content that begins "to strike"
_OWN_DEED = re.compile(
    rf"(?:\b{_OWN}\s?{_WILL}|^\W*(?:to|not to hesitate to))\s(?:\w+\s){{0,3}}?{_DEEDS}\b[^.;“”]{{0,{REACH}}}$",
    re.IGNORECASE,
)
_SPARED = re.compile(
    r"\b(?:defend|protect|help|support|for|from|with|alongside|on behalf of"
    r"|attack(?:s|ers)? (?:on|against))\s(?:the\s)?$"
    r"|\b(?:if|should|when|whoever|anyone)\b[^,;.]*$",
    re.IGNORECASE,
)
# "... has had its last warning", "... will pay for this", "... must withdraw"
_WARNED = re.compile(
    r"\s(?:has had (?:its|their|his) last (?:warning|chance)|(?:has|have|had) been warned"
    r"|(?:will|shall|would|is going to) (?:soon |surely |certainly |only )?(?:pay|regret|suffer|answer for|bear the"
    r"|be (?:hit|struck|destroyed|punished|attacked|bombed|held|made to pay|defeated|wiped|crushed)|face|learn|feel)"
    r"|(?:must|should|has to|have to|had better) (?:immediately |first |now |at once )?"
    r"(?:stop|withdraw|leave|end|halt|cease|pull|give up|surrender|back down|retreat|apologi[sz]e|answer for))\b",
    re.IGNORECASE,
)


def opposed(speakers: Sequence[Speaker], article: Article, attributions: Sequence[Attribution]) -> dict[str, set[str]]:
    """Return the states that each speaker warns, accuses, condemns or threatens, by his id."""
    found: dict[str, set[str]] = {}
    for speaker, one in zip(speakers, attributions, strict=True):
        if speaker.actor_id is not None:
            sides = {*_addressed(one, article), *_threatened(one, article)}
            if sides:
                found.setdefault(speaker.actor_id, set()).update(sides)
    return found


def _addressed(one: Attribution, article: Article) -> Iterator[str]:
    """Yield the states to which a hostile cue is addressed."""
    if one.cue_class not in HOSTILE:
        return
    start = one.spans[0].start
    begun = [Span(start, start + OBJECT)] if one.cue_class in BLAMING else []
    for span in [one.addressee] if one.addressee else begun:
        for sighting in article.facts.index.touching(span):
            state = article.facts.state(sighting.actor_id)
            if state is not None:
                yield state


def _threatened(one: Attribution, article: Article) -> Iterator[str]:
    """Yield the states that the words themselves threaten: hit by the speaker's own deeds, or told to give way."""
    for span in one.spans:
        paragraph = article.paragraph_at(span.start)
        text = article.text(paragraph)
        for sighting in article.facts.index.within(span):
            state = article.facts.state(sighting.actor_id)
            if state is None:
                continue
            before = text[span.start - paragraph.start : sighting.span.start - paragraph.start]
            is_hit = _OWN_DEED.search(before) is not None and _SPARED.search(before) is None
            if is_hit or _WARNED.match(text, sighting.span.end - paragraph.start):
                yield state
