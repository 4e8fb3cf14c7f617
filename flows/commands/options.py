"""Options that every command takes."""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

_AGO = re.compile(r"(\d{1,5})\s*(h|d|w|hours?|days?|weeks?)(\s+ago)?")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_NAMED = {"today": 0, "yesterday": 1, "tomorrow": -1}
_MONTH = re.compile(r"\d{4}-\d{2}")
_FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class Since(click.ParamType):  # type: ignore[type-arg]  # generic for checkers, not yet when it runs
    """A day, or a time before now: 2024-10-20, 2024-10, yesterday, 12h, 7d, 2w."""

    name = "DAY|AGO"
    direction = -1

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - click's signature
        """Return the moment, in UTC and without a zone as click's own type gives it."""
        from flows.clock import utc_now

        if isinstance(value, datetime):
            return value
        words = " ".join(str(value).lower().split())
        now = utc_now().replace(tzinfo=None)
        if words in _NAMED:
            return datetime(now.year, now.month, now.day) - timedelta(days=_NAMED[words])  # noqa: DTZ001 - as above
        if (found := _AGO.fullmatch(words)) and not (found[3] and self.direction > 0):
            return now + self.direction * timedelta(**{_UNITS[found[2][0]]: int(found[1])})
        text = f"{words}-01" if _MONTH.fullmatch(words) else words.upper()
        try:
            return click.DateTime(_FORMS).convert(text, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is no day: write it like 2024-10-20, yesterday or 7d", param, ctx)


class Until(Since):
    """A day, or a time from now: 2024-12-01, tomorrow, 12h, 7d, 2w."""

    name = "DAY|AHEAD"
    direction = 1


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _take_config(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Take the folder, inherited where it was given before a subcommand's name; from here on its sharing holds."""
    found: Path | None = _inherit(ctx, param, value)
    if not ctx.resilient_parsing:
        from flows.files import heed_sharing

        heed_sharing(found)
    return found


def _inherit(ctx: click.Context, param: click.Parameter, value: Any) -> Any:  # noqa: ANN401 - click's signature
    """Take over what was given before the subcommand's name."""
    return value or (ctx.parent.params.get(param.name or "") if ctx.parent else None)


config_option: Decorator = click.option(
    "--config",
    "config_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="TOCSIN_CONFIG",
    callback=_take_config,
    help="Folder with TOML files of your own over the packaged ones: see `tocsin config`.",
)
warehouse_option: Decorator = click.option(
    "--warehouse",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="TOCSIN_WAREHOUSE",
    help="The warehouse file; for reading any file that somebody sent, too [default: paths of tocsin.toml].",
)


def _take_log_format(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Log so from here on; without a choice the settings decide."""
    from flows.telling import VARIABLE, use_log_format

    if value is not None:
        os.environ[VARIABLE] = value
        use_log_format("json" if value == "json" else "text")


log_option: Decorator = click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    envvar="TOCSIN_LOG_FORMAT",
    callback=_take_log_format,
    expose_value=False,
    help="Standard error as text, or as one JSON object a line with the run's id [default: monitoring of tocsin.toml].",
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON or JSON Lines only.")


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --config and --warehouse."""
    return config_option(warehouse_option(function))


def inherited_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --config and --warehouse to a subcommand; both may also stand before its name."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    file = click.Path(dir_okay=False, path_type=Path)
    config = click.option("--config", "config_folder", type=folder, callback=_take_config, help="As above.")
    warehouse = click.option("--warehouse", type=file, callback=_inherit, help="As above.")
    return config(warehouse(function))


inherited_json: Decorator = click.option(
    "--json", "as_json", is_flag=True, callback=_inherit, help="Print JSON or JSON Lines only."
)
