"""The configuration of a trial: the user's own limits and model, a feed, a topic, a rule and a channel of ours."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.settings import Settings
from flows.serving.proving.newsroom import Newsroom

CHANNEL = "trial"
LONG_MINUTES = 600  # one cycle is enough
SOURCES = '[[sources]]\nid = "trial"\nurl = "{url}"\noutlet = "Trial Post"\n'
TOPICS = """
[[topics]]
name = "trial"
description = "The story of the trial"
rule = "drill and harbour"
[topics.groups.drill]
phrases = ["drill"]
[topics.groups.harbour]
phrases = ["harbour"]
"""
ALERTS = f"""
[[rule]]
name = "trial"
severity = 3
channels = ["{CHANNEL}"]

[[channel]]
name = "{CHANNEL}"
kind = "webhook"

[operations]
channels = ["{CHANNEL}"]
"""


def write_trial_config(folder: Path, settings: Settings, room: Newsroom) -> Path:
    """Write the files of the trial and return their folder."""
    folder.mkdir()
    (folder / "tocsin.toml").write_text(_as_toml(_settings(settings)), encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES.format(url=room.url("/feed")), encoding="utf-8")
    (folder / "topics.toml").write_text(TOPICS, encoding="utf-8")
    (folder / "alerts.toml").write_text(ALERTS, encoding="utf-8")
    return folder


def _settings(settings: Settings) -> dict[str, dict[str, Any]]:
    """Return the user's settings with what a trial needs: loopback, one cycle, a free port, no file elsewhere."""
    found: dict[str, dict[str, Any]] = settings.model_dump(mode="json", exclude={"paths", "extends"})
    found["fetch"] |= {"allowed_networks": ["127.0.0.0/8"], "delay_seconds": 0.0}
    found["watch"]["interval_minutes"] = LONG_MINUTES
    found["pages"]["port"] = 0
    found["report"] |= {"after_runs": False, "address": ""}
    found["monitoring"] |= {"metrics_file": None, "log_format": "text", "min_free_bytes": 0}
    return found


def _as_toml(sections: Mapping[str, Mapping[str, Any]]) -> str:
    """Return sections of numbers, truths, texts and lists of them, which TOML writes as JSON does."""
    lines: list[str] = []
    for name, values in sections.items():
        lines.append(f"[{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items() if value is not None]
    return "\n".join(lines) + "\n"
