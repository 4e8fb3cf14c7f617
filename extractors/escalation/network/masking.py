"""Masking: names become parts, so that the network reads "Ownia would strike Alphia's bases" whoever the two are.

The speaker's own side has one word, other sides have theirs in the order in which they come; so have persons, bodies
and places that are no countries. Which of them a word is depends on its statement alone: on the names of countries, on
the speaker's, and on how a word is written - never on who happens to be known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from extractors.escalation.grammar.parse import QUOTES, Words
from extractors.escalation.grammar.statement import LONGEST_PLACE, Reading, Voice

# single pieces of the network's vocabulary, taught to it under these names
OWN, OTHERS = "Ownia", ("Alphia", "Betia", "Gammia")
HIMSELF, NAMES = "Ownname", ("Namea", "Nameb", "Namec")
PARTS = (OWN, *OTHERS, HIMSELF, *NAMES)
# words that stand inside of names: "bin", "von"
PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "von", "van", "der", "de", "da", "di", "la", "le", "del"})
JOINTS = frozenset({"-", "‐", "‑", "–", "'", "’", "."})
# verbs and months that are names too: a month stays what it is
DOUBTFUL = frozenset({"will", "mark", "grant", "chase", "pat", "bill", "frank"})
CALENDAR = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "i", "i.", "god"}
)
OPENING = QUOTES | frozenset(":.?!;—(")
ARTICLES = frozenset({"the", "a", "an"})
LEFT_OVER = frozenset({"of", "for", "to", "in", "at", "from", "on", "and", "with", ",", "-", "–"})
POSSESSIVE = frozenset({"'s", "’s"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the masked text and the tokens (first and last) that it stands for."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without names, and where each of its pieces comes from."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Cast:
    """Who has been given which part so far."""

    own: frozenset[str]
    himself: frozenset[str]
    sides: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def side(self, code: str) -> str:
        if code in self.own:
            return OWN
        return self.sides.setdefault(code, OTHERS[min(len(self.sides), len(OTHERS) - 1)])

    def name(self, words: Sequence[str]) -> str:
        """Return the part of a name: the same for its last word alone ("Ana Ruiz ... Ruiz")."""
        if self.himself.intersection(words):
            return HIMSELF
        return self.names.setdefault(words[-1], NAMES[min(len(self.names), len(NAMES) - 1)])


def mask(reading: Reading, stretches: Iterable[range], ordinary: AbstractSet[str]) -> Masked:
    """Return the tokens of ``stretches`` as text without names; ``ordinary`` words are no names."""
    words = reading.words
    cast = _Cast(reading.voice.countries, _names_of(reading.voice, ordinary))
    text = ""
    pieces: list[Piece] = []
    for stretch in stretches:
        text += " " if text else ""
        for first, last, part in _parts(reading, stretch, cast, ordinary):
            shown = words.quote(first, last) if part is None else part
            pieces.append(Piece(len(text), len(text) + len(shown), first, last))
            text += shown + _gap(words, last, stretch)
    return Masked(text, tuple(pieces))


def describe(voice: Voice, places: Mapping[str, str], ordinary: AbstractSet[str]) -> str:
    """Return the speaker without names: his office and whether his side is known, "defence minister of Ownia"."""
    told = _words_of(voice.role or voice.text)
    kept = (word.lower() for word in _without_places(told, places) if not _is_name_alone(word, ordinary))
    once = [word for word in dict.fromkeys(kept) if word not in ARTICLES]
    while once and once[-1] in LEFT_OVER:
        once.pop()
    office = " ".join(once).replace(" ,", ",").strip(" ,-")
    known = OWN if voice.countries else ""
    return f"{office} of {known}" if office and known else office or known


def _words_of(told: str) -> list[str]:
    return told.replace("’s", " ").replace("'s", " ").replace(",", " , ").split()


def _without_places(told: Sequence[str], places: Mapping[str, str]) -> Iterator[str]:
    start = 0
    while start < len(told):
        sizes = range(LONGEST_PLACE, 0, -1) if told[start][0].isupper() else ()
        size = next((one for one in sizes if _is_place(" ".join(told[start : start + one]).lower(), places)), 0)
        if not size:
            yield told[start]
        start += size or 1


def _is_place(name: str, places: Mapping[str, str]) -> bool:
    return name in places or name.removesuffix("s") in places


def _names_of(voice: Voice, ordinary: AbstractSet[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in _words_of(voice.text) if _is_name_alone(word, ordinary))


def _is_name_alone(word: str, ordinary: AbstractSet[str]) -> bool:
    return word[:1].isupper() and word.lower() not in ordinary and word.lower() not in CALENDAR


def _gap(words: Words, last: int, stretch: range) -> str:
    """Return the space behind a token, as it is written."""
    if last + 1 >= stretch.stop:
        return ""
    end = words.starts[last] + len(words.lower[last])
    return " " if words.starts[last + 1] > end else ""


def _parts(
    reading: Reading, stretch: range, cast: _Cast, ordinary: AbstractSet[str]
) -> Iterator[tuple[int, int, str | None]]:
    """Yield the stretch in order: a word as it is (None), or the tokens of one name with its part."""
    index = stretch.start
    while index < stretch.stop:
        code = _code_at(reading, index)
        if code is not None:
            last = _end_of_place(reading, index, stretch, code)
            yield index, last, cast.side(code)
        elif _begins_name(reading, index, stretch, ordinary):
            last = _end_of_name(reading, index, stretch, ordinary)
            yield index, last, cast.name([reading.words.lower[one] for one in range(index, last + 1)])
        else:
            last = index
            yield index, index, None
        index = last + 1


def _code_at(reading: Reading, index: int) -> str | None:
    """Return the country a token names, or a people of ("the Peruvians")."""
    code = (reading.places or {}).get(index)
    word = reading.words.lower[index]
    if code is None and word.endswith("s") and reading.words.text[reading.words.starts[index]].isupper():
        return reading.lexicon.places.get(word[:-1])
    return code


def _end_of_place(reading: Reading, index: int, stretch: range, code: str) -> int:
    last = index
    while last + 1 < stretch.stop and (reading.places or {}).get(last + 1) == code:
        last += 1
    return last


def is_name(words: Words, index: int, ordinary: AbstractSet[str]) -> bool:
    """Tell a name by its capital: at the beginning of a sentence only where the parse takes it for one too."""
    word = words.lower[index]
    if not words.text[words.starts[index]].isupper() or word in CALENDAR:
        return False
    if word in DOUBTFUL:
        return words.pos[index] == "PROPN" and not _opens(words, index)
    if word in ordinary or words.lemma[index] in ordinary:
        return False
    return words.pos[index] == "PROPN" or not _opens(words, index)


def _opens(words: Words, index: int) -> bool:
    before = index - 1
    return before < 0 or words.sentence[before] != words.sentence[index] or words.lower[before] in OPENING


def _begins_name(reading: Reading, index: int, stretch: range, ordinary: AbstractSet[str]) -> bool:
    """Tell the first word of a name, "al" of "al-Masri" too."""
    words = reading.words
    if is_name(words, index, ordinary):
        return True
    after = index + (2 if words.lower[index + 1 : index + 2] == ("-",) else 1)
    return words.lower[index] in PARTICLES and after < stretch.stop and _goes_on(reading, after, ordinary)


def _end_of_name(reading: Reading, index: int, stretch: range, ordinary: AbstractSet[str]) -> int:
    """Return the last token of a name: of its words, with what joins them."""
    words, last = reading.words, index
    while last + 1 < stretch.stop:
        after = last + 1
        if words.lower[after] in JOINTS | PARTICLES and after + 1 < stretch.stop:
            if words.lower[after + 1] not in POSSESSIVE and _goes_on(reading, after + 1, ordinary):
                last = after + 1
                continue
            if words.lower[after] == "-" and _is_no_word(words, after + 1, ordinary):  # "Jong-un"
                last = after + 1
                continue
            break
        if not _goes_on(reading, after, ordinary):
            break
        last = after
    return last


def _goes_on(reading: Reading, index: int, ordinary: AbstractSet[str]) -> bool:
    return _code_at(reading, index) is None and is_name(reading.words, index, ordinary)


def _is_no_word(words: Words, index: int, ordinary: AbstractSet[str]) -> bool:
    return words.lower[index].isalpha() and (words.lower[index] not in ordinary or words.pos[index] == "PROPN")
