"""Alerts of whole runs: events, artifacts, replays that send, and secrets that show nowhere."""

import json
import logging
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.flows.command import Outcome, tocsin
from tests.site.reply import Reply
from tests.site.server import Site
from warehouse.connection import open_reader
from warehouse.upkeep.snapshot import published_path

pytestmark = [pytest.mark.slow]
SECRETS = {
    "TOCSIN_CHANNEL_DESK": "s3cr3t-path",
    "TOCSIN_CHANNEL_DESK_KEY": "s3cr3t-key",
    "TOCSIN_CHANNEL_CHAT": "s3cr3t-token",
    "TOCSIN_CHANNEL_MAIL": "s3cr3t-password",
    "TOCSIN_CHANNEL_LOST": "s3cr3t-nonsense",
}
CONFIG = """
[[rule]]
name = "loud"
severity = 2
channels = ["log", "feed", "desk", "chat", "mail", "lost"]

[[channel]]
name = "log"
kind = "log"

[[channel]]
name = "feed"
kind = "atom"

[[channel]]
name = "desk"
kind = "webhook"

[[channel]]
name = "chat"
kind = "apprise"

[[channel]]
name = "mail"
kind = "apprise"

[[channel]]
name = "lost"
kind = "apprise"

[delivery]
send_seconds = 5
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as site:
        site.put("/s3cr3t-path", Reply(200))
        site.put("/s3cr3t-token", Reply(500))
        yield site


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("config")
    (folder / "alerts.toml").write_text(CONFIG)
    return folder


@pytest.fixture(scope="module")
def env(prefect_env: Mapping[str, str], site: Site) -> dict[str, str]:
    return {
        **prefect_env,
        "TOCSIN_CHANNEL_DESK": site.url("/s3cr3t-path"),
        "TOCSIN_CHANNEL_DESK_KEY": "s3cr3t-key",
        "TOCSIN_CHANNEL_CHAT": site.url("/s3cr3t-token").replace("http://", "json://"),
        "TOCSIN_CHANNEL_MAIL": "mailto://tocsin:s3cr3t-password@127.0.0.1:1?from=a@example.org&to=b@example.org",
        "TOCSIN_CHANNEL_LOST": "nosuchservice://s3cr3t-nonsense",
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_LOGGING_TO_API_ENABLED": "true",
        "TOCSIN_DEBUG": "1",
    }


def ask(env: Mapping[str, str], path: str, question: Mapping[str, Any]) -> Any:
    """Return what Prefect's server answers."""
    request = urllib.request.Request(
        f"{env['PREFECT_API_URL']}/{path}", json.dumps(question).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def quiet(env: dict[str, str], config: Path, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse into which a corpus was replayed without --send."""
    from tests.flows.articles import write_corpus

    folder = tmp_path_factory.mktemp("replayed")
    warehouse = folder / "w.duckdb"
    corpus = write_corpus(folder / "corpus")
    done = tocsin("replay", corpus, "--warehouse", warehouse, "--config", config, env=env)
    assert done.code == 0, done.err
    assert site.requests == []
    return warehouse


@pytest.fixture(scope="module")
def sent(quiet: Path, env: dict[str, str], config: Path) -> Outcome:
    """Return what a second replay with --send said."""
    corpus = quiet.parent / "corpus"
    return tocsin("replay", corpus, "--warehouse", quiet, "--config", config, "--send", env=env)


def test_a_replay_tells_files_and_nobody_else(quiet: Path) -> None:
    with open_reader(published_path(quiet)) as con:
        found = dict(con.execute("SELECT channel, any_value(status) FROM deliveries GROUP BY channel").fetchall())
        alerts = con.execute("SELECT count(*) FROM alerts").fetchone()
    assert found == dict.fromkeys(("log", "feed"), "delivered") | dict.fromkeys(
        ("desk", "chat", "mail", "lost", "prefect-events"), "withheld"
    )
    assert alerts is not None
    assert len(quiet.with_name("w.alerts.jsonl").read_text().splitlines()) == alerts[0] > 0


def test_a_replay_that_is_told_to_sends_what_it_held_back_marked(quiet: Path, sent: Outcome, site: Site) -> None:
    assert sent.code == 0, sent.err
    (request,) = [one for one in site.requests if one.path == "/s3cr3t-path"]
    events = json.loads(request.body)
    assert all(one["data"]["replay"] for one in events)
    severities = [one["data"]["severity"] for one in events]
    assert severities == sorted(severities, reverse=True)
    with open_reader(published_path(quiet)) as con:
        found = dict(con.execute("SELECT channel, any_value(status) FROM deliveries GROUP BY channel").fetchall())
    assert (found["desk"], found["chat"], found["mail"]) == ("delivered", "withheld", "withheld")


def test_alerts_are_events_of_prefect(quiet: Path, sent: Outcome, env: dict[str, str]) -> None:
    assert sent.code == 0
    with open_reader(published_path(quiet)) as con:
        claims = {f"tocsin.claim.{row[0]}" for row in con.execute("SELECT claim_id FROM alerts").fetchall()}
    # other tests rang at the same server
    chosen = {"event": {"name": ["tocsin.alert.raised"]}, "resource": {"id": sorted(claims)}}
    wanted = {"filter": chosen, "limit": 50}
    ends = time.monotonic() + 60
    while len(found := ask(env, "events/filter", wanted)["events"]) < len(claims) and time.monotonic() < ends:
        time.sleep(1)  # the server stores events in batches
    assert {one["resource"]["prefect.resource.id"] for one in found} == claims
    assert all(len(json.dumps(one["payload"])) < 500 for one in found)


def test_the_artifact_of_the_run_lists_its_alerts(quiet: Path, env: dict[str, str]) -> None:
    found = ask(env, "artifacts/filter", {"limit": 50, "sort": "CREATED_DESC"})
    with open_reader(published_path(quiet)) as con:
        claims = [row[0] for row in con.execute("SELECT claim_id FROM alerts").fetchall()]
    assert any(all(claim in str(one["data"]) for claim in claims) for one in found)


def test_status_names_the_channels_in_trouble(quiet: Path, sent: Outcome, env: dict[str, str]) -> None:
    done = tocsin("status", "--warehouse", quiet, "--json", env=env)
    assert done.code == 0, done.err
    assert json.loads(done.out)["dead_deliveries"] == 0


def test_secrets_show_nowhere(quiet: Path, sent: Outcome, env: dict[str, str], config: Path) -> None:
    calls: list[tuple[str | Path, ...]] = [
        ("check", "--config", config),
        ("check", "--config", config, "--json"),
        ("status", "--warehouse", quiet),
        ("alerts", "--warehouse", quiet, "--json"),
        ("alerts", "test", "desk", "--config", config, "--warehouse", quiet),
        ("alerts", "test", "chat", "--config", config, "--warehouse", quiet),
        ("alerts", "test", "mail", "--config", config, "--warehouse", quiet),
        ("alerts", "test", "lost", "--config", config, "--warehouse", quiet),
        ("alerts", "deliver", "--config", config, "--warehouse", quiet),
    ]
    outcomes = [tocsin(*call, env=env) for call in calls]
    assert [one.code for one in outcomes] == [0, 0, 0, 0, 0, 1, 1, 1, 0]
    said = "".join(one.out + one.err for one in (*outcomes, sent))
    assert "not accepted (HTTP 500)" in said
    said += "".join(str(ask(env, f"{name}/filter", {"limit": 200})) for name in ("logs", "artifacts", "flow_runs"))
    said += str(ask(env, "task_runs/filter", {"limit": 200})) + str(ask(env, "events/filter", {"limit": 50}))
    files = b"".join(path.read_bytes() for path in quiet.parent.rglob("*") if path.is_file())
    with open_reader(published_path(quiet)) as con:
        tables = [
            row[0] for row in con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
        ]
        said += "".join(str(con.execute(f"FROM {name}").fetchall()) for name in tables)
    for secret in SECRETS.values():
        assert secret not in said
        assert secret.encode() not in files


def test_a_target_may_come_from_a_prefect_secret_block(env: dict[str, str], site: Site, tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(
        '[[channel]]\nname = "log"\nkind = "log"\n[[channel]]\nname = "vault"\nkind = "webhook"\ntarget = "prefect"\n'
    )
    call = ("alerts", "test", "vault", "--config", tmp_path, "--warehouse", tmp_path / "w.duckdb")
    missing = tocsin(*call, env=env)
    assert (missing.code, "tocsin-channel-vault is not set" in missing.err) == (1, True)
    save = (
        "from prefect.blocks.system import Secret\n"
        f"Secret(value={site.put('/vault', Reply(200))!r}).save('tocsin-channel-vault')\n"
        "Secret(value='s3cr3t-key').save('tocsin-channel-vault-key')"
    )
    subprocess.run([sys.executable, "-c", save], env={**os.environ, **env}, check=True, capture_output=True)
    assert tocsin(*call, env=env).code == 0
    assert [one.headers["webhook-id"] for one in site.requests if one.path == "/vault"]


def test_secrets_show_in_no_log_of_the_process(caplog: pytest.LogCaptureFixture, tmp_path: Path, site: Site) -> None:
    from flows.delivery.addresses import Target
    from flows.delivery.channels import Sender
    from flows.delivery.grouping import to_message
    from flows.delivery.rendering.render import SAMPLE, Renderer
    from tests.flows.delivery.receivers import alerting

    caplog.set_level(logging.DEBUG)
    settings = alerting({"name": "desk", "kind": "webhook"}, {"name": "chat", "kind": "apprise"})
    environment = {
        "TOCSIN_CHANNEL_DESK": site.url("/s3cr3t-path"),
        "TOCSIN_CHANNEL_DESK_KEY": "s3cr3t-key",
        "TOCSIN_CHANNEL_CHAT": "json://user:s3cr3t-token@127.0.0.1:1/",
    }
    sender = Sender(settings.delivery, environment)
    message = to_message([SAMPLE], Renderer(), key="k", thread=None, flood=1)
    found = [sender.send(channel, message, [SAMPLE]) for channel in settings.channel[1:]]
    target = Target("https://s3cr3t-path.example/", "s3cr3t-key")
    assert "s3cr3t" not in caplog.text + repr(found) + repr(sender) + repr(target) + repr(os.environ.keys())


def test_a_run_that_fails_is_told_at_once_and_a_replay_is_not(tmp_path: Path) -> None:
    from flows.cycle import begin

    def failing(flow: str) -> None:
        with begin(flow, "live", tmp_path / "w.duckdb", None):
            raise OSError("the disk is full")

    for flow in ("replay", "watch"):
        with pytest.raises(OSError, match="the disk is full"):
            failing(flow)
    (line,) = (tmp_path / "w.alerts.jsonl").read_text().splitlines()
    assert json.loads(line)["title"] == "Tocsin: run-failed: watch"
    assert "the disk is full" in json.loads(line)["text"]
