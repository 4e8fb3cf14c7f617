"""The whole configuration at once: every error of every file is reported together."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from config.actors import load_gazetteer
from config.alerts import Alerting, load_alerting
from config.claims import load_thesaurus
from config.cues import load_cues
from config.escalation import load_escalation
from config.files import ConfigError, Problem, locate
from config.settings import Settings, load_settings
from extractors.actors.gazetteer import Gazetteer
from extractors.claims import Thesaurus
from extractors.escalation import EscalationLexicon
from extractors.statements import CueLexicon

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
    gazetteer: Gazetteer
    cues: CueLexicon
    escalation: EscalationLexicon
    thesaurus: Thesaurus
    digest: str

    def knowledge(self, language: "Language") -> "Knowledge":
        """Return what the extractors need, with the language pipeline."""
        from extractors.knowledge import Knowledge

        return Knowledge(self.gazetteer, self.cues, self.escalation, self.thesaurus, language, self.digest)

    def facts(self) -> dict[str, int]:
        """Return what the configuration holds, in numbers."""
        return {
            "actors": len(self.gazetteer.by_id),
            "cue verbs": len(self.cues.verbs),
            "escalation acts": len(self.escalation.acts),
            "categories": len(self.escalation.categories),
            "alert rules": len(self.alerting.rule),
            "channels": len(self.alerting.channel),
        }


@cache
def load_configuration(folder: Path | None) -> Configuration:
    """Read and validate every file; raises ``ConfigError`` with the problems of all of them."""
    problems: list[Problem] = []

    def keep(loaded: tuple[Value | None, list[Problem]]) -> Value | None:
        problems.extend(loaded[1])
        return loaded[0]

    settings, alerting = keep(load_settings(folder)), keep(load_alerting(folder))
    gazetteer, cues = keep(load_gazetteer(folder)), keep(load_cues(folder))
    escalation, thesaurus = keep(load_escalation(folder)), keep(_thesaurus(folder))
    if problems or not (settings and alerting and gazetteer and cues and escalation and thesaurus):
        raise ConfigError(problems)
    digest = knowledge_digest(folder, settings)
    return Configuration(settings, alerting, gazetteer, cues, escalation, thesaurus, digest)


def _thesaurus(folder: Path | None) -> tuple[Thesaurus | None, list[Problem]]:
    try:
        return load_thesaurus(folder), []
    except ConfigError as error:
        return None, list(error.problems)


def knowledge_digest(folder: Path | None, settings: Settings) -> str:
    """Return a short digest of the files and settings that decide what is extracted."""
    found = hashlib.sha256(settings.language.model.encode())
    for name in KNOWLEDGE_FILES:
        found.update(locate(folder, name).read_bytes())
    return found.hexdigest()[:8]
