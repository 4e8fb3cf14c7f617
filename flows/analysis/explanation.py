"""Why a statement is labelled so, for people and machines."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flows.analysis.cells import plain
from warehouse.asking import Claim, EventClaim, EventExplanation, Explanation, Rang, Reason, Report

WORDING_SHOWN = 160


def explanation_record(
    one: Explanation, definitions: Mapping[str, str], event: EventExplanation | None
) -> dict[str, Any]:
    """Return the explanation as one JSON object; spans count in the article's text, where the context begins."""
    return {
        "statement_id": one.statement_id,
        **{name: plain(value) for name, value in one.fields.items()},
        "definition": definitions.get(one.fields["category"]),
        "targets": list(one.targets),
        "article": {
            "title": one.title,
            "outlet": one.outlet,
            "location": one.location,
            "published_at": plain(one.published_at),
        },
        "context": {"text": one.paragraph, "start": one.start},
        "spans": [list(span) for span in one.spans],
        "evidence": [asdict(reason) for reason in one.reasons],
        "claim": plain(asdict(one.claim)) if one.claim else None,
        "event": plain(asdict(event)) if event else None,
    }


def explanation_text(one: Explanation, definitions: Mapping[str, str]) -> str:
    """Return the explanation for people."""
    facts = one.fields
    day = f"{one.published_at:%Y-%m-%d}" if one.published_at else "undated"
    lines = [
        f"statement {one.statement_id}",
        f"  in  {one.title or 'untitled'} ({', '.join(part for part in (one.outlet, day, one.location) if part)})",
        "",
        _marked(one),
        "",
        f"speaker   {_speaker(facts)}",
        (
            f"said      {facts['said_on'] or '?'} ({facts['said_on_precision'] or 'unknown'}), {facts['form']}"
            f", cue {facts['cue'] or '-'} ({facts['cue_class'] or '-'})"
        ),
        f"targets   {', '.join(one.targets) or '-'}",
        (
            f"label     {facts['polarity']} {facts['category']}, severity {facts['severity']}"
            f"{', conditional' if facts['conditional'] else ''}{_trust(facts)}"
        ),
        f"          {definitions.get(facts['category'], '')}",
        "because",
        *[_reason(reason) for reason in one.reasons],
        *([] if one.reasons else ["  no rule of the lexicon matched"]),
        *_claim_lines(one.claim, facts),
        f"by        extractor {facts['extractor_version']}",
    ]
    return "\n".join(line.rstrip() for line in lines)


def event_text(one: EventExplanation) -> str:
    """Return an event for people: who towards whom and when, its claims from the headline on, and what rang."""
    day = f"{one.said_on} ({one.said_on_precision})" if one.said_on else "no day known"
    lines = [
        f"event {one.event_id}",
        f"  {one.side or 'nobody known'} -> {one.aim or 'nobody in particular'}, {day}",
        f"  {one.polarity}, severity {one.severity}, {len(one.claims)} claim{'s' * (len(one.claims) != 1)}",
        *map(_event_claim, one.claims),
        *map(_rang, one.alerts),
        *([] if one.alerts else ["  has not rung"]),
        "",
    ]
    return "\n".join(lines)


def _event_claim(one: EventClaim) -> str:
    said = f"{one.speaker or 'nobody in particular'}: {_short(one.quote)}"
    return f"  {one.claim_id[:12]}  {one.category} {one.severity}, {said}"


def _rang(one: Rang) -> str:
    did = "rang" if one.action == "ring" else "went into the digest"
    why = "; ".join(one.reasons)
    sent = ", ".join(f"{channel} {status}" for channel, status in one.deliveries) or "no message"
    quiet = f", silenced by {one.silence_id}" if one.silence_id else ""
    return f"  {did} by {one.rule} on {one.raised_at:%Y-%m-%d} ({why}{quiet}): {sent}, alert {one.alert_id}"


def _marked(one: Explanation) -> str:
    """Return the context with the statement between guillemets."""
    if not one.paragraph:
        return f"«{one.fields['content']}»\n(the text of the article is not kept here)"
    pieces, at = [], 0
    for start, end in sorted(one.spans):
        pieces += [one.paragraph[at : start - one.start], "«", one.paragraph[start - one.start : end - one.start], "»"]
        at = end - one.start
    return "".join([*pieces, one.paragraph[at:]])


def _speaker(facts: Mapping[str, Any]) -> str:
    parts = dict.fromkeys((facts["speaker_role"], facts["speaker_country"], facts["speaker_id"]))
    known = ", ".join(part for part in parts if part)
    resolved = f"{facts['speaker'] or 'nobody in particular'}{f' ({known})' if known else ''}"
    return f"{resolved}, in the text: {facts['speaker_text'] or '-'}"


def _trust(facts: Mapping[str, Any]) -> str:
    """Return what the label rests on and how sure it is; nothing for labels older than that is recorded."""
    if facts["method"] is None:
        return ""
    rests = {"rule": "rules", "network": "the network", "both": "rules and network"}[facts["method"]]
    return f" (by {rests}, confidence {facts['confidence']:.0%})"


def _reason(reason: Reason) -> str:
    place = f" at {reason.start}" if reason.start is not None else ""
    return f"  {reason.effect:<11}{reason.rule}: {' '.join(reason.words.split())!r}{place}"


def _claim_lines(claim: Claim | None, facts: Mapping[str, Any]) -> Sequence[str]:
    if claim is None:
        return ["claim     none: its statements wait to be related, or are nobody's"]
    joined = f"; joined by {facts['claim_reason']}" if facts["claim_reason"] else ""
    repeats = f", repeats {claim.reiterates}" if claim.reiterates else ""
    return [
        f"claim     {claim.claim_id}: {claim.polarity} {claim.category}, severity {claim.severity}{repeats}{joined}",
        f"rang      {', '.join(claim.rang) or 'no'}",
        f"reports   {len(claim.reports)}",
        *[_report(one) for one in claim.reports],
    ]


def _report(one: Report) -> str:
    day = f"{one.reported_at:%Y-%m-%d}" if one.reported_at else "undated   "
    return f"  {day}  {one.outlet or one.location}: {_short(one.wording)}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return f"{line[:WORDING_SHOWN]} ..." if len(line) > WORDING_SHOWN else line
