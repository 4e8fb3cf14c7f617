"""The packaged gazetteer, read once."""

import pytest

from config.actors import load_gazetteer
from extractors.actors import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer."""
    found, problems = load_gazetteer(None)
    assert found is not None, problems
    return found
