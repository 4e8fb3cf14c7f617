"""Applying the ledger of corrections to what is stored: from what was found, by the decision for fresh findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

import duckdb

from extractors.actors import Ledger, Scene, Utterance, correct_scene
from extractors.model import Actor, Mention, Span, Speaker, Target
from warehouse.bulk import replace_rows
from warehouse.storing import (
    add_actors,
    found_row,
    index_statements,
    refresh_names,
    settle_actors,
    speaker_row,
    stored_actors,
    target_rows,
)

ARTICLES_AT_ONCE = 500

Value = TypeVar("Value")
_Row: TypeAlias = tuple[Any, ...]
_Pair: TypeAlias = tuple[Utterance, Utterance]  # as found, as it stands


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed: the statements whose speaker did, and how many mentions and targets."""

    statement_ids: tuple[str, ...] = ()
    mentions: int = 0
    targets: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        """Return both together."""
        return Changes(
            self.statement_ids + other.statement_ids, self.mentions + other.mentions, self.targets + other.targets
        )


@dataclass(frozen=True, slots=True)
class StoredScene:
    """An article as found, and as it stands: mentions with the corrections that moved them, and statements."""

    found: Scene
    mentions: tuple[tuple[str, str | None], ...]
    utterances: tuple[Utterance, ...]


def reidentify(
    con: duckdb.DuckDBPyConnection,
    actor_ids: Iterable[str],
    ledger: Ledger,
    known: Mapping[str, Actor],
    made: Sequence[Actor] = (),
) -> Changes:
    """Bring all that concerns these actors in line with the ledger; ``made`` are those a correction brings in."""
    ids = sorted(actor_ids)
    new = {actor_id: known[actor_id] for actor_id in ids if actor_id in known} | {one.actor_id: one for one in made}
    add_actors(con, new, known, ledger)
    settle_actors(con, ids, ledger)
    # an article with one of them may hold others whom an earlier correction renamed or merged
    who = {**stored_actors(con, {*ids, *(step.to_id for step in ledger.steps), *ledger.facts}), **known}
    changes = Changes()
    articles = _articles_with(con, ids)
    for start in range(0, len(articles), ARTICLES_AT_ONCE):
        stored = _load(con, articles[start : start + ARTICLES_AT_ONCE], ids)
        changes += _store(con, [(one, correct_scene(one.found, ledger, who.get)) for one in stored])
    refresh_names(con, ids, known, ledger)
    return changes


def _articles_with(con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str]) -> list[str]:
    """Return the articles in which the extractor found one of these actors."""
    rows = con.execute(
        """
        SELECT article_id FROM mentions WHERE list_contains($ids, coalesce(found_actor_id, actor_id))
        UNION
        SELECT article_id FROM statements
        WHERE list_contains($ids, CASE WHEN found IS NULL THEN speaker_id ELSE found.speaker_id END)
           OR list_has_any($ids, [one.actor_id FOR one IN found.targets])
        UNION
        SELECT article_id FROM statements JOIN statement_targets USING (statement_id)
        WHERE found IS NULL AND list_contains($ids, actor_id)
        ORDER BY 1
        """,
        {"ids": list(actor_ids)},
    ).fetchall()
    return [row[0] for row in rows]


def _load(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], actor_ids: Sequence[str]) -> list[StoredScene]:
    mentions = _mentions(con, article_ids, actor_ids)
    utterances = _utterances(con, article_ids)
    days = con.execute(
        "SELECT article_id, CAST(published_at AS DATE) FROM articles WHERE article_id IN (SELECT unnest($ids))",
        {"ids": list(article_ids)},
    ).fetchall()
    return [_scene(row[0], row[1], mentions.get(row[0], []), utterances.get(row[0], [])) for row in days]


def _scene(article_id: str, on: date | None, mentions: Sequence[_Row], utterances: Sequence[_Pair]) -> StoredScene:
    found = tuple(Mention(row[3], Span(row[1], row[2]), row[4] or "", row[5] or "") for row in mentions)
    said = tuple(one for one, _ in utterances)
    scene = Scene(article_id, on, found, said, (None,) * len(found))
    return StoredScene(scene, tuple((row[6], row[7]) for row in mentions), tuple(now for _, now in utterances))


def _mentions(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], actor_ids: Sequence[str]
) -> dict[str, list[_Row]]:
    rows = con.execute(
        """
        SELECT article_id, "start", "end", coalesce(found_actor_id, actor_id) AS was, "name", reason, actor_id,
               correction_id
        FROM mentions WHERE article_id IN (SELECT unnest($articles)) AND list_contains($ids, was)
        ORDER BY article_id, "start", "end", was
        """,
        {"articles": list(article_ids), "ids": list(actor_ids)},
    ).fetchall()
    return _by_article((row[0], row) for row in rows)


def _utterances(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, list[_Pair]]:
    rows = con.execute(
        """
        SELECT article_id, statement_id, spans, speaker_text, speaker_start, speaker_end, speaker_id, speaker,
               speaker_role, speaker_country,
               ARRAY(SELECT {'actor_id': actor_id, 'name': "name", 'country': country} FROM statement_targets
                     WHERE statement_targets.statement_id = statements.statement_id ORDER BY ordinal),
               found
        FROM statements WHERE article_id IN (SELECT unnest($articles))
        ORDER BY article_id, ordinal, statement_id
        """,
        {"articles": list(article_ids)},
    ).fetchall()
    return _by_article((row[0], _pair(row)) for row in rows)


def _by_article(rows: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for article_id, one in rows:
        found.setdefault(article_id, []).append(one)
    return found


def _pair(row: _Row) -> _Pair:
    """Return a statement's identity as found and as it stands."""
    spans = tuple(Span(one["start"], one["end"]) for one in row[2])
    place = None if row[4] is None else Span(row[4], row[5])
    now = Utterance(row[1], spans, Speaker(row[3], place, *row[6:10]), _targets(row[10]))
    found = row[11]
    if found is None:
        return now, now
    who = (found["speaker_id"], found["speaker"], found["speaker_role"], found["speaker_country"])
    return Utterance(row[1], spans, Speaker(row[3], place, *who), _targets(found["targets"])), now


def _targets(rows: Sequence[Mapping[str, Any]]) -> tuple[Target, ...]:
    return tuple(Target(one["actor_id"], one["name"], one["country"]) for one in rows)


def _store(con: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[StoredScene, Scene]]) -> Changes:
    """Write what is another one now than it was; returns how much that is."""
    n_mentions = _store_mentions(con, [row for one, now in pairs for row in _moved_mentions(one, now)])
    changed = [
        (found, was, now)
        for one, scene in pairs
        for found, was, now in zip(one.found.utterances, one.utterances, scene.utterances, strict=True)
        if (was.speaker, was.targets) != (now.speaker, now.targets)
    ]
    _store_statements(con, [(found, now) for found, _, now in changed])
    aimed = [(was, now) for _, was, now in changed if was.targets != now.targets]
    rows = [row for _, now in aimed for row in target_rows(now.statement_id, now.targets)]
    replace_rows(con, "statement_targets", "statement_id", [now.statement_id for _, now in aimed], rows)
    spoken = tuple(now.statement_id for _, was, now in changed if was.speaker != now.speaker)
    n_targets = sum(len(set(was.targets) - set(now.targets)) or 1 for was, now in aimed)
    return Changes(spoken, n_mentions, n_targets)


def _moved_mentions(one: StoredScene, now: Scene) -> Iterator[dict[str, object]]:
    places = zip(one.found.mentions, one.mentions, now.mentions, now.moved_by, strict=True)
    for found, stood, mention, correction_id in places:
        if stood != (mention.actor_id, correction_id):
            yield {
                "article_id": now.article_id,
                **asdict(found.span),
                "was": found.actor_id,
                "actor_id": mention.actor_id,
                "found_actor_id": found.actor_id if found.actor_id != mention.actor_id else None,
                "correction_id": correction_id,
            }


def _store_mentions(con: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, object]]) -> int:
    if rows:
        con.execute(
            """
            UPDATE mentions
            SET actor_id = new.actor_id, found_actor_id = new.found_actor_id, correction_id = new.correction_id
            FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE mentions.article_id = new.article_id AND mentions."start" = new."start"
              AND mentions."end" = new."end" AND coalesce(mentions.found_actor_id, mentions.actor_id) = new.was
            """,
            {"rows": list(rows)},
        )
    return len(rows)


def _store_statements(con: duckdb.DuckDBPyConnection, changed: Sequence[tuple[Utterance, Utterance]]) -> None:
    rows = [
        {
            "statement_id": now.statement_id,
            **speaker_row(now.speaker),
            "found": None
            if (found.speaker, found.targets) == (now.speaker, now.targets)
            else found_row(found.speaker, found.targets),
        }
        for found, now in changed
    ]
    if rows:
        con.execute(
            """
            UPDATE statements
            SET speaker_id = new.speaker_id, speaker = new.speaker, speaker_role = new.speaker_role,
                speaker_country = new.speaker_country, found = new.found
            FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE statements.statement_id = new.statement_id
            """,
            {"rows": rows},
        )
        index_statements(con, [str(row["statement_id"]) for row in rows])
