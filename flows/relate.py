"""The step from statements to claims, and from claims to alerts: both in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from extractors.claims import ClaimState, ClaimSummary, Relation, Report, Thesaurus, blocking_keys, relate, summarise
from extractors.claims.reports import quoted_parts
from extractors.knowledge import Knowledge, VoiceFacts
from warehouse.alerts import Ringing, raise_alerts
from warehouse.claim_views import claims_seen_ahead, claims_with_copies
from warehouse.claims import (
    Absorption,
    ClaimRow,
    Membership,
    StoredClaim,
    StoredStatement,
    candidate_claims,
    replace_keys,
    save_claims,
    statements_in_order,
    statements_to_relate,
)
from warehouse.connection import Connection, open_writer, transaction


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


# A copy may be placed some cycles after it was seen; claims that were judged already are judged alike again.
COPIES_SINCE = timedelta(days=2)
# Statements related anew in one go: comparing grows with the square of what is related at once.
AT_ONCE = 200


def relate_batch(warehouse: Path, knowledge: Knowledge, ringing: Ringing, *, articles: int) -> Related:
    """Relate the statements of the earliest ``articles`` articles that wait, and raise the alerts they call for.

    A replay relates one article after another, as if each came in on its own date: what rings must not depend on how
    the work was cut into batches. A live run takes its batch as one arrival.
    """
    total = Related()
    with open_writer(warehouse) as con, transaction(con):
        for _ in range(articles if ringing.is_replay else 1):
            related = _relate_next(con, knowledge, ringing, articles=1 if ringing.is_replay else articles)
            if not related.statements:
                break
            total += related
        if not total.statements:
            total += _judge_again(con, ringing)
    return total


def _judge_again(con: Connection, ringing: Ringing) -> Related:
    """Judge the claims of articles that further outlets carry: copies bring no statements of their own.

    And those that were judged while the clock was ahead.
    """
    since = ringing.now - COPIES_SINCE if ringing.now else None
    ahead = claims_seen_ahead(con, ringing.now) if ringing.now else []
    alerts = raise_alerts(con, sorted({*claims_with_copies(con, since), *ahead}), ringing)
    return Related(alert_ids=tuple(one.alert_id for one in alerts))


def _relate_next(con: Connection, knowledge: Knowledge, ringing: Ringing, *, articles: int) -> Related:
    waiting = statements_to_relate(con, articles)
    if not waiting:
        return Related()
    reports = [to_report(one, knowledge) for one in waiting]
    keys = {report.statement_id: blocking_keys(report, knowledge.thesaurus) for report in reports}
    stored = candidate_claims(con, sorted({key for found in keys.values() for key in found}))
    relation = relate(reports, [to_state(one, knowledge) for one in stored], knowledge.thesaurus)
    opened = _save(con, relation, stored, knowledge, keys)
    changed = [claim.claim_id for claim in relation.claims]
    alerts = raise_alerts(con, changed, ringing)
    return Related(len(waiting), tuple(opened), tuple(one.alert_id for one in alerts))


def _save(
    con: Connection,
    relation: Relation,
    stored: Sequence[StoredClaim],
    knowledge: Knowledge,
    keys: Mapping[str, Sequence[str]],
) -> list[str]:
    return save_claims(
        con,
        [Membership(one.statement_id, one.claim_id, one.similarity, one.reason) for one in relation.assignments],
        _claim_rows(relation, stored, knowledge.thesaurus),
        [Absorption(one.absorbed_id, one.survivor_id, one.reason) for one in relation.merges],
        keys,
    )


def relate_anew(con: Connection, statement_ids: Sequence[str], knowledge: Knowledge) -> int:
    """Relate statements anew whose speaker is another one than was thought; returns how many claims changed.

    Claims keep their ids as when reports arrive: the one that rang first, else the oldest, survives a merge, and one
    that parts goes on where most of it is. Nothing rings: nobody said anything new.
    """
    waiting = statements_in_order(con, statement_ids)
    reports = [to_report(one, knowledge) for one in waiting]
    keys = {report.statement_id: blocking_keys(report, knowledge.thesaurus) for report in reports}
    replace_keys(con, keys)
    changed: set[str] = set()
    for start in range(0, len(reports), AT_ONCE):
        found = [report.statement_id for report in reports[start : start + AT_ONCE]]
        wanted = sorted({key for one in found for key in keys[one]})
        changed |= _relate_changed(con, found, candidate_claims(con, wanted), knowledge)
    return len(changed)


def _relate_changed(
    con: Connection, statement_ids: Sequence[str], stored: Sequence[StoredClaim], knowledge: Knowledge
) -> set[str]:
    states = [to_state(one, knowledge) for one in stored]
    relation = relate((), states, knowledge.thesaurus, changed=statement_ids)
    _save(con, relation, stored, knowledge, {})
    return {*(one.claim_id for one in relation.claims), *(one.absorbed_id for one in relation.merges)}


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
    )


def to_state(claim: StoredClaim, knowledge: Knowledge) -> ClaimState:
    """Return a stored claim as the claims module reads it."""
    reports = tuple(to_report(one, knowledge) for one in claim.statements)
    return ClaimState(claim.claim_id, reports, claim.alerted_at, claim.reiterates)


def _claim_rows(relation: Relation, stored: Sequence[StoredClaim], thesaurus: Thesaurus) -> list[ClaimRow]:
    repeats = {one.claim_id: one.reiterates for one in stored if one.reiterates}
    repeats |= {one.claim_id: one.reiterates for one in relation.reiterations}
    return [_claim_row(claim, repeats, thesaurus) for claim in relation.claims]


def _claim_row(claim: ClaimState, repeats: Mapping[str, str], thesaurus: Thesaurus) -> ClaimRow:
    summary = summarise(claim.reports, thesaurus, reiterates=repeats.get(claim.claim_id))
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
        quote=_words(claim, summary),
        n_reports=len(claim.reports),
        reiterates=repeats.get(claim.claim_id),
    )


def _words(claim: ClaimState, summary: ClaimSummary) -> str:
    """Return the widest direct quote; without one, the whole wording: a quoted fragment alone says too little."""
    direct = [report.content for report in claim.reports if report.quoted == (report.content,)]
    return max(direct, key=len, default=summary.headline.content)
