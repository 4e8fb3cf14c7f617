"""Extractions, actors, mentions, statements and their targets: what was found in the articles."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from extractors.model import Actor, Evidence, Findings, Labelled, Span, Statement
from warehouse.bulk import insert_new, replace_rows
from warehouse.keys import make_key

LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The findings of one article, with the version that found them and the clock."""

    findings: Findings
    version: str
    at: datetime


def articles_to_extract(con: duckdb.DuckDBPyConnection, version: str) -> list[str]:
    """Return articles that ``version`` has not extracted yet, the earliest published first."""
    rows = con.execute(
        """
        SELECT article_id FROM articles
        WHERE coalesce(language, 'en') IN (SELECT unnest($languages))
          AND NOT EXISTS (
              FROM extractions
              WHERE extractions.article_id = articles.article_id AND extractor_version = $version
          )
        ORDER BY published_at NULLS LAST, article_id
        """,
        {"version": version, "languages": list(LANGUAGES)},
    ).fetchall()
    return [row[0] for row in rows]


def statement_key(article_id: str, statement: Statement) -> str:
    """Return the identifier of a statement: its article and its place, so a better label keeps the identity."""
    return make_key("statement", article_id, *((one.start, one.end) for one in statement.attribution.spans))


def add_findings(con: duckdb.DuckDBPyConnection, batch: Sequence[Extracted], known: Mapping[str, Actor]) -> int:
    """Store the findings of a batch in place of what earlier versions found; returns how many statements are new.

    A statement that stands where it stood keeps its identifier and so its claim.
    """
    article_ids = [one.findings.content_hash for one in batch]
    before = _claims_of(con, article_ids)
    statements = [row | before.get(str(row["statement_id"]), {}) for one in batch for row in _statement_rows(one)]
    replace_rows(con, "extractions", "article_id", article_ids, [_extraction_row(one) for one in batch])
    replace_rows(con, "statements", "article_id", article_ids, statements)
    replace_rows(con, "mentions", "article_id", article_ids, [row for one in batch for row in _mention_rows(one)])
    ids = [str(row["statement_id"]) for row in statements]
    targets = [row for one in batch for row in _target_rows(one)]
    replace_rows(con, "statement_targets", "statement_id", [*before, *ids], targets)
    _add_actors(con, batch, known)
    return len(set(ids) - set(before))


def _claims_of(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, dict[str, object]]:
    rows = con.execute(
        """
        SELECT statement_id, claim_id, claim_similarity, claim_reason FROM statements
        WHERE article_id IN (SELECT unnest($ids))
        """,
        {"ids": list(article_ids)},
    ).fetchall()
    return {row[0]: {"claim_id": row[1], "claim_similarity": row[2], "claim_reason": row[3]} for row in rows}


def _extraction_row(one: Extracted) -> dict[str, object]:
    return {
        "article_id": one.findings.content_hash,
        "extractor_version": one.version,
        "n_statements": len(one.findings.statements),
        "extracted_at": one.at,
    }


def _mention_rows(one: Extracted) -> list[dict[str, object]]:
    article_id = one.findings.content_hash
    return [{"article_id": article_id, "actor_id": m.actor_id, **asdict(m.span)} for m in one.findings.mentions]


def _statement_rows(one: Extracted) -> list[dict[str, object]]:
    article_id = one.findings.content_hash
    keys = [statement_key(article_id, each.statement) for each in one.findings.statements]
    return [
        _statement_row(article_id, key, each, keys, one.version)
        for key, each in dict(zip(keys, one.findings.statements, strict=True)).items()
    ]


def _statement_row(
    article_id: str, key: str, labelled: Labelled, keys: Sequence[str], version: str
) -> dict[str, object]:
    statement, escalation = labelled.statement, labelled.escalation
    said_on, outer = statement.said_on, statement.attribution.reported_by
    return {
        "statement_id": key,
        "article_id": article_id,
        "ordinal": statement.ordinal,
        "content": statement.content,
        "spans": [asdict(one) for one in statement.attribution.spans],
        **_who_and_how(statement),
        "form": statement.attribution.form,
        "polarity": escalation.polarity,
        "category": escalation.category,
        "severity": escalation.severity,
        "conditional": escalation.conditional,
        "said_on": said_on.on if said_on else None,
        "said_on_precision": said_on.precision if said_on else None,
        "evidence": [_evidence_row(one) for one in escalation.evidence],
        "reported_by": keys[outer] if outer is not None and outer < len(keys) else None,
        "extractor_version": version,
        "claim_id": None,
        "claim_similarity": None,
        "claim_reason": None,
    }


def _who_and_how(statement: Statement) -> dict[str, object]:
    speaker, attribution = statement.speaker, statement.attribution
    cue_start, cue_end = _ends(attribution.cue)
    speaker_start, speaker_end = _ends(speaker.span)
    return {
        "cue": statement.cue,
        "cue_start": cue_start,
        "cue_end": cue_end,
        "cue_class": attribution.cue_class,
        "speaker_text": speaker.text,
        "speaker_start": speaker_start,
        "speaker_end": speaker_end,
        "speaker_id": speaker.actor_id,
        "speaker": speaker.name,
        "speaker_role": speaker.role,
        "speaker_country": speaker.country,
    }


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _evidence_row(one: Evidence) -> dict[str, object]:
    start, end = _ends(one.span)
    return {"rule": one.rule, "words": one.words, "start": start, "end": end, "effect": one.effect}


def _target_rows(one: Extracted) -> list[dict[str, object]]:
    article_id = one.findings.content_hash
    return [
        {"statement_id": statement_key(article_id, each.statement), "ordinal": place, **asdict(target)}
        for each in one.findings.statements
        for place, target in enumerate(each.statement.targets)
    ]


def _add_actors(con: duckdb.DuckDBPyConnection, batch: Sequence[Extracted], known: Mapping[str, Actor]) -> None:
    met = {actor.actor_id: actor for one in batch for actor in one.findings.actors}
    for actor_id in _actor_ids(batch):
        if actor_id in known:
            met.setdefault(actor_id, known[actor_id])
    insert_new(con, "actors", "actor_id", [_actor_row(one) for one in met.values()])
    names = [{"actor_id": one.actor_id, "name": name} for one in met.values() for name in (one.name, *one.aliases)]
    insert_new(con, "actor_names", ("actor_id", "name"), names)


def _actor_ids(batch: Sequence[Extracted]) -> list[str]:
    found: dict[str, None] = {}
    for one in batch:
        found |= dict.fromkeys(mention.actor_id for mention in one.findings.mentions)
        for each in one.findings.statements:
            if each.statement.speaker.actor_id:
                found[each.statement.speaker.actor_id] = None
            found |= dict.fromkeys(target.actor_id for target in each.statement.targets)
    return list(found)


def _actor_row(actor: Actor) -> dict[str, object]:
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "gender": actor.gender,
        "parent_id": actor.parent,
        "is_known": actor.is_known,
    }
