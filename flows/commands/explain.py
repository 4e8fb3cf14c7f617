"""`tocsin explain`: why a statement is labelled so, and what an event, a claim or an alert is made of."""

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
@click.argument("given", metavar="ID")
@common_options
@json_option
@click.option("--why-not", "rule", metavar="RULE", help="Say what kept this rule of alerts.toml from ringing.")
def command(given: str, config_folder: Path | None, warehouse: Path | None, as_json: bool, rule: str | None) -> None:
    """Show a statement in its sentence, who said it, the rules and words behind its label, its claim and all reports.

    ID is that of a statement, or of a claim, an event or an alert, which are shown with the statement that tells most
    of them: an event with all its claims, what rang of it, why, and how the messages fared.

    All is read from the published warehouse, so it is why the label was given when it was given: by the version of
    rules that stands at the end. --why-not goes by the rules of alerts.toml as they stand now.
    """
    from config.places import warehouse_path
    from flows.analysis import event_text, explanation_record, explanation_text, plain, silence_text, why_silent
    from flows.clock import utc_now
    from warehouse.asking import explain_event, explain_statement, find_named
    from warehouse.connection import open_reader
    from warehouse.upkeep import readable_path

    target = warehouse or warehouse_path(config_folder)
    with open_reader(readable_path(target)) as con:
        named = find_named(con, given)
        found = explain_statement(con, named.statement_id)
        event = explain_event(con, named.event_id) if named.event_id else None
        silence = None if rule is None else why_silent(con, found, event, _rule(config_folder, rule), utc_now())
    definitions = _definitions(config_folder)
    if as_json:
        record = {"kind": named.kind, "id": named.id, **explanation_record(found, definitions, event)}
        more = {} if silence is None else {"why_not": plain(asdict(silence))}
        print(json.dumps({**record, **more}, ensure_ascii=False))
    else:
        if named.kind in {"event", "alert"} and event is not None:
            print(event_text(event))
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
