"""Values to store, built from few words."""

import hashlib
from datetime import UTC, date, datetime

from extractors.model import (
    Actor,
    Article,
    Attribution,
    Escalation,
    Evidence,
    Findings,
    Labelled,
    Mention,
    Moment,
    Paragraph,
    SaidOn,
    Span,
    Speaker,
    Statement,
    Target,
)

NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)
ENVOY = Actor("tamsin-vole", "Tamsin Vole", "person", country="AND", is_known=False)


def article(text: str, *, at: datetime | None = NOON, outlet: str | None = "Harbour Post") -> Article:
    """Return an article of one paragraph."""
    return Article(
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        paragraphs=(Paragraph(Span(0, len(text)), 0),),
        title=f"On {text[:12]}",
        outlet=outlet,
        language="en",
        published=Moment(at, "day", "sidecar") if at else None,
    )


def statement(text: str, content: str, *, severity: int = 3, polarity: str = "escalatory") -> Labelled:
    """Return a labelled statement whose content stands in ``text``."""
    start = text.index(content)
    span = Span(start, start + len(content))
    attribution = Attribution(0, (span,), "indirect", None, None, None, None)
    speaker = Speaker("the envoy", None, ENVOY.actor_id, ENVOY.name, "envoy", "AND")
    escalation = Escalation(
        polarity,  # type: ignore[arg-type]
        "THREAT_UNSPEC",
        severity,
        evidence=(Evidence("answer", content[:5], span, "label"),),
    )
    said = SaidOn(date(2031, 3, 3), "day")
    return Labelled(Statement(0, content, attribution, speaker, (Target("spain", "Spain", "ESP"),), said), escalation)


def findings(one: Article, *statements: Labelled) -> Findings:
    """Return findings that mention the speaker."""
    return Findings(one.content_hash, statements, (Mention(ENVOY.actor_id, Span(0, 3)),), (ENVOY,))
