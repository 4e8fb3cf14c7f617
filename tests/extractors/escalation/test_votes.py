"""How rules and network are weighed against each other."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.network.opinion import Opinion
from extractors.escalation.network.votes import elect, without


def opinion(**chances: float) -> Opinion:
    return Opinion(tuple(sorted(chances.items(), key=lambda one: -one[1])), None)


def test_the_polarity_is_elected_before_the_category(lexicon: EscalationLexicon) -> None:
    split = opinion(DENIAL=0.4, THREAT_UNSPEC=0.3, WARN_CONSEQUENCE=0.3)
    assert elect(split, None, lexicon.categories) == "THREAT_UNSPEC"


def test_the_rules_tip_a_close_vote_and_lose_a_clear_one(lexicon: EscalationLexicon) -> None:
    assert elect(opinion(RULE_OUT=0.5, OPTION_OPEN=0.4), "OPTION_OPEN", lexicon.categories) == "OPTION_OPEN"
    assert elect(opinion(RULE_OUT=0.98, OPTION_OPEN=0.02), "OPTION_OPEN", lexicon.categories) == "RULE_OUT"


def test_an_unsure_network_leaves_the_category_to_the_rules(lexicon: EscalationLexicon) -> None:
    unsure = opinion(ARMS_SUPPLY=0.35, ACCUSE=0.34, DENIAL=0.29, RESOLVE=0.02)
    assert elect(unsure, "RESOLVE", lexicon.categories) == "RESOLVE"


def test_without_rules_the_likeliest_stands(lexicon: EscalationLexicon) -> None:
    assert elect(opinion(ACCUSE=0.7, DENIAL=0.3), None, lexicon.categories) == "ACCUSE"


@given(chances=st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_what_is_taken_from_some_categories_goes_to_one(chances: list[float]) -> None:
    before = opinion(MOBILISE=chances[0], ASSESSMENT=chances[1], ACCUSE=chances[2])
    after = dict(without(before, {"MOBILISE"}, "ASSESSMENT").ranking)
    assert after == {"ASSESSMENT": chances[1] + chances[0], "ACCUSE": chances[2]}
