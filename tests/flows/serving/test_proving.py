"""`tocsin up --check`: what a trial shows, and that nothing of it is left."""

import threading
import urllib.request
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from config.load import load_configuration
from config.settings import settings_of
from flows.serving.proving.newsroom import newsroom
from flows.serving.proving.trial import prove
from flows.serving.proving.trial_config import write_trial_config
from tests.flows.command import lines, tocsin
from tests.flows.serving.test_up import bare_env, left_behind
from tests.site import Reply, Site

pytestmark = pytest.mark.slow

DESK = """
[[rule]]
name = "any"
channels = ["desk"]

[[channel]]
name = "desk"
kind = "webhook"

[operations]
channels = ["desk"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with limits of its own and a channel outside."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "alerts.toml").write_text(DESK)
    (folder / "tocsin.toml").write_text('[fetch]\ncontact = "a \\"quoted\\" desk"\n[extract]\narticle_seconds = 31.5\n')
    return folder


def test_the_trial_goes_by_the_users_limits_and_by_nothing_else_of_his(config: Path, tmp_path: Path) -> None:
    with newsroom() as room:
        folder = write_trial_config(tmp_path / "trial", settings_of(config), room)
    found = load_configuration(folder)
    assert (found.settings.extract.article_seconds, found.settings.fetch.contact) == (31.5, 'a "quoted" desk')
    assert [one.source_id for one in found.sources] == ["trial"]
    assert {one.name for one in found.alerting.channel} == {"trial", "log"}  # the log is always there


def test_a_channel_without_a_target_and_a_disk_that_is_full_are_failures(config: Path, tmp_path: Path) -> None:
    """They are told before anything is started."""
    with (config / "tocsin.toml").open("a") as file:
        file.write("[monitoring]\nmin_free_bytes = 1_000_000_000_000_000\n")
    steps = prove(load_configuration(config), tmp_path / "new" / "w.duckdb")
    found = list(islice(steps, 3))
    steps.close()  # type: ignore[attr-defined]
    assert [(one.name, one.is_good) for one in found] == [("configuration", True), ("channel", False), ("disk", False)]
    assert "TOCSIN_CHANNEL_DESK is not set" in found[1].words
    assert sorted(one.name for one in tmp_path.iterdir()) == ["config"]


def test_the_newsroom_of_a_trial_ends_with_it() -> None:
    with newsroom() as room:
        with urllib.request.urlopen(room.url("/feed")) as answer:
            assert room.url("/story") in answer.read().decode()
        assert room.asked == ["/feed"]
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(room.url("/feed"), timeout=2)
    assert "trial newsroom" not in {one.name for one in threading.enumerate()}


def test_a_channel_is_for_a_check_and_has_to_be_known(config: Path) -> None:
    assert tocsin("up", "--channel", "desk").code == 2
    done = tocsin("up", "--check", "--channel", "nobody", "--config", config)
    assert (done.code, len(lines(done.err))) == (2, 1)


@pytest.mark.timeout(600)
def test_an_installation_is_proved_from_a_feed_to_an_alert_and_left_as_it_was(config: Path, tmp_path: Path) -> None:
    mark, place = uuid4().hex, tmp_path / "place"
    place.mkdir()
    with Site() as desk, TemporaryDirectory(prefix="t") as temporary:
        desk.put("/hook", Reply(200, b"ok"))
        secret = {"TOCSIN_CHANNEL_DESK": desk.url("/hook"), "TOCSIN_CHANNEL_DESK_KEY": "key"}
        call = ("up", "--check", "--channel", "desk", "--config", config, "--warehouse", place / "w.duckdb")
        done = tocsin(*call, env=bare_env(mark) | secret | {"TMPDIR": temporary})
        assert desk.counts()["/hook"] == 1
        assert [one.name for one in Path(temporary).iterdir() if one.name.startswith("tocsin-trial-")] == []
    assert done.code == 0, done.out + done.err
    told = [line.split()[:2] for line in lines(done.out)]
    steps = "test configuration channel disk server feed article alert snapshot pages stop end"
    assert told == [["ok", one] for one in steps.split()]
    assert "THREAT_FORCE of severity 4 by Ada Probe" in done.out
    assert list(place.iterdir()) == []
    assert left_behind(mark) == []
