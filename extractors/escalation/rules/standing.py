"""Who speaks: an outsider who weighs what others may do, or a side that would act - and how high his office is."""

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from extractors.escalation.grammar.statement import Reading, Voice

Standing: TypeAlias = Literal["outsider", "legislator", "private", "neutral", "official"]

OUTSIDE_KINDS = frozenset({"media"})
NEUTRAL_KINDS = frozenset({"international"})


def standing_of(reading: Reading) -> Standing:
    """Return ``outsider`` for experts and media, ``neutral`` for mediators and world bodies, else ``official``.

    A ``legislator`` will carry nothing out himself, but speaks for a side. ``private`` are those who speak for no side
    of a dispute: firms, courts, candidates, clubs.
    """
    voice = reading.voice
    if is_named(reading, "state_media"):
        return "official"
    if is_named(reading, "private"):
        return "private"
    if voice.kind in OUTSIDE_KINDS or is_named(reading, "outsiders"):
        return "official" if is_named(reading, "officials") and voice.kind not in OUTSIDE_KINDS else "outsider"
    if is_named(reading, "legislators") and not is_named(reading, "officials"):
        return "legislator"
    if voice.kind in NEUTRAL_KINDS or is_named(reading, "neutrals"):
        return "neutral"
    return "official"


def is_top_rank(reading: Reading) -> bool:
    """Tell whether a head of state or a commander speaks, rather than one who speaks for him."""
    if is_named(reading, "deputies") or is_named(reading, "bodies"):
        return False
    text = f"{reading.voice.text} {reading.voice.role}".lower()
    return any(re.search(rf"(?<![\w-]){title}(?![\w-])", text) for title in reading.feature("top_ranks"))


def is_named(reading: Reading, feature: str) -> bool:
    """Tell whether the speaker's name or office holds a word (or several) of the list."""
    return _is_listed(reading.voice.text, reading.voice.role, reading.feature(feature))


@lru_cache(maxsize=10_000)  # the same people speak again and again
def _is_listed(name: str, role: str, listed: frozenset[str]) -> bool:
    words = Voice(name, role).words
    if words & listed or {word[:-1] for word in words if word.endswith("s")} & listed:
        return True
    text = f"{name} {role}".lower()
    return any(" " in one and one in text for one in listed)
