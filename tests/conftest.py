"""Fixtures shared by all tests; heavy parts are loaded once a worker."""

import os
from pathlib import Path

import hypothesis
import pytest
from spacy.language import Language

from extractors.language.parsing import load_language

# A busy machine takes its time: what is too slow is for tests/bench to tell.
hypothesis.settings.register_profile("tocsin", deadline=None)
hypothesis.settings.load_profile("tocsin")


# Tests start hundreds of processes; importing Prefect takes each of them half the time where its modules are compiled.
# Where nothing may be written beside the sources, what is compiled lies apart.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".bytecode"))


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what programs keep for later in a folder of this run's, one for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "cache"
    os.environ["XDG_CACHE_HOME"] = str(folder)


@pytest.fixture(scope="session")
def language() -> Language:
    """Return the packaged language pipeline."""
    return load_language()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failed test at once: a run that is stopped before its end has no summary."""
    if report.failed:
        print(f"\nfailed in {report.when}, after {report.duration:.0f} s: {report.nodeid}", flush=True)
