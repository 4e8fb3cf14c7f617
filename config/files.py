"""Reading one TOML file of the configuration: the user's own, laid over those that his folder extends."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from config.describing.schema import known_keys
from config.layering.near import suggestion
from config.layering.problems import ConfigError, Problem
from config.layering.reading import blame as blame_layers
from config.layering.reading import read_layers
from config.layering.stack import PACKAGED, is_layered, locate, stack

__all__ = [
    "PACKAGED", "ConfigError", "Problem", "Section", "blame", "layer_bytes", "locate", "read_alone", "read_file",
    "read_leniently", "strict", "validate",
]  # fmt: skip
MISSING = "Field required"  # pydantic's words
TO_ADD = '; to add to the packaged file instead, say extends = "packaged" in tocsin.toml'
UNFIT = "in the packaged file, which your files do not fit: change or remove it in an own {name} in {folder}"


class Section(BaseModel):
    """A table of a configuration file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


def read_file(folder: Path | None, name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Read and validate one file, laid over those below it; problems come back as values, to be told all at once."""
    return strict(read_leniently(folder, name, model))


def read_leniently(folder: Path | None, name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Do as ``read_file``, and return what is right beside its problems: what refers to it can be checked too."""
    paths = stack(folder, name)
    tree, problems = read_layers(paths)
    if tree is None:
        return None, problems
    found, wrong = validate(tree, str(paths[-1]), model)
    if found is None:
        found = _without_what_is_wrong(tree, model)
    if folder is not None and not is_layered(folder):
        wrong = [_with_hint(one) for one in wrong]
    return found, [*problems, *blame(folder, name, wrong)]


def read_alone(path: Path, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Read and validate a file that is no part of the configuration's layers."""
    tree, problems = read_layers([path])
    return (None, problems) if problems else validate(tree, str(path), model)


def strict(read: tuple[Value | None, list[Problem]]) -> tuple[Value | None, list[Problem]]:
    """Return the value only if nothing is wrong."""
    value, problems = read
    return (None if problems else value), problems


def blame(folder: Path | None, name: str, problems: Sequence[Problem]) -> list[Problem]:
    """Return problems of the file ``name``, as merged, as those of the layers they stand in, with their lines."""
    return [_told_whose(folder, one) for one in blame_layers(stack(folder, name), problems)]


def layer_bytes(folder: Path | None, name: str) -> bytes:
    """Return what decides the merged file: the bytes of all its layers, the lowest first."""
    return b"".join(path.read_bytes() for path in stack(folder, name))


def validate(data: object, file: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Validate parsed TOML; each pydantic error becomes one problem with its dotted key."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [
            Problem(file, ".".join(map(str, one["loc"])), one["msg"] + _meant(model, one["type"], one["loc"]))
            for one in _errors(error)
        ]


def _errors(error: ValidationError) -> list[ErrorDetails]:
    """Return the errors, less that of a list that is empty only because its entries are wrong."""
    found = error.errors()
    places = [one["loc"] for one in found]
    return [
        one
        for one in found
        if one["type"] != "too_short"
        or not any(len(place) > len(one["loc"]) and place[: len(one["loc"])] == one["loc"] for place in places)
    ]


def _without_what_is_wrong(tree: dict[str, Any], model: type[Model]) -> Model | None:
    """Return the file without the keys that are wrong, if it can do without them."""
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        places = [one["loc"] for one in _errors(error)]
    try:
        for place in places:
            _drop(tree, place)
        return model.model_validate(tree)
    except (ValidationError, LookupError, TypeError):
        return None


def _drop(tree: Any, place: Sequence[str | int]) -> None:  # noqa: ANN401 - any part of a file
    """Remove a key; raises ``TypeError`` where a whole entry is wrong, on which others may build."""
    for step in place[:-1]:
        tree = tree[step]
    if not isinstance(place[-1], str):
        raise TypeError(place[-1])
    tree.pop(place[-1], None)


def _meant(model: type[BaseModel], kind: str, place: tuple[str | int, ...]) -> str:
    """Return a near key for one that is not known."""
    if kind != "extra_forbidden":
        return ""
    return suggestion(str(place[-1]), known_keys(model, place[:-1]))


def _told_whose(folder: Path | None, problem: Problem) -> Problem:
    """Say it where the file is none of the user's: his others do not fit it."""
    path = Path(problem.file)
    if folder is None or path.parent != PACKAGED or folder.resolve() == PACKAGED:
        return problem
    return replace(problem, message=f"{problem.message} ({UNFIT.format(name=path.name, folder=folder)})")


def _with_hint(problem: Problem) -> Problem:
    """Say how to add a few entries, where a file that replaces the packaged one lacks what every such file has."""
    is_short = problem.message == MISSING and "." not in problem.key
    return replace(problem, message=problem.message + TO_ADD) if is_short else problem
