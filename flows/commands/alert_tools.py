"""The commands below `tocsin alerts`: test a channel, preview a rule, silence, deliver."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.clock import utc_now
from flows.commands.options import Since, Until, common_options, json_option
from flows.telling import WorkFailedError, counted

if TYPE_CHECKING:
    from extractors.alerting import Kind

PREVIEW_COLUMNS = ("action", "when", "due", "speaker", "category", "severity", "quote", "why", "event")


@dataclass(frozen=True, slots=True)
class Places:
    """Where configuration and warehouse are: as given to the command, else to `tocsin alerts` before it."""

    config_folder: Path | None
    warehouse: Path | None

    def target(self) -> Path:
        """Return the warehouse."""
        from config.places import warehouse_path

        return self.warehouse or warehouse_path(self.config_folder)


def in_place(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command --config and --warehouse, passed to it as ``places``."""

    @common_options
    @click.pass_context
    def placed(ctx: click.Context, /, config_folder: Path | None, warehouse: Path | None, **values: object) -> None:
        before = ctx.find_object(Places) or Places(None, None)
        places = Places(config_folder or before.config_folder, warehouse or before.warehouse)
        function(places=places, **values)

    placed.__doc__ = function.__doc__
    # the options that decorate the function are those of the command
    placed.__click_params__ = [*getattr(function, "__click_params__", []), *placed.__click_params__]  # type: ignore[attr-defined]
    return placed


@click.command("test", epilog="\b\nExample:\n  tocsin alerts test desk")
@in_place
@click.argument("channel")
def test_command(places: Places, channel: str) -> None:
    """Send a test message through CHANNEL, now; exit 1 where it was not taken."""
    from config.load import load_configuration
    from flows.delivery import Failed, send_trial

    alerting = load_configuration(places.config_folder).alerting
    found = alerting.channel_named(channel)
    if found is None:
        names = ", ".join(one.name for one in alerting.channel)
        raise click.UsageError(f"there is no channel {channel!r}; alerts.toml has: {names}")
    outcome = send_trial(found, alerting, places.target(), now=utc_now())
    if isinstance(outcome, Failed):
        raise WorkFailedError(f"channel {channel}: {outcome.error}")
    print(f"channel {channel} took the test message")


@click.command("preview", epilog="\b\nExample:\n  tocsin alerts preview escalation --since 2024-10-20")
@in_place
@click.argument("rule")
@click.option("--since", type=Since(), help="Only events of claims first reported on this day or later.")
@json_option
def preview_command(places: Places, rule: str, since: datetime | None, as_json: bool) -> None:
    """Show what RULE would have rung for, from the published warehouse, each event as if it came in on its own date.

    Topics are those of the configuration as it is now, whatever it was when an article came in.
    """
    from config.load import load_configuration
    from flows.analysis import preview_rule, topic_matcher
    from flows.commands.showing.tables import render
    from warehouse.connection import open_reader
    from warehouse.upkeep import readable_path

    rules = {one.name: one for one in load_configuration(places.config_folder).rules}
    if rule not in rules:
        raise click.UsageError(f"there is no rule {rule!r}; alerts.toml has: {', '.join(rules)}")
    with open_reader(readable_path(places.target())) as con:
        matcher = topic_matcher(places.config_folder)
        judged = preview_rule(con, rules[rule], matcher, since.date() if since else None)
    rows = [
        (found.verdict.action, one.seen_at, found.verdict.due_at, one.speaker, one.view.category, one.view.severity,
         one.quote, "; ".join(found.verdict.reasons), one.view.event_id)
        for found in judged
        for one in (found.event,)
        if found.verdict.action != "none"
    ]  # fmt: skip
    if rows:
        print(render(PREVIEW_COLUMNS, rows, "json" if as_json else "table"))
    if not as_json:
        print(f"{rule}: {len(rows)} of {counted(len(judged), 'event')}")


def silencing(kind: "Kind") -> Callable[..., None]:
    """Return the body of ack and mute."""

    def silence(places: Places, what: str, until: datetime | None, by: str | None, note: str | None) -> None:
        from config.load import load_configuration
        from warehouse.alerting import NewSilence, add_silence, scopes_of
        from warehouse.connection import open_writer, transaction

        rules = [one.name for one in load_configuration(places.config_folder).rules]
        now = utc_now()
        until_at = until.replace(tzinfo=UTC) if until else None
        if until_at is not None and until_at <= now:
            raise click.UsageError("--until is in the past")
        with open_writer(places.target()) as con, transaction(con):
            scopes = scopes_of(con, what, rules)
            if not scopes:
                raise click.UsageError(f"{what!r} is no event, claim, speaker or rule")
            if sum(scope == "event" for scope, _ in scopes) > 1:
                several = ", ".join(target for scope, target in scopes if scope == "event")
                raise click.UsageError(f"several events begin with {what!r}: {several}")
            for scope, target in scopes:
                new = NewSilence(kind, scope, target, until_at, by or getpass.getuser(), now, note)
                key = add_silence(con, new)
                print(f"{kind} {scope} {target} until {until_at.date() if until_at else 'lifted'}: {key}")

    return silence


def _silence_options(function: Callable[..., None]) -> Callable[..., None]:
    for decorate in (
        click.argument("what", metavar="EVENT|SPEAKER|RULE"),
        click.option(
            "--until", type=Until(), help="When it ends (UTC), such as 2024-12-01 or 7d [default: when it is lifted]."
        ),
        click.option("--by", help="Who does this [default: the user of the system]."),
        click.option("--note", help="Why."),
    ):
        function = decorate(function)
    return function


@click.command("ack", epilog="\b\nExample:\n  tocsin alerts ack 0f3a9c --note 'desk has it'")
@in_place
@_silence_options
def ack_command(places: Places, **values: object) -> None:
    """Acknowledge what rang of an event, a speaker or a rule so far: nothing more is sent about it."""
    silencing("ack")(places, **values)


@click.command("mute", epilog="\b\nExample:\n  tocsin alerts mute escalation --until 2024-12-01")
@in_place
@_silence_options
def mute_command(places: Places, **values: object) -> None:
    """Mute an event, a speaker or a rule: nothing of it rings; claims and alerts are still recorded."""
    silencing("mute")(places, **values)


@click.command("lift", epilog="\b\nExample:\n  tocsin alerts lift 5d1e77")
@in_place
@click.argument("silence_id")
@click.option("--by", help="Who does this [default: the user of the system].")
def lift_command(places: Places, silence_id: str, by: str | None) -> None:
    """End an acknowledgement or a mute before its time."""
    from warehouse.alerting import lift_silence
    from warehouse.connection import open_writer, transaction

    with open_writer(places.target()) as con, transaction(con):
        if not lift_silence(con, silence_id, by=by or getpass.getuser(), at=utc_now()):
            raise click.UsageError(f"no silence {silence_id!r} stands")
    print(f"lifted {silence_id}")


@click.command("silences", epilog="\b\nExample:\n  tocsin alerts silences")
@in_place
@json_option
def silences_command(places: Places, as_json: bool) -> None:
    """Show who acknowledged and muted what, when, until when."""
    from flows.commands.showing.tables import render
    from warehouse.alerting import silence_log
    from warehouse.connection import open_writer

    with open_writer(places.target()) as con:
        table = silence_log(con)
    if table.rows:
        print(render(table.columns, table.rows, "json" if as_json else "table"))
    elif not as_json:
        print("nothing is silenced")


@click.command("retry", epilog="\b\nExample:\n  tocsin alerts retry desk")
@in_place
@click.argument("channel", required=False)
def retry_command(places: Places, channel: str | None) -> None:
    """Take up messages that were given up, for CHANNEL or all: they go out again with the next delivery."""
    from warehouse.alerting import revive_dead
    from warehouse.connection import open_writer, transaction

    with open_writer(places.target()) as con, transaction(con):
        print(f"{counted(revive_dead(con, channel, utc_now()), 'delivery')} to be tried again")


@click.command("deliver", epilog="\b\nExample:\n  tocsin alerts deliver")
@in_place
def deliver_command(places: Places) -> None:
    """Deliver what is due now, without a run; events of Prefect wait for the next run. Exit 1 where any failed."""
    from config.load import load_configuration
    from flows.analysis import postman_of
    from flows.delivery import deliver_due

    configuration = load_configuration(places.config_folder)
    done = deliver_due(postman_of(configuration, places.target(), emits=False))
    if done.failed:
        raise WorkFailedError(f"{counted(done.failed, 'message')} not taken, {done.sent} taken: see `tocsin status`")
    print(f"{counted(done.sent, 'message')} delivered")
