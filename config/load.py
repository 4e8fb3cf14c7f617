"""The whole configuration at once: every error of every file is reported together."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from config.actors import read_gazetteer
from config.alert_names import KnownNames, resolve_rules
from config.alerts import Alerting, read_alerting
from config.claims import load_thesaurus
from config.cues import load_cues
from config.escalation import read_escalation
from config.files import ConfigError, Problem, blame, layer_bytes, locate
from config.layering.near import suggestion
from config.layering.stack import chain
from config.network import load_network, network_digest
from config.queries import Query, load_queries
from config.settings import Settings, load_settings
from config.sources import read_sources
from config.topics import read_topics
from extractors.actors import Gazetteer
from extractors.alerting import Rule
from extractors.claims import Thesaurus
from extractors.escalation import EscalationLexicon
from extractors.feeds import Source
from extractors.statements import CueLexicon
from extractors.topics import Topic, topic_names, unknown_actors

if TYPE_CHECKING:
    from spacy.language import Language

    from extractors.knowledge import Knowledge

Value = TypeVar("Value")
# The files that decide what is extracted: their digest is part of the extractor version.
KNOWLEDGE_FILES = (
    "actors.toml", "roles.toml", "names.toml", "cues.toml", "escalation.toml", "codebook.toml", "conflicts.toml",
    "claims.toml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Configuration:
    """Every file of the configuration, validated."""

    settings: Settings
    alerting: Alerting
    rules: tuple[Rule, ...]
    gazetteer: Gazetteer
    cues: CueLexicon
    escalation: EscalationLexicon
    thesaurus: Thesaurus
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    digest: str
    queries: tuple[Query, ...]

    def knowledge(self, language: "Language") -> "Knowledge":
        """Return what the extractors need, with the language pipeline."""
        from extractors.knowledge import Knowledge

        network = load_network() if self.settings.language.network else None
        escalation = replace(self.escalation, network=network)
        return Knowledge(self.gazetteer, self.cues, escalation, self.thesaurus, language, self.digest)

    def facts(self) -> dict[str, int]:
        """Return what the configuration holds, in numbers."""
        return {
            "actors": len(self.gazetteer.by_id),
            "cue verbs": len(self.cues.verbs),
            "escalation acts": len(self.escalation.acts),
            "categories": len(self.escalation.categories),
            "sources": len(self.sources),
            "topics": len(self.topics),
            "alert rules": len(self.alerting.rule),
            "channels": len(self.alerting.channel),
            "saved queries": len(self.queries),
        }


@cache
def load_configuration(folder: Path | None) -> Configuration:
    """Read and validate every file; raises ``ConfigError`` with the problems of all of them."""
    problems = chain(folder)[1]

    def keep(loaded: tuple[Value | None, list[Problem]]) -> Value | None:
        problems.extend(loaded[1])
        return loaded[0]

    settings, alerting = keep(load_settings(folder)), keep(read_alerting(folder))
    gazetteer, cues = keep(read_gazetteer(folder)), keep(load_cues(folder))
    escalation, thesaurus = keep(read_escalation(folder)), keep(_thesaurus(folder))
    sources, topics = keep(read_sources(folder)), keep(read_topics(folder))
    queries = keep(load_queries(folder))
    if gazetteer is not None and sources is not None and topics is not None:
        problems += check_names(folder, gazetteer, sources, topics)
    rules: tuple[Rule, ...] = ()
    if alerting is not None and gazetteer is not None and escalation is not None and topics is not None:
        known = KnownNames(gazetteer, escalation.categories, {one.name for one in topics})
        rules, unknown = resolve_rules(folder, alerting, known)
        problems += unknown
    if (
        problems or settings is None or alerting is None or gazetteer is None or cues is None or escalation is None
        or thesaurus is None or sources is None or topics is None or queries is None
    ):  # fmt: skip
        raise ConfigError(problems)
    digest = knowledge_digest(folder, settings)
    return Configuration(
        settings, alerting, rules, gazetteer, cues, escalation, thesaurus, sources, topics, digest, queries
    )


def check_names(
    folder: Path | None, gazetteer: Gazetteer, sources: Sequence[Source], topics: Sequence[Topic]
) -> list[Problem]:
    """Return a problem for each topic that a source names and each actor that a topic names which nobody defines."""
    of_sources = list(_unknown_topics(str(locate(folder, "sources.toml")), sources, [one.name for one in topics]))
    of_topics = list(_unknown_actors(str(locate(folder, "topics.toml")), topics, gazetteer))
    return [*blame(folder, "sources.toml", of_sources), *blame(folder, "topics.toml", of_topics)]


def _unknown_topics(file: str, sources: Sequence[Source], defined: Sequence[str]) -> Iterator[Problem]:
    for number, one in enumerate(sources):
        for name in one.topics:
            if name not in defined:
                message = f"there is no topic {name!r}{suggestion(name, defined)}"
                yield Problem(file, f"sources.{number} ({one.source_id}).topics", message)


def _unknown_actors(file: str, topics: Sequence[Topic], gazetteer: Gazetteer) -> Iterator[Problem]:
    names = topic_names(gazetteer)
    unknown = unknown_actors(topics, names)
    for number, topic in enumerate(topics):
        for group in topic.groups:
            for one in group.actors:
                if one in unknown:
                    key = f"topics.{number} ({topic.name}).groups.{group.name}.actors"
                    yield Problem(file, key, f"there is no actor {one!r}{suggestion(one, names)}")


def _thesaurus(folder: Path | None) -> tuple[Thesaurus | None, list[Problem]]:
    try:
        return load_thesaurus(folder), []
    except ConfigError as error:
        return None, list(error.problems)


def knowledge_digest(folder: Path | None, settings: Settings) -> str:
    """Return a short digest of the files and settings that decide what is extracted."""
    found = hashlib.sha256(f"{settings.language.model} {settings.language.network}".encode())
    for name in KNOWLEDGE_FILES:
        found.update(layer_bytes(folder, name))
    if settings.language.network:
        found.update(network_digest())
    return found.hexdigest()[:8]
