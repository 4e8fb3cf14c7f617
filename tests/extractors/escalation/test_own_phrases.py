"""A phrase that a user adds for his own dispute wins over the trained network, which never met it."""

import pytest
from spacy.language import Language

from config.load import load_configuration
from extractors import classify
from extractors.knowledge import Knowledge

# Of the invented Kelmark: lanterns on the hill are lit before its boats put out to fight.
OWN = """
[[phrase]]
category = "THREAT_FORCE"
match = ["lantern be ^lit"]
example = "The lanterns are lit."

[[phrase]]
category = "REASSURE"
match = ["open the ^gate"]
negated = "WARN_CONSEQUENCE"
example = "We will open the gate."
"""
LANTERNS = "The lanterns are lit for Russia, the Polish foreign minister said."
GATE = "We will open the gate to Russia, the Polish foreign minister said."


@pytest.fixture(scope="module")
def own(language: Language, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Return what is known with the packaged rules, two phrases of a user's, and the network."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "tocsin.toml").write_text('extends = "packaged"\n')
    (folder / "escalation.toml").write_text(OWN)
    return load_configuration(folder).knowledge(language)


@pytest.fixture(scope="module")
def packaged(language: Language) -> Knowledge:
    """Return what is known with the packaged rules and the network alone."""
    return load_configuration(None).knowledge(language)


def test_only_what_differs_from_the_packaged_phrases_is_a_users_own(own: Knowledge, packaged: Knowledge) -> None:
    assert [one.examples for one in own.escalation.phrases if one.is_own] == [
        ("The lanterns are lit.",),
        ("We will open the gate.",),
    ]
    assert not any(one.is_own for one in packaged.escalation.phrases)


def test_what_the_user_says_stands_whatever_the_network_thinks(own: Knowledge, packaged: Knowledge) -> None:
    found = classify(LANTERNS, own)
    assert (found.category, found.polarity, found.method) == ("THREAT_FORCE", "escalatory", "rule")
    assert found.severity >= 4
    assert classify(LANTERNS, packaged).category != "THREAT_FORCE"
    assert classify(GATE, own).category == "REASSURE"
    assert classify(GATE.replace("will", "will not"), own).category == "WARN_CONSEQUENCE"


def test_elsewhere_the_network_is_asked_as_ever(own: Knowledge, packaged: Knowledge) -> None:
    other = "They have betrayed every promise they made to us, the Polish foreign minister said of Russia."
    assert classify(other, own) == classify(other, packaged)
    assert classify(other, own).method != "rule"
