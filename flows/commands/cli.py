"""The command line: `tocsin COMMAND`. Each command lives in a module of its own, imported only when it is called."""

import atexit
import contextlib
import os
import sys
from importlib import import_module

import click

# name -> (module, one line for the list of commands); the line stands here so that `--help` imports no command
COMMANDS = {
    "replay": ("replay", "Run the flows over a stored corpus, as if each article came in on its own date."),
    "watch": ("watch", "Poll the live sources and take what is new through every step."),
    "up": ("up", "Keep watching on a schedule, with a Prefect server of its own, until stopped."),
    "rebuild": ("rebuild", "Show what today's rules make of everything stored; take it over."),
    "backfill": ("backfill", "Take WARC files, such as news crawls, through every step."),
    "sources": ("sources", "Show how the live sources fare; add, test, disable, import and export them."),
    "topics": ("topics", "Show what is watched for; explain which topics a text belongs to, and why."),
    "extract": ("extract", "Print who said what in texts or pages, without a warehouse."),
    "classify": ("classify", "Label bare statements by the codebook, without a warehouse."),
    "read": ("read", "Print texts and pages as articles or rejections, without a warehouse."),
    "feed": ("feed", "Print feeds, sitemaps and pages as entries, without a warehouse."),
    "search": ("search", "Find words in the published articles and statements."),
    "explain": ("explain", "Show why a statement is labelled so, and its claim with all reports."),
    "actors": ("actors", "Show who is who and why; merge, split and rename actors for good."),
    "sql": ("sql", "Query the published warehouse, read-only."),
    "alerts": ("alerts", "Show the alert log."),
    "report": ("report", "Write one HTML page to look at: what is new, timelines, every event with its evidence."),
    "status": ("status", "Show the health of the warehouse at a glance."),
    "export": ("export", "Write every table and view as Parquet, or a release to pass on, archive and cite."),
    "backup": ("backup", "Copy the warehouse and its captures, verified, while everything runs."),
    "restore": ("restore", "Put a backup in the place of a warehouse that is not there."),
    "prune": ("prune", "Let go of old pages, polls, and texts whose licence wants it."),
    "check": ("check", "Validate the whole configuration."),
    "config": ("config", "Start a configuration of your own; show every value and where it comes from."),
}

EXAMPLES = """\b
Examples:
  tocsin replay                         run the seed corpus end to end
  tocsin sql "from escalations" --warehouse data/replay.duckdb
  tocsin extract article.txt --json     statements as JSON Lines
  tocsin check --config my-dispute/     validate a configuration of your own
"""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"flows.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tocsin", prog_name="tocsin")
def cli() -> None:
    """Watch the news for what officials say, and ring when somebody says something new that escalates a dispute."""


def main() -> None:
    """Run the command line; whatever goes wrong ends in one clear line and the exit code of the interface."""
    leaving = Leaving()
    atexit.register(leaving.leave)
    leaving.code = run()
    sys.exit(leaving.code)


def run() -> int:
    """Run one command and return its exit code."""
    from flows.files import private_files
    from flows.telling import guarded_output, hush_callbacks

    hush_callbacks()
    with guarded_output(), private_files():
        return _run_command()


def _run_command() -> int:
    from flows.telling import explain

    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        # click's word for a reader of our output that went away (`| head`) is 1, which no command of ours leaves with
        return _discard_output() if stop.code == 1 else int(stop.code or 0)
    except BrokenPipeError:
        return _discard_output()
    except BaseException as error:  # noqa: BLE001 - the outermost door: the user never sees a traceback
        return explain(error)
    return code if isinstance(code, int) else 0


def _discard_output() -> int:
    """Let go of standard output: nothing more can be written, which is not our failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 0


class Leaving:
    """The last exit handler: leaves without tearing down modules.

    Prefect's background threads keep modules alive to the end, of which DuckDB's binding would complain on standard
    error. Exit handlers run last in, first out: this one is registered before all others, so everything is closed.
    """

    code = 0

    def leave(self) -> None:
        """Write out what is buffered and end the process."""
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(self.code)


if __name__ == "__main__":
    main()
