"""The packaged lexicon and network, loaded once, and short ways to label and to read a text."""

from dataclasses import replace

import pytest
from spacy.language import Language

from config.escalation import load_escalation
from config.files import ConfigError
from config.network import load_network
from extractors.escalation.lexicon import EscalationLexicon
from tests.extractors.escalation.labelling import Labeller


@pytest.fixture(scope="session")
def lexicon() -> EscalationLexicon:
    """Return the packaged lexicon."""
    loaded, problems = load_escalation(None)
    if loaded is None:
        raise ConfigError(problems)
    return loaded


@pytest.fixture(scope="session")
def labeller(language: Language, lexicon: EscalationLexicon) -> Labeller:
    """Return what labels a text said by somebody, by the rules alone."""
    return Labeller(language, lexicon)


@pytest.fixture(scope="session")
def judge(language: Language, lexicon: EscalationLexicon) -> Labeller:
    """Return what labels a text by rules and network together, as Tocsin does."""
    return Labeller(language, replace(lexicon, network=load_network()))
