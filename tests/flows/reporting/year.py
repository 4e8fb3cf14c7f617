"""An invented year of disputes in a warehouse: as many events as are asked for, the same for the same seed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from warehouse.bulk import insert_all
from warehouse.connection import open_writer, transaction
from warehouse.keys import make_key
from warehouse.upkeep.snapshot import publish

FIRST = date(2031, 1, 1)
SIDES = ("AND", "LIE", "MCO", "SMR", "Harbour League", "ISL", "MLT")
OUTLETS = tuple(
    f"{place} {kind}" for place in ("Harbour", "Pass", "Quay", "Valley") for kind in ("Post", "Gazette", "News")
)
ACTS = (
    ("ACCUSE", 2), ("DEMAND", 2), ("THREAT_UNSPEC", 3), ("THREAT_FORCE", 4), ("SANCTION", 3), ("PROTEST_DIPL", 2),
    ("RESOLVE", 1), ("USE_OF_FORCE", 5),
)  # fmt: skip
CALMING = ("OFFER_TALKS", "CALL_RESTRAINT", "EASE")
WORDS = (
    "the pass",
    "every lorry",
    "our pilots",
    "that bridge",
    "the ferry",
    "their drills",
    "the harbour",
    "this treaty",
)
ROLES = ("president", "foreign minister", "envoy", "spokesman", "general")


def publish_year(warehouse: Path, n_events: int = 5_000, seed: int = 7) -> Path:
    """Store and publish the year; returns the warehouse."""
    with open_writer(warehouse) as con:
        with transaction(con):
            fill_year(con, n_events, seed)
        publish(con, warehouse)
    return warehouse


def fill_year(con: duckdb.DuckDBPyConnection, n_events: int, seed: int = 7) -> None:
    """Store so many events, of one to three claims, each carried by one to four outlets."""
    rows: dict[str, list[dict[str, Any]]] = {
        "articles": [], "copies": [], "statements": [], "statement_targets": [], "claims": [], "claim_events": [],
        "events_placed": [],
    }  # fmt: skip
    chance = Random(seed)
    for n in range(n_events):
        for table, row in _event(n, chance):
            rows[table].append(row)
    for table, found in rows.items():
        insert_all(con, table, found)


def _event(n: int, chance: Random) -> Iterator[tuple[str, dict[str, Any]]]:
    side, aim = chance.sample(SIDES, 2)
    day = FIRST + timedelta(days=int(365 * chance.random()))
    calms = chance.random() < 0.2
    category, severity = (chance.choice(CALMING), 0) if calms else chance.choice(ACTS)
    facts = {
        "polarity": "de-escalatory" if calms else "escalatory", "category": category, "severity": severity,
        "said_on": day, "said_on_precision": "day",
    }  # fmt: skip
    claims = [make_key("claim", n, at) for at in range(chance.choice((1, 1, 1, 2, 3)))]
    event_id = make_key("event", n)
    yield "events_placed", {
        "event_id": event_id, "side": side, "aim": aim, "said_on": day, "said_on_precision": "day",
        "polarity": facts["polarity"], "headline_claim_id": claims[0], "n_claims": len(claims), "merged_into": None,
    }  # fmt: skip
    for claim_id in claims:
        yield "claim_events", {
            "claim_id": claim_id, "side": side, "aim": aim, "speaker_rank": 1, "event_id": event_id,
        }  # fmt: skip
        yield from _claim(claim_id, side, aim, facts, chance)


def _claim(
    claim_id: str, side: str, aim: str, facts: dict[str, Any], chance: Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    speaker, at = f"Speaker {chance.randrange(8)} of {side}", _noon(facts["said_on"])
    one, other, third = chance.sample(WORDS, 3)
    quote = f"we have said it before about {one} and we say it again about {other}: {aim} will answer for {third}"
    outlets = chance.sample(OUTLETS, chance.randint(1, 4))
    ids = [make_key("statement", claim_id, outlet) for outlet in outlets]
    form = ("direct", "indirect", "mixed")[hash_of(claim_id) % 3]
    yield "claims", {
        "claim_id": claim_id, "first_statement_id": ids[0], "first_reported_at": at, "speaker_id": make_key(speaker),
        "speaker": speaker, "quote": quote, "form": form, "n_reports": len(ids), **facts,
    }  # fmt: skip
    for hours, (outlet, statement_id) in enumerate(zip(outlets, ids, strict=True)):
        yield from _report(statement_id, outlet, at + timedelta(hours=hours))
        yield "statements", {
            "statement_id": statement_id, "article_id": make_key("article", statement_id), "ordinal": 0,
            "content": quote, "spans": [{"start": 0, "end": len(quote)}], "speaker_id": make_key(speaker),
            "speaker": speaker, "speaker_role": ROLES[hash_of(speaker)],
            "speaker_country": side if len(side) == 3 else None,
            "form": form, "conditional": hash_of(claim_id) == 4,
            "evidence": [{"rule": "answer for", "words": "will answer for", "start": 0, "end": 9, "effect": "label"}],
            "extractor_version": "v1", "claim_id": claim_id, "method": "both", "confidence": 0.9, **facts,
        }  # fmt: skip
        yield "statement_targets", {
            "statement_id": statement_id, "ordinal": 0, "actor_id": aim, "name": aim,
            "country": aim if len(aim) == 3 else None,
        }  # fmt: skip


def _report(statement_id: str, outlet: str, at: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    article_id = make_key("article", statement_id)
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{statement_id}"
    title = f"{outlet}: what was said on {at:%d %B}"
    yield "articles", {
        "article_id": article_id, "title": title, "outlet": outlet, "url": url, "published_at": at, "text": title,
        "paragraphs": [{"start": 0, "end": len(title), "source_start": 0}],
        "dropped": [], "n_words": 7, "first_seen_at": at,
    }  # fmt: skip
    yield "copies", {
        "copy_id": make_key("copy", statement_id), "article_id": article_id, "source_id": "somewhere", "location": url,
        "url": url, "outlet": outlet, "title": title, "published_at": at, "reason": "first", "similarity": 1.0,
        "seen_at": at,
    }  # fmt: skip


def hash_of(text: str) -> int:
    """Return a number from 0 to 4 that is the same in every process."""
    return int(make_key(text), 16) % 5


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
