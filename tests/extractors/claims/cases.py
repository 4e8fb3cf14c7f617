"""Reading the invented disputes of tests/cases/claims as reports with the claim each belongs to."""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from extractors.claims import Report
from extractors.model import DayPrecision

FOLDER = Path(__file__).parents[2] / "cases" / "claims"


@dataclass(frozen=True, slots=True)
class Case:
    """One invented report, the utterance it is of and the near miss that utterance is of another."""

    report: Report
    utterance: str
    near: str | None
    of: str | None


def read_half(half: str) -> dict[str, list[Case]]:
    """Return the cases of ``tune``, ``measure`` or ``shapes`` by dispute."""
    return {path.stem: _read(path) for path in sorted((FOLDER / half).glob("*.toml"))}


def _read(path: Path) -> list[Case]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Case(
            _report(path.stem, utterance, at, line, data["speakers"]),
            utterance["id"],
            utterance.get("near"),
            utterance.get("of"),
        )
        for utterance in data["utterance"]
        for at, line in enumerate(utterance["reports"].strip().splitlines())
    ]


def _report(dispute: str, utterance: dict[str, Any], at: int, line: str, speakers: dict[str, Any]) -> Report:
    outlet, days, dated, speaker, words = (part.strip() for part in line.split("|", 4))
    on: date = utterance["on"]
    published = on + timedelta(days=int(days))
    said_on, precision = _dated(dated, on, published)
    who = speakers[speaker]
    name = f"{dispute}-{utterance['id']}-{at}"
    label = {**utterance, **utterance.get("wrong", {}).get(str(at), {})}
    return Report(
        statement_id=name,
        article_id=f"{dispute}-{outlet}-{published}",
        content=words.removeprefix("“").removesuffix("”")
        if words.count("“") == 1 and words[0] + words[-1] == "“”"
        else words,
        outlet=outlet,
        published_at=datetime.combine(published, time(6 + at), UTC),
        speaker_id=None if "text" in who else who.get("id", f"{dispute}-{speaker}"),
        speaker_name=who.get("name"),
        speaker_text=who.get("text", who.get("name")),
        speaker_kind=who.get("kind"),
        speaker_country=who.get("country"),
        speaks_for=tuple(who.get("for", ())),
        said_on=said_on,
        said_on_precision=precision,
        quoted=tuple(re.findall("“(.*?)”", words)),
        category=label["category"],
        polarity=label["polarity"],
        severity=label["severity"],
        targets=tuple(utterance.get("targets", ())),
    )


def _dated(dated: str, on: date, published: date) -> tuple[date | None, DayPrecision | None]:
    match dated:
        case "day" | "rerun":
            return on, "day"
        case "day+1":
            return on + timedelta(days=1), "day"
        case "week":
            return on - timedelta(days=on.weekday()), "week"
        case "pub" | "old":
            return published, "publication"
    return None, None
