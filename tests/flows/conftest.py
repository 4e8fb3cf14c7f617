"""A corpus of our own."""

from pathlib import Path

import pytest


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder of three invented articles on two days."""
    from tests.flows.articles import write_corpus

    return write_corpus(tmp_path / "corpus")
