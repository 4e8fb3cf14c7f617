"""Why a name was taken for an actor: short stable phrases that are kept with every mention."""

from collections.abc import Sequence

from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import Alias
from extractors.actors.known.name_lexicon import NameLexicon
from extractors.actors.known.personal_names import core, family_name
from extractors.model import Actor

LISTED_NAME = "name in the gazetteer"
LISTED_ALIAS = "alias in the gazetteer"
ADJECTIVE = "adjective of the country"
PEOPLE = "name of the country's people"
IN_CONTEXT = "short name, after the country was named in full"
INSTITUTION = "country with a word for its institution"
FULL_NAME = "full name in the text"
SURNAME = "surname of the full name in the same article"
PART = "part of the full name in the same article"
ACRONYM = "acronym introduced in the article"
OFFICE = "surname with the office held on the day"
TITLED = "name with a title, named in full nowhere in the article"
OTHER_ORDER = "full name in another order"
OTHER_INITIALS = "full name with other initials, hyphens or middle names"
OTHER_SPELLING = "spelling variant of the full name"
BY_PATTERN = "name by the pattern of the institution"
SPEAKER = "proper name of a speaker"
CORRECTED = "name given by a correction"


def of_alias(alias: Alias, actor: Actor) -> str:
    """Return why a known written form stands for the actor."""
    if alias.sense == "name":
        return LISTED_NAME if " ".join(alias.words) == _listed(actor) else LISTED_ALIAS
    return {"adjective": ADJECTIVE, "people": PEOPLE, "context": IN_CONTEXT}[alias.sense]


def of_full_name(words: Sequence[str], actor: Actor, names: NameLexicon) -> str:
    """Return why a name in full stands for the person: it is the name, or in what it differs."""
    full = fold(actor.name).split()
    if list(words) == full:
        return LISTED_NAME if actor.is_known else FULL_NAME
    mine, theirs = core(words, names), core(full, names)
    if sorted(mine) == sorted(theirs) and mine != theirs:
        return OTHER_ORDER
    is_same = "".join(mine) == "".join(theirs) or len(mine) != len(theirs)
    return OTHER_INITIALS if is_same else OTHER_SPELLING


def of_part(words: Sequence[str], full: Sequence[str], names: NameLexicon, country: str | None) -> str:
    """Return why a part of a name stands for the person named in full."""
    return SURNAME if list(words) == [family_name(full, names, country)] else PART


def of_canonical(actor: Actor, *, is_listed: bool) -> str:
    """Return where the canonical name of an actor comes from whom no mention names so."""
    if is_listed:
        return LISTED_NAME
    return BY_PATTERN if actor.is_known else SPEAKER


def _listed(actor: Actor) -> str:
    words = fold(actor.name).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
