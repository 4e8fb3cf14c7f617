"""Words about people and organisations: roles, titles, given names, family names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from extractors.actors.known.folding import fold

Gender = Literal["f", "m"]
LONGEST_ROLE = 5  # words of the longest phrase listed as a role
SMALL = frozenset({"of", "the", "for", "to", "and", "united", "nations", "in"})


@dataclass(frozen=True, slots=True)
class RoleLexicon:
    """``classes`` maps a folded noun phrase to the key of its class, ``nouns`` holds the words of all of them.

    ``nations`` maps a folded phrase ("state duma") to the countries that have such an office or body.
    """

    classes: Mapping[str, str]
    nouns: frozenset[str]
    genders: Mapping[str, Gender]
    modifiers: frozenset[str]
    honorifics: frozenset[str]
    generic: frozenset[str]
    organisation: frozenset[str]
    never_names: frozenset[str]
    bodies: Mapping[str, frozenset[str]]
    nations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def class_of(self, role: str | Iterable[str]) -> str | None:
        """Return the class of the role's last longest known phrase: "deputy foreign minister" is a foreign minister."""
        words = role.split() if isinstance(role, str) else list(role)
        for end in range(len(words), 0, -1):
            for start in range(max(0, end - LONGEST_ROLE), end):
                found = self.classes.get(" ".join(words[start:end]))
                if found is not None:
                    return found
        return None

    def head_class(self, words: list[str]) -> str | None:
        """Return the class of the phrase that ends the words, None where they end in no role."""
        for start in range(max(0, len(words) - LONGEST_ROLE), len(words)):
            found = self.classes.get(" ".join(words[start:]))
            if found is not None:
                return found
        return None

    def gender_of(self, words: Iterable[str]) -> Gender | None:
        """Return the gender that a title or noun among the words tells."""
        for word in words:
            if word in self.genders:
                return self.genders[word]
        return None


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Given names by gender, family names that come first, and the small words in and around names."""

    given: Mapping[str, Gender]
    family_first: Mapping[str, frozenset[str]]
    particles: frozenset[str]
    suffixes: frozenset[str]
    hyphen_tails: frozenset[str]

    def may_be_family(self, word: str) -> bool:
        """Tell whether ``word`` is a family name of a country where it comes first."""
        return any(word in names for names in self.family_first.values())


def role_lexicon(
    classes: Mapping[str, Iterable[str]],
    genders: Mapping[Gender, Iterable[str]],
    *,
    modifiers: Iterable[str],
    honorifics: Iterable[str],
    generic: Iterable[str],
    organisation: Iterable[str],
    never_names: Iterable[str],
    bodies: Mapping[str, Iterable[str]],
) -> RoleLexicon:
    """Fold the words; a phrase listed in two classes belongs to the first."""
    by_phrase: dict[str, str] = {}
    for key, phrases in classes.items():
        for phrase in phrases:
            by_phrase.setdefault(fold(phrase), key)
    return RoleLexicon(
        by_phrase,
        frozenset(word for phrase in by_phrase for word in phrase.split()) - SMALL,
        {fold(word): gender for gender, words in genders.items() for word in words},
        folded(modifiers),
        folded(honorifics),
        folded(generic),
        folded(organisation),
        folded(never_names),
        {fold(noun): frozenset(kinds) for noun, kinds in bodies.items()},
    )


def nations_of_offices(nations: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the countries that have each office or body, from the phrases of each country."""
    found: dict[str, list[str]] = {}
    for code, phrases in nations.items():
        for phrase in phrases:
            found.setdefault(fold(phrase), []).append(code)
    return {phrase: tuple(codes) for phrase, codes in found.items()}


def folded(words: Iterable[str]) -> frozenset[str]:
    """Return the folded words as a set."""
    return frozenset(fold(word) for word in words)
