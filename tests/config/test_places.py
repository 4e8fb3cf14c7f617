"""Where things are, for commands that only read."""

from pathlib import Path

import pytest

from config.files import ConfigError
from config.places import asks_to_share, warehouse_path
from config.settings import settings_of


def own(folder: Path, text: str) -> Path:
    """Write a tocsin.toml of the user's."""
    (folder / "tocsin.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("text", ["", '[paths]\nwarehouse = "elsewhere/news.duckdb"', "[limits]\nmax_text_bytes = 5"])
def test_the_warehouse_is_where_the_whole_configuration_has_it(tmp_path: Path, text: str) -> None:
    """The packaged file, and a user's own with and without the key."""
    assert warehouse_path(None) == settings_of(None).paths.warehouse
    folder = own(tmp_path, text)
    assert warehouse_path(folder) == settings_of(folder).paths.warehouse


def test_an_error_anywhere_in_a_file_of_ones_own_is_told(tmp_path: Path) -> None:
    """Also where the key that is asked for is right."""
    with pytest.raises(ConfigError, match="limits"):
        warehouse_path(own(tmp_path, '[paths]\nwarehouse = "a"\n[limits]\nmax_text_bytes = -1'))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("[paths]\ngroup_readable = true", True),
        ("[paths]\ngroup_readable = false", False),
        ("paths = 3", False),
        ("[paths", False),
        ("", False),
    ],
)
def test_sharing_is_asked_for_in_words(tmp_path: Path, text: str, *, asks: bool) -> None:
    """What cannot be read asks for nothing."""
    assert asks_to_share(own(tmp_path, text)) is asks
    assert asks_to_share(None) is False
