"""Rules and network together: deeds no pattern knows, everyday fights, deeds of others, the words behind it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.escalation import ClassifyInput
from extractors.model import Escalation
from tests.bench.quality_escalation import load_cases
from tests.extractors.escalation.labelling import Labeller


@pytest.mark.parametrize(
    ("text", "speaker", "polarity"),
    [
        ("The navy will sink any ferry that enters the harbour.", "Arlandian admiral", "escalatory"),
        ("Their convoys will burn on the road.", "rebel commander", "escalatory"),
        ("Nobody here has jammed their satellites.", "Omani foreign ministry", "neutral"),
        ("Our striker will destroy their defence on Saturday.", "football coach", "neutral"),
        ("We will fight this bill in every committee and in the courts.", "opposition leader", "neutral"),
    ],
)
def test_what_no_pattern_knows(judge: Labeller, text: str, speaker: str, polarity: str) -> None:
    assert judge.label(text, speaker).polarity == polarity


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("We are not going to scuttle their trawlers.", "fisheries minister of Norway"),
        ("We have told them no: our airfields stay closed to their bombers.", "Kenyan defence minister"),
    ],
)
def test_a_refusal_to_fight_is_no_threat(judge: Labeller, text: str, speaker: str) -> None:
    """What no pattern knows is calming or, where the vote is unsure, neutral: in news such words are rare."""
    assert judge.label(text, speaker).polarity != "escalatory"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("No ferry that keeps to the channel will be shelled.", "Arlandian admiral"),
        ("We have no intention of torpedoing anybody.", "navy chief of Peru"),
        ("We shall not recall our envoy from Lima.", "Bolivian foreign minister"),
        ("The new pier will do no harm to our friendship.", "Omani foreign minister"),
        ("In the days of the sultans, smugglers on this coast were hanged.", "governor of Zanzibar"),
    ],
)
def test_what_is_negated_or_history_is_no_act(judge: Labeller, text: str, speaker: str) -> None:
    """However surely the network hears the deed itself."""
    assert judge.label(text, speaker).polarity != "escalatory"


@pytest.mark.parametrize(
    "text", ["We will not rest until their last gunner has fled.", "None of their boats will return to port."]
)
def test_what_ends_when_it_is_negated_threatens_still(judge: Labeller, text: str) -> None:
    assert judge.label(text, "rebel commander").polarity == "escalatory"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Those claims are baseless and vicious slander.", "Turkish foreign ministry"),
        ("Not a single Omani soldier stands on Yemeni soil.", "Omani government"),
    ],
)
def test_a_denial_is_no_reproach_or_threat(judge: Labeller, text: str, speaker: str) -> None:
    """However sharp its words, and however surely the network hears an attack in them."""
    assert judge.label(text, speaker).polarity == "neutral"


def test_the_deeds_of_others_are_told_not_done(judge: Labeller) -> None:
    label = judge.label(
        "Burundi's army had moved two brigades to the border of Rwanda, the ministry said.", "Kenyan foreign ministry"
    )
    assert label.polarity == "neutral"


def test_arms_for_ones_enemy_are_blamed_not_given(judge: Labeller) -> None:
    text = "The sale of these howitzers amounts to arming Kyiv."
    assert judge.label(text, "Russian foreign ministry spokeswoman").category != "ARMS_SUPPLY"


def test_an_opinion_names_its_words_and_what_the_rules_thought(judge: Labeller) -> None:
    label = judge.label("The navy will sink any ferry that enters the harbour.", "Arlandian admiral")
    reason = label.evidence[0]
    assert reason.rule.startswith("network ")
    assert "sink" in reason.words


def test_outsiders_stay_outsiders(judge: Labeller) -> None:
    label = judge.label("They will sink every ferry in the harbour.", "defence analyst")
    assert (label.polarity, label.evidence[0].rule) == ("neutral", "third party")


def test_the_network_renames_nothing_that_a_rule_hit(judge: Labeller, labeller: Labeller) -> None:
    """It may outvote a polarity; within it the rules' category stands. Alone it goes no further than severity 3."""
    cases = load_cases("measure")
    inputs = [ClassifyInput(one["id"], one["text"], one["speaker"]) for one in cases]
    for ruled, both in zip(labeller.labels(inputs), judge.labels(inputs), strict=True):
        assert ruled.method == "rule"
        if ruled.polarity == both.polarity and ruled.evidence[0].rule != "no act found":
            assert both.category == ruled.category
        if both.method == "network" and both.polarity == "escalatory":
            assert both.severity <= 3


@pytest.mark.parametrize(
    ("text", "speaker", "method"),
    [
        ("We will destroy every base of theirs.", "Arlandian defence minister", "both"),
        ("Their convoys will burn on the road.", "rebel commander", "network"),
        ("They will sink every ferry in the harbour.", "defence analyst", "rule"),
    ],
)
def test_a_label_says_what_it_rests_on_and_how_sure_it_is(
    judge: Labeller, text: str, speaker: str, method: str
) -> None:
    """An outsider's words are the rules' affair; the rest is weighed by both."""
    label = judge.label(text, speaker)
    assert label.method == method
    assert 0.3 < label.confidence <= 1


def _checked(label: Escalation, text: str) -> None:
    assert (label.severity == 0) == (label.polarity == "neutral")
    assert all(one.span is None or one.span.of(text) == one.words for one in label.evidence)


@settings(deadline=None)
@given(text=st.text(max_size=120), speaker=st.none() | st.text(max_size=20))
def test_any_text_gets_the_same_label_twice_and_evidence_in_it(judge: Labeller, text: str, speaker: str | None) -> None:
    label = judge.label(text, speaker)
    _checked(label, text)
    assert judge.label(text, speaker) == label
