"""Prospect: a warning or a threat is of what is to come; told of what has come, its words blame or only narrate."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.escalation.grammar.forms import is_past
from extractors.escalation.grammar.parse import AUXILIARIES
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.hits import Hit

PROSPECTS = frozenset({"WARN_CONSEQUENCE", "THREAT_UNSPEC", "THREAT_FORCE"})
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp"})
STEPS = 3


def in_prospect(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits; idioms of the past that warn of nothing as the reproach they are, or not at all."""
    for hit in hits:
        if not _is_over(reading, hit):
            yield hit
        elif hit.category == "WARN_CONSEQUENCE" and hit.mood is not None and hit.mood.side == "other":
            yield replace(hit, category="ACCUSE", rule=f"{hit.rule}, in the past", severity=None)


def _is_over(reading: Reading, hit: Hit) -> bool:
    """Tell whether an idiom of warning or threat tells of what has happened, or is prevented."""
    mood = hit.mood
    if mood is None or hit.act is not None or hit.category not in PROSPECTS:
        return False
    if hit.category == "WARN_CONSEQUENCE" and "stop" in mood.cue_modes and not mood.negators:
        return True  # "to prevent the war from engulfing the region"
    if mood.modal is not None or mood.negators or "warn" in mood.cue_modes or _is_warning(reading):
        return False
    if hit.category != "WARN_CONSEQUENCE" and mood.verb not in hit.tokens:
        return False  # "they have crossed a red line" threatens still
    return _has_happened(reading, _finite(reading, mood.verb))


def _is_warning(reading: Reading) -> bool:
    return reading.cue_entry is not None and reading.cue_entry.mode == "warn"


def _finite(reading: Reading, verb: int) -> int:
    """Return the verb that a verb without a tense hangs on: "caused them to explode"."""
    words = reading.words
    for _ in range(STEPS):
        if words.is_finite(verb) or words.dep[verb] not in CLAUSES or words.head[verb] == reading.cue:
            break
        verb = words.head[verb]
    return verb


def _has_happened(reading: Reading, verb: int) -> bool:
    """Tell a past from a present that indirect speech puts back: "said that this was a mistake"."""
    words = reading.words
    if not words.is_verbal(verb) or words.tag[verb] == "VBG" or not is_past(reading, verb):
        return False
    if reading.is_direct:
        return True
    return words.tag[verb] == "VBN" and any(words.dep[one] in AUXILIARIES for one in words.children[verb])
