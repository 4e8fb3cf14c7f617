"""What a message is made from, and what it is made into."""

from dataclasses import dataclass
from datetime import date, datetime

from extractors.model import DayPrecision, Form, Polarity


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One reason for the label: the rule and the words it matched."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A further claim of the event: ``form`` tells whether it was said in these words."""

    speaker_name: str | None
    severity: int
    quote: str
    form: Form = "indirect"


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert with all that its message tells, as the warehouse has it: nothing is cleaned yet.

    ``speaker_country`` and ``target_countries`` are names, with their codes beside them; ``targets`` are actors' names.
    ``step`` counts the messages of one alert: 0 for the first, more for follow-ups. ``outlets`` come in the order of
    publication. ``quote`` is the gravest claim and stands in quotation marks where ``form`` is direct; ``others`` are
    the rest.
    """

    alert_id: str
    claim_id: str
    rule: str
    severity: int
    category: str
    polarity: Polarity
    raised_at: datetime
    quote: str
    statement_id: str = ""
    speaker_name: str | None = None
    speaker_role: str | None = None
    speaker_country: str | None = None
    speaker_country_code: str | None = None
    targets: tuple[str, ...] = ()
    target_countries: tuple[str, ...] = ()
    target_country_codes: tuple[str, ...] = ()
    said_on: date | None = None
    said_on_precision: DayPrecision | None = None
    outlets: tuple[str, ...] = ()
    article_title: str | None = None
    url: str | None = None
    evidence: tuple[EvidenceView, ...] = ()
    is_conditional: bool = False
    is_replay: bool = False
    step: int = 0
    method: str | None = None
    confidence: float | None = None
    event_id: str = ""
    form: Form = "indirect"
    others: tuple[ClaimView, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready for any channel: ``title`` is one line; ``key`` is the same whenever it is made again.

    ``thread`` is the key of the first message about the same thing, to thread follow-ups to.
    """

    title: str
    text: str
    html: str
    key: str
    severity: int
    thread: str
    alert_ids: tuple[str, ...]
