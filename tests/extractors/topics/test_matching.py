"""Topics decide by rules a user can write, say why, and cost the same for ten terms or for thousands."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.letters import fold
from extractors.model import Span
from extractors.reading import Visible, visible_words
from extractors.topics.matching import TermGroup, Topic, TopicMatcher, compile_topics, unknown_actors
from extractors.topics.rules import RuleError, parse_rule
from extractors.topics.words import as_words, words_line

CASES = json.loads((Path(__file__).parents[2] / "cases" / "topics" / "rules.json").read_text(encoding="utf-8"))
NAMES = {"olsen": ("Mara Lind Olsen", "Captain Olsen"), "who": ("World Health Organization", "WHO")}
GROUPS = (
    TermGroup("ferry", ("ferry", "catamaran")),
    TermGroup("strike", ("strik*",)),
    TermGroup("match", ("cup final",)),
    TermGroup("union", ("=US", "=U.S.")),
    TermGroup("captain", (), ("olsen",)),
    TermGroup("agency", (), ("who",)),
)
NAMES_OF_GROUPS = {group.name for group in GROUPS}


def topic(rule: str, **settings: Any) -> Topic:
    return Topic("harbour", GROUPS, parse_rule(rule, NAMES_OF_GROUPS), **settings)


def matcher(rule: str, **settings: Any) -> TopicMatcher:
    return compile_topics([topic(rule, **settings)], NAMES)


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_a_rule_means_what_it_says(case: dict[str, Any]) -> None:
    settings = {key: case[key] for key in ("min_hits", "min_score") if key in case}
    found = matcher(case["rule"], **settings).decide_article(case.get("title"), case["text"])
    assert bool(found) == case["match"]


@pytest.mark.parametrize("case", [case for case in CASES if case["match"]], ids=lambda case: case["note"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "shift_jis"])
def test_the_glance_at_a_page_never_drops_a_match(case: dict[str, Any], encoding: str) -> None:
    markup = f'<html><meta charset="{encoding}"><title>{case.get("title") or ""}</title><p>{case["text"]}</p></html>'
    settings = {key: case[key] for key in ("min_hits", "min_score") if key in case}
    try:
        page = markup.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no such letters")
    words = visible_words(page)
    assert isinstance(words, Visible)
    assert matcher(case["rule"], **settings).may_match(words.titles, words.texts)


def test_the_glance_drops_pages_without_the_words() -> None:
    glance = matcher("ferry and strike").may_match
    assert not glance((), ("The train was late.",))
    assert not glance((), ("The ferry was late.",))
    assert glance((), ("The férry crew is striking.",))


def test_the_glance_holds_to_the_rule_but_for_what_it_excludes() -> None:
    assert not matcher("ferry and strike", min_hits=3).may_match((), ("The ferry crew strikes.",))
    assert matcher("ferry and strike and not match").may_match((), ("A ferry strike. More: the cup final",))
    near = matcher("near(ferry, strike, 5)").may_match
    assert near((), (f"The ferry {'and a box of teasers ' * 20} crew is on strike.",))
    assert not near((), (f"The ferry {'left the harbour for good ' * 100} and a strike.",))


def test_a_term_scores_as_in_the_title_only_where_that_may_be_it() -> None:
    glance = matcher("ferry and strike", min_score=4).may_match
    assert glance(("Ferry crews walk out over pay",), ("The ferry crew is on strike.",))
    assert not glance(("Weather for the whole of the week",), ("The ferry crew is on strike.",))
    assert glance((), ("The ferry crew is on strike.",))


def test_an_exact_term_has_to_be_written_so_somewhere() -> None:
    glance = matcher("union").may_match
    assert glance((), ("Tell us what US envoys said",))
    assert not glance((), ("Tell us what envoys said",))


@given(st.text(max_size=200))
def test_the_line_of_words_is_the_same_with_and_without_places(text: str) -> None:
    assert words_line(text) == as_words(text).line


def test_an_explanation_names_the_words_and_their_places() -> None:
    text = "At noon the catamaran left; Captain Olsen spoke of a strike."
    found = matcher("near(captain, strike, 9)").decide_article("Harbour news", text)
    hits = {(hit.group, hit.term): hit for hit in found[0].hits}
    assert hits["captain", "olsen"].words == "Captain Olsen"
    assert hits["captain", "olsen"].span == Span(28, 41)
    assert hits["captain", "olsen"].where == "text"
    assert hits["strike", "strik*"].words == "strike"


def test_a_miss_says_what_was_lacking() -> None:
    verdict = matcher("ferry and strike", min_hits=2).explain(None, "The ferry left.")[0]
    assert not verdict.is_match
    assert verdict.misses == ("nothing of strike", "1 distinct terms, 2 needed")


def test_an_entry_is_fetched_skipped_or_fetched_to_decide() -> None:
    decide = matcher("ferry and strike and not match").decide_entry
    assert decide("Ferry crews on strike", None).decision == "fetch"
    assert decide("Ferry leaves on time", "It carried forty people.").decision == "fetch-to-decide"
    assert decide("Ferry carries fans to the cup final", "It was full.").decision == "skip"
    assert decide("Train leaves on time", "It carried forty people.").decision == "skip"
    assert decide("Video", None).decision == "fetch-to-decide"
    assert decide(None, None).decision == "fetch-to-decide"


def test_only_hints_are_fetched_to_decide_where_a_topic_names_some() -> None:
    decide = matcher("ferry and strike", hints=("ferry",)).decide_entry
    assert decide("Ferry leaves on time", "It carried forty people.").decision == "fetch-to-decide"
    assert decide("Pilots threaten to go on strike", "Talks end today.").decision == "skip"


@pytest.mark.parametrize(
    "rule",
    ["", "ferry and", "ferry & strike", "whale", "near(ferry)", "near(ferry, strike, 0)", "atleast(ferry, 2)", "1",
     "ferry.strike", "near(ferry, strike, words=3)", "__import__('os')", "lambda: ferry", "(" * 500],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_is_refused_in_words(rule: str) -> None:
    with pytest.raises(RuleError):
        parse_rule(rule, NAMES_OF_GROUPS)


def test_actors_nobody_knows_are_named() -> None:
    assert unknown_actors([topic("captain")], {}) == ("olsen", "who")
    assert unknown_actors([topic("captain")], NAMES) == ()


def test_no_topics_match_nothing() -> None:
    empty = compile_topics([], {})
    assert empty.decide_article("Ferry", "strike") == ()
    assert not empty.may_match((), ("ferry",))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_survived_and_places_are_true(title: str, text: str) -> None:
    found = matcher("ferry or strike").explain(title, f"{text} ferry {text}")[0]
    for hit in found.hits:
        assert hit.span.of(title if hit.where == "title" else f"{text} ferry {text}") == hit.words


@given(st.text(max_size=100))
def test_words_stand_where_they_say(text: str) -> None:
    words = as_words(text)
    for number, start in enumerate(words.starts):
        folded = words.line[start:].split(" ", 1)[0]
        assert folded in fold(words.spans[number].of(text))
        assert words.index_at(start) == number
