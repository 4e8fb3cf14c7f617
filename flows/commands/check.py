"""`tocsin check`: validate all configuration."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option
from flows.telling import counted_of

if TYPE_CHECKING:
    from config.files import Problem
    from config.load import Configuration

EXAMPLES = """\b
Examples:
  tocsin check                        the packaged configuration
  tocsin check --config my-dispute/   a folder of your own over the packaged files
  tocsin check --config my-dispute/ --json | jq '.errors[]'
"""


@click.command("check", epilog=EXAMPLES)
@common_options
@json_option
def command(config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """Validate every configuration file and name all errors with file and key; exit 2 if there are any.

    Files that nothing reads and channels that lead nowhere yet are warned of, which is no error.
    """
    from config.files import ConfigError

    configuration, errors = _load(config_folder)
    warnings = _warnings(config_folder)
    facts = configuration.facts() if configuration else {}
    if as_json:
        told = {"valid": not errors, "errors": [asdict(one) for one in errors], "warnings": warnings}
        print(json.dumps(facts | told, ensure_ascii=False))
    else:
        for warning in warnings:
            print(f"tocsin: {warning}", file=sys.stderr)
    if errors:
        raise ConfigError(errors)
    if not as_json:
        print("configuration is valid: " + ", ".join(counted_of(count, name) for name, count in facts.items()))


def _load(config_folder: Path | None) -> "tuple[Configuration | None, list[Problem]]":
    """Return the configuration, or all that is wrong with it, templates that cannot be filled included."""
    from config.files import ConfigError
    from config.load import load_configuration

    errors = _template_problems(config_folder)
    try:
        configuration = load_configuration(config_folder)
    except ConfigError as error:
        return None, [*error.problems, *errors]
    return configuration, [*errors, *_query_problems(configuration, config_folder)]


def _query_problems(configuration: "Configuration", folder: Path | None) -> "list[Problem]":
    """Return what is wrong with saved queries that the schema does not answer."""
    from config.files import Problem, locate
    from config.queries import FILE
    from warehouse.asking import wrong_queries

    asked = {
        one.name: (
            one.sql,
            {key: None if it.default is None else str(it.default) for key, it in one.parameters.items()},
        )
        for one in configuration.queries
    }
    file = str(locate(folder, FILE))
    return [Problem(file, f"query {name}", said) for name, said in wrong_queries(asked).items()]


def _template_problems(config_folder: Path | None) -> "list[Problem]":
    from config.alerts import read_alerting

    alerting, _ = read_alerting(config_folder)
    if alerting is None or not alerting.delivery.templates:
        return []
    from flows.delivery import template_problems

    return list(template_problems(alerting.delivery.templates))


def _warnings(config_folder: Path | None) -> list[str]:
    """Return what is no mistake of a file: files that nothing reads, channels that lead nowhere yet."""
    from config.alerts import read_alerting
    from config.describing.strays import strays

    warnings = [str(one) for one in strays(config_folder)]
    alerting, _ = read_alerting(config_folder)
    for one in alerting.channel if alerting else ():
        if one.is_outside:
            from flows.delivery import trouble_of

            if trouble := trouble_of(one, os.environ):
                warnings.append(f"channel {one.name}: {trouble}")
    return warnings
