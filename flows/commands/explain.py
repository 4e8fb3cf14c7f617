"""`tocsin explain`: why a statement is labelled so."""

import json
from pathlib import Path

import click

from flows.commands.options import common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin explain 4f0c2a                         the beginning of an id is enough
  tocsin explain 4f0c2a --json | jq .evidence
  tocsin sql "select first_statement_id from escalations" finds ids of escalating claims
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("statement_id")
@common_options
@json_option
def command(statement_id: str, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show a statement in its sentence, who said it, the rules and words behind its label, its claim and all reports.

    All is read from the published warehouse, so it is why the label was given when it was given: by the version of
    rules that stands at the end.
    """
    from config.settings import settings_of
    from flows.analysis import explanation_record, explanation_text
    from warehouse.asking import explain_statement, find_statement
    from warehouse.connection import open_reader
    from warehouse.upkeep import published_path

    target = warehouse or settings_of(config_folder).paths.warehouse
    with open_reader(published_path(target)) as con:
        found = explain_statement(con, find_statement(con, statement_id))
    definitions = _definitions(config_folder)
    if as_json:
        print(json.dumps(explanation_record(found, definitions), ensure_ascii=False))
    else:
        print(explanation_text(found, definitions))


def _definitions(config_folder: Path | None) -> dict[str, str]:
    """Return what the codebook says of each category."""
    from config.escalation import CODEBOOK_FILE, CodebookFile
    from config.files import ConfigError, read_file

    codebook, problems = read_file(config_folder, CODEBOOK_FILE, CodebookFile)
    if codebook is None:
        raise ConfigError(problems)
    return {one.code: one.definition for one in codebook.category}
