"""`tocsin config`: start a configuration of one's own, see where each value comes from, schemas for editors."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, inherited_json, inherited_options
from flows.telling import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.describing.values import Setting

EXAMPLES = """\b
Examples:
  tocsin config init my-dispute/                   files to start from, with examples
  tocsin config show --config my-dispute/          settings, rules and all that is your own, and where each stands
  tocsin config show topics.toml alerts.rule       all of a file, and what begins so
  tocsin config show --all --json                  everything, a value a line
  tocsin config schema --out schemas/              JSON Schemas for editors
"""
SHOWN_WIDTH = 80  # of a value, in characters; longer ones are cut, but not as JSON


@click.group("config", epilog=EXAMPLES)
@common_options
def command(config_folder: Path | None, warehouse: Path | None) -> None:
    """Start a configuration of your own, show what holds and where it comes from, write schemas for editors."""


@command.command("init", epilog="\b\nExample:\n  tocsin config init my-dispute/")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@inherited_options
def init_command(folder: Path, config_folder: Path | None, warehouse: Path | None) -> None:  # noqa: ARG001 - as all take
    """Write files to start from into DIR: they extend the packaged ones and hold examples to take the # from."""
    from config.describing.catalog import editor_schemas
    from config.starter import starter_files
    from flows.files import users_own_files

    files = starter_files()
    if there := [name for name in files if (folder / name).exists()]:
        raise click.UsageError(f"{folder} holds {', '.join(there)} already, and nothing was written")
    with users_own_files():
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        _write_schemas(folder / "schemas", editor_schemas())
    print(f"{counted(len(files), 'file')} in {folder}: {', '.join(files)}")
    print(f"next: edit them, then `tocsin check --config {folder}`")


@command.command(
    "schema", epilog="\b\nExamples:\n  tocsin config schema alerts.toml\n  tocsin config schema --out schemas/"
)
@click.argument("name", required=False, metavar="[FILE]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write a file for each into this folder.")
@inherited_options
def schema_command(name: str | None, out: Path | None, config_folder: Path | None, warehouse: Path | None) -> None:  # noqa: ARG001 - as all take
    """Print the JSON Schema of FILE, or of all by name; with --out, write them for an editor."""
    from config.describing.catalog import editor_schemas
    from flows.files import users_own_files

    schemas = editor_schemas()
    if name is not None and (name := _file_named(name)) is not None:
        schemas = {name: schemas[name]}
    if out is None:
        print(json.dumps(schemas[name] if name else schemas, indent=2, ensure_ascii=False))
        return
    with users_own_files():
        _write_schemas(out, schemas)
    print(f"{counted(len(schemas), 'schema')} in {out}")


@command.command("show", epilog="\b\nExamples:\n  tocsin config show --config my-dispute/\n  tocsin config show alerts")
@click.argument("parts", nargs=-1, metavar="[FILE|KEY]...")
@inherited_options
@inherited_json
@click.option("--all", "is_all", is_flag=True, help="Show every value, the packaged words too.")
def show_command(
    parts: tuple[str, ...],
    config_folder: Path | None,
    warehouse: Path | None,  # noqa: ARG001 - as all take
    as_json: bool,
    is_all: bool,
) -> None:
    """Show what holds, a value a line, with the file and line that it comes from.

    Without FILE or KEY: all settings, rules and channels, and of the other files what is your own.
    """
    from config.describing.catalog import MODELS
    from config.describing.values import settings_in
    from config.load import load_configuration
    from flows.commands.showing.settings import as_json_line, print_file

    load_configuration(config_folder)
    shown = 0
    for name in MODELS:
        values = settings_in(config_folder, name)
        chosen = _chosen(values, parts, is_all=is_all)
        shown += len(chosen)
        if as_json:
            for one in chosen:
                print(as_json_line(one))
        elif chosen or not parts:
            print_file(name, chosen, values, SHOWN_WIDTH)
    if parts and not shown:
        raise click.UsageError(f"no file and no key begins with {' or '.join(parts)}")


def _chosen(values: "Sequence[Setting]", parts: "Sequence[str]", *, is_all: bool) -> "list[Setting]":
    if parts:
        return [one for one in values if any(_is_within(one, part) for part in parts)]
    return [one for one in values if is_all or not one.is_packaged or _is_setting(one)]


def _is_setting(one: "Setting") -> bool:
    """Tell whether it is shown without being asked for: all of tocsin.toml, and what alerts.toml gives."""
    return one.file == "tocsin.toml" or (one.file == "alerts.toml" and one.origin is not None)


def _is_within(one: "Setting", part: str) -> bool:
    """Tell whether the value stands in the file, or below the key, given with or without its file."""
    stem = one.file.removesuffix(".toml")
    return part in (one.file, stem) or any(
        f"{key}.".startswith(f"{part}.") for key in (one.key, f"{stem}.{one.key}", f"{one.file}.{one.key}")
    )


def _file_named(name: str) -> str:
    from config.describing.catalog import MODELS
    from config.layering.near import suggestion

    found = name if name.endswith(".toml") else f"{name}.toml"
    if found not in MODELS:
        raise click.UsageError(f"there is no file {found!r}{suggestion(found, MODELS)}")
    return found


def _write_schemas(folder: Path, schemas: dict[str, dict[str, object]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        text = json.dumps(schema, indent=1, ensure_ascii=False)
        (folder / f"{name.removesuffix('.toml')}.json").write_text(f"{text}\n", encoding="utf-8")
