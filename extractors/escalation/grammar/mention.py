"""Mention: a noun that only names a deed, which nobody does there: "after the attack", "an attack helicopter"."""

from extractors.escalation.grammar.cues import cue_at
from extractors.escalation.grammar.sides import doer_of_noun
from extractors.escalation.grammar.statement import Reading

MODIFIERS = frozenset({"compound", "nmod", "poss", "amod", "npadvmod"})
NOUNS = frozenset({"NOUN", "PROPN"})
# of these the noun after "of" is what is done: "a wave of strikes", "the start of the offensive"
PHASES = frozenset(
    {"wave", "series", "campaign", "start", "beginning", "round", "resumption", "launch", "prospect", "possibility"}
    | {"threat", "option", "risk", "array", "range", "number", "dozen", "hundred", "thousand", "kind", "form", "sort"}
    | {"force", "means", "set", "package", "tranche", "spectrum", "escalation", "expansion", "imposition"}
)
# verbs that lead into a deed: "resort to force", "prepare for war", "respond with missiles"
LEADING = frozenset({"resort", "turn", "go", "return", "come", "proceed", "move", "prepare", "lead", "plan", "order"})
INTO = frozenset({"to", "for", "into"})
COMING = frozenset({"come", "follow", "begin", "continue", "start", "resume", "intensify", "loom", "hit", "target"})
# what is done by him who is helped to do it
HELPING = frozenset({"help", "assist", "enable", "allow", "let"})
# whoever does this with a deed suffers it or speaks of it
UNDERGOING = frozenset(
    {"face", "confront", "suffer", "endure", "survive", "withstand", "sustain", "experience", "undergo", "witness"}
    | {"fear", "discuss", "mention", "describe", "recall", "investigate", "probe", "monitor", "detect", "thwart"}
    | {"see", "watch", "know", "remember", "note", "expose", "highlight", "report", "record", "observe"}
    | {"condemn", "justify"}
)
STEPS = 5


def is_mentioned(reading: Reading, anchor: int) -> bool:  # noqa: PLR0911 - an answer a line, by the word's place
    """Tell whether the word names a deed in passing, as no part of what its clause says is done."""
    words = reading.words
    if words.pos[anchor] not in NOUNS:
        is_helped = words.dep[anchor] in {"ccomp", "xcomp"} and words.lemma[words.head[anchor]] in HELPING
        return is_helped or words.dep[anchor] == "amod"
    if doer_of_noun(reading, anchor) == "own":
        return False
    node = anchor
    for _ in range(STEPS):
        relation, above = words.dep[node], words.head[node]
        if relation in MODIFIERS:
            return True
        if relation == "nsubj":
            return words.lemma[above] not in COMING
        if relation == "dobj":
            return words.lemma[above] in UNDERGOING
        if relation == "pobj":
            if words.lower[above] == "of" and words.lemma[words.head[above]] in PHASES:
                node = words.head[above]
                continue
            return not _is_led_to(reading, above)
        if relation not in {"conj", "appos"} or above == node:
            return False
        node = above
    return False


def _is_led_to(reading: Reading, preposition: int) -> bool:
    """Tell whether the preposition leads from a verb or noun of intending or acting to the deed."""
    words = reading.words
    above = words.head[preposition]
    if words.lower[preposition] in {"with", "of"} and (words.is_verbal(above) or cue_at(reading, above) is not None):
        return words.dep[preposition] != "agent"
    if above == reading.cue or cue_at(reading, above) is not None:
        return words.lower[preposition] not in {"in", "after", "during", "since", "over", "from", "on", "at", "before"}
    return words.lower[preposition] in INTO and words.lemma[above] in LEADING
