"""`tocsin check`: validate all configuration."""

import json
from pathlib import Path

import click

from flows.options import common_options, json_option

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
    facts = configuration.facts()
    if as_json:
        print(json.dumps(facts))
        return
    print("configuration is valid: " + ", ".join(f"{count} {name}" for name, count in facts.items()))
