"""A full disk: nothing half-written stays, what failed is tried again, one line says it, and nothing is lost."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.load import load_configuration
from flows.analysis.knowledge import topic_matcher
from flows.delivery.files import append_notice, write_feed
from flows.delivery.rendering.messages import Message
from flows.http.outcome import Fetched
from flows.intake.archive import Archive, ArchiveError, iter_warc
from flows.intake.fetch import fetch_due
from flows.intake.poll import poll_due
from flows.intake.web import archive_folder
from tests.flows.command import ROOT, Outcome, lines, tocsin
from tests.flows.live import serve_news, write_live_config
from tests.flows.published import publish_example
from tests.site import Site, text
from warehouse.connection import open_reader, open_writer, transaction
from warehouse.errors import WarehouseDiskError
from warehouse.storing.sources import sync_sources
from warehouse.upkeep.snapshot import publish, published_path

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
# Tables, views and comments alone are larger than this, a few texts are smaller.
LIMIT = 300_000


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Let no file of this process grow beyond a limit, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, before[1]))
    yield LIMIT
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def unlimited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.getrlimit(resource.RLIMIT_FSIZE)[1],) * 2)


def page(text: str) -> Fetched:
    body = text.encode()
    url = "https://quay.example/1"
    return Fetched(url, url, 200, "OK", (("Content-Type", "text/plain"),), (), body, body, "h")


def test_a_publication_that_fails_leaves_nothing_and_the_old_snapshot(tmp_path: Path, limited: int) -> None:
    unlimited()
    warehouse = publish_example(tmp_path / "w.duckdb")
    old = published_path(warehouse).read_bytes()
    with open_writer(warehouse) as con:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limited, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        with pytest.raises(WarehouseDiskError, match="largest size"), open_writer(warehouse) as other:
            publish(other, warehouse)
        unlimited()
    assert [one.name for one in published_path(warehouse).parent.iterdir()] == ["w.duckdb"]
    assert published_path(warehouse).read_bytes() == old
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    with open_reader(published_path(warehouse)) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (3,)


@pytest.mark.slow
def test_an_export_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    warehouse = publish_example(tmp_path / "w.duckdb")
    folder = tmp_path / "out"
    done = limited_call(600, "export", folder, "--warehouse", warehouse)
    assert (done.code, len(lines(done.err))) == (1, 1)
    assert "the export failed" in done.err
    assert [one.name for one in folder.iterdir() if one.name.startswith(".") or one.stat().st_size >= 600] == []
    assert tocsin("export", folder, "--force", "--warehouse", warehouse).code == 0


def test_a_capture_is_stored_whole_or_not_at_all(tmp_path: Path, limited: int) -> None:
    with Archive(tmp_path, software="Tocsin/1") as archive:
        archive.write(page("one"), at=NOW)
        with pytest.raises(ArchiveError, match="File too large"):
            archive.write(page(os.urandom(limited).hex()), at=NOW)
        assert archive.trouble
        unlimited()
        archive.write(page("two"), at=NOW)
    (file,) = [one for one in tmp_path.iterdir() if not one.name.startswith(".")]
    assert [getattr(one, "body", b"") for one in iter_warc(file)] == [b"one", b"two"]
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith((".tmp", ".new"))] == []


def test_alerts_are_appended_whole_or_not_at_all(tmp_path: Path, limited: int) -> None:
    log, feed = tmp_path / "w.alerts.jsonl", tmp_path / "w.alerts.xml"
    append_notice(log, Message("one", "text", "", "1", 1, "1", ()))
    write_feed(feed, b"old")
    before = log.read_bytes()
    with pytest.raises(OSError, match="File too large"):
        append_notice(log, Message("two", "x" * limited, "", "2", 1, "2", ()))
    with pytest.raises(OSError, match="File too large"):
        write_feed(feed, b"x" * limited * 2)
    assert (log.read_bytes(), feed.read_bytes()) == (before, b"old")
    assert sorted(one.name for one in tmp_path.iterdir()) == [log.name, feed.name]


@pytest.mark.slow
def test_pages_that_cannot_be_kept_stay_due_and_nobody_is_asked_for_more(tmp_path: Path) -> None:
    with Site() as site:
        serve_news(site)
        for name in ("ferry-stopped", "ferry-late", "tulips"):
            site.put(f"/{name}", text("<html><body><p>Ferry and harbour.</p></body></html>"))
        config = load_configuration(write_live_config(tmp_path / "config", ("quay", site.url("/feed"))))
        warehouse = tmp_path / "w.duckdb"
        with open_writer(warehouse) as con, transaction(con):
            sync_sources(con, config.sources)
        poll_due(warehouse, config.settings, topic_matcher(tmp_path / "config"), now=datetime.now(UTC))
        blocked = archive_folder(warehouse)
        blocked.touch()  # no folder can be made there: no capture can be kept
        for _ in range(config.settings.fetch.max_tries + 1):
            with pytest.raises(ArchiveError):
                fetch_due(warehouse, config.settings, now=datetime.now(UTC))
        with open_writer(warehouse) as con:
            (tries,) = con.execute("SELECT max(n_tries) FROM entries").fetchone() or (9,)
        assert tries == 0
        blocked.unlink()
        assert fetch_due(warehouse, config.settings, now=datetime.now(UTC)).captured == 2


def limited_call(limit: int, *words: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
    """Run a command that can write no file larger than the limit."""
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "from flows.commands.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)], capture_output=True, text=True, cwd=ROOT, timeout=600,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}, check=False,
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of its own, which ``resize`` can make smaller or larger."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", folder):
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def resize(disk: Path, size: int) -> None:
    assert _mount("-o", f"remount,size={size}", disk)


def _mount(*words: str | Path) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_a_replay_on_a_full_disk_says_so_and_the_next_one_completes_it(
    tmp_path: Path, corpus: Path, prefect_env: Mapping[str, str], small_disk: Path
) -> None:
    whole, full = tmp_path / "whole.duckdb", small_disk / "w.duckdb"
    assert tocsin("replay", corpus, "--warehouse", whole, env=prefect_env).code == 0
    resize(small_disk, published_path(whole).stat().st_size + whole.stat().st_size // 2)
    failed = tocsin("replay", corpus, "--warehouse", full, env=prefect_env)
    assert failed.code == 1
    said = [line for line in lines(failed.err) if line.startswith("tocsin:")]
    assert len(said) == 1
    assert "the disk is full: free some room" in said[0]
    assert [one.name for one in small_disk.rglob("*") if ".tmp" in one.name] == []
    resize(small_disk, 64 << 20)
    assert tocsin("replay", corpus, "--warehouse", full, env=prefect_env).code == 0
    assert facts(full) == facts(whole)


def facts(warehouse: Path) -> list[object]:
    """Return the ids of everything that was found."""
    with open_reader(published_path(warehouse)) as con:
        return [
            con.execute(f"SELECT {table[:-1]}_id FROM {table} ORDER BY ALL").fetchall()
            for table in ("articles", "statements", "claims", "alerts")
        ]
