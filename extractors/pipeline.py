"""From articles to findings: parse, attribute, identify, date, aim, label."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractors.actors import MentionIndex, find_mentions, resolve_speakers
from extractors.escalation import find_targets, label
from extractors.knowledge import Knowledge
from extractors.language import ParsedParagraph, parse_articles
from extractors.model import Article, Attribution, Findings, Labelled, SaidOn, Speaker, Statement
from extractors.statements import find_attributions
from extractors.utterance_dates import date_statements


def extract(articles: Iterable[Article], knowledge: Knowledge) -> Iterator[Findings]:
    """Yield the findings of each article, in order; articles are parsed in batches, a few at a time in memory."""
    for article, paragraphs in parse_articles(knowledge.language, articles):
        yield extract_parsed(article, paragraphs, knowledge)


def extract_parsed(article: Article, paragraphs: Sequence[ParsedParagraph], knowledge: Knowledge) -> Findings:
    """Return the findings of one parsed article."""
    on = article.published.at.date() if article.published else None
    attributions = find_attributions(paragraphs, knowledge.cues)
    index = find_mentions(paragraphs, knowledge.gazetteer, on)
    speakers = resolve_speakers(paragraphs, attributions, index, knowledge.gazetteer, on=on)
    dates = date_statements(paragraphs, attributions, speakers, article.published)
    statements = [
        _statement(number, *one, article.text)
        for number, one in enumerate(zip(attributions, speakers, dates, strict=True))
    ]
    labelled = _label(statements, paragraphs, index, knowledge, on, article.text)
    met = {one.actor_id: one for one in index.introduced(knowledge.gazetteer.by_id)}
    return Findings(article.content_hash, tuple(labelled), index.mentions, tuple(met.values()))


def _statement(
    ordinal: int, attribution: Attribution, speaker: Speaker, said_on: SaidOn | None, text: str
) -> Statement:
    content = " ".join(span.of(text) for span in attribution.spans)
    cue = attribution.cue.of(text) if attribution.cue else None
    return Statement(ordinal, content, attribution, speaker, (), said_on, cue)


def _label(
    statements: Sequence[Statement],
    paragraphs: Sequence[ParsedParagraph],
    index: MentionIndex,
    knowledge: Knowledge,
    on: date | None,
    text: str,
) -> Iterator[Labelled]:
    actors = {**knowledge.gazetteer.by_id, **index.actors}
    mentions = index.mentions
    for one in statements:
        aimed = replace(one, targets=find_targets(one, mentions, actors.get, text=text))
        speaker = actors.get(one.speaker.actor_id) if one.speaker.actor_id else None
        escalation = label(aimed, paragraphs, knowledge.escalation, kind=speaker.kind if speaker else None, on=on)
        yield Labelled(aimed, escalation)
