"""Alerts as JSON: one object for log lines and events alike."""

import json

from flows.delivery.rendering.clean import clean_view
from flows.delivery.rendering.messages import AlertView


def alert_data(view: AlertView) -> dict[str, object]:
    """Return what machines are told of an alert, cleaned; keys are stable."""
    alert = clean_view(view)
    return {
        "alert_id": alert.alert_id,
        "event_id": alert.event_id,
        "claim_id": alert.claim_id,
        "statement_id": alert.statement_id,
        "rule": alert.rule,
        "severity": alert.severity,
        "category": alert.category,
        "polarity": alert.polarity,
        "conditional": alert.is_conditional,
        "raised_at": alert.raised_at.isoformat(),
        "speaker": alert.speaker_name,
        "speaker_role": alert.speaker_role,
        "speaker_country": alert.speaker_country,
        "speaker_country_code": alert.speaker_country_code,
        "targets": list(alert.targets),
        "target_countries": list(alert.target_countries),
        "target_country_codes": list(alert.target_country_codes),
        "quote": alert.quote,
        "form": alert.form,
        "said_on": alert.said_on.isoformat() if alert.said_on else None,
        "said_on_precision": alert.said_on_precision,
        "outlets": list(alert.outlets),
        "article_title": alert.article_title,
        "url": alert.url,
        "evidence": [{"rule": one.rule, "words": one.words} for one in alert.evidence],
        "other_claims": [
            {"speaker": one.speaker_name, "severity": one.severity, "quote": one.quote, "form": one.form}
            for one in alert.others
        ],
        "replay": alert.is_replay,
        "step": alert.step,
        "method": alert.method,
        "confidence": alert.confidence,
    }


def log_line(view: AlertView) -> str:
    """Return the alert as one line of JSON, plain ASCII and without the line's end."""
    return json.dumps(alert_data(view), ensure_ascii=True, separators=(",", ":"))
