"""Fixtures shared by all tests; heavy parts are loaded once a worker."""

import pytest
from spacy.language import Language

from extractors.language import load_language


@pytest.fixture(scope="session")
def language() -> Language:
    """Return the packaged language pipeline."""
    return load_language()
