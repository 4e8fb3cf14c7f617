"""The domain's words as frozen values: what passes from one stage of an article's life to the next.

Offsets are Unicode code points, half-open, into ``Article.text`` unless a field says otherwise.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

Form: TypeAlias = Literal["direct", "indirect", "mixed"]
Polarity: TypeAlias = Literal["escalatory", "de-escalatory", "neutral"]
Basis: TypeAlias = Literal["page", "feed"]
# What a label rests on: the rules of the lexicon, the network, or both of one opinion.
Method: TypeAlias = Literal["rule", "network", "both"]
TimePrecision: TypeAlias = Literal["second", "minute", "day", "month", "year"]
DayPrecision: TypeAlias = Literal["day", "week", "month", "year", "publication"]
# what a text is by its layout: all but news are in the voice of an issuer or of those who take turns
DocumentKind: TypeAlias = Literal[
    "news",
    "statement",
    "communique",
    "read-out",
    "fact-sheet",
    "address",
    "press-statement",
    "letter",
    "transcript",
    "press-conference",
    "live-blog",
    "quotes",
]
ActorKind: TypeAlias = Literal[
    "person",
    "country",
    "government",
    "ministry",
    "military",
    "agency",
    "legislature",
    "alliance",
    "international",
    "party",
    "company",
    "media",
    "group",
    "organisation",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what the span covers in ``text``."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as well as it is known; ``at`` is aware and in UTC.

    ``origin`` names where it was read (``json-ld``, ``meta``, ``feed``, ``url``, ``text``, ``sidecar`` ...);
    ``is_inferred`` marks a guess, ``raw`` keeps the words it was read from.
    """

    at: datetime
    precision: TimePrecision
    origin: str
    is_inferred: bool = False
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body: ``span`` in ``Article.text``, ``source_start`` in the text as it was given.

    The paragraph stands in both letter by letter; ``source_start`` is None for HTML, where no such offset exists.
    """

    span: Span
    source_start: int | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the input that is not article text, kept on record: what it said and why it went."""

    reason: str
    text: str
    source: Span | None


@dataclass(frozen=True, slots=True)
class Article:
    """Clean text with its metadata; ``content_hash`` is its identity.

    ``text`` is the body alone: paragraphs joined by a blank line; title, byline and furniture are not in it.
    ``issuer`` is the body whose documents the source publishes, where its configuration says so. ``basis`` is ``feed``
    where only the words of its feed could be had. ``is_live`` is the page's own word that text will be added;
    ``visible_share`` how much of what a reader sees of the body is in the text, None where nothing tells.
    """

    content_hash: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    published: Moment | None = None
    dropped: tuple[Dropped, ...] = ()
    issuer: str | None = None
    basis: Basis = "page"
    is_live: bool = False
    visible_share: float | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that gave no article: a short stable ``reason`` (``empty``, ``binary`` ...) and the detail."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A role held for a time; open ends are None. ``organisation`` is an actor id."""

    role: str
    country: str | None = None
    organisation: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can speak or be spoken to. ``country`` is an ISO 3166 alpha-3 code."""

    actor_id: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    gender: Literal["f", "m"] | None = None
    parent: str | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name at a place of an article; ``reason`` tells why ``name`` was taken for him."""

    actor_id: str
    span: Span
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What syntax and quote marks say of one statement, before anybody is identified.

    ``paragraph`` indexes the article's paragraphs; all spans of one attribution lie inside it, but ``source`` of a
    quote may stand elsewhere. ``source`` is the speaker's noun phrase or pronoun; ``carried_from`` is the index of the
    earlier attribution whose speaker goes on speaking where there is no source of its own; ``reported_by`` is the index
    of the attribution inside which this one is reported; ``addressee`` is whom the cue's object names.
    """

    paragraph: int
    spans: tuple[Span, ...]
    form: Form
    cue: Span | None
    cue_lemma: str | None
    cue_class: str | None
    source: Span | None
    carried_from: int | None = None
    reported_by: int | None = None
    addressee: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the words (``text``, ``span``) and, where they name somebody, the actor.

    ``name`` is the resolved canonical name, None for a generic source such as "analysts"; ``role`` and ``country``
    (alpha-3) are as of the article.
    """

    text: str | None = None
    span: Span | None = None
    actor_id: str | None = None
    name: str | None = None
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An actor a statement is aimed at."""

    actor_id: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SaidOn:
    """The day of the utterance, or the first day of the week, month or year it fell in.

    Precision ``publication`` marks a date taken from the article's own for want of another.
    """

    on: date
    precision: DayPrecision


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution with its speaker, targets and date resolved."""

    ordinal: int
    content: str
    attribution: Attribution
    speaker: Speaker
    targets: tuple[Target, ...] = ()
    said_on: SaidOn | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a label: the rule, the words it matched and where, and what it did (``label``, ``raise`` ...)."""

    rule: str
    words: str
    span: Span | None
    effect: str


@dataclass(frozen=True, slots=True)
class Escalation:
    """A statement's label by the codebook: ``category`` is a code of codebook.json, ``severity`` runs from 0 to 5.

    ``confidence`` is how many of a hundred labels like this have the right polarity (0 to 1), measured on real text.
    """

    polarity: Polarity
    category: str
    severity: int
    conditional: bool = False
    evidence: tuple[Evidence, ...] = ()
    method: Method = "rule"
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement with its label."""

    statement: Statement
    escalation: Escalation


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was extracted from one article; ``actors`` are those its text introduced."""

    content_hash: str
    statements: tuple[Labelled, ...]
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    document_kind: DocumentKind = "news"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item a source lists, before its page is fetched; ``guid`` falls back to the URL, then to the content.

    ``content`` is the text of the article where the source gives it; ``published_raw`` keeps the words of the date,
    whether or not they could be read.
    """

    guid: str
    url: str | None
    title: str | None
    summary: str | None
    published: Moment | None
    updated: Moment | None = None
    author: str | None = None
    language: str | None = None
    content: str | None = None
    published_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A source's listing: its entries in the order given, and what it says of itself.

    ``flaws`` names what was wrong with the bytes without making them unusable; ``links`` are further listings that
    this one points to (sitemap index, discovered feeds), ``link_dates`` when each changed, where an index says so;
    ``next_url`` is where the listing goes on. ``skip_hours`` (UTC) and ``skip_days`` (Monday is 0) are when
    the source asks not to be read.
    """

    kind: str
    entries: tuple[Entry, ...]
    title: str | None = None
    language: str | None = None
    home: str | None = None
    ttl_minutes: int | None = None
    links: tuple[str, ...] = ()
    link_dates: tuple[datetime | None, ...] = ()
    next_url: str | None = None
    flaws: tuple[str, ...] = ()
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
