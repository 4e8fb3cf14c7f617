"""Several states that speak as one: "the leaders of France and Germany", "Moscow and Ankara"."""

from extractors.actors.known.folding import find_words
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.matching import match_aliases

# All that may stand beside the states: whoever else is named there is no state, such as analysts in two capitals.
BESIDE = frozenset(
    {"a", "and", "both", "by", "from", "in", "joint", "of", "the", "their", "together", "with"}
    | {"chancellor", "chancellors", "countries", "emir", "government", "governments", "heads", "king", "leaders"}
    | {"minister", "ministers", "nations", "premiers", "president", "presidents", "prime", "state"}
    | {"communique", "declaration", "defence", "defense", "finance", "foreign", "interior", "statement"}
)


def states_jointly(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the codes of the states that these words for a speaker name together, sorted; none where it is one."""
    words = find_words(text)
    matches = match_aliases(words, gazetteer.aliases)
    named = {at for one in matches for at in range(one.first, one.last)}
    if any(word.folded not in BESIDE for at, word in enumerate(words) if at not in named):
        return ()
    states = [{alias.actor_id for alias in one.aliases} & gazetteer.countries.keys() for one in matches]
    if any(len(found) != 1 for found in states):
        return ()
    codes = sorted(set().union(*states))
    return tuple(codes) if len(codes) > 1 else ()
