"""The newsroom is the same each time, and our readers find in it what was put there, without a server in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from extractors.feeds.listing import read_feed
from extractors.identity.urls import canonical_url
from extractors.model import Article, Entry, Feed
from extractors.reading.article import read_html
from extractors.reading.completion import with_entry
from extractors.topics.matching import TopicMatcher
from flows.analysis.knowledge import topic_matcher
from tests.newsroom.items import Item
from tests.newsroom.newsroom import Newsroom

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    """Return all outlets with few articles."""
    return Newsroom(3, n_articles=150)


@pytest.fixture(scope="module")
def matcher(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> TopicMatcher:
    """Return the topics that the newsroom's configuration names."""
    return topic_matcher(newsroom.write_config(tmp_path_factory.mktemp("config")))


def entries(newsroom: Newsroom, outlet: int) -> dict[str, Entry]:
    """Return what an outlet lists, by canonical URL."""
    found: dict[str, Entry] = {}
    for path, document in newsroom.listing_documents(outlet).items():
        feed = read_feed(document.body, newsroom.base(outlet) + path, content_type=document.content_type, now=NOW)
        assert isinstance(feed, Feed), (newsroom.outlets[outlet], path, feed)
        found |= {canonical_url(entry.url): entry for entry in feed.entries if entry.url}
    return found


def listed(newsroom: Newsroom) -> Iterator[tuple[Item, Entry]]:
    """Yield every item with the entry that lists it."""
    for outlet in newsroom.outlets:
        known = entries(newsroom, outlet.number)
        for item in newsroom.items:
            if item.outlet is outlet:
                yield item, known[canonical_url(newsroom.base(outlet.number) + item.listed()[0])]


def test_a_seed_gives_the_same_bytes_each_time(newsroom: Newsroom) -> None:
    again = Newsroom(3, n_articles=150)
    assert [newsroom.page(one) for one in newsroom.items] == [again.page(one) for one in again.items]
    assert Newsroom(4, n_articles=150).expected() != newsroom.expected()


def test_the_whole_newsroom_has_what_it_promises() -> None:
    expected = Newsroom(1).expected()
    assert (len(expected), sum(one.copy_of is not None for one in expected)) == (600, 40)
    assert len({one.outlet for one in expected}) == 30
    assert len({one.url for one in expected}) == len({one.title for one in expected}) == 600


@pytest.mark.slow
def test_listings_and_pages_give_title_date_and_language(newsroom: Newsroom) -> None:
    for item, entry in listed(newsroom):
        assert entry.title in (item.story.title, None)
        if item.is_broken:
            continue
        data, content_type = newsroom.page(item)
        url = newsroom.base(item.outlet.number) + item.path
        article = read_html(data, url, {"content-type": content_type}, now=NOW)
        assert isinstance(article, Article), (item.outlet, article)
        whole = with_entry(article, entry)
        assert (whole.title, whole.language) == (item.story.title, "en"), item.outlet
        assert canonical_url(whole.url or "") == canonical_url(url)
        assert whole.published is not None
        off = abs(whole.published.at - item.published)
        assert off < timedelta(minutes=1) or (whole.published.precision == "day" and off < timedelta(hours=29))


def test_topics_are_decided_as_they_were_written(newsroom: Newsroom, matcher: TopicMatcher) -> None:
    """No article of the dispute is skipped on its entry, and the text decides as its author meant."""
    for item, entry in listed(newsroom):
        decision = matcher.decide_entry(entry.title, entry.summary).decision
        assert not (item.story.is_match and decision == "skip"), item.story.title
        assert bool(matcher.decide_article(item.story.title, item.story.text)) == item.story.is_match, item.story.title


def test_too_few_outlets_are_refused() -> None:
    with pytest.raises(ValueError, match="outlets"):
        Newsroom(1, n_outlets=2)


def test_what_is_edited_shows_in_the_listing() -> None:
    """Another title, or a later date where the listing can carry one."""
    newsroom = Newsroom(5, n_articles=150)
    before = {id(item): entry for item, entry in listed(newsroom)}
    newsroom.edit(8)
    for item, entry in listed(newsroom):
        is_changed = (entry.title, entry.updated) != (before[id(item)].title, before[id(item)].updated)
        assert is_changed == bool(item.versions), item.outlet
