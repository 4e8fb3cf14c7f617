"""What was seen once never counts as new again, whatever a source does to its guids."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.feeds.novelty import SeenKeys, entry_keys, unseen
from extractors.identity.history import MAX_REVISIONS, PageHistory, record_text
from extractors.model import Entry, Moment

ENTRY = Entry(
    "n-1",
    "https://news.example/1",
    "Ferry talks resume after a week of strikes",
    "Crews and owners met at noon.",
    Moment(datetime(2024, 5, 14, 9, tzinfo=UTC), "minute", "feed"),
)


def seen(*entries: Entry) -> SeenKeys:
    keys = [entry_keys(entry) for entry in entries]
    return SeenKeys(
        frozenset(key.guid for key in keys),
        frozenset(key.url for key in keys if key.url),
        frozenset(key.content for key in keys if key.content),
        frozenset(key.words for key in keys if key.words),
    )


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({}, "known"),
        ({"guid": "reissued"}, "known"),
        ({"url": "https://m.news.example/1?utm_source=rss"}, "known"),
        ({"guid": "reissued", "url": "https://www.news.example/1/amp/"}, "known"),
        ({"guid": "reissued", "url": "https://news.example/moved"}, "known"),
        ({"title": "Ferry talks break down again"}, "edited"),
        ({"guid": "reissued", "title": "Ferry talks break down again"}, "edited"),
        ({"url": "https://news.example/2", "title": "Second ferry leaves the harbour"}, "moved"),
        ({"url": "https://news.example/2"}, "known"),
        ({"guid": "n-2", "url": "https://news.example/2", "title": "Second ferry leaves the harbour"}, "new"),
    ],
)
def test_identity_is_guid_then_url_then_content(change: dict[str, Any], result: str) -> None:
    found = unseen([replace(ENTRY, **change)], seen(ENTRY))
    assert (len(found.new), [one.reason for one in found.changed]) == (
        int(result == "new"),
        [result] if result in {"edited", "moved"} else [],
    )


LATER = Moment(datetime(2024, 5, 14, 11, tzinfo=UTC), "minute", "feed")


@pytest.mark.parametrize("title", [ENTRY.title, "Morning briefing"])
def test_the_same_words_changed_since_are_a_change(title: str | None) -> None:
    known = replace(ENTRY, title=title)
    (change,) = unseen([replace(known, updated=LATER)], seen(known)).changed
    assert change.reason == "redated"
    assert not unseen([replace(known, updated=LATER)], seen(replace(known, updated=LATER))).changed
    assert not unseen([replace(known, updated=known.published)], seen(known)).changed


def test_a_page_that_only_says_when_it_changed_is_read_again_when_it_did() -> None:
    first = replace(ENTRY, title=None, summary=None, published=replace(LATER, is_inferred=True), updated=LATER)
    much_later = replace(LATER, at=datetime(2024, 5, 16, 11, tzinfo=UTC))
    again = replace(first, published=replace(much_later, is_inferred=True), updated=much_later)
    assert [one.reason for one in unseen([again], seen(first)).changed] == ["redated"]
    assert not unseen([first], seen(first)).changed


@pytest.mark.parametrize("words", [(" is late by some hours", "Crews went home."), ("", None)])
def test_a_listing_that_redates_everything_changes_nothing(words: tuple[str, str | None]) -> None:
    known = [
        replace(ENTRY, guid=f"n-{n}", url=f"https://news.example/{n}", title=f"Ferry {n}{words[0]}", summary=words[1])
        for n in range(6)
    ]
    redated = [replace(one, updated=LATER) for one in known]
    assert not unseen(redated, seen(*known)).changed
    assert [one.entry for one in unseen([*known[1:], redated[0]], seen(*known)).changed] == [redated[0]]


def test_the_same_story_in_another_listing_is_no_change() -> None:
    elsewhere = replace(ENTRY, guid="other", url="https://news.example/copy", updated=LATER)
    assert not unseen([elsewhere], seen(ENTRY)).changed


def test_the_same_few_words_on_another_page_are_another_item() -> None:
    short = replace(ENTRY, title="Morning briefing", summary=None)
    tomorrow = replace(short, guid="n-2", url="https://news.example/2")
    assert unseen([tomorrow], seen(short)).new == (tomorrow,)


def test_the_same_words_on_another_day_are_another_item() -> None:
    assert ENTRY.published is not None
    later = replace(ENTRY.published, at=datetime(2024, 6, 14, 9, tzinfo=UTC))
    again = replace(ENTRY, guid="n-2", url="https://news.example/2", published=later)
    assert unseen([again], seen(ENTRY)).new == (again,)


def test_an_item_listed_twice_is_new_once() -> None:
    twice = replace(ENTRY, guid="n-1#2")
    assert unseen([ENTRY, twice], SeenKeys()).new == (ENTRY,)


def test_items_without_a_link_are_told_apart_by_their_words() -> None:
    one, other = (
        replace(ENTRY, guid="a", url=None),
        replace(ENTRY, guid="b", url=None, title="Tram strike ends in the old town"),
    )
    assert unseen([one, other], SeenKeys()).new == (one, other)


entries = st.builds(
    Entry,
    st.sampled_from("abc"),
    st.sampled_from([None, "https://news.example/1", "https://news.example/2"]),
    st.sampled_from([None, "Ferry", "Ferry talks resume after a week of strikes"]),
    st.none(),
    st.none(),
)


@given(st.lists(entries, max_size=6))
def test_nothing_is_new_twice(listed: list[Entry]) -> None:
    assert unseen(listed, seen(*listed)).new == ()
    assert unseen(listed, seen(*listed)).changed == ()


def test_revisions_are_kept_and_known_texts_are_not_revisions() -> None:
    history, results = PageHistory(), []
    for text in ["a", "a", "b", "a", "b", "c"]:
        history, result = record_text(history, text)
        results.append(result)
    assert results == ["first", "same", "revision", "same", "same", "revision"]
    assert history.hashes == ("a", "b", "c")


def test_a_page_that_changes_at_every_request_stops_counting() -> None:
    history, results = PageHistory(), []
    for number in range(20):
        history, result = record_text(history, str(number))
        results.append(result)
    assert results[:4] == ["first", "revision", "revision", "revision"]
    assert set(results[4:]) == {"ignored"}


def test_a_page_edited_many_times_stops_counting_after_the_cap() -> None:
    history = PageHistory()
    for number in range(40):
        for _ in range(3):
            history, _ = record_text(history, str(number))
    assert len(history.hashes) == MAX_REVISIONS + 1
