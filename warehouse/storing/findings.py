"""Extractions, actors, mentions, statements and their targets: what was found in the articles."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

import duckdb

from extractors.actors import Ledger, Scene, Utterance, correct_scene, scene_of
from extractors.claims import Shown, shown_words
from extractors.model import Actor, Evidence, Findings, Labelled, Span, Speaker, Statement, Target
from warehouse.bulk import replace_rows
from warehouse.keys import make_key
from warehouse.storing.actors import (
    NameRow,
    add_actors,
    add_names,
    refresh_names,
    remove_unused,
    restate_actors,
    stored_actors,
    worded_reason,
)
from warehouse.storing.corrections import load_ledger
from warehouse.storing.fulltext import index_statements
from warehouse.storing.tries import DUE

LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The findings of one article, with the version that found them and the clock."""

    findings: Findings
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings with who is who in them by the corrections that stand."""

    extracted: Extracted
    keys: tuple[str, ...]
    scene: Scene

    @property
    def statements(self) -> dict[str, tuple[Labelled, Utterance]]:
        """Return each statement with its corrected identity; of two in one place the later."""
        pairs = zip(self.extracted.findings.statements, self.scene.utterances, strict=True)
        return dict(zip(self.keys, pairs, strict=True))


TO_EXTRACT = """
    SELECT article_id FROM articles LEFT JOIN tries ON subject_id = article_id
    WHERE coalesce(language, 'en') IN (SELECT unnest($languages))
      AND pruned_at IS NULL  -- its statements stand as they were found: there is nothing left to find them in
      AND article_id NOT IN (SELECT article_id FROM copy_texts)
      AND NOT EXISTS (
          FROM extractions WHERE extractions.article_id = articles.article_id AND extractor_version = $version
      )
"""


def articles_to_extract(con: duckdb.DuckDBPyConnection, version: str) -> list[str]:
    """Return articles that ``version`` has not tried to extract yet, the earliest published first."""
    rows = con.execute(
        f"{TO_EXTRACT} AND subject_id IS NULL ORDER BY published_at NULLS LAST, article_id",
        {"version": version, "languages": list(LANGUAGES)},
    ).fetchall()
    return [row[0] for row in rows]


def suspects_to_extract(con: duckdb.DuckDBPyConnection, version: str, now: datetime) -> list[str]:
    """Return those on which extraction failed without a verdict and that are due again, the least suspect first."""
    rows = con.execute(
        f"{TO_EXTRACT} AND {DUE} ORDER BY n_tries, published_at NULLS LAST, article_id",
        {"version": version, "languages": list(LANGUAGES), "now": now},
    ).fetchall()
    return [row[0] for row in rows]


def statement_key(article_id: str, statement: Statement) -> str:
    """Return the identifier of a statement: its article and its place, so a better label keeps the identity."""
    return make_key("statement", article_id, *((one.start, one.end) for one in statement.attribution.spans))


def add_findings(con: duckdb.DuckDBPyConnection, batch: Sequence[Extracted], known: Mapping[str, Actor]) -> int:
    """Store the findings of a batch in place of what earlier versions found; returns how many statements are new.

    A statement that stands where it stood keeps its identifier and so its claim. Who is who is as people corrected it.
    """
    article_ids = [one.findings.content_hash for one in batch]
    before, ledger = _claims_of(con, article_ids, {one.version for one in batch}), load_ledger(con)
    seen_before = actors_in(con, article_ids)
    settled = _settle(con, batch, known, ledger)
    texts = _texts(con, article_ids)
    statements = [
        row | before.get(str(row["statement_id"]), {})
        for one in settled
        for row in _statement_rows(one, texts[one.scene.article_id])
    ]
    replace_rows(con, "extractions", "article_id", article_ids, [_extraction_row(one) for one in batch])
    ids = [str(row["statement_id"]) for row in statements]
    _let_go(con, [one for one in before if one not in set(ids)])
    replace_rows(con, "statements", "statement_id", ids, statements)
    index_statements(con, ids)
    replace_rows(con, "mentions", "article_id", article_ids, [row for one in settled for row in _mention_rows(one)])
    targets = [row for one in settled for row in _target_rows(one)]
    replace_rows(con, "statement_targets", "statement_id", ids, targets)
    replace_rows(con, "introductions", "article_id", article_ids, [row for one in batch for row in _introduced(one)])
    add_names(con, [row for one in settled for row in _name_rows(one)])
    add_actors(con, _met(settled, known), known, ledger)
    restate_actors(con, [actor.actor_id for one in batch for actor in one.findings.actors], known, ledger)
    forget_findings(con, seen_before, known, ledger)
    return len(set(ids) - set(before))


def _settle(
    con: duckdb.DuckDBPyConnection, batch: Sequence[Extracted], known: Mapping[str, Actor], ledger: Ledger
) -> list[Settled]:
    keys = [
        tuple(statement_key(one.findings.content_hash, each.statement) for each in one.findings.statements)
        for one in batch
    ]
    scenes = [scene_of(one.findings, found, None) for one, found in zip(batch, keys, strict=True)]
    if ledger:
        scenes = _corrected(con, batch, scenes, known, ledger)
    return [Settled(*one) for one in zip(batch, keys, scenes, strict=True)]


def _corrected(
    con: duckdb.DuckDBPyConnection,
    batch: Sequence[Extracted],
    scenes: Sequence[Scene],
    known: Mapping[str, Actor],
    ledger: Ledger,
) -> list[Scene]:
    days = _days(con, [scene.article_id for scene in scenes])
    stored = stored_actors(con, {*(step.to_id for step in ledger.steps), *ledger.facts})
    introduced = {actor.actor_id: actor for one in batch for actor in one.findings.actors}
    who = {**introduced, **stored, **known}.get
    return [correct_scene(replace(scene, on=days.get(scene.article_id)), ledger, who) for scene in scenes]


def _days(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, date | None]:
    rows = con.execute(
        "SELECT article_id, CAST(published_at AS DATE) FROM articles WHERE article_id IN (SELECT unnest($ids))",
        {"ids": list(article_ids)},
    ).fetchall()
    return dict(rows)


def _texts(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, str]:
    rows = con.execute(
        "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest($ids))", {"ids": list(article_ids)}
    ).fetchall()
    return dict(rows)


def _claims_of(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], versions: Collection[str]
) -> dict[str, dict[str, object]]:
    """Return the claim of each statement that stands; by other versions its words and labels may be others: again."""
    rows = con.execute(
        """
        SELECT statement_id, claim_id, claim_similarity, claim_reason,
               CASE WHEN claim_id IS NOT NULL AND (
                   pending IS NOT NULL OR extractor_version NOT IN (SELECT unnest($versions))
               ) THEN 'relate' END
        FROM statements WHERE article_id IN (SELECT unnest($ids))
        """,
        {"ids": list(article_ids), "versions": list(versions)},
    ).fetchall()
    names = ("claim_id", "claim_similarity", "claim_reason", "pending")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _let_go(con: duckdb.DuckDBPyConnection, statement_ids: Sequence[str]) -> None:
    """Forget statements that are no longer found; those of claims wait until what stands in their place is related."""
    if not statement_ids:
        return
    ids = {"ids": list(statement_ids)}
    con.execute(
        "UPDATE statements SET pending = 'drop' WHERE claim_id IS NOT NULL AND statement_id IN (SELECT unnest($ids))",
        ids,
    )
    con.execute(
        """
        DELETE FROM statement_targets WHERE statement_id IN (
            SELECT statement_id FROM statements WHERE claim_id IS NULL AND statement_id IN (SELECT unnest($ids))
        )
        """,
        ids,
    )
    con.execute("DELETE FROM statements WHERE claim_id IS NULL AND statement_id IN (SELECT unnest($ids))", ids)
    index_statements(con, statement_ids)


def actors_in(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[str]:
    """Return everybody who was found in these articles, as found and as corrected."""
    rows = con.execute(
        """
        WITH said AS (FROM statements WHERE article_id IN (SELECT unnest($ids)))
        SELECT DISTINCT actor_id FROM (
            SELECT unnest([actor_id, found_actor_id]) AS actor_id FROM mentions
            WHERE article_id IN (SELECT unnest($ids))
            UNION ALL SELECT actor_id FROM introductions WHERE article_id IN (SELECT unnest($ids))
            UNION ALL SELECT unnest([speaker_id, found.speaker_id]) FROM said
            UNION ALL SELECT unnest([one.actor_id FOR one IN found.targets]) FROM said
            UNION ALL SELECT actor_id FROM statement_targets JOIN said USING (statement_id)
        )
        WHERE actor_id IS NOT NULL ORDER BY 1
        """,
        {"ids": list(article_ids)},
    ).fetchall()
    return [row[0] for row in rows]


def forget_findings(
    con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str], known: Mapping[str, Actor], ledger: Ledger
) -> None:
    """Bring actors in line with what is still found of them; those whom nothing names any more go."""
    if not actor_ids:
        return
    remove_unused(con, actor_ids)
    restate_actors(con, actor_ids, known, ledger)
    refresh_names(con, actor_ids, known, ledger)


def _extraction_row(one: Extracted) -> dict[str, object]:
    return {
        "article_id": one.findings.content_hash,
        "extractor_version": one.version,
        "n_statements": len(one.findings.statements),
        "document_kind": one.findings.document_kind,
        "extracted_at": one.at,
    }


def _introduced(one: Extracted) -> list[dict[str, object]]:
    return [
        {
            "article_id": one.findings.content_hash,
            "actor_id": actor.actor_id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "gender": actor.gender,
            "parent_id": actor.parent,
            "aliases": list(actor.aliases),
        }
        for actor in one.findings.actors
    ]


def _mention_rows(one: Settled) -> list[dict[str, object]]:
    return [
        {
            "article_id": one.scene.article_id,
            "actor_id": now.actor_id,
            **asdict(found.span),
            "name": plain_name(found.name),
            "reason": found.reason or None,
            "found_actor_id": found.actor_id if found.actor_id != now.actor_id else None,
            "correction_id": correction_id,
        }
        for found, now, correction_id in zip(
            one.extracted.findings.mentions, one.scene.mentions, one.scene.moved_by, strict=True
        )
    ]


def _name_rows(one: Settled) -> list[NameRow]:
    rows: dict[tuple[str, str], NameRow] = {}
    found = zip(one.scene.mentions, one.scene.moved_by, strict=True)
    for now, correction_id in sorted(found, key=lambda pair: pair[0].span.start):
        name = plain_name(now.name)
        if name is not None and (now.actor_id, name) not in rows:
            reason = worded_reason(now.reason or None, correction_id)
            rows[now.actor_id, name] = NameRow(now.actor_id, name, reason, one.scene.article_id)
    return list(rows.values())


def plain_name(name: str) -> str | None:
    """Return a name on one line; None where it was not kept."""
    return " ".join(name.split()) or None


def _statement_rows(one: Settled, text: str) -> list[dict[str, object]]:
    return [
        _statement_row(one, key, labelled, said) | _shown_row(shown_words(text, labelled.statement.attribution))
        for key, (labelled, said) in one.statements.items()
    ]


def _shown_row(shown: Shown) -> dict[str, object]:
    return {"shown": shown.words, "shown_form": shown.form}


def _statement_row(one: Settled, key: str, labelled: Labelled, said: Utterance) -> dict[str, object]:
    statement, escalation = labelled.statement, labelled.escalation
    said_on, outer = statement.said_on, statement.attribution.reported_by
    is_found = (said.speaker, said.targets) == (statement.speaker, statement.targets)
    return {
        "statement_id": key,
        "article_id": one.scene.article_id,
        "ordinal": statement.ordinal,
        "content": statement.content,
        "spans": [asdict(one) for one in statement.attribution.spans],
        **_how(statement),
        **speaker_row(said.speaker),
        "form": statement.attribution.form,
        "polarity": escalation.polarity,
        "category": escalation.category,
        "severity": escalation.severity,
        "conditional": escalation.conditional,
        "method": escalation.method,
        "confidence": escalation.confidence,
        "said_on": said_on.on if said_on else None,
        "said_on_precision": said_on.precision if said_on else None,
        "evidence": [_evidence_row(one) for one in escalation.evidence],
        "reported_by": one.keys[outer] if outer is not None and outer < len(one.keys) else None,
        "extractor_version": one.extracted.version,
        "claim_id": None,
        "claim_similarity": None,
        "claim_reason": None,
        "pending": None,
        "found": None if is_found else found_row(statement.speaker, statement.targets),
    }


def _how(statement: Statement) -> dict[str, object]:
    attribution = statement.attribution
    cue_start, cue_end = _ends(attribution.cue)
    speaker_start, speaker_end = _ends(statement.speaker.span)
    return {
        "cue": statement.cue,
        "cue_start": cue_start,
        "cue_end": cue_end,
        "cue_class": attribution.cue_class,
        "speaker_text": statement.speaker.text,
        "speaker_start": speaker_start,
        "speaker_end": speaker_end,
    }


def speaker_row(speaker: Speaker) -> dict[str, object]:
    """Return the columns of a statement that tell who spoke."""
    return {
        "speaker_id": speaker.actor_id,
        "speaker": speaker.name,
        "speaker_role": speaker.role,
        "speaker_country": speaker.country,
    }


def found_row(speaker: Speaker, targets: Sequence[Target]) -> dict[str, object]:
    """Return what the extractor found, to be kept beside what corrections made of it."""
    return {**speaker_row(speaker), "targets": [asdict(one) for one in targets]}


def target_rows(statement_id: str, targets: Sequence[Target]) -> list[dict[str, object]]:
    """Return a row for each target."""
    return [{"statement_id": statement_id, "ordinal": place, **asdict(one)} for place, one in enumerate(targets)]


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _evidence_row(one: Evidence) -> dict[str, object]:
    start, end = _ends(one.span)
    return {"rule": one.rule, "words": one.words, "start": start, "end": end, "effect": one.effect}


def _target_rows(one: Settled) -> list[dict[str, object]]:
    return [
        row for key, said in zip(one.keys, one.scene.utterances, strict=True) for row in target_rows(key, said.targets)
    ]


def _met(settled: Sequence[Settled], known: Mapping[str, Actor]) -> dict[str, Actor]:
    """Return the actors of the batch: those that texts introduced, and those of the gazetteer that are named."""
    met = {actor.actor_id: actor for one in settled for actor in one.extracted.findings.actors}
    for actor_id in dict.fromkeys(actor_id for one in settled for actor_id in _actor_ids(one)):
        if actor_id in known:
            met.setdefault(actor_id, known[actor_id])
    return met


def _actor_ids(one: Settled) -> Iterator[str]:
    """Yield everybody in an article, as found and as corrected."""
    for mention in (*one.extracted.findings.mentions, *one.scene.mentions):
        yield mention.actor_id
    statements = (each.statement for each in one.extracted.findings.statements)
    voices = [*((said.speaker, said.targets) for said in statements)]
    voices += ((said.speaker, said.targets) for said in one.scene.utterances)
    for speaker, targets in voices:
        if speaker.actor_id:
            yield speaker.actor_id
        yield from (target.actor_id for target in targets)
