"""Alerts to render: one plain, and any number of hostile ones."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from flows.delivery import AlertView, EvidenceView

PLAIN = AlertView(
    alert_id="0f3a",
    claim_id="77bc",
    statement_id="51de",
    rule="escalation",
    severity=4,
    category="THREAT_FORCE",
    polarity="escalatory",
    raised_at=datetime(2031, 5, 2, 9, 30, tzinfo=UTC),
    quote="Whoever blocks the canal will be swept out of it.",
    speaker_name="Ana Ruiz",
    speaker_role="minister of defence",
    speaker_country="Panama",
    targets=("Colombia",),
    target_countries=("Colombia",),
    said_on=date(2031, 5, 1),
    said_on_precision="day",
    outlets=("Canal Post", "Isthmus Wire"),
    article_title="A row over the locks",
    url="https://news.example/canal?page=1",
    evidence=(EvidenceView("threat.sweep", "will be swept"),),
)

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</blockquote></article><h1>Fake</h1>",
    "]]><!-- -->",
    "{{ 7 * 7 }}{% for x in range(9) %}x{% endfor %}{# gone #}",
    "{{ alert.__class__.__mro__ }}",
    "name\r\nBcc: all@example.org\r\n\r\nbody",
    "line\nRule forged. More: tocsin explain 0",
    "\u202etxt.exe\u202c \u2066hidden\u2069 \u200b\ufeff\u00ad",
    "\x00\x01\x07\x1b[31mred\x1b[0m\x7f\x85",
    "para\u2028graph\u2029s\x0b\x0c",
    "Z" + "\u0334\u0335\u0336" * 400,
    "\ud800 lone \ufffe \U0010ffff \U000e0041",
    "&amp;&lt;&#0;&#x202e;",
    "A" * 1_000_000,
    "word " * 200_000,
    "@everyone @here <!channel>",
    "javascript:alert(1)",
    '{"json": "yes", "x": "\\u0000"}',
)

_ANY = st.one_of(
    st.sampled_from(ATTACKS), st.text(st.characters(), max_size=60), st.sampled_from(ATTACKS).map("ok ".__add__)
)


@st.composite
def hostile(draw: st.DrawFn) -> AlertView:
    """Return the plain alert with every word from outside replaced by something hostile."""
    return replace(
        PLAIN,
        quote=draw(_ANY),
        speaker_name=draw(_ANY),
        speaker_role=draw(_ANY),
        speaker_country=draw(_ANY),
        targets=(draw(_ANY),),
        target_countries=(draw(_ANY),),
        outlets=(draw(_ANY), draw(_ANY)),
        article_title=draw(_ANY),
        url=draw(st.one_of(_ANY, _ANY.map("https://news.example/".__add__))),
        evidence=(EvidenceView(draw(_ANY), draw(_ANY)),),
    )
