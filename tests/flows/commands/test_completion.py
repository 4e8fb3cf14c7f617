"""Completion of the command line in a shell, which is click's own."""

import os
import subprocess
import sys

import pytest

from tests.flows.command import ROOT

TOCSIN = "import sys; sys.argv[0] = 'tocsin'; from flows.commands.cli import main; main()"


def completed(words: str) -> list[str]:
    """Return what bash is told for a line whose last word is begun."""
    env = {"_TOCSIN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", TOCSIN], env=os.environ | env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tocsin stat", ["status"]),
        ("tocsin status --ig", ["--ignore"]),
        ("tocsin status --ignore disk", ["disk-low"]),
        ("tocsin alerts te", ["test"]),
    ],
)
def test_commands_options_and_choices_are_completed(words: str, expected: list[str]) -> None:
    assert completed(words) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_its_script(shell: str) -> None:
    env = os.environ | {"_TOCSIN_COMPLETE": f"{shell}_source"}
    done = subprocess.run([sys.executable, "-c", TOCSIN], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "_TOCSIN_COMPLETE" in done.stdout
