"""Reading one TOML file of the configuration: the user's folder first, the packaged default else."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config.places import locate


class Section(BaseModel):
    """A table of a configuration file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the configuration, with the file and the key a user has to look at."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        """Render as ``file: key: message``."""
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class ConfigError(Exception):
    """The configuration is wrong; ``problems`` holds every error that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order they were found."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_file(folder: Path | None, name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Read and validate one file; problems come back as values so that several files can be reported at once."""
    path = locate(folder, name)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return None, [Problem(str(path), "", f"is not valid TOML: {error}")]
    except UnicodeDecodeError as error:
        return None, [Problem(str(path), "", f"is not UTF-8: {error}")]
    except OSError as error:
        return None, [Problem(str(path), "", f"cannot be read: {error.strerror}")]
    return validate(data, str(path), model)


def validate(data: object, file: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Validate parsed TOML; each pydantic error becomes one problem with its dotted key."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [Problem(file, ".".join(str(part) for part in one["loc"]), one["msg"]) for one in error.errors()]
