"""The configuration of somebody who watches the invented dispute."""

import json
from collections.abc import Iterable
from pathlib import Path

from config.places import PACKAGED
from tests.newsroom.cast import SIDES, Side
from tests.newsroom.listings import listing_kind
from tests.newsroom.outlets import Outlet

TOPIC = "ombrel-strait"
TOPICS = f"""[[topics]]
name = "{TOPIC}"
description = "Veldoria and Tamarzia over the Strait of Ombrel"
rule = "near(veldoria, tamarzia, 60) and atleast(2, matter) and not play"
min_hits = 4
min_score = 5
hints = ["veldoria", "tamarzia", "strait"]

[topics.groups.veldoria]
actors = ["VLD/*"]

[topics.groups.tamarzia]
actors = ["TMZ/*"]

[topics.groups.strait]
phrases = ["Ombrel", "Strait of Ombrel", "Kestrel Rock"]

[topics.groups.matter]
phrases = [
    "Ombrel", "strait", "navy", "naval", "warship*", "patrol*", "frigate*", "corvette*", "mines", "minesweeper*",
    "missile*", "threat*", "warn*", "sanction*", "blockade*", "buoy*", "reef*", "coastguard", "treaty", "envoy*",
    "ambassador*", "retaliat*", "sailors", "trawler*", "shelf", "islets", "piracy", "drill*", "ultimatum", "invasion",
]

[topics.groups.play]
phrases = ["regatta", "friendly in", "box office"]
"""
SETTINGS = """[fetch]
allowed_networks = ["127.0.0.0/8"]
delay_seconds = 0.0
absent_minutes = [1440]
"""


def write_config(folder: Path, listings: Iterable[tuple[Outlet, str]]) -> Path:
    """Write the files; ``listings`` names each outlet's address to poll."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.toml").write_text("\n".join(_source(*one) for one in listings), encoding="utf-8")
    (folder / "topics.toml").write_text(TOPICS, encoding="utf-8")
    (folder / "tocsin.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "actors.toml").write_text(_actors(), encoding="utf-8")
    return folder


def _source(outlet: Outlet, url: str) -> str:
    words = {"id": outlet.source_id, "url": url, "kind": listing_kind(outlet), "outlet": outlet.name}
    rows = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in words.items()]
    return "\n".join(["[[sources]]", *rows, "shortest_minutes = 1", "longest_minutes = 1", ""])


def _actors() -> str:
    """Return the packaged actors with the two countries and their officials."""
    packaged = (PACKAGED / "actors.toml").read_text(encoding="utf-8")
    states = "".join(_country(side) for side in SIDES)
    persons = "".join(_person(side, number) for side in SIDES for number in range(len(side.officials)))
    return packaged.replace("[countries]\n", f"[countries]\n{states}", 1) + persons


def _country(side: Side) -> str:
    return (
        f'{side.code} = {{ name = "{side.name}", capitals = ["{side.capital}"], adjectives = ["{side.adjective}"] }}\n'
    )


def _person(side: Side, number: int) -> str:
    official = side.officials[number]
    key = official.name.lower().replace(" ", "-")
    role = json.dumps([f"{official.role} | 2020"])
    return f'\n[persons.{key}]\nname = "{official.name}"\ncountry = "{side.code}"\noffices = {role}\n'
