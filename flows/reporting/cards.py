"""The events as the page shows them: a card each, and what is told on demand."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from flows.reporting.wording import Vocabulary, clean_name, clean_quote, clean_url, day_words, label_of, rests_on, words
from warehouse.asking import Carrier, ReportedEvent, ReportFacts, Wording

News: TypeAlias = Literal["", "new", "graver"]
OUTLETS_SHOWN = 4
TARGETS_SHOWN = 12
WORDINGS_SHOWN, CARRIERS_SHOWN = 40, 60
# What would end a script element, or begin one, is written as JSON can say it too.
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(frozen=True, slots=True)
class Card:
    """One event, every word cleaned; ``side`` and ``aim`` are what filters compare, the names what is read.

    ``former`` are ids under which parts of it were known: links to them lead here.
    """

    event_id: str
    day: str
    said: str
    side: str
    aim: str
    side_name: str
    aim_name: str
    polarity: str
    category: str
    label: str
    severity: int
    speaker: str
    role: str
    words: str
    form: str
    outlets: str
    n_outlets: int
    n_claims: int
    news: News
    has_rung: bool
    is_conditional: bool
    former: tuple[str, ...]


Line = TypeVar("Line", Wording, Carrier)


def cards_of(facts: ReportFacts, vocabulary: Vocabulary, news: dict[str, News]) -> list[Card]:
    """Return a card for each event, in their order."""
    heads = {(one.event_id, one.claim_id): one for one in facts.wordings}
    return [
        _card(
            one,
            heads.get((one.event_id, one.headline_claim_id)),
            vocabulary,
            news.get(one.event_id, ""),
            facts.merged.get(one.event_id, ()),
        )
        for one in facts.events
    ]


def _card(
    one: ReportedEvent, head: Wording | None, vocabulary: Vocabulary, news: News, former: tuple[str, ...]
) -> Card:
    return Card(
        event_id=one.event_id,
        day=one.said_on.isoformat() if one.said_on else "",
        said=day_words(one.said_on, one.said_on_precision),
        side=clean_name(one.side),
        aim=clean_name(one.aim),
        side_name=vocabulary.side(one.side),
        aim_name=vocabulary.side(one.aim),
        polarity=one.polarity,
        category=clean_name(one.category),
        label=clean_name(label_of(one.category)),
        severity=one.severity,
        speaker=clean_name(one.speaker) or "an unnamed source",
        role=_role(head, vocabulary) if head else "",
        words=words(one.headline, one.form),
        form=one.form,
        outlets=_list(one.outlets),
        n_outlets=len(one.outlets),
        n_claims=one.n_claims,
        news=news,
        has_rung=one.has_rung,
        is_conditional=bool(head and head.is_conditional),
        former=former,
    )


def details_of(facts: ReportFacts, vocabulary: Vocabulary) -> str:
    """Return what is told of each event on demand, as JSON that can stand in a script element."""
    wordings, carriers = _by_event(facts.wordings), _by_event(facts.carriers)
    found = {
        one.event_id: {
            "wordings": [_wording(each, vocabulary) for each in wordings[one.event_id][:WORDINGS_SHOWN]],
            "reports": [_carrier(each) for each in carriers[one.event_id][:CARRIERS_SHOWN]],
            "left": [
                max(len(wordings[one.event_id]) - WORDINGS_SHOWN, 0),
                max(len(carriers[one.event_id]) - CARRIERS_SHOWN, 0),
            ],
        }
        for one in facts.events
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)


def _wording(one: Wording, vocabulary: Vocabulary) -> list[object]:
    """Return the fields that report.js reads, in its order."""
    return [
        clean_name(one.speaker) or "an unnamed source",
        _role(one, vocabulary),
        clean_name(label_of(one.category)),
        one.severity,
        words(one.quote, one.form),
        one.form,
        [clean_name(name) for name in one.targets[:TARGETS_SHOWN]],
        one.is_conditional,
        rests_on(one.method, one.confidence),
        [[clean_name(rule), clean_quote(found)] for rule, found in one.evidence],
        clean_name(one.statement_id),
    ]


def _carrier(one: Carrier) -> list[str]:
    at = f"{one.reported_at:%Y-%m-%d %H:%M}" if one.reported_at else ""
    return [clean_name(one.outlet), at, clean_name(one.title), clean_url(one.location) or ""]


def _by_event(lines: Sequence[Line]) -> defaultdict[str, list[Line]]:
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for one in lines:
        found[one.event_id].append(one)
    return found


def _role(one: Wording, vocabulary: Vocabulary) -> str:
    """Return role and country as far as known, without what the name says already."""
    parts = [clean_name(one.role), vocabulary.side(one.country) if one.country else ""]
    return ", ".join(part for part in parts if part and part != clean_name(one.speaker))


def _list(outlets: Sequence[str]) -> str:
    shown = ", ".join(clean_name(name) for name in outlets[:OUTLETS_SHOWN])
    more = len(outlets) - OUTLETS_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
