"""The packaged word sets, read once."""

import pytest

from config.claims import load_thesaurus
from extractors.claims import Thesaurus


@pytest.fixture(scope="session")
def thesaurus() -> Thesaurus:
    """Return the packaged thesaurus."""
    return load_thesaurus()
