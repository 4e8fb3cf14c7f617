"""The pattern language: what each sign does, and what is refused."""

import pytest

from extractors.escalation.grammar.parse import Words
from extractors.escalation.rules.patterns import PatternError, match_at, parse_pattern
from tests.extractors.escalation.labelling import Labeller

LISTS = {"arms": ("weapon", "missile")}


def words_matched(line: str, words: Words) -> list[str] | None:
    pattern = parse_pattern(line, LISTS)
    for start in range(len(words)):
        match = match_at(pattern, words, start, range(len(words)))
        if match is not None:
            return [words.lower[index] for index in sorted(match.tokens)]
    return None


@pytest.mark.parametrize(
    ("line", "matched"),
    [
        ("supply weapon", None),
        ("supply * weapon", ["supplied", "weapons"]),
        ("supply @arms", None),
        ("supply *2 @arms", ["supplied", "weapons"]),
        ("supply *1 weapon", None),
        ("the ?grey army", ["the", "army"]),
        ("supply > weapon", ["supplied", "weapons"]),
        ("army > weapon", None),
        ("hand|supply the", ["supplied", "the"]),
        ("weapons/n to", ["weapons", "to"]),
        ("weapons/v to", None),
        ("supply > @name", None),
        ("to @name", None),
    ],
)
def test_a_sign_of_the_pattern_language_matches_what_it_says(
    labeller: Labeller, line: str, matched: list[str] | None
) -> None:
    assert matched == words_matched(line, labeller.words("The army supplied the new weapons to nobody."))


@pytest.mark.parametrize("line", ["", "*", "* war", "?the war", "war *", "war >", "@nothing", "a *x b", "arm/q", "^"])
def test_a_pattern_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(PatternError):
        parse_pattern(line, LISTS)


def test_a_gap_does_not_cross_the_end_of_a_sentence(labeller: Labeller) -> None:
    assert words_matched("talk * war", labeller.words("They talk. The war goes on.")) is None


def test_the_marked_word_is_the_anchor(labeller: Labeller) -> None:
    words = labeller.words("We will not stand by.")
    match = match_at(parse_pattern("not ^stand by", {}), words, words.lower.index("not"), range(len(words)))
    assert match is not None
    assert words.lower[match.anchor] == "stand"
