"""`tocsin actors`: who is who and why; corrections that hold for good."""

import getpass
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from extractors.model import ActorKind
from flows.commands.options import common_options, inherited_json, inherited_options, json_option
from flows.telling import counted

if TYPE_CHECKING:
    from extractors.actors import NewFacts
    from flows.analysis import Desk, Done
    from warehouse.asking import ActorView
    from warehouse.connection import Connection
    from warehouse.table import Table

EXAMPLES = """\b
Examples:
  tocsin actors                                        those who speak most
  tocsin actors list lavrov                            by a part of a name or alias
  tocsin actors show sergei-lavrov                     his names and why they are his, roles, corrections
  tocsin actors merge karen-holm text:karin-holm       one person under two spellings
  tocsin actors split text:min-jun-kim --article 3fa9 --new "Kim Min-jun (admiral)"
  tocsin actors rename text:karin-holm "Karen Holm" --role "Fisheries Minister" --country DNK
  tocsin actors corrections
  tocsin actors undo 91ac02
"""
LIMIT = 50
LISTED = ("actor_id", "name", "kind", "country", "role", "names", "n_statements", "n_mentions")
LOGGED = ("id", "correction", "changed", "by", "at", "reason", "undone")
NAMES_SHOWN = 8
SHOWN_ID = 8  # characters of an article's id: enough to name it again


def example(*lines: str) -> str:
    """Return the examples that stand below a subcommand's help."""
    return "\n".join(["\b", "Examples:", *(f"  tocsin actors {line}" for line in lines)])


def correcting_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every correction takes: reason, person, dry run, and where the warehouse is."""
    for decorate in (
        inherited_json,
        inherited_options,
        click.option("--dry-run", is_flag=True, help="Show what would change; change nothing."),
        click.option("--by", help="Who does this [default: the user of the system]."),
        click.option("--reason", help="Why; kept on record."),
    ):
        function = decorate(function)
    return function


@click.group("actors", epilog=EXAMPLES, invoke_without_command=True)
@common_options
@json_option
@click.pass_context
def command(ctx: click.Context, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show who is who, and correct it for good.

    A correction is applied at once to mentions, statements, targets and claims, and to whatever is found afterwards by
    whatever version. Each can be taken back. ACTOR is an id or a name. Without a subcommand: those who speak most.
    """
    if ctx.invoked_subcommand is None:
        show_list(config_folder, warehouse, None, None, None, LIMIT, as_json=as_json)


@command.command("list", epilog=example("list", "list holm", "list --kind person --country DNK --all --json"))
@click.argument("text", required=False)
@click.option("--kind", type=click.Choice(get_args(ActorKind)), help="Only actors of this kind.")
@click.option("--country", help="Only actors of this country (ISO 3166 alpha-3).")
@click.option("--limit", type=click.IntRange(min=1), default=LIMIT, show_default=True, help="At most so many.")
@click.option("--all", "is_all", is_flag=True, help="Show all of them.")
@inherited_options
@inherited_json
def list_command(
    text: str | None,
    kind: str | None,
    country: str | None,
    limit: int,
    is_all: bool,
    config_folder: Path | None,
    warehouse: Path | None,
    as_json: bool,
) -> None:
    """List actors with their names, statements and mentions; TEXT is a part of a name, alias or id."""
    show_list(config_folder, warehouse, text, kind, country, None if is_all else limit, as_json=as_json)


@command.command("show", epilog=example("show sergei-lavrov", 'show "Karen Holm" --json'))
@click.argument("actor")
@inherited_options
@inherited_json
def show_command(actor: str, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show one actor: each name with why it was taken for him and where first, roles with dates, corrections."""
    from warehouse.asking import find_actor, show_actor

    with reading(config_folder, warehouse) as con:
        found = find_actor(con, actor)
        view = show_actor(con, found.actor_id)
    if found.named_id != found.actor_id:
        tell([f"{found.named_id} was merged into {found.actor_id}"])
    print(json.dumps(actor_record(view), ensure_ascii=False) if as_json else actor_text(view))


@command.command("merge", epilog=example("merge karen-holm text:karin-holm --reason 'misspelt by one agency'",
                                         "merge KEEP OTHER ANOTHER --dry-run"))  # fmt: skip
@click.argument("keep")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@correcting_options
def merge_command(keep: str, others: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - passed on
    """Make OTHERs one with KEEP: all that was found of them, and will be, is his."""
    from flows.analysis import merge

    correct(lambda desk: merge(desk, keep, others), **options)


@command.command("split", epilog=example('split lee-jae "--name=Lee Jae-ha"',
                                         "split text:kim --article 3fa9 --article 77b0 --new 'Kim Min-jun (admiral)'",
                                         "split text:kim --statement 4f0c2a --to kim-min-jun"))  # fmt: skip
@click.argument("actor")
@click.option("--name", "names", multiple=True, help="A name that is not his; what else is called by parts of it too.")
@click.option(
    "--article", "article_ids", multiple=True, help="An article in which he is somebody else (id or its beginning)."
)
@click.option("--statement", "statement_ids", multiple=True, help="A statement that somebody else made.")
@click.option("--to", help="The actor who it is instead.")
@click.option("--new", help="Name of a new actor who it is [default: the first --name].")
@click.option("--kind", type=click.Choice(get_args(ActorKind)), help="Kind of the new actor [default: the same].")
@click.option("--country", help="Country of the new actor (ISO 3166 alpha-3).")
@click.option("--role", help="Role of the new actor in every statement [default: as each article has it].")
@correcting_options
def split_command(
    actor: str,
    names: tuple[str, ...],
    article_ids: tuple[str, ...],
    statement_ids: tuple[str, ...],
    to: str | None,
    new: str | None,
    **options: Any,  # noqa: ANN401 - passed on
) -> None:
    """Take names, articles or statements out of ACTOR and make them another actor's.

    --name and --article together mean the name in these articles only. Surnames and pronouns go with the fuller name
    before them.
    """
    from flows.analysis import NOTHING, Parting, split

    facts = facts_of(options)
    if to is not None and (new or facts != NOTHING):
        raise click.UsageError("--new, --kind, --country and --role describe a new actor: they do not go with --to")
    parting = Parting(names, article_ids, statement_ids, to, new, facts)
    correct(lambda desk: [split(desk, actor, parting)], **options)


@command.command("rename", epilog=example('rename text:karin-holm "Karen Holm"',
                                          "rename nordic-institute --kind organisation --country NOR"))  # fmt: skip
@click.argument("actor")
@click.argument("new_name", required=False)
@click.option("--kind", type=click.Choice(get_args(ActorKind)), help="What he is.")
@click.option("--country", help="His country (ISO 3166 alpha-3).")
@click.option("--role", help="His role in every statement, whatever the articles call him.")
@correcting_options
def rename_command(
    actor: str,
    new_name: str | None,
    **options: Any,  # noqa: ANN401 - passed on
) -> None:
    """Give ACTOR another name, kind, country or role; he keeps his id and his other names."""
    from flows.analysis import rename

    facts = facts_of(options, new_name)
    correct(lambda desk: rename(desk, actor, facts), **options)


@command.command("corrections", epilog=example("corrections", "corrections --json | jq 'select(.undone_at == null)'"))
@inherited_options
@inherited_json
def corrections_command(config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show every correction: what, how much it changed, by whom, when and why; those undone too."""
    from flows.commands.showing.tables import render
    from warehouse.storing import correction_log

    with reading(config_folder, warehouse) as con:
        table = correction_log(con)
    if as_json:
        if table.rows:
            print(render(table.columns, table.rows, "json"))
    elif table.rows:
        print(render(LOGGED, [logged(table, row) for row in table.rows], "table"))
    else:
        print("no corrections")


@command.command("undo", epilog=example("undo 91ac02", "undo 91ac02 5d1e77 --reason 'two people after all'"))
@click.argument("correction_ids", nargs=-1, required=True, metavar="ID...")
@correcting_options
def undo_command(correction_ids: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - passed on
    """Take corrections back: everything is as the other corrections alone would have it, from then on too."""
    from flows.analysis import undo

    correct(lambda desk: undo(desk, correction_ids), verb="undid ", **options)


def facts_of(options: dict[str, Any], name: str | None = None) -> "NewFacts":
    """Take what a user says of an actor out of the options."""
    from extractors.actors import NewFacts

    country = options.pop("country")
    return NewFacts(
        " ".join((name or "").split()) or None, options.pop("kind"), country.upper() if country else None,
        options.pop("role"),
    )  # fmt: skip


def correct(
    work: "Callable[[Desk], Sequence[Done]]",
    *,
    config_folder: Path | None,
    warehouse: Path | None,
    as_json: bool,
    dry_run: bool,
    by: str | None,
    reason: str | None,
    verb: str = "",
) -> None:
    """Make corrections and print what they changed."""
    from flows.analysis import correcting
    from warehouse.storing import Signature

    signature = Signature(by or getpass.getuser(), datetime.now(UTC), reason)
    with correcting(config_folder, warehouse, signature, is_dry=dry_run) as desk:
        done = work(desk)
    tell(desk.notes)
    for one in done:
        print(json.dumps(done_record(one, is_dry=dry_run), ensure_ascii=False) if as_json else
              done_text(one, verb, is_dry=dry_run))  # fmt: skip


def done_text(one: "Done", verb: str, *, is_dry: bool) -> str:
    """Return what a correction came to, in one line."""
    whom = one.name if one.kind == "rename" else f"{one.name} ({one.actor_id})"
    to = {"merge": "into", "split": "to", "rename": "as"}[one.kind]
    changed = ", ".join(f"{count} {noun}" for noun, count in counts(one).items())
    head = "would change" if is_dry else f"correction {one.correction_id}:"
    return f"{verb}{one.kind} {whom} {to} {one.to_name} ({one.to_id}); {head} {changed}"


def counts(one: "Done") -> dict[str, int]:
    """Return how much it changed."""
    effect = one.effect
    return {
        "statements": effect.statements,
        "mentions": effect.mentions,
        "targets": effect.targets,
        "claims": effect.claims,
    }


def done_record(one: "Done", *, is_dry: bool) -> dict[str, Any]:
    """Return it for JSON; a dry run has no correction to name."""
    names = ("kind", "actor_id", "name", "to_id", "to_name")
    fields = {name: getattr(one, name) for name in names}
    return {"correction_id": None if is_dry else one.correction_id, **fields, **counts(one), "dry_run": is_dry}


def show_list(
    config_folder: Path | None,
    warehouse: Path | None,
    text: str | None,
    kind: str | None,
    country: str | None,
    limit: int | None,
    *,
    as_json: bool,
) -> None:
    """Print the wanted actors."""
    from flows.commands.showing.tables import render
    from warehouse.asking import ActorQuery, directory

    with reading(config_folder, warehouse) as con:
        table, n_found = directory(con, ActorQuery(text, kind, country, limit))
    if as_json:
        if table.rows:
            print(render(table.columns, table.rows, "json"))
    elif not table.rows:
        print("no actors" if text is None else f"no actors called {text!r}")
    else:
        places = [table.columns.index(name) for name in LISTED]
        print(render(LISTED, [[shortened(row[place]) for place in places] for row in table.rows], "table"))
    if n_found > len(table.rows):
        tell([f"{len(table.rows)} of {n_found} actors; --all shows the rest"])


def shortened(value: Any) -> Any:  # noqa: ANN401 - whatever the view gives
    """Return a list of names cut short for a table."""
    if isinstance(value, list) and len(value) > NAMES_SHOWN:
        return [*value[:NAMES_SHOWN], f"... ({len(value)})"]
    return value


def actor_record(view: "ActorView") -> dict[str, Any]:
    """Return an actor for JSON."""
    from flows.analysis import plain

    parts = {"names": view.names, "roles": view.roles, "merged": view.merged, "corrections": view.corrections}
    rows = {
        key: [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]
        for key, table in parts.items()
    }
    return {key: plain(value) for key, value in view.facts.items()} | rows


def actor_text(view: "ActorView") -> str:
    """Return an actor for people to read."""
    from flows.commands.showing.tables import rich_table

    facts = view.facts
    said = (
        f"{counted(facts['n_statements'], 'statement')}, {counted(facts['n_mentions'], 'mention')} "
        f"in {counted(facts['n_articles'], 'article')}"
    )
    kind = ", ".join(str(facts[one]) for one in ("kind", "role", "country") if facts[one])
    listed = "in the gazetteer" if facts["is_known"] else "known from articles"
    parts = [f"{facts['name']}  ({facts['actor_id']})", f"{kind}; {listed}; {said}"]
    if facts["found"]:
        parts.append(f"found as {', '.join(str(one) for one in facts['found'].values() if one)}")
    parts += [f"merged into him: {row[1]} ({row[0]})" for row in view.merged.rows]
    names = [(row[0], row[1], row[2], *first_article(row[3:])) for row in view.names.rows]
    tables = [(("name", "mentions", "why it is his", "first article", "of"), names, "Names"),
              (view.roles.columns, view.roles.rows, "Roles, by the articles' dates"),
              (LOGGED, [logged(view.corrections, row) for row in view.corrections.rows], "Corrections")]  # fmt: skip
    parts += [rich_table(columns, rows, title=title) for columns, rows, title in tables if rows]
    return "\n".join(parts)


def first_article(row: Sequence[Any]) -> tuple[str | None, str | None]:
    """Return id and title of an article, and its day."""
    article_id, title, at = row
    if article_id is None:
        return None, None
    return f"{article_id[:SHOWN_ID]} {title or ''}".strip(), at.strftime("%Y-%m-%d") if at else None


def logged(table: "Table", row: Sequence[Any]) -> list[Any]:
    """Return one correction as a row of the log."""
    fields = dict(zip(table.columns, row, strict=True))
    changed = [f"{fields[f'n_{one}']} {one}" for one in ("statements", "mentions", "targets", "claims")]
    undone = [one for one in (minute(fields["undone_at"]), fields["undone_by"], fields["undo_reason"]) if one]
    return [fields["correction_id"], worded(fields), ", ".join(one for one in changed if not one.startswith("0 ")),
            fields["made_by"], minute(fields["made_at"]), fields["reason"], ", ".join(undone) or None]  # fmt: skip


def worded(fields: dict[str, Any]) -> str:
    """Return what a correction says, in one line."""
    given = [f"{key} {fields[f'new_{key}']}" for key in ("name", "kind", "country", "role") if fields[f"new_{key}"]]
    if fields["kind"] == "rename":
        return f"rename {fields['actor_id']}: {', '.join(given)}"
    parts = [
        *(f"name {one}" for one in fields["by_names"]),
        *(f"article {one[:SHOWN_ID]}" for one in fields["by_articles"]),
        *(f"statement {one[:SHOWN_ID]}" for one in fields["by_statements"]),
    ]
    what = f" ({', '.join(parts)})" if parts else ""
    return (
        f"{fields['kind']} {fields['actor_id']}{what} {'into' if fields['kind'] == 'merge' else 'to'} {fields['to_id']}"
    )


def minute(at: datetime | None) -> str | None:
    """Return a time as tables show it."""
    return at.strftime("%Y-%m-%d %H:%M") if at else None


def tell(notes: Sequence[str]) -> None:
    """Print remarks on standard error."""
    for note in notes:
        print(f"tocsin: {note}", file=sys.stderr)


@contextmanager
def reading(config_folder: Path | None, warehouse: Path | None) -> "Iterator[Connection]":
    """Open the published warehouse; one that an older version published is made anew by the next run."""
    from config.places import warehouse_path
    from warehouse.asking import open_directory
    from warehouse.upkeep import readable_path

    target = warehouse or warehouse_path(config_folder)
    with open_directory(readable_path(target)) as con:
        yield con
