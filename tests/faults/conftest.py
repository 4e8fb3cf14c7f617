"""One Prefect server for all that befalls commands."""

from collections.abc import Iterator, Mapping

import pytest

from tests.flows.conftest import serve_prefect


@pytest.fixture(scope="session")
def prefect_env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Start a Prefect server on loopback; yields the environment that points a flow to it."""
    yield from serve_prefect(tmp_path_factory.mktemp("prefect"))
