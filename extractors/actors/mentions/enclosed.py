"""Whether a known one-word name is but a part of a longer unknown one."""

from extractors.actors.known.bodies import country_of
from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.matching import Match
from extractors.actors.mentions.name_runs import Line, is_tail, is_title_word, joins, may_be_name

# bodies that bear a city's name without being the state's
NAMED_AFTER = frozenset({"university", "times", "post", "college", "herald", "institute", "school", "group", "club"})


def is_inside_name(line: Line, match: Match, edges: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether a one-word name is but a part of a longer unknown one ("Jim Jordan", "Georgetown University").

    ``edges`` are the words that other known names begin or end at.
    """
    if not match.is_short and is_human(match, gazetteer):
        return is_alias(match, gazetteer) and begins_name(line, match, edges, gazetteer)
    if not match.is_short or all(one.sense in {"adjective", "people"} for one in match.aliases):
        return False
    return ends_name(line, match, edges, gazetteer) or begins_name(line, match, edges, gazetteer)


def is_human(match: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether the name is a person's."""
    return gazetteer.by_id[match.aliases[0].actor_id].kind == "person"


def is_alias(match: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether the words are but a part of the person's name ("Jean-Pierre")."""
    return all(" ".join(one.words) != fold(gazetteer.by_id[one.actor_id].name) for one in match.aliases)


def ends_name(line: Line, match: Match, edges: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether an unknown word before belongs to the name."""
    before = match.first - 1
    if before < 0 or match.first in edges or not adjoins(line, before, match.first, gazetteer):
        return False
    word = line.words[before].folded
    return word in gazetteer.names.given or (is_human(match, gazetteer) and not is_title_word(line, before, gazetteer))


def begins_name(line: Line, match: Match, edges: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether an unknown word after belongs to the name."""
    after = match.last
    if after >= len(line.words) or after in edges or line.gap(after) not in {" ", "-"}:
        return False
    following = line.words[after]
    if is_tail(line, after, gazetteer) and not following.is_capitalised:
        return is_human(match, gazetteer)
    if not adjoins(line, match.first, after, gazetteer):
        return False
    pair = " ".join(word.folded for word in line.words[after : after + 2])
    if pair in gazetteer.roles.classes:  # "Pentagon Press Secretary"
        return False
    if following.folded in gazetteer.roles.organisation:
        return country_of(match) is None or following.folded in NAMED_AFTER
    is_given = line.words[match.first].folded in gazetteer.names.given
    return is_given or (is_human(match, gazetteer) and following.folded not in gazetteer.roles.nouns)


def adjoins(line: Line, first: int, second: int, gazetteer: Gazetteer) -> bool:
    """Tell whether two neighbouring words are capitalised parts of one row."""
    if line.gap(second) in {"’", "'"} or not joins(line, second, gazetteer):
        return False
    return all(line.words[one].is_capitalised and may_be_name(line, one, gazetteer) for one in (first, second))
