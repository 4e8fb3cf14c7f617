"""The names that rules of alerts.toml use, resolved against actors.toml, codebook.toml and topics.toml."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.alerts import FILE, Alerting, RuleSection
from config.files import Problem
from config.places import locate
from extractors.actors import Gazetteer
from extractors.alerting import Rule


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What rules may name."""

    gazetteer: Gazetteer
    categories: Collection[str]
    topics: Collection[str]


def resolve_rules(folder: Path | None, alerting: Alerting, known: KnownNames) -> tuple[tuple[Rule, ...], list[Problem]]:
    """Return the rules with actors' ids for names, and a problem for each name that nobody bears."""
    file = str(locate(folder, FILE))
    problems = [
        Problem(file, f"rule.{number} ({rule.name}).{key}", message)
        for number, rule in enumerate(alerting.rule)
        for key, message in _unknown(rule, known)
    ]
    return tuple(rule.rule(speakers_of(rule, known.gazetteer)) for rule in alerting.rule), problems


def speakers_of(rule: RuleSection, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the ids of the speakers a rule names."""
    return frozenset(one for name in rule.speakers for one in actor_ids(name, gazetteer))


def actor_ids(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the actors with this id or name: listed ones, and what every state has (such as rus-foreign-ministry)."""
    if name in gazetteer.by_id:
        return (name,)
    code, _, key = name.partition("-")
    if code.upper() in gazetteer.countries and key in gazetteer.institutions:
        return (gazetteer.institution(code.upper(), key).actor_id,)
    return tuple(actor.actor_id for actor in gazetteer.named(name))


def _unknown(rule: RuleSection, known: KnownNames) -> Iterator[tuple[str, str]]:
    yield from _missing("categories", rule.categories, known.categories, "category")
    yield from _missing("topics", rule.topics, known.topics, "topic")
    for name in rule.speakers:
        if not actor_ids(name, known.gazetteer):
            yield "speakers", f"there is no actor {name!r}: add it to actors.toml"
    states = known.gazetteer.countries
    yield from _missing("countries", rule.countries, states, "country code")
    for pair in rule.dyads:
        yield from _missing("dyads", pair, states, "country code")
        if pair[0] == pair[1]:
            yield "dyads", f"{pair[0]!r} cannot be both sides"


def _missing(key: str, names: Sequence[str], known: Collection[str], what: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in known:
            yield key, f"there is no {what} {name!r}"
