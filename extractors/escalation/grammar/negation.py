"""Negation: how many times a verb is negated by the words that belong to it."""

from extractors.escalation.grammar.parse import AUXILIARIES, SUBJECTS, Words

NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "nothing", "without"})
# "not only strike", "no matter", "no longer" and "cannot but" are no denials of the verb
EMPTY_AFTER = frozenset({"only", "just", "merely", "simply", "matter", "doubt", "wonder", "later", "less", "least"})
CHOICES = frozenset({"choice", "option", "alternative", "other"})
NOBODY = frozenset({"nobody", "none", "nothing"})
OCCASIONS = frozenset(
    {"mean", "means", "time", "circumstance", "way", "account", "case", "condition", "point", "event"}
)
OBJECTS = frozenset({"dobj", "attr", "nsubj", "nsubjpass", "pobj"})


def negators_of(words: Words, index: int, inside: frozenset[int] = frozenset()) -> list[int]:
    """Return the negating words at ``index`` itself: its own dependents, and "no" on its subject or object.

    ``inside`` are tokens that are part of an idiom and count for nothing.
    """
    near = _with_helpers(words, index)
    found = [one for one in near if _negates(words, one, inside)]
    for one in words.children[index]:
        if words.dep[one] in OBJECTS:
            found += [below for below in words.children[one] if words.lower[below] in {"no", "neither"}]
            found += _no_more(words, one)
            if words.dep[one] in SUBJECTS:  # "not a single soldier", "not one of our jets"
                found += [below for below in _below(words, one) if words.lower[below] == "not"]
            if words.lower[one] in {"nobody", "none", "nothing", "neither"}:
                found.append(one)
    found += [below for one in near for below in _by_no_means(words, one)]
    found += _shared(words, index)
    found += _far_from(words, index)
    above = words.head[index]
    if words.dep[index] in {"pcomp", "pobj"} and words.lower[above] == "without":
        found.append(above)
    return [one for one in dict.fromkeys(found) if one not in inside and not _is_empty(words, one)]


def _with_helpers(words: Words, index: int) -> list[int]:
    """Return the verb's dependents and those of its auxiliaries: "is by no means excluded" hangs on "is"."""
    helpers = [one for one in words.children[index] if words.dep[one] in AUXILIARIES]
    adverbs = [one for one in words.children[index] if words.dep[one] == "advmod"]  # "never again will we ..."
    return [*words.children[index], *(below for one in (*helpers, *adverbs) for below in words.children[one])]


def _by_no_means(words: Words, index: int) -> list[int]:
    """Return the negation in "by no means", "at no time", "to nobody", "against no one"."""
    if words.dep[index] not in {"prep", "dative", "agent", "advmod"}:
        return []
    nobody = [one for one in words.children[index] if words.lower[one] in NOBODY]
    return nobody + [
        below
        for one in words.children[index]
        if words.lemma[one] in OCCASIONS or words.lower[one] == "one"
        for below in words.children[one]
        if words.lower[below] == "no"
    ]


def _shared(words: Words, index: int) -> list[int]:
    """Return the negation a verb shares with those before it: "neither trained nor armed", "did not train or arm"."""
    found: list[int] = []
    while words.dep[index] == "conj":
        above = words.head[index]
        joined = [one for one in words.children[above] if words.lower[one] in {"nor", "or", "neither"}]
        if not joined or any(words.dep[one] in SUBJECTS for one in words.children[index]):
            break
        found += [one for one in words.children[above] if _negates(words, one, frozenset()) and one not in joined]
        found += [one for one in joined if words.lower[one] == "neither"]
        if not found and any(words.lower[one] == "nor" for one in joined):
            found += [one for one in joined if words.lower[one] == "nor"]
        index = above
    return found[:1]


def _no_more(words: Words, index: int) -> list[int]:
    """Return the "no" of "no more rockets", which hangs on "more"."""
    mores = (one for one in words.children[index] if words.lower[one] in {"more", "further"})
    return [below for one in mores for below in words.children[one] if words.lower[below] == "no"]


def _far_from(words: Words, index: int) -> list[int]:
    """Return the "far" of "far from ruling out", "anything but": a negation without a negating word."""
    above = words.head[index]
    if words.dep[index] not in {"pcomp", "pobj"} or words.lower[above] != "from":
        return []
    return [words.head[above]] if words.lower[words.head[above]] in {"far", "refrain", "shy"} else []


def _below(words: Words, index: int) -> list[int]:
    return [below for one in words.children[index] for below in (one, *words.children[one])]


def _negates(words: Words, index: int, inside: frozenset[int]) -> bool:
    if index in inside or words.lower[index] not in NEGATORS:
        return False
    if words.lower[index] == "nor" and index > words.head[index]:
        return False  # it negates the verb after it
    return words.dep[index] in {"neg", "advmod", "det", "preconj", "cc"} or words.lower[index] == "never"


def _is_empty(words: Words, index: int) -> bool:
    """Tell a negation that negates nothing: "not only", "cannot but respond", "no choice but to leave"."""
    after = words.lower[index + 1 : index + 4]
    return bool(after) and (after[0] in EMPTY_AFTER or after[0] == "but" or is_no_choice(after))


def is_no_choice(after: tuple[str, ...]) -> bool:
    """Tell whether the words that follow "no" leave only what comes next: "choice but", "option other than"."""
    return after[0] in CHOICES and bool({"but", "than"} & set(after))
