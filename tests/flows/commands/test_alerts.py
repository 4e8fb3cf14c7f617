"""The commands around alerts, on a warehouse of invented claims."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractors.alerting import Rule
from flows.commands.cli import cli
from tests.warehouse.told import Said, ring
from warehouse.alerting.alerts import EVENTS
from warehouse.connection import open_writer
from warehouse.upkeep.snapshot import publish

pytestmark = pytest.mark.slow

PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    with open_writer(path) as con:
        rule = Rule("escalation", channels=("log",))
        ring(con, Said(), Said("will fight", severity=5), rules=(rule,), outside=frozenset((EVENTS,)), now=PAST)
        ring(con, Said("will talk", severity=1))
        publish(con, path)
    return path


def alerts(warehouse: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["alerts", *words, "--warehouse", str(warehouse)])


def test_the_log_is_shown_without_a_command(warehouse: Path) -> None:
    done = alerts(warehouse, "--json")
    assert {json.loads(line)["quote"] for line in done.stdout.splitlines()} == {"will answer in kind", "will fight"}
    assert "will fight" in alerts(warehouse).stdout
    assert alerts(warehouse, "--since", "2031-03-05").stdout.startswith("no alerts since 2031-03-05; the last")


def test_options_before_a_command_hold_for_it(warehouse: Path) -> None:
    done = CliRunner().invoke(cli, ["alerts", "--warehouse", str(warehouse), "silences"])
    assert (done.exit_code, done.stdout) == (0, "nothing is silenced\n")


def test_preview_shows_what_a_rule_would_ring_for_and_writes_nothing(warehouse: Path, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "alerts.toml").write_text(
        '[[rule]]\nname = "grave"\nseverity = 4\nrest = "daily"\ncountries = ["ESP"]\nchannels = ["log"]\n'
        '[[channel]]\nname = "log"\nkind = "log"\n'
    )
    before = warehouse.read_bytes()
    done = alerts(warehouse, "preview", "grave", "--since", "2031-03-01", "--config", str(config), "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["action"], row["severity"]) for row in rows] == [("ring", 5), ("digest", 3), ("digest", 1)]
    assert "countries: ESP" in rows[0]["why"]
    assert warehouse.read_bytes() == before
    assert "grave: 3 of 3 events" in alerts(warehouse, "preview", "grave", "--config", str(config)).stdout
    assert alerts(warehouse, "preview", "grave").exit_code == 2


def test_ack_mute_and_lift_say_who_and_when(warehouse: Path) -> None:
    done = alerts(warehouse, "mute", "Tamsin Vole", "--until", "2999-01-01", "--by", "Ida", "--note", "known")
    assert done.exit_code == 0
    key = done.stdout.split()[-1]
    assert alerts(warehouse, "ack", "escalation", "--by", "Ida").exit_code == 0
    shown = alerts(warehouse, "silences", "--json").stdout.splitlines()
    assert {json.loads(line)["kind"] for line in shown} == {"ack", "mute"}
    assert all(json.loads(line)["made_by"] == "Ida" for line in shown)
    assert alerts(warehouse, "lift", key).exit_code == 0
    assert alerts(warehouse, "lift", key).exit_code == 2


@pytest.mark.parametrize(
    "words", [("mute", "nobody"), ("ack", "escalation", "--until", "2001-01-01"), ("test", "nowhere")]
)
def test_what_does_not_exist_is_a_wrong_call(warehouse: Path, words: tuple[str, ...]) -> None:
    assert alerts(warehouse, *words).exit_code == 2


def test_deliver_empties_the_outbox_without_a_run(warehouse: Path) -> None:
    assert alerts(warehouse, "deliver").stdout == "1 messages delivered\n"
    assert len(warehouse.with_name("w.alerts.jsonl").read_text().splitlines()) == 2
    assert alerts(warehouse, "deliver").stdout == "0 messages delivered\n"
    assert alerts(warehouse, "retry").stdout == "0 deliveries wait again\n"


def test_a_test_message_goes_through_a_file(warehouse: Path) -> None:
    assert alerts(warehouse, "test", "log").stdout == "channel log took the test message\n"


def test_check_tells_of_channels_without_an_address_and_of_broken_templates(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    text = '[[channel]]\nname = "desk"\nkind = "webhook"\n[[channel]]\nname = "log"\nkind = "log"\n'
    (tmp_path / "alerts.toml").write_text(f'{text}[delivery]\ntemplates = "{templates}"\n')
    done = CliRunner().invoke(cli, ["check", "--config", str(tmp_path)])
    assert (done.exit_code, done.stderr) == (0, "tocsin: channel desk: TOCSIN_CHANNEL_DESK is not set\n")
    (templates / "alert.txt").write_text("{{ alert.nothing }}")
    from config.files import ConfigError

    broken = CliRunner().invoke(cli, ["check", "--config", str(tmp_path)])
    assert isinstance(broken.exception, ConfigError)


def test_preview_goes_by_the_topics_of_the_configuration_as_it_is(warehouse: Path, tmp_path: Path) -> None:
    """The articles came in before anybody had thought of the topic."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "alerts.toml").write_text(
        '[[rule]]\nname = "ours"\nseverity = 1\ntopics = ["kind"]\n[[channel]]\nname = "log"\nkind = "log"\n'
    )
    (config / "topics.toml").write_text(
        '[[topics]]\nname = "kind"\nrule = "words"\nmin_hits = 1\nmin_score = 0.1\n'
        '[topics.groups.words]\nphrases = ["answer in kind"]\n'
    )
    done = alerts(warehouse, "preview", "ours", "--config", str(config), "--json")
    (row,) = (json.loads(line) for line in done.stdout.splitlines())
    assert "topics: kind" in row["why"]
    assert "answer in kind" in row["quote"]
