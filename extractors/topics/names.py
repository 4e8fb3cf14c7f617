"""The names topics know actors by, from the gazetteer."""

from collections.abc import Mapping

from extractors.actors import Gazetteer

EVERYBODY = "/*"  # ``KOR/*``: the country and every listed actor of it


def topic_names(gazetteer: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    """Return all names of each actor id; ``CODE/*`` gives those of a country with its people and bodies.

    Surnames alone ("Kim", "Lee") stay out of a country's names: they belong to too many.
    """
    names = {actor.actor_id: (actor.name, *actor.aliases) for actor in gazetteer.actors}
    for code, country in gazetteer.countries.items():
        names[code] = (*names.get(code, ()), *country.adjectives, *country.people)
    for code in gazetteer.countries:
        members = [actor for actor in gazetteer.actors if actor.country == code and actor.actor_id != code]
        theirs = [
            name
            for actor in members
            for name in names[actor.actor_id]
            if actor.kind != "person" or len(name.replace("-", " ").split()) > 1
        ]
        names[f"{code}{EVERYBODY}"] = tuple(dict.fromkeys((*names[code], *theirs)))
    return names
