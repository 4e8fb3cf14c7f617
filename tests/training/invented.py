"""The invented statements that a network may see: what is only measured is never among them."""

import json
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parents[1] / "cases" / "escalation"
Row = dict[str, Any]


def invented() -> list[Row]:
    """Return the statements, each with ``id``, ``text``, ``speaker``, ``category`` and ``kind``."""
    rows = [row for name in ("learn", "tune") for row in _read(CASES / f"{name}.jsonl")]
    rows += [row for row in _read(CASES / "unseen.jsonl") if int(row["id"][1:]) % 2]
    return [row | {"kind": "plain"} for row in rows] + list(_negated()) + list(moods())


def _read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _negated() -> Iterator[Row]:
    """Yield every frame of negation with every deed."""
    data = tomllib.loads((CASES / "negation.toml").read_text(encoding="utf-8"))
    for kind, frames in data["frames"].items():
        for frame, deed in product(frames, data["deed"]):
            if kind in deed:
                text = frame.format(to=deed["to"], ing=deed["ing"])
                row = {"id": "n", "kind": "negation", "text": text}
                yield row | {"speaker": "the minister", "category": deed[kind][0]}


def moods() -> Iterator[Row]:
    """Yield every frame of mood with every deed, and the statements beside them."""
    data = tomllib.loads((CASES / "mood.toml").read_text(encoding="utf-8"))
    for group in data["frames"]:
        for frame, deed in product(group["said"], data["deed"]):
            text = frame.format(**deed)
            row = {"id": "m", "kind": "mood", "text": text[0].upper() + text[1:]}
            yield row | {key: group[key] for key in ("speaker", "category")}
    for category, statements in data["statements"].items():
        for speaker, text in statements:
            yield {"id": "m", "kind": "mood", "text": text, "speaker": speaker, "category": category}
