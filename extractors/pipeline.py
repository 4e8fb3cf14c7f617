"""From articles to findings: parse, attribute, identify, date, aim, label."""

from bisect import bisect_right
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from extractors.actors import MentionIndex, find_mentions
from extractors.dates import date_statements, document_day, said_on
from extractors.documents import Said, choose, give_voices, is_staged, join_acts, renumbered, set_scene, unstaged
from extractors.escalation import (
    REMEMBERED,
    Aim,
    Cache,
    ClassifyInput,
    Reading,
    View,
    aim_all,
    aims_of,
    classify_all,
    judge_all,
    read_statement,
)
from extractors.knowledge import Knowledge
from extractors.language import ParsedParagraph, parse_articles
from extractors.layout import Layout, read_layout
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

AT_ONCE = 256  # statements labelled together
# Statements that one article is given: relating compares each with each. The most in any of 240 real texts is 53.
MOST_STATEMENTS = 1_000


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
    layout = read_layout(article)
    scene = set_scene(layout, knowledge.language)
    index = find_mentions([*scene.paragraphs, *paragraphs], knowledge.gazetteer, on)
    found = find_attributions(paragraphs, knowledge.cues)
    voiced = give_voices(found, layout, scene, paragraphs, index, knowledge.gazetteer, on=on, title=article.title)
    met = {actor.actor_id: actor for actor in (*index.actors.values(), *voiced.actors)}
    actors = ChainMap(met, knowledge.gazetteer.by_id)  # type: ignore[arg-type]
    kept = choose(voiced.said, layout, actors)[:MOST_STATEMENTS]
    said = _dated(voiced.said, kept, paragraphs, article, layout)
    statements = [_statement(number, *one, article.text) for number, one in enumerate(said)]
    lexicon = knowledge.escalation
    view = View(
        actors.get,
        article.text,
        lexicon.conflicts,
        lexicon.places,
        on,
        lexicon.groups,
        lambda span: [one.actor_id for one in index.within(span)],
        lexicon.members,
    )
    labels = [one.escalation for one in _label(statements, paragraphs, knowledge, on, actors)]
    acts = [label.polarity != "neutral" for label in labels]
    aims = [_aims(one, index, paragraphs, view) for one in statements]
    aimed = aim_all(statements, aims, acts, index.mentions, view)
    own = {one.ordinal for one in statements if is_staged(one.attribution.source)}
    # What a document's own sentences are, and which of them are one, goes by whom they name themselves.
    named = [
        replace(one, targets=()) if one.ordinal in own and not some else one
        for one, some in zip(aimed, aims, strict=True)
    ]
    labelled = [Labelled(*pair) for pair in zip(named, labels, strict=True)]
    about = {one.ordinal for one in statements if one.ordinal in own and _is_about_another(one, index, view)}
    labelled = join_acts(labelled, own, article.text, about=about, is_speech=layout.kind == "address")
    labelled = [unstaged(one) for one in _aimed_acts(labelled, aimed)]
    introduced = tuple(actor for actor_id, actor in met.items() if actor_id not in knowledge.gazetteer.by_id)
    mentions = tuple(one for one in index.mentions if not is_staged(one.span))
    return Findings(article.content_hash, tuple(labelled), mentions, introduced, layout.kind)


def _aimed_acts(labelled: Iterable[Labelled], aimed: Sequence[Statement]) -> Iterator[Labelled]:
    """Yield the statements, acts that name nobody aimed at whom the article sets their speaker against."""
    targets = {one.attribution.spans[0].start: one.targets for one in aimed}
    for one in labelled:
        start = one.statement.attribution.spans[0].start
        is_open = not one.statement.targets and one.escalation.polarity != "neutral"
        yield replace(one, statement=replace(one.statement, targets=targets.get(start, ()))) if is_open else one


def _dated(
    said: Sequence[Said], kept: Sequence[int], paragraphs: Sequence[ParsedParagraph], article: Article, layout: Layout
) -> list[tuple[Attribution, Speaker, SaidOn | None]]:
    """Return the statements kept, in order, with their dates: a document's own sentences bear that of the document."""
    cued = [one for one in said if not one.is_own]
    published = article.published
    dates = date_statements(
        paragraphs,
        [one.attribution for one in cued],
        [one.speaker for one in cued],
        published,
        is_news=not layout.is_document,
    )
    fallback = _day_of(article, layout)
    attributions = renumbered([one.attribution for one in said], kept)
    told = _told_days(said, kept, paragraphs, article)
    days = [dates[number] if number < len(cued) else told.get(number, fallback) for number in kept]
    days = [fallback if day is not None and day.precision == "publication" else day for day in days]
    return [(one, said[number].speaker, day) for one, number, day in zip(attributions, kept, days, strict=True)]


def _told_days(
    said: Sequence[Said], kept: Sequence[int], paragraphs: Sequence[ParsedParagraph], article: Article
) -> dict[int, SaidOn]:
    """Return the days of own sentences that retell what the voice said before: "Yesterday, the President warned"."""
    dropped = set(range(len(said))).difference(kept)
    retold: dict[int, list[Attribution]] = {}
    for one in (said[number].attribution for number in sorted(dropped)):
        if one.cue is not None:
            retold.setdefault(one.paragraph, []).append(one)
    found: dict[int, SaidOn] = {}
    for number in (number for number in kept if said[number].is_own):
        own = said[number].attribution
        inside = [one for one in retold.get(own.paragraph, ()) if one.cue and own.spans[0].covers(one.cue)]
        day = said_on(paragraphs[own.paragraph], inside[0], article.published) if inside else None
        if day is not None and day.precision == "day":
            found[number] = day
    return found


def _day_of(article: Article, layout: Layout) -> SaidOn | None:
    """Return the day of what bears no date of its own: that of an official document, else that of publication."""
    if article.published is None:
        return None
    on = article.published.at.date()
    lines = [one.span.of(article.text) for one in article.paragraphs]
    own = document_day(article.title, lines, on) if layout.is_document else None
    return SaidOn(own, "day") if own is not None else SaidOn(on, "publication")


def _statement(
    ordinal: int, attribution: Attribution, speaker: Speaker, said_on: SaidOn | None, text: str
) -> Statement:
    content = " ".join(span.of(text) for span in attribution.spans)
    cue = attribution.cue.of(text) if attribution.cue else None
    return Statement(ordinal, content, attribution, speaker, (), said_on, cue)


def _is_about_another(statement: Statement, index: MentionIndex, view: View) -> bool:
    """Tell whether the words name somebody of another country than the speaker's."""
    named = (view.find_actor(one.actor_id) for span in statement.attribution.spans for one in index.within(span))
    return any(one is not None and one.country not in {None, statement.speaker.country} for one in named)


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
