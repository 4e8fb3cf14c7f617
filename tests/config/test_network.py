"""The network's files: whole or refused, switched off by one setting, and part of the extractors' version."""

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from config.files import ConfigError
from config.load import load_configuration
from config.network import FOLDER, load_network


def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    copied = shutil.copytree(FOLDER, tmp_path / "network")
    with (copied / "network.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ConfigError, match=r"network\.onnx"):
        load_network(copied)


def test_the_network_can_be_switched_off(tmp_path: Path, language: Language) -> None:
    (tmp_path / "tocsin.toml").write_text("[language]\nnetwork = false\n")
    off, on = load_configuration(tmp_path).knowledge(language), load_configuration(None).knowledge(language)
    assert off.escalation.network is None
    assert on.escalation.network is not None
    assert off.version != on.version


def test_the_shipped_files_stay_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 30_000_000
