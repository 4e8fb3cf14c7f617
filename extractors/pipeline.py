"""From articles to findings: parse, attribute, identify, date, aim, label."""

from bisect import bisect_right
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from extractors.actors import MentionIndex, find_mentions, resolve
from extractors.escalation import ClassifyInput, classify_all
from extractors.escalation.judge import judge_all
from extractors.escalation.label import Cache, read_statement
from extractors.escalation.opponents import REMEMBERED, aim_all
from extractors.escalation.reading import Reading
from extractors.escalation.targets import Aim, View, aims_of
from extractors.knowledge import Knowledge
from extractors.language import ParsedParagraph, parse_articles
from extractors.model import (
    Actor,
    Article,
    Attribution,
    Escalation,
    Findings,
    Labelled,
    Mention,
    SaidOn,
    Span,
    Speaker,
    Statement,
)
from extractors.statements import find_attributions
from extractors.utterance_dates import date_statements

AT_ONCE = 256  # statements labelled together


def extract(articles: Iterable[Article], knowledge: Knowledge) -> Iterator[Findings]:
    """Yield the findings of each article, in order; articles are parsed in batches, a few at a time in memory."""
    for article, paragraphs in parse_articles(knowledge.language, articles):
        yield extract_parsed(article, paragraphs, knowledge)


def classify(statement: str | ClassifyInput, knowledge: Knowledge) -> Escalation:
    """Label one bare statement: its words alone, or a sentence with its speaker and cue."""
    one = ClassifyInput("", statement) if isinstance(statement, str) else statement
    return next(label for _, label in classify_all([one], knowledge.language, knowledge.escalation))


def extract_parsed(article: Article, paragraphs: Sequence[ParsedParagraph], knowledge: Knowledge) -> Findings:
    """Return the findings of one parsed article."""
    on = article.published.at.date() if article.published else None
    attributions = find_attributions(paragraphs, knowledge.cues)
    index = find_mentions(paragraphs, knowledge.gazetteer, on)
    resolution = resolve(paragraphs, attributions, index, knowledge.gazetteer, on=on)
    speakers = resolution.speakers
    dates = date_statements(paragraphs, attributions, speakers, article.published)
    statements = [
        _statement(number, *one, article.text)
        for number, one in enumerate(zip(attributions, speakers, dates, strict=True))
    ]
    met = {actor.actor_id: actor for actor in (*index.actors.values(), *resolution.actors)}
    actors = ChainMap(met, knowledge.gazetteer.by_id)  # type: ignore[arg-type]
    lexicon = knowledge.escalation
    view = View(
        actors.get,
        article.text,
        lexicon.conflicts,
        lexicon.places,
        on,
        lexicon.groups,
        lambda span: [one.actor_id for one in index.within(span)],
    )
    labels = [one.escalation for one in _label(statements, paragraphs, knowledge, on, actors)]
    acts = [label.polarity != "neutral" for label in labels]
    aims = [_aims(one, index, paragraphs, view) for one in statements]
    aimed = aim_all(statements, aims, acts, index.mentions, view)
    labelled = tuple(Labelled(*pair) for pair in zip(aimed, labels, strict=True))
    introduced = tuple(actor for actor_id, actor in met.items() if actor_id not in knowledge.gazetteer.by_id)
    return Findings(article.content_hash, labelled, index.mentions, introduced)


def _statement(
    ordinal: int, attribution: Attribution, speaker: Speaker, said_on: SaidOn | None, text: str
) -> Statement:
    content = " ".join(span.of(text) for span in attribution.spans)
    cue = attribution.cue.of(text) if attribution.cue else None
    return Statement(ordinal, content, attribution, speaker, (), said_on, cue)


def _aims(statement: Statement, index: MentionIndex, paragraphs: Sequence[ParsedParagraph], view: View) -> list[Aim]:
    attribution = statement.attribution
    start = attribution.spans[0].start
    before = Span(max(0, start - REMEMBERED), start)
    places = [before, *attribution.spans, *([attribution.addressee] if attribution.addressee else [])]
    mentions = [Mention(one.actor_id, one.span) for place in places for one in index.within(place)]
    return aims_of(statement, mentions, view, paragraphs[attribution.paragraph])


def _label(
    statements: Sequence[Statement],
    paragraphs: Sequence[ParsedParagraph],
    knowledge: Knowledge,
    on: date | None,
    actors: Mapping[str, Actor],
) -> Iterator[Labelled]:
    cache: Cache = {}
    parts = _parts(paragraphs)
    starts = [part.start for part in parts]

    def read(one: Statement) -> Reading:
        speaker = actors.get(one.speaker.actor_id) if one.speaker.actor_id else None
        number = bisect_right(starts, one.attribution.spans[0].start) - 1
        placed = replace(one, attribution=replace(one.attribution, paragraph=number))
        kind = speaker.kind if speaker else None
        return read_statement(placed, parts, knowledge.escalation, kind=kind, on=on, cache=cache)

    for start in range(0, len(statements), AT_ONCE):
        batch = statements[start : start + AT_ONCE]
        labels = judge_all([read(one) for one in batch])
        yield from (Labelled(*pair) for pair in zip(batch, labels, strict=True))


def _parts(paragraphs: Sequence[ParsedParagraph]) -> list[ParsedParagraph]:
    """Return the paragraphs, an endless one in its pieces: labelling reads all of a paragraph for each statement."""
    parts: list[ParsedParagraph] = []
    for paragraph in paragraphs:
        start = paragraph.start
        for doc in paragraph.pieces or (paragraph.doc,):
            parts.append(ParsedParagraph(doc, start))
            start += len(doc.text)
    return parts
