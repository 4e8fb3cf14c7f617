"""How rules and network are weighed against each other."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.network import load_network
from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.network.opinion import Opinion
from extractors.escalation.network.trust import FACTS, RULINGS, Ruling, Told, Trust
from extractors.escalation.network.votes import POLARITIES, alarm, elect, facts_of, name, pool, without
from extractors.model import Polarity


def opinion(**chances: float) -> Opinion:
    return Opinion(tuple(sorted(chances.items(), key=lambda one: -one[1])), None)


def trust_in(*alarm: float) -> Trust:
    """Return a trust that takes the network at its word, and each ruling for half a vote."""
    own = {"escalatory": (0, 1, 0, 0), "de-escalatory": (0, 0, 1, 0), "neutral": (0, 0, 0, 1)}
    rulings = {"escalatory": (0.5, 0.5, 0, 0), "de-escalatory": (0, 0, 0.5, 0), "neutral": (0, 0, 0, 0.5)}
    weights = {polarity: (*own[polarity], 0, *rulings[polarity], 0, 0, 0) for polarity in POLARITIES}
    return Trust(weights, alarm or (0.0,) * 12, act=0.5, ring=0.3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chances=st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_the_shares_are_probabilities(lexicon: EscalationLexicon, chances: list[float]) -> None:
    """Whatever the network and the rules say, the polarities share one whole."""
    one = opinion(THREAT_FORCE=chances[0], OFFER_TALKS=chances[1], ASSESSMENT=chances[2])
    for ruling in (*RULINGS, "none"):
        facts = facts_of(one, Told(ruling), lexicon.categories)
        assert sum(pool(facts, trust_in()).values()) == pytest.approx(1)


@pytest.mark.parametrize(("ruling", "polarity"), [("grave", "escalatory"), ("de-escalatory", "de-escalatory")])
def test_what_a_rule_hit_makes_its_polarity_likelier(
    lexicon: EscalationLexicon, ruling: Ruling, polarity: Polarity
) -> None:
    """As far as the weights say; the packaged ones never speak against a rule."""
    one = opinion(THREAT_FORCE=0.3, OFFER_TALKS=0.3, ASSESSMENT=0.4)
    for trust in (trust_in(), load_network().trust):
        hit, none = (pool(facts_of(one, Told(told), lexicon.categories), trust) for told in (ruling, "none"))
        assert hit[polarity] > none[polarity]


def test_every_weight_has_its_fact(lexicon: EscalationLexicon) -> None:
    """The packaged weights fit what is known of a statement."""
    trust = load_network().trust
    facts = facts_of(opinion(ACCUSE=1.0), Told("none"), lexicon.categories)
    assert {len(one) for one in (*trust.polarity.values(), trust.alarm)} == {len(facts) + 1} == {len(FACTS) + 1}


def test_an_act_needs_to_be_likely() -> None:
    """Of three polarities the likeliest does not do: an act below the threshold is none."""
    assert elect({"escalatory": 0.4, "de-escalatory": 0.25, "neutral": 0.35}, trust_in()) == "neutral"
    assert elect({"escalatory": 0.9, "de-escalatory": 0.05, "neutral": 0.05}, trust_in()) == "escalatory"


def test_an_alarm_is_a_sum(lexicon: EscalationLexicon) -> None:
    """What rings is asked of all categories that ring together, then one is named."""
    together = opinion(ACCUSE=0.3, THREAT_FORCE=0.25, THREAT_UNSPEC=0.25, WARN_CONSEQUENCE=0.2)
    facts = facts_of(together, Told("none"), lexicon.categories)
    assert facts[FACTS.index("alarming")] == pytest.approx(math.log(0.7))
    assert alarm(facts, trust_in(0, 0, 0, 0, 1, *(0,) * 7)) == pytest.approx(0.7 / 1.7)
    assert name(together, "escalatory", lexicon.categories, rings=True) == "THREAT_FORCE"
    assert name(together, "escalatory", lexicon.categories, rings=False) == "ACCUSE"


@given(chances=st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_what_is_taken_from_some_categories_goes_to_one(chances: list[float]) -> None:
    """Nothing of the probability is lost."""
    before = opinion(MOBILISE=chances[0], ASSESSMENT=chances[1], ACCUSE=chances[2])
    after = dict(without(before, {"MOBILISE"}, "ASSESSMENT").ranking)
    assert after == {"ASSESSMENT": chances[1] + chances[0], "ACCUSE": chances[2]}


def test_a_milder_category_that_the_words_raise_counts_for_alarms(lexicon: EscalationLexicon) -> None:
    """An option left open is none; one of arms is."""
    one, raised = opinion(OPTION_OPEN=0.7, THREAT_FORCE=0.2, ASSESSMENT=0.1), frozenset({"OPTION_OPEN"})
    alarming = FACTS.index("alarming")
    mild = facts_of(one, Told("none"), lexicon.categories)[alarming]
    assert mild < facts_of(one, Told("none"), lexicon.categories, raised)[alarming]
    assert name(one, "escalatory", lexicon.categories, rings=True) == "THREAT_FORCE"
    assert name(one, "escalatory", lexicon.categories, rings=True, raised=raised) == "OPTION_OPEN"
