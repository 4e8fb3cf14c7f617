"""alerts.toml: every mistake is named with its key, at once."""

from datetime import time
from pathlib import Path

import pytest

from config.alerts import load_alerting
from config.files import ConfigError
from config.load import load_configuration
from extractors.alerting import Step

GOOD = """
[[rule]]
name = "koreas"
severity = 4
polarity = "any"
categories = ["ULTIMATUM", "RULE_OUT"]
speakers = ["Vladimir Putin", "RUS", "kor-foreign-ministry"]
countries = ["PRK"]
dyads = [["RUS", "KOR"]]
topics = ["korea-russia-arms"]
outlets = ["Yonhap News Agency"]
min_outlets = 2
fresh_days = 14
rest = "weekly"
digest_at = "07:30"
zone = "Asia/Seoul"
quiet = { from = "22:00", to = 07:00:00, unless_severity = 5 }
follow_ups = [{ outlets = 5 }, { severity = 5 }]
channels = ["log", "desk"]

[[channel]]
name = "log"
kind = "log"

[[channel]]
name = "desk"
kind = "apprise"
target = "prefect"
"""


def problems(folder: Path, text: str) -> list[str]:
    (folder / "alerts.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_configuration(folder)
    return [str(one) for one in caught.value.problems]


def test_a_rule_with_everything_is_read(tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(GOOD)
    (rule,) = load_configuration(tmp_path).rules
    assert {"RUS", "kor-foreign-ministry"} < rule.speakers
    assert len(rule.speakers) == 3
    assert rule.quiet is not None
    assert (rule.quiet.since, rule.quiet.until, str(rule.quiet.zone)) == (time(22), time(7), "Asia/Seoul")
    assert rule.steps == (Step(outlets=5), Step(severity=5))
    assert rule.dyads == frozenset({frozenset({"RUS", "KOR"})})


def test_all_names_nobody_bears_are_reported_at_once_with_file_and_key(tmp_path: Path) -> None:
    wrong = GOOD.replace("RULE_OUT", "SHOUT").replace("Vladimir Putin", "Nobody Atall").replace('["PRK"]', '["XYZ"]')
    wrong = wrong.replace('"RUS", "KOR"', '"KOR", "KOR"').replace("korea-russia-arms", "rain")
    found = problems(tmp_path, wrong)
    assert all("alerts.toml: rule.0 (koreas)." in line for line in found)
    for key, word in (
        ("categories", "SHOUT"),
        ("topics", "rain"),
        ("speakers", "Nobody Atall"),
        ("countries", "XYZ"),
        ("dyads", "both sides"),
    ):
        assert any(f").{key}: " in line and word in line for line in found)
    assert len(found) == 5


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"log", "desk"]', '"log", "dsk"]', "rule.0 (koreas).channels"),
        ("severity = 4", "severity = 6", "rule.0.severity"),
        ('"Asia/Seoul"', '"Asia/Nowhere"', "rule.0.zone"),
        ('"22:00"', '"25:00"', "rule.0.quiet.from"),
        ('"22:00"', '"07:00"', "rule.0.quiet"),
        ("{ outlets = 5 }", "{ }", "rule.0.follow_ups.0"),
        ('rest = "weekly"', 'rest = "yearly"', "rule.0.rest"),
        ('name = "desk"', 'name = "log"', "channel.name"),
        ('kind = "apprise"', 'kind = "apprise"\npath = "x"', "channel.1"),
        ('kind = "apprise"', 'kind = "apprise"\nurl = "slack://token"', "channel.1.url"),
        ('target = "prefect"', 'target = "here"', "channel.1.target"),
        ("[[channel]]", '[operations]\nchannels = ["nobody"]\n[[channel]]', "operations.channels"),
        ("[[channel]]", "[delivery]\nlease_seconds = 30\n[[channel]]", "delivery"),
        ("[[channel]]", '[delivery]\nsource = "no uri"\n[[channel]]', "delivery.source"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    (tmp_path / "alerts.toml").write_text(GOOD.replace(old, new, 1))
    found, wrong = load_alerting(tmp_path)
    assert found is None
    assert key in {one.key for one in wrong}


def test_a_secret_written_into_the_file_is_refused_without_being_repeated(tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(GOOD.replace('target = "prefect"', 'url = "slack://s3cr3t"'))
    _, wrong = load_alerting(tmp_path)
    assert wrong
    assert "s3cr3t" not in "".join(map(str, wrong))
