"""What Tocsin writes is for its user alone, or his group where he says so; exports are like his other files."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from flows.files.atomic import replace_file
from flows.files.private import private_files, settle_modes, users_own_files
from tests.flows.command import tocsin
from tests.flows.published import publish_example


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Start as most people do: what one writes can be read by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Return the mode of every file and folder below one."""
    return {str(one.relative_to(folder)): stat.S_IMODE(one.lstat().st_mode) for one in folder.rglob("*")}


def loosened(folder: Path) -> None:
    """Make everything as an older version left it."""
    for one in folder.rglob("*"):
        one.chmod(0o755 if one.is_dir() else 0o644)


@pytest.mark.slow
@pytest.mark.parametrize(("setting", "file", "directory"), [("false", 0o600, 0o700), ("true", 0o640, 0o750)])
def test_all_that_a_run_writes_is_private_and_what_was_open_is_closed(
    tmp_path: Path, corpus: Path, prefect_env: Mapping[str, str], setting: str, file: int, directory: int
) -> None:
    config, data = tmp_path / "config", tmp_path / "data"
    config.mkdir()
    (config / "tocsin.toml").write_text(f"[paths]\ngroup_readable = {setting}\n")
    words = ("replay", corpus, "--config", config, "--warehouse", data / "w.duckdb")
    for _ in range(2):
        assert tocsin(*words, env=prefect_env, is_fresh=True).code == 0
        assert {one.name for one in data.iterdir()} >= {"w.duckdb", "published", "w.alerts.jsonl"}
        for name, mode in modes(data).items():
            assert mode == (directory if (data / name).is_dir() else file), name
        assert stat.S_IMODE(data.stat().st_mode) == directory
        loosened(data)


@pytest.mark.slow
def test_the_records_of_a_prefect_server_of_ours_are_private(tmp_path: Path, corpus: Path) -> None:
    home = tmp_path / "prefect"
    env = {"PREFECT_HOME": str(home), "PREFECT_API_URL": ""}
    done = tocsin("replay", corpus, "--warehouse", tmp_path / "w.duckdb", env=env)
    assert done.code == 0, done.err
    assert "prefect.db" in {one.name for one in home.iterdir()}
    assert {name: mode for name, mode in modes(home).items() if mode & 0o077} == {}


def test_exports_are_as_readable_as_the_users_other_files(tmp_path: Path) -> None:
    warehouse = publish_example(tmp_path / "w.duckdb")
    assert tocsin("export", tmp_path / "out", "--warehouse", warehouse).code == 0
    assert tocsin("sources", "export", tmp_path / "mine.opml", "--warehouse", warehouse).code == 0
    assert set(modes(tmp_path / "out").values()) == {0o644}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "mine.opml").stat().st_mode) == 0o644


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('[paths]\ngroup_readable = "perhaps"\n')
    done = tocsin("check", "--config", tmp_path)
    assert done.code == 2
    assert "paths.group_readable" in done.err


def test_what_is_not_ours_by_name_is_left_alone(tmp_path: Path) -> None:
    warehouse = tmp_path / "w[1].duckdb"
    captures = tmp_path / "w[1].captures"
    captures.mkdir()
    for one in (warehouse, captures / "a.warc.gz", tmp_path / "w[1].alerts.jsonl", tmp_path / "w1.alerts.jsonl",
                tmp_path / "w[1].duckdb.bak", tmp_path / "notes.txt"):  # fmt: skip
        one.write_bytes(b"")
    (tmp_path / "published").symlink_to(captures)
    loosened(tmp_path)
    settle_modes(warehouse, is_shared=False)
    assert modes(tmp_path) | {"published": 0} == {
        "w[1].duckdb": 0o600, "w[1].captures": 0o700, "w[1].captures/a.warc.gz": 0o600, "w[1].alerts.jsonl": 0o600,
        "w1.alerts.jsonl": 0o644, "w[1].duckdb.bak": 0o644, "notes.txt": 0o644, "published": 0,
    }  # fmt: skip
    settle_modes(warehouse, is_shared=True)
    assert modes(tmp_path)["w[1].captures"] == 0o750
    assert modes(tmp_path)["w[1].captures/a.warc.gz"] == 0o640


def test_the_umask_of_the_user_is_back_afterwards(tmp_path: Path) -> None:
    with private_files():
        (tmp_path / "ours").touch()
        with users_own_files():
            (tmp_path / "his").touch()
    (tmp_path / "later").touch()
    assert modes(tmp_path) == {"ours": 0o600, "his": 0o644, "later": 0o644}


def test_a_feed_that_somebody_opened_for_others_stays_open(tmp_path: Path) -> None:
    feed = tmp_path / "alerts.xml"
    with private_files():
        replace_file(feed, b"one")
        assert modes(tmp_path) == {"alerts.xml": 0o600}
        feed.chmod(0o644)
        replace_file(feed, b"two")
    assert (modes(tmp_path), feed.read_bytes()) == ({"alerts.xml": 0o644}, b"two")
