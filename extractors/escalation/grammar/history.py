"""History: whether a deed is told of a time long past, which nobody announces or threatens any more."""

from extractors.escalation.grammar.parse import AUXILIARIES, Words
from extractors.escalation.grammar.statement import Reading

RECENT = 1  # years before the statement's own that are no history yet
UNDATED = 2015  # the last year that is history where the statement's own day is unknown
FIRST_YEAR = 1500
LONG = frozenset({"decade", "decades", "century", "centuries", "generation", "generations", "age", "ages"})
FEW = frozenset({"one", "two", "three", "a", "1", "2", "3", "few", "couple"})  # years
DECADES = frozenset({"twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"})
FOREBEARS = frozenset(
    {"grandfather", "grandfathers", "grandparents", "forefathers", "ancestors", "predecessor", "predecessors", "fathers"}
)
AGES = frozenset({"colonial", "imperial", "medieval", "ancient", "soviet", "ottoman", "tsarist", "victorian"})
TIMES = frozenset({"times", "days", "era", "age", "period", "years"})
SPANS = (("old", "days"), ("days", "of"), ("past", "century"), ("last", "century"), ("war", "of", "independence"),
         ("history", "books"), ("history", "book"), ("cold", "war"), ("of", "the", "past"))  # fmt: skip
NOT_AFTER = frozenset({"since", "by", "until", "before"})  # "since 2014" reaches into the present


def is_history(reading: Reading, index: int) -> bool:
    """Tell whether the word's sentence tells of long ago, in a plain past tense."""
    words = reading.words
    sentence = [one for one in range(len(words)) if words.sentence[one] == words.sentence[index]]
    if not _is_told_as_past(words, sentence):
        return False
    last = UNDATED if reading.on is None else reading.on.year - 1 - RECENT
    return any(_is_long_ago(words, one, last) for one in sentence)


def _is_told_as_past(words: Words, sentence: list[int]) -> bool:
    """Tell whether the sentence's main verb is a simple past; "is history" and "has been since" are not."""
    root = next((one for one in sentence if words.head[one] == one), None)
    if root is None:
        return False
    helpers = [one for one in words.children[root] if words.dep[one] in AUXILIARIES]
    return words.tag[root] == "VBD" or any(words.tag[one] == "VBD" for one in helpers)


def _is_long_ago(words: Words, index: int, last: int) -> bool:
    word, before = words.lower[index], words.lower[index - 1] if index else ""
    if word.isdigit() and len(word) == len(str(last)):
        return FIRST_YEAR <= int(word) <= last and before not in NOT_AFTER
    if word.endswith("s") and word[:-1].isdigit() and len(word) == len(str(last)) + 1:
        return int(word[:-1]) + 9 <= last
    if word == "ago":
        return _is_long(words.lower[max(0, index - 3) : index])
    if word in TIMES and before in AGES:
        return True
    if word in FOREBEARS or (word in DECADES and before in {"the", "early", "late", "nineteen"}):
        return True
    return any(words.lower[index : index + len(span)] == span for span in SPANS)


def _is_long(before: tuple[str, ...]) -> bool:
    """Tell "two decades ago" and "ten years ago" from "two years ago"."""
    if LONG & set(before):
        return True
    return bool(before) and before[-1] == "years" and not (len(before) > 1 and before[-2] in FEW)
