"""The step from alerts to channels: what is due is delivered and marked."""

import json
from pathlib import Path

from config.alerts import Alerting, Channel
from warehouse.alerts import Ringing, due_deliveries, mark_delivered
from warehouse.connection import open_writer, transaction

BATCH = 500


def ringing_rules(alerting: Alerting) -> list[Ringing]:
    """Return the rules as the warehouse decides them."""
    return [Ringing(rule.name, rule.severity, rule.polarity, rule.channels) for rule in alerting.rule]


def log_path(channel: Channel, warehouse: Path) -> Path:
    """Return the file of a log channel: the one it names, else one beside the warehouse."""
    return channel.path or warehouse.with_name(f"{warehouse.stem}.alerts.jsonl")


def deliver_to_log(channel: Channel, warehouse: Path) -> int:
    """Append what is due to the channel's file, each alert once; returns how many lines were written.

    The file is read first: an alert written before a crash but not marked is recognised and not written again.
    """
    path = log_path(channel, warehouse)
    written = 0
    with open_writer(warehouse) as con:
        while due := due_deliveries(con, channel.name, BATCH):
            present = _alerts_in(path)
            fresh = [one for one in due if one.alert_id not in present]
            _append(path, [one.line for one in fresh])
            with transaction(con):
                mark_delivered(con, [one.delivery_id for one in due])
            written += len(fresh)
    return written


def _alerts_in(path: Path) -> set[str]:
    """Return the alerts the file holds; a line cut by a crash is ended, so that the next one starts on its own."""
    if not path.exists():
        return set()
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        with path.open("ab") as file:
            file.write(b"\n")
    return {alert_id for alert_id in map(_alert_id, data.splitlines()) if alert_id}


def _alert_id(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found.get("alert_id") if isinstance(found, dict) else None


def _append(path: Path, lines: list[str]) -> None:
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
