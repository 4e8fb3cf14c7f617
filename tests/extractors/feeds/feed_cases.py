"""The cases of malformed feeds: bytes in ``NAME.feed``, what is read from them in ``NAME.json``.

``python -m tests.extractors.feeds.feed_cases`` writes the expectations anew, for review as a diff.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from extractors.feeds.listing import read_listing
from extractors.model import Entry, Feed, Moment, Rejected

FOLDER = Path(__file__).parents[2] / "cases" / "feeds" / "malformed"
URL = "https://news.example/feeds/all.xml"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = sorted(path.stem for path in FOLDER.glob("*.feed"))


def reading_of(name: str) -> dict[str, object]:
    """Read one case and describe the result, leaving out what is empty."""
    return described(read_listing((FOLDER / f"{name}.feed").read_bytes(), URL, now=NOW))


def described(found: Feed | Rejected) -> dict[str, object]:
    if isinstance(found, Rejected):
        return {"rejected": found.reason}
    fields = {name: getattr(found, name) for name in Feed.__slots__ if name != "entries"}
    return _kept({**fields, "entries": [_entry(entry) for entry in found.entries]})


def _entry(entry: Entry) -> dict[str, object]:
    fields = {name: getattr(entry, name) for name in Entry.__slots__ if name != "content"}
    dates = {name: _moment(fields.pop(name)) for name in ("published", "updated")}
    return _kept({**fields, **dates, "content": entry.content if entry.content != entry.summary else None})


def _moment(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return f"{moment.at:%Y-%m-%dT%H:%M:%SZ} {moment.precision}{' inferred' if moment.is_inferred else ''}"


def _kept(fields: dict[str, object]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in fields.items()
        if value not in (None, (), [])
    }


if __name__ == "__main__":
    for name in NAMES:
        text = json.dumps(reading_of(name), indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
