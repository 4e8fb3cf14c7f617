"""The step from statements to claims, and from claims to alerts: both in one transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from extractors.claims import (
    NOTHING_KNOWN,
    ClaimState,
    ClaimSummary,
    Known,
    Report,
    Shown,
    Thesaurus,
    blocking_keys,
    keys_of,
    quoted_parts,
    relate,
    summarise,
)
from extractors.knowledge import Knowledge, VoiceFacts
from warehouse.alerting import Ringing, claims_seen_ahead, claims_with_copies, raise_alerts
from warehouse.connection import Connection, open_writer, transaction
from warehouse.storing import (
    Absorption,
    ClaimRow,
    KeyIndex,
    Membership,
    StatementRepeat,
    StoredClaim,
    StoredStatement,
    claims_by_id,
    claims_of,
    hand_over,
    join_claims,
    mend_alerts,
    place_claims,
    reiterations,
    replace_repeats,
    save_claims,
    statements_in_order,
    statements_to_relate,
)


@dataclass(frozen=True, slots=True)
class Related:
    """What a batch came to: how many statements were related, the claims it opened, the alerts it raised."""

    statements: int = 0
    claim_ids: tuple[str, ...] = ()
    alert_ids: tuple[str, ...] = ()

    def __add__(self, other: "Related") -> "Related":
        """Return both together."""
        return Related(
            self.statements + other.statements, self.claim_ids + other.claim_ids, self.alert_ids + other.alert_ids
        )


class Foreseen(Protocol):
    """What was worked out elsewhere of the reports that wait."""

    def known_of(self, reports: Sequence[Report]) -> Known:
        """Return what helps to relate these reports."""


class Unforeseen:
    """Nothing was."""

    def known_of(self, reports: Sequence[Report]) -> Known:  # noqa: ARG002 - as ``Foreseen`` has it
        """Return nothing."""
        return NOTHING_KNOWN


UNFORESEEN = Unforeseen()
# A copy may be placed some cycles after it was seen; claims that were judged already are judged alike again.
COPIES_SINCE = timedelta(days=2)
# Statements related anew in one go: comparing grows with the square of what is related at once.
AT_ONCE = 200


def relate_batch(
    warehouse: Path, knowledge: Knowledge, ringing: Ringing, *, articles: int, foreseen: Foreseen = UNFORESEEN
) -> Related:
    """Relate the statements of the earliest ``articles`` articles that wait, and raise the alerts they call for.

    A replay relates one article after another, as if each came in on its own date: what rings must not depend on how
    the work was cut into batches. A live run takes its batch as one arrival. What is ``foreseen`` saves work only.
    """
    total = Related()
    at_once = 1 if ringing.is_replay else articles
    with open_writer(warehouse) as con, transaction(con), key_index(con, knowledge) as index:
        for _ in range(articles if ringing.is_replay else 1):
            related = _relate_next(con, index, knowledge, ringing, articles=at_once, foreseen=foreseen)
            if not related.statements and hand_over(con, knowledge.gazetteer.by_id, index):
                related = _relate_next(con, index, knowledge, ringing, articles=at_once, foreseen=foreseen)
            if not related.statements:
                break
            total += related
        if not total.statements:
            total += _judge_again(con, ringing)
    return total


def key_index(con: Connection, knowledge: Knowledge) -> KeyIndex:
    """Return the index of blocking keys, for one use within the transaction under way."""

    def keys(statements: Sequence[StoredStatement]) -> dict[str, tuple[str, ...]]:
        reports = [to_report(one, knowledge) for one in statements]
        return {report.statement_id: blocking_keys(report, knowledge.thesaurus) for report in reports}

    return KeyIndex(con, keys)


def _judge_again(con: Connection, ringing: Ringing) -> Related:
    """Judge the claims of articles that further outlets carry: copies bring no statements of their own.

    And those that were judged while the clock was ahead.
    """
    since = ringing.now - COPIES_SINCE if ringing.now else None
    ahead = claims_seen_ahead(con, ringing.now) if ringing.now else []
    alerts = raise_alerts(con, sorted({*claims_with_copies(con, since), *ahead}), ringing)
    return Related(alert_ids=tuple(one.alert_id for one in alerts))


def _relate_next(
    con: Connection, index: KeyIndex, knowledge: Knowledge, ringing: Ringing, *, articles: int, foreseen: Foreseen
) -> Related:
    waiting = statements_to_relate(con, articles)
    if not waiting:
        return Related()
    reports = {one.statement_id: to_report(one, knowledge) for one in waiting}
    known = foreseen.known_of(list(reports.values()))
    keys = {key: keys_of(one, knowledge.thesaurus, known) for key, one in reports.items()}
    index.replace(keys)
    changed = {one.statement_id for one in waiting if one.claim_id is not None}
    fresh = [reports[one.statement_id] for one in waiting if one.claim_id is None]
    stored = _candidates(con, index, keys.values(), own=changed)
    saved = _relate(con, index, fresh, stored, knowledge, changed=changed, known=known)
    mend_alerts(con)
    headlines = place_claims(con, saved.changed)
    alerts = raise_alerts(con, sorted({*saved.changed, *headlines}), ringing)
    return Related(len(waiting), saved.opened, tuple(one.alert_id for one in alerts))


@dataclass(frozen=True, slots=True)
class _Saved:
    """Claims that are new, all that changed, and ids that gave way."""

    opened: tuple[str, ...]
    changed: tuple[str, ...]
    absorbed: tuple[str, ...]


def _candidates(
    con: Connection, index: KeyIndex, keys: Iterable[Sequence[str]], *, own: Collection[str]
) -> list[StoredClaim]:
    """Return the claims with a report that has one of the keys, and those of ``own`` statements.

    Words that say too little to be found by have no key.
    """
    holders = index.holders({key for found in keys for key in found})
    return claims_of(con, sorted({*holders, *own}))


def _relate(
    con: Connection,
    index: KeyIndex,
    fresh: Sequence[Report],
    stored: Sequence[StoredClaim],
    knowledge: Knowledge,
    *,
    changed: Collection[str],
    known: Known = NOTHING_KNOWN,
) -> _Saved:
    """Relate reports to the claims there are and store the outcome; every claim that is linked to is looked at."""

    def widen(statement_ids: Collection[str]) -> list[ClaimState]:
        return [to_state(one, knowledge) for one in claims_of(con, index.neighbours(statement_ids))]

    states = [to_state(one, knowledge) for one in stored]
    relation = relate(fresh, states, knowledge.thesaurus, changed=changed, widen=widen, known=known)
    join_claims(
        con, [Membership(one.statement_id, one.claim_id, one.similarity, one.reason) for one in relation.assignments]
    )
    repeats = [
        StatementRepeat(one.statement_id, one.repeats_id, one.repeats_on, one.similarity) for one in relation.repeats
    ]
    replace_repeats(con, sorted(relation.compared), repeats)
    claims, absorbed = {one.claim_id: one for one in relation.claims}, [one.absorbed_id for one in relation.merges]
    repeating = reiterations(con, [*claims, *absorbed])
    others = [one for one, (was, now) in repeating.items() if was != now and one not in {*claims, *absorbed}]
    claims |= {one.claim_id: to_state(one, knowledge) for one in claims_by_id(con, others)}
    opened = save_claims(
        con,
        [_claim_row(one, repeating.get(one.claim_id, (None, None))[1], knowledge.thesaurus) for one in claims.values()],
        [Absorption(one.absorbed_id, one.survivor_id, one.reason, one.is_known) for one in relation.merges],
    )
    return _Saved(tuple(opened), tuple(claims), tuple(absorbed))


def relate_anew(con: Connection, index: KeyIndex, statement_ids: Sequence[str], knowledge: Knowledge) -> int:
    """Relate statements anew whose speaker is another one than was thought; returns how many claims changed.

    Claims are named as when reports arrive: by the id that rang first, else by the earliest report. Nothing rings:
    nobody said anything new.
    """
    waiting = statements_in_order(con, statement_ids)
    keys = index.renew(waiting)
    changed: set[str] = set()
    for start in range(0, len(waiting), AT_ONCE):
        found = [one.statement_id for one in waiting[start : start + AT_ONCE]]
        candidates = _candidates(con, index, [keys[one] for one in found], own=found)
        saved = _relate(con, index, (), candidates, knowledge, changed=found)
        place_claims(con, saved.changed)
        changed |= {*saved.changed, *saved.absorbed}
    return len(changed)


def to_report(one: StoredStatement, knowledge: Knowledge) -> Report:
    """Return the statement as the claims module reads it."""
    return Report(
        statement_id=one.statement_id,
        article_id=one.article_id,
        content=one.content,
        outlet=one.outlet,
        published_at=one.published_at,
        speaker_id=one.speaker_id,
        speaker_name=one.speaker,
        speaker_text=one.speaker_text,
        speaker_kind=one.speaker_kind,
        speaker_country=one.speaker_country,
        speaks_for=knowledge.speaks_for(
            VoiceFacts(
                one.speaker_id,
                one.speaker_kind,
                one.speaker_parent,
                one.speaker_country,
                one.speaker_role or one.speaker_text,
                one.speaker_text if one.speaker_id is None and one.speaker_country is None else None,
            ),
            one.published_at.date() if one.published_at else None,
        ),
        said_on=one.said_on,
        said_on_precision=one.said_on_precision,
        quoted=quoted_parts(one.content, one.form),
        category=one.category,
        polarity=one.polarity,
        severity=one.severity,
        targets=tuple(one.targets),
        ordinal=one.ordinal,
        shown=Shown(one.shown, one.shown_form),
        has_cue=one.has_cue,
    )


def to_state(claim: StoredClaim, knowledge: Knowledge) -> ClaimState:
    """Return a stored claim as the claims module reads it."""
    reports = tuple(to_report(one, knowledge) for one in claim.statements)
    return ClaimState(claim.claim_id, reports, claim.alerted_at, claim.reiterates)


def _claim_row(claim: ClaimState, reiterates: str | None, thesaurus: Thesaurus) -> ClaimRow:
    summary = summarise(claim.reports, thesaurus, reiterates=reiterates)
    shown = _shown(claim, summary)
    return ClaimRow(
        claim_id=claim.claim_id,
        first_statement_id=summary.first.statement_id,
        first_reported_at=summary.first.published_at,
        speaker_id=summary.speaker.speaker_id,
        speaker=summary.speaker.speaker_name or summary.speaker.speaker_text,
        said_on=summary.said_on,
        said_on_precision=summary.said_on_precision,
        polarity=summary.headline.polarity,
        category=summary.headline.category,
        severity=summary.severity,
        quote=shown.words,
        form=shown.form,
        n_reports=len(claim.reports),
        reiterates=reiterates,
    )


def _shown(claim: ClaimState, summary: ClaimSummary) -> Shown:
    """Return the widest direct quote; without one, the whole wording: a quoted fragment alone says too little."""
    direct = [report.shown for report in claim.reports if report.shown.form == "direct"]
    return max(direct, key=lambda shown: (len(shown.words), shown.words), default=summary.headline.shown)
