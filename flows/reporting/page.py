"""The page itself: facts in, one HTML document out that needs nothing else and may ask for nothing."""

from base64 import b64encode
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.reporting.cards import Card, cards_of, details_of
from flows.reporting.earlier import NO_PAGE, Earlier
from flows.reporting.news import news_of
from flows.reporting.pairs import everybody, matrix_of, pairs_of
from flows.reporting.wording import Vocabulary, clean_name, clean_quote, clean_url, day_words, label_of, stamp
from warehouse.asking import ReportFacts

TEMPLATES = Path(__file__).parent / "templates"
FIRST_SHOWN, NEWS_SHOWN, SPEAKERS_SHOWN, OUTLETS_SHOWN, TIMELINES = 10, 25, 200, 200, 6
STARTER = 'document.documentElement.className = "scripted";'  # shows what works with the page's script alone
RUNGS = (
    (5, "force, nuclear threat, war"),
    (4, "specific or severe"),
    (3, "vague or conditional threat"),
    (2, "accusation, refusal, demand"),
    (1, "displeasure, resolve"),
    (0, "calming"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page says about itself: which warehouse, when, by which version, and what it is compared with."""

    name: str
    made_at: datetime
    version: str
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    earlier: Earlier = NO_PAGE
    since: datetime | None = None


def report_html(facts: ReportFacts, frame: Frame) -> str:
    """Return the page; every word from outside is cleaned, then escaped by the template engine."""
    vocabulary = replace(frame.vocabulary, actors={**frame.vocabulary.actors, **facts.names})
    newly = news_of(facts.events, frame.earlier, frame.since)
    cards = cards_of(facts, vocabulary, newly.news)
    pairs, n_pairs_left = pairs_of(facts.events, vocabulary)
    is_first = frame.since is None and frame.earlier.made_at is None
    style, script = _read("report.css"), _read("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            frame=frame,
            vocabulary=vocabulary,
            name=clean_name(frame.name),
            policy=_policy(style, script),
            starter=Markup(STARTER),  # noqa: S704 - ours
            style=Markup(style),  # noqa: S704 - a file of ours
            script=Markup(script),  # noqa: S704 - a file of ours
            details=Markup(details_of(facts, vocabulary)),  # noqa: S704 - escaped for a script element there
            holdings=facts.holdings,
            cards=cards,
            n_events_left=facts.n_events_left,
            newly=newly,
            is_first=is_first,
            news=_ranked([one for one in cards if one.news or is_first])[: FIRST_SHOWN if is_first else NEWS_SHOWN],
            n_news=len(newly.news),
            n_rung=sum(one.has_rung for one in cards if one.news),
            everybody=everybody(facts.events),
            matrix=matrix_of(facts.pairs, vocabulary),
            pairs=pairs,
            n_pairs_left=n_pairs_left,
            sides=_choices([(one.side, one.side_name) for one in cards]),
            aims=_choices([(one.aim, one.aim_name) for one in cards]),
            categories=_choices([(one.category, one.label) for one in cards]),
            definitions=_definitions(cards, vocabulary),
            speakers=facts.speakers[:SPEAKERS_SHOWN],
            n_speakers_left=max(len(facts.speakers) - SPEAKERS_SHOWN, 0),
            sources=facts.sources,
            outlets=facts.outlets[:OUTLETS_SHOWN],
            n_outlets_left=max(len(facts.outlets) - OUTLETS_SHOWN, 0),
            rungs=RUNGS,
            timelines=TIMELINES,
        )
    )


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(clean=clean_name, url=clean_url, day=day_words, stamp=stamp, label=label_of)
    return found


def _harmless(value: object) -> object:
    """Return a text cleaned once more: no field of a template can be forgotten."""
    return clean_quote(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return what the page allows itself: its own style and scripts, by their hashes, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src {_hash_of(style)}; script-src {_hash_of(STARTER)} {_hash_of(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash_of(text: str) -> str:
    """Return what a policy allows this inline text by."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _ranked(cards: list[Card]) -> list[Card]:
    """Return the gravest first, of several the latest."""
    return sorted(sorted(cards, key=lambda one: one.day, reverse=True), key=lambda one: -one.severity)


def _choices(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return each value with its name once, by name; nobody stands at the end."""
    return sorted(dict(found).items(), key=lambda one: (not one[0], one[1].casefold(), one[0]))


def _definitions(cards: list[Card], vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """Return label, code and meaning of every category on the page."""
    codes = sorted({(one.label, one.category) for one in cards})
    return [(label, code, vocabulary.definition(code)) for label, code in codes]
