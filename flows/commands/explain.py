"""`tocsin explain`: why a statement is labelled so."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option

if TYPE_CHECKING:
    from extractors.alerting import Rule

EXAMPLES = """\b
Examples:
  tocsin explain 4f0c2a                         the beginning of an id is enough
  tocsin explain 1ed9e5d0e                      a claim, an event or an alert likewise
  tocsin explain 4f0c2a --json | jq .evidence
  tocsin explain 4f0c2a --why-not escalation    what was missing for that rule to ring
  tocsin sql "select first_statement_id from escalations" finds ids of escalating claims
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("statement_id")
@common_options
@json_option
@click.option("--why-not", "rule", metavar="RULE", help="Say what kept this rule of alerts.toml from ringing.")
def command(
    statement_id: str, config_folder: Path | None, warehouse: Path | None, as_json: bool, rule: str | None
) -> None:
    """Show a statement in its sentence, who said it, the rules and words behind its label, its claim and all reports.

    All is read from the published warehouse, so it is why the label was given when it was given: by the version of
    rules that stands at the end. --why-not goes by the rules of alerts.toml as they stand now.
    """
    from config.places import warehouse_path
    from flows.analysis import explanation_record, explanation_text, silence_text, why_silent
    from warehouse.asking import explain_statement, find_statement
    from warehouse.connection import open_reader
    from warehouse.upkeep import published_path

    target = warehouse or warehouse_path(config_folder)
    with open_reader(published_path(target)) as con:
        found = explain_statement(con, find_statement(con, statement_id))
        silence = None if rule is None else why_silent(con, found, _rule(config_folder, rule))
    definitions = _definitions(config_folder)
    if as_json:
        record = explanation_record(found, definitions)
        print(json.dumps(record if silence is None else {**record, "why_not": asdict(silence)}, ensure_ascii=False))
    else:
        print(explanation_text(found, definitions))
        if silence is not None:
            print(silence_text(silence))


def _rule(config_folder: Path | None, name: str) -> "Rule":
    """Return the rule of alerts.toml with this name."""
    from config.load import load_configuration

    rules = {one.name: one for one in load_configuration(config_folder).rules}
    if name not in rules:
        raise click.UsageError(f"there is no rule {name!r}; alerts.toml has: {', '.join(rules)}")
    return rules[name]


def _definitions(config_folder: Path | None) -> dict[str, str]:
    """Return what the codebook says of each category."""
    from config.escalation import CODEBOOK_FILE, CodebookFile
    from config.files import ConfigError, read_file

    codebook, problems = read_file(config_folder, CODEBOOK_FILE, CodebookFile)
    if codebook is None:
        raise ConfigError(problems)
    return {one.code: one.definition for one in codebook.category}
