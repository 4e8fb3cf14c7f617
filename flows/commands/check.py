"""`tocsin check`: validate all configuration."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option

if TYPE_CHECKING:
    from config.load import Configuration

EXAMPLES = """\b
Examples:
  tocsin check                        the packaged configuration
  tocsin check --config my-dispute/   a folder of your own over the packaged files
"""


@click.command("check", epilog=EXAMPLES)
@common_options
@json_option
def command(config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """Validate every configuration file and name all errors with file and key; exit 2 if there are any."""
    from config.load import load_configuration

    configuration = load_configuration(config_folder)
    _check_channels(configuration)
    _check_queries(configuration, config_folder)
    facts = configuration.facts()
    if as_json:
        print(json.dumps(facts))
        return
    print("configuration is valid: " + ", ".join(f"{count} {name}" for name, count in facts.items()))


def _check_queries(configuration: "Configuration", folder: Path | None) -> None:
    """Refuse saved queries that the schema does not answer."""
    from config.files import ConfigError, Problem, locate
    from config.queries import FILE
    from warehouse.asking import wrong_queries

    asked = {
        one.name: (
            one.sql,
            {key: None if it.default is None else str(it.default) for key, it in one.parameters.items()},
        )
        for one in configuration.queries
    }
    if wrong := wrong_queries(asked):
        file = str(locate(folder, FILE))
        raise ConfigError(Problem(file, f"query {name}", said) for name, said in wrong.items())


def _check_channels(configuration: "Configuration") -> None:
    """Refuse templates that cannot be filled; tell of channels that lead nowhere yet, which is no mistake of a file."""
    alerting = configuration.alerting
    if alerting.delivery.templates:
        from config.files import ConfigError
        from flows.delivery import template_problems

        if problems := template_problems(alerting.delivery.templates):
            raise ConfigError(problems)
    for one in alerting.channel:
        if one.is_outside:
            from flows.delivery import trouble_of

            if trouble := trouble_of(one, os.environ):
                print(f"tocsin: channel {one.name}: {trouble}", file=sys.stderr)
