"""`tocsin config` and `tocsin check`: where every value comes from, and all that is wrong, for people and programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from config.files import ConfigError
from flows.commands.cli import cli

pytestmark = pytest.mark.slow


def call(*words: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, list(map(str, words)))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder that extends the packaged one."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "tocsin.toml").write_text('extends = "packaged"\n\n[watch]\nmax_pages = 7\n')
    (folder / "topics.toml").write_text('[[topics]]\nname = "north-korea"\ngroups.matter.phrases = ["trebuchet*"]\n')
    return folder


def values(*words: str | Path) -> dict[str, Any]:
    """Return the values shown as JSON, by key."""
    done = call("config", "show", "--json", *words)
    assert done.exit_code == 0, done.output
    return {one["key"]: one for one in map(json.loads, done.output.splitlines())}


def test_each_value_is_shown_with_the_line_it_stands_on(own: Path) -> None:
    found = values("--config", own)
    assert (found["watch.max_pages"]["value"], found["watch.max_pages"]["line"]) == (7, 4)
    assert found["watch.max_pages"]["layer"] == str(own)
    packaged = found["watch.interval_minutes"]
    line = Path(packaged["path"]).read_text(encoding="utf-8").splitlines()[packaged["line"] - 1]
    assert packaged["layer"] == "packaged"
    assert line.startswith("interval_minutes = 15")
    added = found["topics.north-korea.groups.matter.phrases"]
    assert (added["value"], added["line"]) == (["trebuchet*"], 3)
    assert "topics.north-korea.rule" not in found


def test_what_no_file_gives_is_the_default_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text("[watch]\nmax_pages = 7\n")
    found = values("--config", tmp_path, "tocsin")
    assert (found["fetch.max_tries"]["layer"], found["fetch.max_tries"]["path"]) == ("default", None)
    assert found["watch.max_pages"]["layer"] == str(tmp_path)


def test_a_file_or_a_key_narrows_what_is_shown(own: Path) -> None:
    assert set(values("alerts.rule.escalation.severity")) == {"rule.escalation.severity"}
    assert {key.split(".")[1] for key in values("topics.toml", "--config", own)} > {"north-korea"}
    assert all(key.startswith("persons.kim-jong-un.") for key in values("persons.kim-jong-un"))
    assert call("config", "show", "no-such-key").exit_code == 2


def test_people_read_the_same_as_lines(own: Path) -> None:
    done = call("config", "show", "--config", own)
    (line,) = [one for one in done.output.splitlines() if "watch.max_pages" in one]
    assert line.split("#")[0].strip() == "watch.max_pages = 7"
    assert line.endswith("own/tocsin.toml:4")
    assert "[topics.toml] values: " in done.output


def test_a_wrong_configuration_is_not_shown(own: Path) -> None:
    (own / "alerts.toml").write_text('[[rule]]\nname = "x"\nseverity = 9\n')
    done = call("config", "show", "--config", own)
    assert isinstance(done.exception, ConfigError)
    assert done.output == ""


def test_init_writes_a_folder_that_check_takes_and_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    done = call("config", "init", folder)
    assert done.exit_code == 0, done.output
    assert call("check", "--config", folder).exit_code == 0
    assert (folder / "schemas" / "actors.json").is_file()
    (folder / "topics.toml").write_text("# mine\n")
    again = call("config", "init", folder)
    assert again.exit_code == 2
    assert (folder / "topics.toml").read_text() == "# mine\n"


def test_schemas_are_printed_and_written(tmp_path: Path) -> None:
    assert json.loads(call("config", "schema", "alerts").output)["title"] == "alerts.toml"
    assert call("config", "schema", "--out", tmp_path / "schemas").exit_code == 0
    assert len(list((tmp_path / "schemas").glob("*.json"))) == 13
    wrong = call("config", "schema", "alert")
    assert wrong.exit_code == 2
    assert "did you mean 'alerts.toml'?" in wrong.output


def test_check_tells_programs_of_errors_and_warnings(own: Path) -> None:
    (own / "actor.toml").write_text("")
    (own / "sources.toml").write_text(
        '[[sources]]\nid = "quay"\nurl = "https://quay.example/feed"\nstandin = "paper"\n'
    )
    (own / "alerts.toml").write_text('[[channel]]\nname = "desk"\nkind = "webhook"\n')
    done = call("check", "--config", own, "--json")
    assert isinstance(done.exception, ConfigError)
    told = json.loads(done.stdout)
    assert not told["valid"]
    (error,) = told["errors"]
    assert (error["file"], error["key"], error["line"]) == (str(own / "sources.toml"), "sources.0.standin", 4)
    assert "did you mean 'standing'?" in error["message"]
    assert any("actor.toml" in one for one in told["warnings"])
    assert any("channel desk" in one for one in told["warnings"])


def test_check_tells_of_a_broken_template_beside_other_errors(own: Path) -> None:
    templates = own / "templates"
    templates.mkdir()
    (templates / "alert.txt").write_text("{{ alert.nothing }}")
    (own / "alerts.toml").write_text(f'[delivery]\ntemplates = "{templates}"\n')
    (own / "sources.toml").write_text('[[sources]]\nid = "quay"\n')
    found = json.loads(call("check", "--config", own, "--json").stdout)["errors"]
    assert {Path(one["file"]).name for one in found} == {"sources.toml", "templates"}


def test_alerts_of_ones_own_need_no_channel_called_log(tmp_path: Path) -> None:
    rules = '[[rule]]\nname = "all"\nchannels = ["desk"]\n[[rule]]\nname = "file"\n'
    (tmp_path / "alerts.toml").write_text(f'{rules}[[channel]]\nname = "desk"\nkind = "atom"\n')
    assert call("check", "--config", tmp_path).exit_code == 0
    assert values("--config", tmp_path, "channel.log.kind")["channel.log.kind"]["layer"] == "default"
