"""alerts.toml: rules and channels."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.files import Problem, Section, read_file
from extractors.model import Polarity

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Rule(Section):
    """What a claim must be like to ring."""

    name: Name
    severity: Annotated[int, Field(ge=0, le=5)] = 3
    polarity: Polarity = "escalatory"
    channels: tuple[Name, ...] = ("log",)


class Channel(Section):
    """Where alerts go."""

    name: Name
    kind: Literal["log"]
    path: Path | None = None


class Alerting(Section):
    """All of alerts.toml."""

    rule: tuple[Rule, ...] = ()
    channel: tuple[Channel, ...] = ()

    @model_validator(mode="after")
    def _channels_exist_and_names_are_unique(self) -> "Alerting":
        known = {one.name for one in self.channel}
        for rule in self.rule:
            for name in rule.channels:
                if name not in known:
                    raise ValueError(f"rule {rule.name!r} names the channel {name!r}, which is not defined")
        for names in ([one.name for one in self.rule], [one.name for one in self.channel]):
            doubled = {name for name in names if names.count(name) > 1}
            if doubled:
                raise ValueError(f"the name {min(doubled)!r} is given twice")
        return self


def load_alerting(folder: Path | None) -> tuple[Alerting | None, list[Problem]]:
    """Read alerts.toml."""
    return read_file(folder, "alerts.toml", Alerting)
