"""One message out of what goes to a channel at once: one alert, a few in full, a flood as a digest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flows.delivery.rendering.clean import clean_line
from flows.delivery.rendering.messages import AlertView, ClaimView, EvidenceView, Message
from flows.delivery.rendering.render import Renderer
from warehouse.alerting import AlertRow, NoticeRow

NOTICE_LIMIT = 4_000


def to_view(row: AlertRow, countries: Mapping[str, str]) -> AlertView:
    """Return an alert as messages tell it; ``countries`` gives names for codes."""
    is_update = row.step > 0
    return AlertView(
        alert_id=row.alert_id,
        claim_id=row.claim_id,
        rule=row.rule,
        severity=row.current_severity if is_update else max(row.severity, row.current_severity),
        category=row.category,
        polarity=row.polarity,
        raised_at=row.raised_at,
        quote=row.quote,
        statement_id=row.statement_id,
        speaker_name=row.speaker,
        speaker_role=row.role,
        speaker_country=countries.get(row.country or "", row.country),
        speaker_country_code=row.country,
        targets=tuple(row.targets),
        target_countries=tuple(countries.get(code, code) for code in row.target_countries),
        target_country_codes=tuple(row.target_countries),
        said_on=row.said_on,
        said_on_precision=row.said_on_precision,
        outlets=tuple(row.outlets),
        article_title=row.title,
        url=row.url,
        evidence=tuple(EvidenceView(str(one["rule"]), str(one["words"])) for one in row.evidence),
        is_conditional=row.conditional,
        is_replay=row.is_replay,
        step=row.step,
        method=row.method,
        confidence=row.confidence,
        event_id=row.event_id or "",
        form=row.form,
        others=tuple(_claim(one) for one in row.other_claims),
    )


def _claim(one: Mapping[str, Any]) -> ClaimView:
    return ClaimView(one["speaker"], one["severity"], one["quote"], one["form"])


def to_message(views: Sequence[AlertView], renderer: Renderer, *, key: str, thread: str | None, flood: int) -> Message:
    """Return the message about these alerts under the outbox's key, which every try of it carries."""
    message = renderer.digest(views)
    if 1 < len(views) <= flood:
        parts = [renderer.message(view) for view in worst_first(views)]
        text = f"{message.title}\n\n" + "\n".join(part.text for part in parts)
        message = replace(message, text=text, html="\n".join(part.html for part in parts))
    return _keyed(message, key, thread)


def to_notice(rows: Sequence[NoticeRow], *, key: str) -> Message:
    """Return the message about troubles of Tocsin itself."""
    from html import escape

    lines = [
        f"{row.kind}: {clean_line(row.subject)}\n"
        + "\n".join(f"  {clean_line(line, 400)}" for line in row.text.split("\n"))
        for row in rows
    ]
    title = clean_line(
        f"Tocsin: {rows[0].kind}: {rows[0].subject}" + (f" and {len(rows) - 1} more" if rows[1:] else "")
    )
    text = f"{title}\n\n" + "\n".join(lines)[:NOTICE_LIMIT] + "\n"
    return _keyed(Message(title, text, f"<pre>{escape(text)}</pre>", key, 0, key, ()), key, None)


def worst_first(views: Sequence[AlertView]) -> list[AlertView]:
    """Return the alerts in the order messages have them."""
    return sorted(views, key=lambda view: (-view.severity, view.raised_at, view.alert_id))


def _keyed(message: Message, key: str, thread: str | None) -> Message:
    """Return the message with its key, also where people see it: some channels carry nothing else."""
    text = f"{message.text.rstrip()}\nRef {key}\n"
    html = f"{message.html}\n<p><small>Ref {key}</small></p>"
    return replace(message, key=key, thread=thread or key, text=text, html=html)
