"""`tocsin sources`: feed health, and what is watched: add, test, switch, import and export sources."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import common_options, inherited_json, inherited_options, json_option
from flows.telling import WorkFailedError, counted

if TYPE_CHECKING:
    from extractors.feeds import Source
    from flows.intake import Trial

EXAMPLES = """\b
Examples:
  tocsin sources                            how every source fares, those in need of attention first
  tocsin sources test                       ask all of them now, without storing anything
  tocsin sources test https://example.org/  what an address would give
  tocsin sources add https://example.org/ --id example --outlet "The Example" --country GBR
  tocsin sources disable example
  tocsin sources import subscriptions.opml
  tocsin sources export mine.opml
"""
SHOWN = ("source_id", "health", "outlet", "succeeded_at", "new_at", "error_streak", "n_entries", "n_articles",
         "article_share", "recent_words", "last_error")  # fmt: skip


def example(*lines: str) -> str:
    """Return the examples that stand below a subcommand's help."""
    return "\n".join(["\b", "Examples:", *(f"  tocsin sources {line}" for line in lines)])


@click.group("sources", epilog=EXAMPLES, invoke_without_command=True)
@common_options
@json_option
@click.pass_context
def command(ctx: click.Context, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show how the live sources fare, or change which are watched.

    What is added or switched here is kept in the warehouse, beside the sources of sources.toml. Without a subcommand:
    one line a source with its last success and last new item, errors in a row, entries, articles, their share of the
    pages read, and the median words of its last articles.
    """
    if ctx.invoked_subcommand is None:
        show_health(config_folder, warehouse, as_json=as_json)


@command.command("list", epilog=example("list --json | jq 'select(.health != \"ok\")'"))
@inherited_options
@inherited_json
def list_command(config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show how the sources fare, as `tocsin sources` alone does."""
    show_health(config_folder, warehouse, as_json=as_json)


@command.command("test", epilog=example("test", "test yonhap https://example.org/feed.xml"))
@click.argument("named", nargs=-1, metavar="[ID|URL ...]")
@click.option("--all", "is_all", is_flag=True, help="All that are enabled, a line for each that does not answer.")
@inherited_options
@inherited_json
def test_command(
    named: tuple[str, ...], is_all: bool, config_folder: Path | None, warehouse: Path | None, as_json: bool
) -> None:
    """Ask sources now (default: all that are enabled) and say what they give; nothing is stored.

    --all tells at a first start which of the packaged addresses still work: each that does not is named, with why.
    """
    from config.load import load_configuration
    from flows.analysis import topic_matcher
    from flows.intake import try_sources
    from warehouse.asking import open_sources
    from warehouse.storing import known_sources

    configuration = load_configuration(config_folder)
    with open_sources(warehouse or configuration.settings.paths.warehouse, configuration.sources) as con:
        known = [one.source for one in known_sources(con)]
    is_named = bool(named) and not is_all
    chosen = [choose(name, known) for name in named] if is_named else [one for one in known if one.is_enabled]
    tell = _tell_json if as_json else _tell_failed if is_all else _tell
    n_failed = try_sources(chosen, configuration.settings, topic_matcher(config_folder), tell)
    if is_all and not as_json:
        verb = "answers" if len(chosen) == 1 else "answer"
        print(f"{len(chosen) - n_failed} of {counted(len(chosen), 'source')} {verb}")
    if n_failed:
        raise WorkFailedError(f"{n_failed} of {counted(len(chosen), 'source')} gave nothing that could be read")


@command.command("add", epilog=example("add https://example.org/news --country GBR", "add URL --topics taiwan-strait"))
@click.argument("url")
@click.option("--id", "source_id", help="Its name in commands and tables [default: made from outlet, title or host].")
@click.option("--outlet", help="Who publishes it.")
@click.option("--issuer", help="The body whose own documents it publishes.")
@click.option("--country", help="ISO 3166 alpha-3 code of the outlet.")
@click.option("--standing", help="agency, broadcaster, government, ministry, paper, state-media, think-tank ...")
@click.option("--note", help="What an analyst has to know of it.")
@click.option("--language", help="Language it is written in [default: as the feed says].")
@click.option("--topics", default="", help="Topics it is read for, separated by commas [default: all].")
@click.option("--unchecked", is_flag=True, help="Do not ask it now: URL must be that of a feed.")
@inherited_options
def add_command(
    url: str,
    source_id: str | None,
    topics: str,
    unchecked: bool,
    config_folder: Path | None,
    warehouse: Path | None,
    **facts: str | None,
) -> None:
    """Watch one more source: a feed, a news sitemap, or a page that announces its feed."""
    from flows.intake import changing_sources, describe_source, suggested_id, topic_names_of
    from warehouse.storing import add_source, taken_ids

    given: dict[str, Any] = {name: value for name, value in facts.items() if value is not None}
    given["topics"] = tuple(name.strip() for name in topics.split(",") if name.strip())
    defined = topic_names_of(config_folder)
    # what is wrong with the call is said before anybody is asked for anything
    describe_source({**given, "id": source_id or "new", "url": url}, defined)
    title, found = (None, {"url": url}) if unchecked else _look(url, config_folder)
    with changing_sources(config_folder, warehouse) as con:
        chosen_id = source_id or suggested_id(given.get("outlet"), title, url, taken_ids(con))
        source = describe_source({**found, **given, "id": chosen_id}, defined)
        if not add_source(con, source):
            raise WorkFailedError(f"there is a source with the id {source.source_id!r} or the address {source.url}")
    print(f"added {source.source_id}: {source.kind} {source.url}")


@command.command("disable", epilog=example("disable example"))
@click.argument("source_id", metavar="ID")
@inherited_options
def disable_command(source_id: str, config_folder: Path | None, warehouse: Path | None) -> None:
    """Stop polling a source; what it brought stays."""
    switch(source_id, config_folder, warehouse, is_enabled=False)


@command.command("enable", epilog=example("enable example"))
@click.argument("source_id", metavar="ID")
@inherited_options
def enable_command(source_id: str, config_folder: Path | None, warehouse: Path | None) -> None:
    """Poll a source again, also one that was given up as gone."""
    switch(source_id, config_folder, warehouse, is_enabled=True)


@command.command("import", epilog=example("import subscriptions.opml"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.opml")
@inherited_options
def import_command(file: Path, config_folder: Path | None, warehouse: Path | None) -> None:
    """Add the feeds of another reader's subscription list (OPML); addresses known already are passed over."""
    from extractors.feeds import read_opml
    from extractors.model import Rejected
    from flows.intake import changing_sources, import_sources, topic_names_of

    found = read_opml(file.read_bytes())
    if isinstance(found, Rejected):
        raise WorkFailedError(f"{file}: {found.reason}: {found.detail}")
    with changing_sources(config_folder, warehouse) as con:
        done = import_sources(con, found, topic_names_of(config_folder))
    for problem in done.problems:
        print(f"tocsin: {problem}", file=sys.stderr)
    print(f"{done.n_added} added, {done.n_known} known already, {done.n_refused} refused")
    if done.n_refused:
        raise WorkFailedError(f"refused: {done.n_refused} of {counted(len(found), 'source')}")


@command.command("export", epilog=example("export mine.opml", "export > mine.opml"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False, metavar="[FILE.opml]")
@inherited_options
def export_command(file: Path | None, config_folder: Path | None, warehouse: Path | None) -> None:
    """Write the enabled sources as a subscription list (OPML) that other readers understand."""
    from config.places import warehouse_path
    from extractors.feeds import write_opml
    from flows.files import users_own_files
    from flows.intake import configured_sources
    from flows.telling import in_xml
    from warehouse.asking import open_sources
    from warehouse.storing import live_sources

    target = warehouse or warehouse_path(config_folder)
    with open_sources(target, configured_sources(config_folder)) as con:
        sources = [one.source for one in live_sources(con)]
    data = write_opml(sources)
    if file is None:
        print(in_xml(data.decode()), end="")
    else:
        with users_own_files():
            file.write_bytes(data)
        print(f"{counted(len(sources), 'source')} written to {file}")


def show_health(config_folder: Path | None, warehouse: Path | None, *, as_json: bool) -> None:
    """Print the health of every source."""
    from config.places import warehouse_path
    from flows.commands.showing.tables import render
    from flows.intake import configured_sources
    from warehouse.asking import open_sources, source_health

    target = warehouse or warehouse_path(config_folder)
    with open_sources(target, configured_sources(config_folder)) as con:
        table = source_health(con)
    if as_json:
        if table.rows:
            print(render(table.columns, table.rows, "json"))
    elif table.rows:
        places = [table.columns.index(name) for name in SHOWN]
        print(render(SHOWN, [[_shown(row[place]) for place in places] for row in table.rows], "table"))
    else:
        print("no live sources in this warehouse: `tocsin watch --once` takes them over from sources.toml")


def switch(source_id: str, config_folder: Path | None, warehouse: Path | None, *, is_enabled: bool) -> None:
    """Switch polling of a source on or off."""
    from flows.intake import changing_sources
    from warehouse.storing import set_enabled

    with changing_sources(config_folder, warehouse) as con:
        if not set_enabled(con, source_id, is_enabled=is_enabled):
            raise click.BadParameter(f"there is no source {source_id!r}: `tocsin sources` lists them", param_hint="ID")
    print(f"{source_id} is {'polled again' if is_enabled else 'no longer polled'}")


def choose(name: str, known: "Sequence[Source]") -> "Source":
    """Return the source of that id, or one made of an address."""
    from extractors.feeds import Source
    from extractors.identity import is_fetchable

    for one in known:
        if name in (one.source_id, one.url):
            return one
    if is_fetchable(name):
        return Source(name, name)
    raise click.BadParameter(f"{name!r} is neither a source nor an http or https address", param_hint="ID|URL")


def _look(url: str, config_folder: Path | None) -> tuple[str | None, dict[str, str]]:
    """Return title and facts of the feed at an address or announced there."""
    from config.settings import settings_of
    from extractors.model import Rejected
    from flows.intake import facts_of, find_feed

    found = find_feed(url, settings_of(config_folder))
    if isinstance(found, Rejected):
        hint = "" if found.reason == "no-feed" else " (--unchecked adds it all the same)"
        raise WorkFailedError(f"{url}: {found.reason}: {found.detail}".rstrip(": ") + hint)
    return found.listing.title, facts_of(found.url, found.listing)


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever the view gives
    if isinstance(value, float):
        return f"{value:.0%}"
    return value.strftime("%Y-%m-%d %H:%M") if hasattr(value, "strftime") else value


def _tell(trial: "Trial") -> None:
    from flows.commands.showing.source_trials import trial_text

    print(trial_text(trial), flush=True)


def _tell_failed(trial: "Trial") -> None:
    if trial.problem is not None:
        print(f"{trial.source.source_id}: {trial.source.url}: {trial.problem}", flush=True)


def _tell_json(trial: "Trial") -> None:
    from flows.commands.showing.source_trials import trial_record

    print(json.dumps(trial_record(trial), ensure_ascii=False), flush=True)
