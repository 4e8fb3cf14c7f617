"""Realis: how a deed is put - done, announced, weighed, denied, demanded of another - and by whose hand."""

from dataclasses import dataclass, replace

from extractors.escalation.grammar.cues import cue_at
from extractors.escalation.grammar.forms import is_counterfactual, is_imperative, is_past, is_question
from extractors.escalation.grammar.negation import negators_of
from extractors.escalation.grammar.parse import AUXILIARIES, SUBJECTS
from extractors.escalation.grammar.sides import Side, doer_of_noun, find_subject, side_of_noun, side_of_verb
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Cue, Mode

MODALS: dict[str, str] = {
    **dict.fromkeys(("will", "shall", "'ll", "’ll", "wo", "would", "'d", "’d"), "will"),
    **dict.fromkeys(("may", "might", "could", "can", "ca"), "may"),
    **dict.fromkeys(("must", "should", "ought", "need"), "must"),
}
# relations through which a word above governs the deed below it
GOVERNED = frozenset(
    {"xcomp", "ccomp", "pcomp", "pobj", "prep", "dobj", "acl", "nsubjpass", "attr", "oprd", "dep", "advcl", "acomp"}
    | {"poss", "compound", "dative", "agent", "appos"}
)
# relations at which a word above says nothing of the deed below it any more
SEVERED = frozenset({"relcl", "parataxis", "advcl", "npadvmod"})
WISHES = frozenset({"want", "hope", "wish", "expect", "ask", "like", "demand"})
CIRCUMSTANCES = frozenset({"under", "amid", "amidst", "despite", "during", "after", "before", "since", "throughout"})
OUTER = frozenset({"deny", "ask", "stop", "blame", "warn", "not", "say", "report"})
NEGATIVE = frozenset({"not", "sure"})
TELLING = frozenset(
    {
        "say",
        "tell",
        "claim",
        "announce",
        "declare",
        "state",
        "report",
        "warn",
        "deny",
        "insist",
        "argue",
        "allege",
        "signal",
    }
    | {
        "confirm",
        "vow",
        "swear",
        "threaten",
        "promise",
        "pledge",
        "demand",
        "urge",
        "request",
        "inform",
        "proclaim",
        "call",
    }
)
INSTRUMENTS = frozenset(
    {"order", "decree", "directive", "law", "bill", "measure", "sanction", "restriction", "rule", "ban"}
)
TOPICS = frozenset({"csubj", "csubjpass"})


@dataclass(frozen=True, slots=True)
class Mood:
    """A deed's mode with what it was read from: its clause's verb, the words above it and the negations."""

    mode: Mode
    side: Side
    verb: int
    governors: tuple[int, ...] = ()
    negators: tuple[int, ...] = ()
    modal: str | None = None
    is_question: bool = False
    is_counterfactual: bool = False
    cue_modes: tuple[str, ...] = ()
    is_quoted: bool = False  # somebody else's words, told by the speaker


def read_mood(reading: Reading, anchor: int, inside: frozenset[int] = frozenset(), *, is_means: bool = False) -> Mood:
    """Read the grammar around a deed, from its own verb up to the cue of the statement."""
    words = reading.words
    negators = negators_of(words, anchor, inside)
    governors: list[tuple[int, Cue]] = []
    verb, previous, is_topic, is_quoted = anchor, anchor, False, False
    has_clause = words.is_verbal(anchor) and words.is_finite(anchor)
    for above in words.ancestors(anchor):
        if not reading.has(above) and above != reading.cue:
            break
        relation = words.dep[previous]
        previous_verb, previous = previous, above
        is_topic = is_topic or relation in TOPICS
        if relation == "conj" or relation in {"nsubj", "csubj"}:
            verb, has_clause = _join_clause(reading, verb, above, has_clause=has_clause)
            if relation != "conj" and above not in inside:
                negators += negators_of(words, above, inside)
            continue
        if relation in SEVERED and not (relation == "advcl" and not _has_mark(reading, previous_verb)):
            break
        cue = cue_at(reading, above) if relation in GOVERNED and above not in inside else None
        is_quoted = is_quoted or (cue is not None and is_anothers_word(reading, above))
        if cue is not None and (not has_clause or cue.mode in OUTER):
            governors.append((above, _as_own_wish(reading, previous_verb, cue)))
        if not has_clause or cue is not None:
            negators += negators_of(words, above, inside)
        verb, has_clause = _join_clause(reading, verb, above, has_clause=has_clause)
        if above == reading.cue:
            break
    if is_topic or _is_circumstance(reading, anchor):  # "sending arms would be a mistake": spoken of, not done
        return Mood("others", "none", verb, is_question=is_question(reading, anchor))
    governors = _with_cue(reading, governors, has_clause=has_clause)
    mood = _resolve(reading, anchor, verb, governors, list(dict.fromkeys(negators)), is_means=is_means)
    return replace(mood, is_quoted=True) if is_quoted else mood


def is_anothers_word(reading: Reading, verb: int) -> bool:
    """Tell whether a verb of the content tells what another side says: "Lima announced that it would close it"."""
    words = reading.words
    if verb == reading.cue or not words.is_verbal(verb) or words.lemma[verb] not in TELLING:
        return False
    teller = find_subject(reading, verb)
    if teller is None or (words.pos[teller] == "PRON" and words.lower[teller] not in {"they", "you", "he", "she"}):
        return False
    side = side_of_noun(reading, teller)
    return side == "other" or (side == "none" and _is_told_to_us(reading, verb))


def _is_told_to_us(reading: Reading, verb: int) -> bool:
    """Tell whether one's own side is told it, so that another tells: "the militia told our men to leave"."""
    words = reading.words
    told = words.child(verb, frozenset({"dobj", "dative"}))
    return told is not None and reading.is_direct and side_of_noun(reading, told) == "own"


def _is_circumstance(reading: Reading, anchor: int) -> bool:
    """Tell a noun that only says when or amid what something else happens: "we refuse to talk under bombs"."""
    words = reading.words
    above = words.head[anchor]
    return words.dep[anchor] == "pobj" and words.pos[anchor] == "NOUN" and words.lower[above] in CIRCUMSTANCES


def _as_own_wish(reading: Reading, verb: int, cue: Cue) -> Cue:
    """Tell an intention ("we want to talk") from asking something of others ("we want them to talk")."""
    words = reading.words
    if cue.mode != "ask" or words.dep[verb] not in {"xcomp", "acl"} or words.child(verb, SUBJECTS) is not None:
        return cue
    ordered = words.child(words.head[verb], frozenset({"nsubjpass"}))
    if ordered is not None and side_of_noun(reading, ordered) == "own":
        return replace(cue, mode="done")  # "our troops have been told to": an order of one's own
    if words.lemma[words.head[verb]] not in WISHES:
        return cue
    has_addressee = words.child(words.head[verb], frozenset({"dobj", "dative", "nsubjpass"})) is not None
    return cue if has_addressee else replace(cue, mode="will")


def _join_clause(reading: Reading, verb: int, above: int, *, has_clause: bool) -> tuple[int, bool]:
    words = reading.words
    if has_clause or not words.is_verbal(above) or above == reading.cue:
        return verb, has_clause
    return above, words.is_finite(above)


def _has_mark(reading: Reading, index: int) -> bool:
    return any(reading.words.dep[one] == "mark" for one in reading.words.children[index])


def _with_cue(reading: Reading, governors: list[tuple[int, Cue]], *, has_clause: bool) -> list[tuple[int, Cue]]:
    """Add the cue: a quote or a fragment hangs on it even where the parse does not link them."""
    if reading.cue is None or reading.cue_entry is None or any(index == reading.cue for index, _ in governors):
        return governors
    if has_clause and (reading.cue_entry.mode != "deny" or reading.has(reading.cue)):
        return governors
    return [*governors, (reading.cue, reading.cue_entry)]


def _resolve(
    reading: Reading, anchor: int, verb: int, governors: list[tuple[int, Cue]], negators: list[int], *, is_means: bool
) -> Mood:
    modes = tuple(cue.mode for _, cue in governors)
    flips = len(negators) + sum(mode in NEGATIVE for mode in modes)
    modal = _modal(reading, anchor) or _modal(reading, verb)
    side = _side(reading, anchor, verb, is_means=is_means)
    mode = _mode(reading, anchor, verb, modes, modal, side, flips)
    if mode in {"ask", "stop"} and any(_is_not_asked(reading, one, cue, negators) for one, cue in governors):
        mode = "others"
    if mode == "undone" and any(_is_infinitive(reading, reading.words.head[one]) for one in negators):
        mode = "not"
    return Mood(
        mode=mode,
        side=side,
        verb=verb,
        governors=tuple(index for index, _ in governors),
        negators=tuple(negators),
        modal=modal,
        is_question=is_question(reading, anchor),
        is_counterfactual=is_counterfactual(reading, verb),
        cue_modes=modes,
    )


def _is_not_asked(reading: Reading, verb: int, cue: Cue, negators: list[int]) -> bool:
    """Tell whether it is the asking that is negated: "we do not demand that they leave"."""
    if cue.mode != "ask" or verb == reading.cue or not reading.words.is_verbal(verb):
        return False
    return bool(set(negators_of(reading.words, verb)) & set(negators))


def _side(reading: Reading, anchor: int, verb: int, *, is_means: bool) -> Side:
    if reading.words.is_verbal(anchor):
        side = side_of_verb(reading, anchor, is_means=is_means)
        if side != "none" or verb == anchor:
            return side
    elif (side := doer_of_noun(reading, anchor)) != "none":
        return side
    return (
        side_of_verb(reading, verb, is_means=is_means)
        if reading.words.is_verbal(verb) and verb != reading.cue
        else "none"
    )


def _modal(reading: Reading, verb: int) -> str | None:
    words = reading.words
    for one in words.children[verb]:
        if words.dep[one] in AUXILIARIES and words.lower[one] in MODALS:
            return words.lower[one]
    if words.dep[verb] == "conj":
        return _modal(reading, words.head[verb])
    return None


def _mode(  # noqa: PLR0911 - an answer a line, in the order of the codebook
    reading: Reading, anchor: int, verb: int, modes: tuple[str, ...], modal: str | None, side: Side, flips: int
) -> Mode:
    """Return the mode; the order matters: denied or blamed first, then asked of others, then one's own."""
    kind = MODALS.get(modal or "") or ("must" if "must" in modes else None)
    if "deny" in modes:
        return "deny" if flips % 2 == 0 else _undenied(modes)
    if "blame" in modes:
        return "blame"
    if "warn" in modes and not modal:
        return "warn"
    if "ask" in modes and "stop" in modes[modes.index("ask") :] and side == "own":
        return "halt"  # a demand of one's own that is given up
    if _is_topic(reading, anchor, modes):
        return "others"
    if "ask" in modes or (kind == "must" and side != "own") or is_imperative(reading, verb):
        return "stop" if "stop" in modes or flips % 2 else "ask"
    if "stop" in modes and side == "other":
        return "stop"
    if side == "none" and reading.words.dep[anchor] == "relcl" and not _is_by_instrument(reading, anchor):
        return "others"
    if side == "other":
        return "others" if kind is not None or "will" in modes or "may" in modes else "theirs"
    return _own_mode(reading, anchor, verb, modes, kind, side, flips)


def _is_by_instrument(reading: Reading, verb: int) -> bool:
    """Tell what one's own decree does: "the minister will sign an order that bans all trade"."""
    words = reading.words
    noun = words.head[verb]
    if words.lemma[noun] not in INSTRUMENTS or words.dep[noun] != "dobj":
        return False
    return side_of_verb(reading, words.head[noun]) == "own"


def _undenied(modes: tuple[str, ...]) -> Mode:
    """Return what is left of a denial that is itself negated, or that denies hesitating or ruling out."""
    if "sure" in modes:
        return "will"
    return "may" if "not" in modes else "theirs"


def _is_infinitive(reading: Reading, anchor: int) -> bool:
    """Tell whether the verb is a to-infinitive: "decided not to send" negates what lies ahead."""
    words = reading.words
    return any(words.lower[one] == "to" and words.dep[one] == "aux" for one in words.children[anchor])


def _is_topic(reading: Reading, anchor: int, modes: tuple[str, ...]) -> bool:
    """Tell whether the deed is only named, as in "Annexing the valley would ..."."""
    words = reading.words
    if words.tag[anchor] != "VBG" or modes or words.child(anchor, SUBJECTS | AUXILIARIES) is not None:
        return False
    return anchor == 0 or words.sentence[anchor - 1] != words.sentence[anchor]


def _own_mode(  # noqa: PLR0911 - as above
    reading: Reading, anchor: int, verb: int, modes: tuple[str, ...], kind: str | None, side: Side, flips: int
) -> Mode:
    if kind == "may" and _is_supposed(reading, verb):
        return "others"
    was = is_past(reading, verb) and kind is None and "may" not in modes
    if flips % 2:
        if "stop" in modes:
            return "keep"
        return "undone" if was and "not" not in modes else "not"
    if "sure" in modes:
        return "will"
    if "may" in modes or flips or kind == "may":
        return "may"
    if "stop" in modes:
        return "halt"
    if kind is not None or {"will", "offer"} & set(modes):
        return "will"
    if side == "none" and "done" not in modes and not reading.words.is_verbal(anchor):
        return "named"
    if side != "none" or "done" in modes:
        return "done"
    return "told" if _is_told(reading, verb) or find_subject(reading, anchor) is not None else "done"


def _is_supposed(reading: Reading, verb: int) -> bool:
    """Tell a guess at what has happened from what may yet be done: "it may have been shot down"."""
    words = reading.words
    return words.tag[verb] == "VBN" and any(
        words.lower[one] == "have" and words.dep[one] in AUXILIARIES for one in words.children[verb]
    )


def _is_told(reading: Reading, verb: int) -> bool:
    """Tell whether nobody is named who did it: a passive without an agent, a noun on its own."""
    words = reading.words
    return not words.is_verbal(verb) or words.child(verb, frozenset({"auxpass", "nsubjpass"})) is not None
