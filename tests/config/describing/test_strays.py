"""A file that looks like configuration and is read by nobody is warned of."""

from pathlib import Path

from config.describing.strays import strays


def test_a_misspelt_file_is_told_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    for name in (
        "topics.toml",
        "actor.toml",
        "sources.tml",
        "alerts.toml.bak",
        "other.toml",
        "README.md",
        "secrets.env",
    ):
        (tmp_path / name).write_text("")
    told = [str(one).removeprefix(f"{tmp_path}/") for one in strays(tmp_path)]
    assert told == [
        "actor.toml: nothing reads a file of this name; did you mean 'actors.toml'?",
        "alerts.toml.bak: nothing reads a file of this name; did you mean 'alerts.toml'?",
        "other.toml: nothing reads a file of this name",
        "sources.tml: nothing reads a file of this name; did you mean 'sources.toml'?",
    ]


def test_a_folder_above_the_right_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "tocsin.toml").write_text("")
    (told,) = strays(tmp_path)
    assert "holds no configuration" in told.message


def test_the_packaged_configuration_has_none() -> None:
    assert strays(None) == []
