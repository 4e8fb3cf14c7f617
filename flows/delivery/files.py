"""Channels that are files of this machine: the log and the feed."""

import json
import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from config.alerts import ChannelSection
from flows.delivery.rendering.lines import alert_data
from flows.delivery.rendering.messages import AlertView, Message
from flows.files import replace_file

SUFFIXES = {"log": "alerts.jsonl", "atom": "alerts.xml"}


def channel_path(channel: ChannelSection, warehouse: Path, *, is_replay: bool) -> Path:
    """Return the file of a channel: the one it names, else one beside the warehouse.

    A replay always takes the one beside its warehouse: it must not write into what others read.
    """
    beside = warehouse.with_name(f"{warehouse.stem}.{SUFFIXES[channel.kind]}")
    return beside if is_replay or channel.path is None else channel.path


def append_alerts(path: Path, views: Sequence[AlertView], locations: Sequence[str | None]) -> int:
    """Append the alerts the file does not hold yet, a line each; returns how many were written.

    The file is read first: a line written before a crash that was not recorded is recognised and not written again.
    """
    present = _present(path)
    lines = {
        f"{view.alert_id}.{view.step}": json.dumps(alert_data(view) | {"location": location})
        for view, location in zip(views, locations, strict=True)
    }
    return _append(path, [line for key, line in lines.items() if key not in present])


def append_notice(path: Path, message: Message) -> int:
    """Append a notice, once."""
    if message.key in _present(path):
        return 0
    return _append(path, [json.dumps({"notice_id": message.key, "title": message.title, "text": message.text})])


def write_feed(path: Path, data: bytes) -> None:
    """Put the feed in place of the old one at once, so that no reader sees half of it."""
    replace_file(path, data)


def _present(path: Path) -> set[str]:
    """Return the keys of what the file holds; a line cut by a crash is ended, so that the next one starts anew."""
    if not path.exists():
        return set()
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        with path.open("ab") as file:
            file.write(b"\n")
    return {key for line in data.splitlines() if (key := _key(line))}


def _key(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    return found.get("notice_id") or f"{found.get('alert_id')}.{found.get('step', 0)}"


def _write_whole(file: FileIO, data: bytes) -> None:
    """Append all of it, or, on a full disk, nothing."""
    start = file.seek(0, os.SEEK_END)
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    except OSError:
        file.truncate(start)
        raise


def _append(path: Path, lines: Sequence[str]) -> int:
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            _write_whole(file, "".join(f"{line}\n" for line in lines).encode())
    return len(lines)
