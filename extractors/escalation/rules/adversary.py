"""Adversary in view: whether the statement is aimed at somebody the speaker's side is against."""

from dataclasses import dataclass

from extractors.escalation.grammar.sides import SECOND_PERSON
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.features import find_feature


@dataclass(frozen=True, slots=True)
class Adversary:
    """What was found: words for an adversary, and signs that there is none (partners, home affairs)."""

    tokens: tuple[int, ...] = ()
    countries: frozenset[str] = frozenset()
    is_partnership: bool = False
    is_domestic: bool = False

    @property
    def is_in_view(self) -> bool:
        """Tell whether anything in the text points at an adversary."""
        return bool(self.tokens)


def read_adversary(reading: Reading) -> Adversary:
    """Collect the words that point at an adversary, and those that speak against there being one."""
    words, places = reading.words, reading.places or {}
    enemies = reading.feature("enemies")
    own = reading.voice.country
    tokens = [
        one for one in reading.addressee if places.get(one, own) != own or words.lower[one] in enemies | SECOND_PERSON
    ]
    countries = set()
    for index in reading.indices:
        code = places.get(index)
        if code is not None and code != own:
            countries.add(code)
            tokens.append(index)
        elif words.lower[index] in enemies or words.lemma[index] in enemies or words.lower[index] in SECOND_PERSON:
            tokens.append(index)
    return Adversary(
        tokens=tuple(dict.fromkeys(tokens)),
        countries=frozenset(countries),
        is_partnership=find_feature(reading, "partnership") is not None,
        is_domestic=find_feature(reading, "domestic") is not None,
    )
