"""What is wrong with a configuration: values that are collected, so that all of it can be told at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the configuration, with the file and the key a user has to look at."""

    file: str
    key: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Render as ``file: key: message (line N)``."""
        where = f" (line {self.line})" if self.line else ""
        return ": ".join(part for part in (self.file, self.key, self.message) if part) + where


class ConfigError(Exception):
    """The configuration is wrong; ``problems`` holds every error that was found, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order they were found."""
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))
