"""Options that every command takes."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

_AGO = re.compile(r"(\d{1,5})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


class Since(click.ParamType):  # type: ignore[type-arg]  # generic for checkers, not yet when it runs
    """A day, or a time before now: 2024-10-20, 12h, 7d, 2w."""

    name = "DAY|AGO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - click's signature
        """Return the moment, in UTC and without a zone as click's own type gives it."""
        from flows.clock import utc_now

        if isinstance(value, datetime):
            return value
        found = _AGO.fullmatch(str(value).strip().lower())
        if found is None:
            return click.DateTime(["%Y-%m-%d"]).convert(value, param, ctx)
        return (utc_now() - timedelta(**{_UNITS[found[2]]: int(found[1])})).replace(tzinfo=None)


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
    help="The warehouse file [default: paths of tocsin.toml].",
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
