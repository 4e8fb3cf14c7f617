"""What the cue says by itself: refused, warned, silent, asked for."""

from extractors.escalation.grammar.condition import subtree
from extractors.escalation.grammar.cues import cue_at
from extractors.escalation.grammar.negation import negators_of
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.sides import side_of_verb
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Cue
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit

WILLING = frozenset({"will", "would", "wo"})
KEPT_BACK = frozenset({"whether", "if", "what", "when", "where", "which", "who", "why", "how", "more"})
DIRECTIVES = frozenset({"DEMAND", "CALL_RESTRAINT", "CALL_TO_ESCALATE", "ULTIMATUM"})


def cue_hits(reading: Reading, found: list[Hit]) -> list[Hit]:
    """Return what the speech act itself does: the statement's cue, and verbs of speaking inside the content."""
    hits = []
    if reading.cue is not None and reading.cue_entry is not None:
        hits += _one_cue(reading, reading.cue, reading.cue_entry, found)
    for index in reading.indices:
        cue = cue_at(reading, index)
        if cue is not None and cue.category is not None and _is_performed(reading, index):
            hits += _one_cue(reading, index, cue, found)
    return hits


def _is_performed(reading: Reading, index: int) -> bool:
    """Tell whether the speaker's side does it now ("we demand"); others' demands are told, not made."""
    words = reading.words
    if not words.is_verbal(index):
        return False
    if (cue := cue_at(reading, index)) is not None and cue.mode == "sure":
        return bool(negators_of(words, index)) and side_of_verb(reading, index) != "other"
    if cue is not None and cue.category == "RULE_OUT" and negators_of(words, index):
        return side_of_verb(reading, index) != "other"
    if cue is not None and cue.category == "DEMAND" and negators_of(words, index):
        return side_of_verb(reading, index) == "own"
    return side_of_verb(reading, index) == "own" and not negators_of(words, index) and not _is_governed(reading, index)


def _is_governed(reading: Reading, index: int) -> bool:
    return reading.words.dep[index] in {"advcl", "relcl", "acl", "xcomp"}


def _one_cue(reading: Reading, index: int, cue: Cue, found: list[Hit]) -> list[Hit]:  # noqa: PLR0911 - an answer a line
    is_negated = len(_all_negators(reading, index)) % 2
    if cue.mode == "not" and not is_negated and _is_silence(reading, index):
        return [Hit("NO_COMMENT", f"cue {cue.words[0]} to speak", (index,))]
    if is_negated and cue.mode == "say" and _is_kept_back(reading, index):
        return [Hit("NO_COMMENT", f"cue {cue.words[0]} negated", (index,))]
    if cue.category is None:
        return []
    if cue.mode == "sure":  # "will not hesitate" threatens, unless the content says with what
        below = subtree(reading.words, index)  # what it stands for is said there, not in the clause before
        said = any(_explains(hit) and not below.isdisjoint(hit.tokens) for hit in found)
        return [] if said else [Hit(cue.category, "not hesitate", (index,))]
    if is_negated:
        return _negated_cue(reading, index, cue, found)
    if cue.mode in {"ask", "stop"}:
        return _directive(reading, index, cue, found)
    if cue.mode == "warn" and _is_forecast(reading):
        return []
    if cue.mode in {"not", "may", "will", "done", "offer", "warn"} and any(_explains(hit) for hit in found):
        return []
    return [Hit(cue.category, f"cue {cue.words[0]}", (index,), None, cue.severity, is_denied=cue.mode == "deny")]


def _all_negators(reading: Reading, index: int) -> list[int]:
    """Return what negates the word, and the saying it stands under: "never said that troops were excluded"."""
    found = negators_of(reading.words, index)
    for above in reading.words.ancestors(index):
        said = cue_at(reading, above)
        if above == reading.cue or said is None or said.mode not in {"say", "report"}:
            break
        found += negators_of(reading.words, above)
    return found


def _negated_cue(reading: Reading, index: int, cue: Cue, found: list[Hit]) -> list[Hit]:
    """Return what a negated speech act says: not denying is none, not excluding arms leaves them open."""
    rule = f"cue {cue.words[0]} negated"
    if cue.mode == "deny" or cue.category == "DEMAND":  # what is not demanded is no act
        return [Hit("ASSESSMENT", rule, (index,))]
    if cue.category == "RULE_OUT" and not any(hit.category in {"OPTION_OPEN", "OFFER_TALKS"} for hit in found):
        hit = Hit("OPTION_OPEN", rule, (index,))
        return [hit] if find_feature(reading, "hostile", hit) is not None else []
    return []


def _is_silence(reading: Reading, index: int) -> bool:
    """Tell whether what is refused is to speak: "refused to say whether"."""
    words = reading.words
    clause = words.child(index, frozenset({"xcomp", "ccomp"}))
    if clause is None or not words.is_verbal(clause):
        return False
    said = cue_at(reading, clause)
    return said is not None and said.mode in {"say", "report"}


def _is_kept_back(reading: Reading, index: int) -> bool:
    """Tell whether somebody will not say it: "would not say", "will not say whether"; not "would not say no"."""
    words = reading.words
    modals = {words.lower[one] for one in words.children[index] if words.dep[one] == "aux"}
    after = words.lower[index + 1] if index + 1 < len(words) else "."
    return bool(modals & WILLING) and (after in KEPT_BACK or not after[0].isalpha())


def _is_forecast(reading: Reading) -> bool:
    """Tell whether others are said to be able to do something, to nobody in particular: an estimate."""
    words = reading.words
    if reading.addressee or reading.is_direct:
        return False
    for index in reading.indices:
        if words.is_verbal(index) and words.child(index, SUBJECTS) is not None and index != reading.cue:
            modals = {words.lower[one] for one in words.children[index] if words.dep[one] == "aux"}
            return bool(modals & {"could", "may", "might"}) and side_of_verb(reading, index) == "other"
    return False


def _explains(hit: Hit) -> bool:
    return hit.category not in {"ACCUSE", "PROCEDURAL", "ASSESSMENT", "LEGAL_DOMESTIC", "HUMANITARIAN"}


def _directive(reading: Reading, index: int, cue: Cue, found: list[Hit]) -> list[Hit]:
    if any(hit.category in DIRECTIVES for hit in found):
        return []
    if cue.particle == "for" and not any(code != reading.voice.country for code in (reading.places or {}).values()):
        return []
    return [Hit(cue.category or "DEMAND", f"cue {cue.words[0]}", (index,), None, cue.severity)]
