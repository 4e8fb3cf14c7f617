"""What goes into relating statements and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType

from extractors.claims.wording import UNSHOWN, Shown
from extractors.model import ActorKind, DayPrecision, Polarity


@dataclass(frozen=True, slots=True)
class Report:
    """One statement as a report of an utterance: who is said to have said what, when, by which outlet.

    ``speaks_for`` are the ids of the institutions and the government he speaks for, the nearest first; for an
    unnamed spokesman (``speaker_id`` None) it is all that is known of him, and for states that speak together an id of
    them all and each of theirs. ``quoted`` are the parts of ``content``
    that stand in quote marks; ``shown`` are its words for readers, empty where they are ``content``; ``ordinal`` is its
    place among the statements of the article, None where that is unknown; ``has_cue`` is false where no word of saying
    stands beside it, as where a quote goes on in the next paragraph.
    """

    statement_id: str
    article_id: str
    content: str
    outlet: str | None = None
    published_at: datetime | None = None
    speaker_id: str | None = None
    speaker_name: str | None = None
    speaker_text: str | None = None
    speaker_kind: ActorKind | None = None
    speaker_country: str | None = None
    speaks_for: tuple[str, ...] = ()
    said_on: date | None = None
    said_on_precision: DayPrecision | None = None
    quoted: tuple[str, ...] = ()
    category: str = ""
    polarity: Polarity = "neutral"
    severity: int = 0
    targets: tuple[str, ...] = ()
    ordinal: int | None = None
    shown: Shown = UNSHOWN
    has_cue: bool = True


_UNDATED = datetime.max.replace(tzinfo=UTC)


def order_of(report: Report) -> tuple[datetime, str]:
    """Sort reports by publication, then id; undated ones come last."""
    return report.published_at or _UNDATED, report.statement_id


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim as it stands: its reports, and since when an alert bears its id (None: it has not rung)."""

    claim_id: str
    reports: tuple[Report, ...]
    alerted_at: datetime | None = None
    reiterates: str | None = None


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two contents are: ``score`` from 0 to 1, the ``reason`` in words, ``verbatim`` the shared run's weight.

    ``verbatim`` is measured in bits-like word weights, not as a share: a long run counts, a short formula does not.
    """

    score: float
    reason: str
    verbatim: float = 0.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where one statement belongs now: ``similarity`` to ``matched`` (a statement id), its nearest report there.

    The nearest among those published before it, if any is like it. ``moved_from`` names the claim that the report was
    in before, where that bears another id.
    """

    statement_id: str
    claim_id: str
    similarity: float
    reason: str
    matched: str | None = None
    moved_from: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A claim goes on under another id: ``absorbed_id`` is now ``survivor_id``.

    ``is_known`` tells whether the old id is known outside, because it rang: then it lives on as an alias.
    """

    absorbed_id: str
    survivor_id: str
    reason: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Reiteration:
    """The claim repeats an earlier one of the same speaker on another day in other words."""

    claim_id: str
    reiterates: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Repeat:
    """A report repeats an earlier one of another claim, last said ``repeats_on``, on another day in other words."""

    statement_id: str
    repeats_id: str
    repeats_on: date
    similarity: float


@dataclass(frozen=True, slots=True)
class Relation:
    """The outcome for a batch: every claim that changed, all its reports, ids that gave way, and what repeats what.

    ``compared`` are the reports of which all repeats were looked for.
    """

    assignments: tuple[Assignment, ...]
    claims: tuple[ClaimState, ...]
    merges: tuple[Merge, ...] = ()
    reiterations: tuple[Reiteration, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    compared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wording:
    """One report's wording beside the claim's widest."""

    statement_id: str
    outlet: str | None
    published_at: datetime | None
    content: str
    similarity: float


@dataclass(frozen=True, slots=True)
class ClaimSummary:
    """What a claim says of itself: its first report, all wordings, the widest quote and the peak of severity.

    ``severity`` is the peak, one lower for a repeat of a known position; ``speaker`` is the most specific report.
    """

    first: Report
    speaker: Report
    headline: Report
    widest_quote: str
    peak_severity: int
    severity: int
    is_reiteration: bool
    said_on: date | None
    said_on_precision: DayPrecision | None
    outlets: tuple[str, ...]
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Words and phrases that translators and editors put for one another: stemmed phrase -> concept.

    ``light`` concepts weigh little: words that frame an act, and names of states, which stand in all that a side says.
    ``common`` ones weigh as an everyday word: what all statements of one dispute share, such as troops and weapons.
    """

    concepts: Mapping[tuple[str, ...], str] = field(default_factory=lambda: MappingProxyType({}))
    light: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    longest: int = 1
