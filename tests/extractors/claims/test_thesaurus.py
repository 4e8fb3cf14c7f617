from pathlib import Path

import pytest

from config.claims import load_thesaurus
from config.files import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / "claims.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_of_ones_own_replaces_the_sets(tmp_path: Path) -> None:
    thesaurus = load_thesaurus(write(tmp_path, '[frames]\n[variants]\nweir = ["weir", "barrage of stone"]\n'))
    assert thesaurus.concepts[("weir",)] == "=weir"
    assert thesaurus.longest >= 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[frames]\n[variants]\nlone = ["weir"]\n', "at least two"),
        ('[frames]\n[variants]\na = ["weir", "dam"]\nb = ["dams", "dyke"]\n', "two sets"),
        ('[frames]\n[variants]\na = ["weir", "..."]\n', "no word"),
        ('[variants]\na = ["weir", "dam"]\n', "frames"),
    ],
)
def test_errors_name_the_file_and_the_set(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as error:
        load_thesaurus(write(tmp_path, text))
    assert "claims.toml" in str(error.value)
