"""Who speaks: an outsider who weighs what others may do, or a side that would act - and how high his office is."""

from typing import Literal, TypeAlias

from extractors.escalation.reading import Reading

Standing: TypeAlias = Literal["outsider", "neutral", "official"]

OUTSIDE_KINDS = frozenset({"media"})
NEUTRAL_KINDS = frozenset({"international"})


def standing_of(reading: Reading) -> Standing:
    """Return ``outsider`` for experts and media, ``neutral`` for mediators and world bodies, else ``official``."""
    voice = reading.voice
    if voice.kind in OUTSIDE_KINDS or _names(reading, "outsiders"):
        return "official" if _names(reading, "officials") and voice.kind not in OUTSIDE_KINDS else "outsider"
    if voice.kind in NEUTRAL_KINDS or _names(reading, "neutrals"):
        return "neutral"
    return "official"


def is_top_rank(reading: Reading) -> bool:
    """Tell whether a head of state or a commander speaks, rather than one who speaks for him."""
    text = f"{reading.voice.text} {reading.voice.role}".lower()
    if _names(reading, "deputies"):
        return False
    return any(title in text for title in reading.feature("top_ranks"))


def _names(reading: Reading, feature: str) -> bool:
    listed = reading.feature(feature)
    words = reading.voice.words
    if words & listed:
        return True
    text = f"{reading.voice.text} {reading.voice.role}".lower()
    return any(" " in one and one in text for one in listed)
