"""alerts.toml: rules and channels."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import time, tzinfo
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, field_validator, model_validator

from config.files import Problem, Section, read_file
from config.places import locate
from extractors.alerting import QuietHours, Rest, Rule, Step
from extractors.model import Polarity

FILE = "alerts.toml"
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Severity = Annotated[int, Field(ge=0, le=5)]
Positive = Annotated[int, Field(gt=0)]


def _known_zone(name: str) -> str:
    zone_of(name)
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class QuietSection(Section):
    """Hours in which a rule waits."""

    since: time = Field(alias="from")
    until: time = Field(alias="to")
    zone: Zone | None = None
    unless_severity: Severity | None = None

    @field_validator("since", "until", mode="before")
    @classmethod
    def is_time_of_day(cls, value: object) -> object:
        return time_of_day(value)

    @model_validator(mode="after")
    def has_length(self) -> "QuietSection":
        if self.since == self.until:
            raise ValueError("quiet hours begin and end at the same time")
        return self

    def hours(self, zone: tzinfo) -> QuietHours:
        """Return the quiet hours; without a zone of their own, in that of the rule."""
        return QuietHours(self.since, self.until, zone_of(self.zone) if self.zone else zone, self.unless_severity)


class StepSection(Section):
    """What a claim that rang must come to for one more message."""

    outlets: Annotated[int, Field(ge=2)] | None = None
    severity: Severity | None = None

    @model_validator(mode="after")
    def says_something(self) -> "StepSection":
        if self.outlets is None and self.severity is None:
            raise ValueError("give outlets, severity or both")
        return self


class RuleSection(Section):
    """What a claim must be like to ring."""

    name: Name
    severity: Severity = 3
    polarity: Polarity | Literal["any"] = "escalatory"
    categories: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    dyads: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    min_outlets: Positive = 1
    fresh_days: Annotated[int, Field(ge=0)] | None = None
    quiet: QuietSection | None = None
    rest: Rest = "none"
    digest_at: time = time(8)
    zone: Zone = "UTC"
    follow_ups: tuple[StepSection, ...] = (StepSection(outlets=5, severity=5),)
    channels: Annotated[tuple[Name, ...], Field(min_length=1)] = ("log",)

    @field_validator("digest_at", mode="before")
    @classmethod
    def is_time_of_day(cls, value: object) -> object:
        return time_of_day(value)

    def rule(self, speakers: frozenset[str]) -> Rule:
        """Return the rule as it is decided by; ``speakers`` are the actors' ids."""
        zone, quiet = zone_of(self.zone), self.quiet
        return Rule(
            name=self.name,
            severity=self.severity,
            polarity=self.polarity,
            categories=frozenset(self.categories),
            speakers=speakers,
            countries=frozenset(self.countries),
            dyads=frozenset(map(frozenset, self.dyads)),
            topics=frozenset(self.topics),
            outlets=frozenset(self.outlets),
            min_outlets=self.min_outlets,
            fresh_days=self.fresh_days,
            quiet=quiet.hours(zone) if quiet else None,
            rest=self.rest,
            digest_at=self.digest_at,
            zone=zone,
            steps=tuple(Step(one.outlets, one.severity) for one in self.follow_ups),
            channels=self.channels,
        )


class ChannelSection(Section):
    """Where alerts go. A target is secret: it comes from the environment or a Prefect block, never from here."""

    name: Name
    kind: Literal["log", "atom", "webhook", "apprise"]
    path: Path | None = None
    target: Literal["environment", "prefect"] = "environment"
    format: Literal["auto", "text", "html"] = "auto"

    @model_validator(mode="after")
    def path_is_for_files(self) -> "ChannelSection":
        if self.path is not None and self.is_outside:
            raise ValueError("path is for channels of kind log and atom")
        return self

    @property
    def is_outside(self) -> bool:
        """Tell whether it sends to somebody else; the others are files of this machine."""
        return self.kind in ("webhook", "apprise")


class DeliverySection(Section):
    """How messages are sent; seconds."""

    max_tries: Positive = 24
    flood: Annotated[int, Field(ge=1)] = 10
    retry_seconds: Annotated[float, Field(gt=0)] = 30.0
    longest_retry_seconds: Annotated[float, Field(gt=0)] = 14_400.0
    send_seconds: Annotated[float, Field(gt=0)] = 30.0
    lease_seconds: Annotated[float, Field(gt=0)] = 120.0
    source: Annotated[str, Field(pattern=r"^[a-z][a-z0-9+.-]*:\S+$")] = "urn:tocsin"
    templates: Path | None = None

    @model_validator(mode="after")
    def lease_outlasts_sending(self) -> "DeliverySection":
        if self.lease_seconds < 2 * self.send_seconds:
            raise ValueError("lease_seconds must be at least twice send_seconds, or a slow message is sent twice")
        return self


class OperationsSection(Section):
    """Where Tocsin tells of its own troubles: failed runs, silent sources, messages given up."""

    channels: tuple[Name, ...] = ("log",)


class Alerting(Section):
    """All of alerts.toml."""

    rule: tuple[RuleSection, ...] = ()
    channel: tuple[ChannelSection, ...] = ()
    delivery: DeliverySection = DeliverySection()
    operations: OperationsSection = OperationsSection()

    def channel_named(self, name: str) -> ChannelSection | None:
        """Return a channel."""
        return next((one for one in self.channel if one.name == name), None)


def load_alerting(folder: Path | None) -> tuple[Alerting | None, list[Problem]]:
    """Read alerts.toml, with all that is wrong in the file itself; names of other files are checked with them."""
    found, problems = read_file(folder, FILE, Alerting)
    if found is not None:
        file = str(locate(folder, FILE))
        problems += [Problem(file, key, message) for key, message in _inconsistencies(found)]
    return (None if problems else found), problems


def time_of_day(value: object) -> object:
    """Return the time of day of a string such as "22:30"; TOML's own times pass."""
    return time.fromisoformat(value) if isinstance(value, str) else value


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name; raises ``ValueError``."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise ValueError(f"there is no time zone {name!r}") from error


def _inconsistencies(found: Alerting) -> Iterator[tuple[str, str]]:
    yield from _doubled("rule", [one.name for one in found.rule])
    yield from _doubled("channel", [one.name for one in found.channel])
    for number, rule in enumerate(found.rule):
        for name in rule.channels:
            if found.channel_named(name) is None:
                yield f"rule.{number} ({rule.name}).channels", f"there is no channel {name!r}"
    for name in found.operations.channels:
        channel = found.channel_named(name)
        if channel is None:
            yield "operations.channels", f"there is no channel {name!r}"
        elif channel.kind == "atom":
            yield "operations.channels", f"{name!r} is a feed of alerts; take a channel of another kind"


def _doubled(section: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{section}.name", f"the name {name!r} is given twice"
