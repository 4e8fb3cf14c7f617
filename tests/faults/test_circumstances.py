"""Commands beside each other, without the right to write, without memory: nothing lost, nothing doubled."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.faults.circumstances import CIRCUMSTANCES, CannotHappenError, Trial
from tests.faults.world import serve_world

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SEED = 5
# A small part of what `python -m tests.faults.circumstances` does on a larger site.
N_ARTICLES, N_POISON = 24, 150


@pytest.mark.parametrize("name", CIRCUMSTANCES)
def test_what_befalls_a_command_loses_and_doubles_nothing(
    name: str, prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    """It ends with a word of its own or by the kernel's hand, and the next one gives what an undisturbed one gives."""
    with serve_world(tmp_path, SEED, n_articles=N_ARTICLES, n_poison=N_POISON) as world:
        try:
            found = CIRCUMSTANCES[name](Trial(world, prefect_env, tmp_path))
        except CannotHappenError as error:
            pytest.skip(f"not on this machine: {error}")
    assert not found.differences, "\n".join(map(str, found.differences))
    assert not found.has_traceback
    assert set(found.codes) <= {0, 1, -9}
    assert all(words for code, words in zip(found.codes, found.last_words, strict=True) if code == 1)
