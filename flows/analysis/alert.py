"""The steps from claims to alerts to channels, set up from the configuration."""

import contextlib
from datetime import datetime
from pathlib import Path

from config.files import ConfigError
from config.load import Configuration, load_configuration
from flows.delivery import Postman, deliver_due
from warehouse.alerting import EVENTS, Ringing
from warehouse.errors import WarehouseError


def ringing_of(configuration: Configuration, *, is_replay: bool, now: datetime | None) -> Ringing:
    """Return how alerts are raised."""
    outside = frozenset(one.name for one in configuration.alerting.channel if one.is_outside)
    return Ringing(configuration.rules, outside | {EVENTS}, is_replay, now)


def postman_of(
    configuration: Configuration, warehouse: Path, *, is_replay: bool = False, is_sending: bool = False, emits: bool
) -> Postman:
    """Return who delivers them; ``emits`` says whether there is a Prefect to emit events to."""
    countries = {code: state.name for code, state in configuration.gazetteer.countries.items()}
    report = configuration.settings.report.address
    return Postman(warehouse, configuration.alerting, countries, is_replay, is_sending, emits, report=report)


def tell_of_failure(warehouse: Path, config_folder: Path | None) -> None:
    """Deliver the news that a run failed; where that fails too, the next run tells it."""
    with contextlib.suppress(ConfigError, WarehouseError, OSError):
        deliver_due(postman_of(load_configuration(config_folder), warehouse, emits=False))
