"""Fixtures shared by all tests; heavy parts are loaded once a worker."""

import os
import shutil
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest
from spacy.language import Language

from extractors.language.parsing import load_language
from tests.flows.prefect_server import serve_prefect
from warehouse import connection

# How many examples hypothesis tries of what says nothing else: while working, in a whole run, and when asked to by
# `--hypothesis-profile thorough`, which alone looks for others each time: a change is not to fail for what it left as
# it was. A busy machine takes its time: what is too slow is for tests/bench to tell.
EXAMPLES = {"fast": 15, "whole": 50, "thorough": 1000}
for profile, n_examples in EXAMPLES.items():
    hypothesis.settings.register_profile(
        profile, deadline=None, max_examples=n_examples, derandomize=profile != "thorough"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are tried; hypothesis itself looks for its option after this."""
    hypothesis.settings.load_profile("fast" if config.option.markexpr == "not slow" else "whole")


# Tests start hundreds of processes; importing Prefect takes each of them half the time where its modules are compiled.
# Where nothing may be written beside the sources, what is compiled lies apart.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".bytecode"))


# Folders of the longest tests, the longest first.
LONG = ("faults", "flows", "serving", "intake", "rebuilding")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let files with long tests come first: a worker takes a whole file, and the last ones should be short."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def place(item: pytest.Item) -> tuple[bool, int]:
        folder = item.path.parent.name
        return item.path not in slow, LONG.index(folder) if folder in LONG else len(LONG)

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Let no test meet the umask that another one left: commands that are called in this process set it."""
    found = os.umask(0o077)
    os.umask(found)
    try:
        return (yield)
    finally:
        os.umask(found)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what programs keep for later in a folder of this run's, one for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "cache"
    os.environ["XDG_CACHE_HOME"] = str(folder)


@pytest.fixture(scope="session", autouse=True)
def blank_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let a warehouse that a test makes begin as a copy of one that was laid out: that takes as long as a short test.

    Commands, which are processes of their own, lay out theirs themselves.
    """
    blank, connect = tmp_path_factory.mktemp("blank") / "w.duckdb", connection._connect_patiently

    def connect_copy(path: Path, timeout_s: float) -> tuple[connection.Connection, bool]:
        if not path.exists() and path != blank:
            if not blank.exists():
                with connection.open_writer(blank):
                    pass
            copy_new(blank, path)
        return connect(path, timeout_s)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_connect_patiently", connect_copy)
        yield


def copy_new(source: Path, target: Path) -> None:
    """Copy the file if the other is not there and can be made."""
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, part)
        os.link(part, target)
    except OSError:
        pass
    finally:
        part.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def language() -> Language:
    """Return the packaged language pipeline."""
    return load_language()


@pytest.fixture(scope="session")
def prefect_env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Start a Prefect server on loopback; yields the environment that points a flow to it."""
    yield from serve_prefect(tmp_path_factory.mktemp("prefect"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failed test at once: a run that is stopped before its end has no summary."""
    if report.failed:
        print(f"\nfailed in {report.when}, after {report.duration:.0f} s: {report.nodeid}", flush=True)
