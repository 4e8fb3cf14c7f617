"""What a rule of alerts would ring for among what is stored, each event as if it came in on its own date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.alerting import Rule, Verdict, judge
from extractors.topics import TopicMatcher
from warehouse.alerting import Candidate, articles_of_events, candidates, claims_since
from warehouse.connection import Connection
from warehouse.storing import titled_texts

AT_ONCE = 500  # texts in memory


@dataclass(frozen=True, slots=True)
class Judged:
    """An event and what the rule does about it."""

    event: Candidate
    verdict: Verdict


def preview_rule(con: Connection, rule: Rule, matcher: TopicMatcher, since: date | None) -> list[Judged]:
    """Judge every event of claims first reported since a day.

    A rule about topics goes by the topics of the configuration as they are now, read in the stored texts: those on
    record are what the configuration said when an article came in.
    """
    found = candidates(con, claims_since(con, since))
    if rule.topics:
        found = _with_topics(con, found, matcher)
    return [Judged(one, judge(one.view, rule, one.seen_at)) for one in found]


def _with_topics(con: Connection, found: Sequence[Candidate], matcher: TopicMatcher) -> list[Candidate]:
    articles = articles_of_events(con, [one.view.event_id for one in found])
    wanted = sorted({article_id for ids in articles.values() for article_id in ids})
    topics: dict[str, frozenset[str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        for article_id, title, text in titled_texts(con, wanted[start : start + AT_ONCE]):
            topics[article_id] = frozenset(match.topic for match in matcher.decide_article(title, text))
    return [
        replace(one, view=replace(one.view, topics=frozenset().union(*(topics[each] for each in ids))))
        for one in found
        for ids in (articles.get(one.view.event_id, ()),)
    ]
