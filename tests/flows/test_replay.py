"""The replay flow on a real Prefect server: everything once, whatever happens in between."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.flows.command import SEEDS, kill_after, start, tocsin
from tests.warehouse.upkeep.test_snapshot import hold
from warehouse.connection import open_reader
from warehouse.upkeep.snapshot import published_path

pytestmark = [pytest.mark.slow]


def tables(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but runs."""
    with open_reader(published_path(warehouse)) as con:
        names = [
            row[0]
            for row in con.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1"
            ).fetchall()
        ]
        return {name: sorted(con.execute(f"FROM {name}").fetchall(), key=repr) for name in names if name != "runs"}


@pytest.fixture(scope="module")
def replayed(prefect_env: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse into which the seeds were replayed once."""
    warehouse = tmp_path_factory.mktemp("replayed") / "seeds.duckdb"
    done = tocsin("replay", SEEDS, "--warehouse", warehouse, env=prefect_env)
    assert done.code == 0, done.err
    assert "New escalation claims" in done.out
    return warehouse


def test_a_second_replay_adds_no_row_and_says_so(replayed: Path, prefect_env: Mapping[str, str]) -> None:
    before = tables(replayed)
    log = replayed.with_name("seeds.alerts.jsonl").read_bytes()
    again = tocsin("replay", SEEDS, "--warehouse", replayed, env=prefect_env)
    assert again.code == 0, again.err
    assert "nothing new" in again.out
    assert tables(replayed) == before
    assert replayed.with_name("seeds.alerts.jsonl").read_bytes() == log


def test_two_replays_into_two_files_give_the_same_rows(
    replayed: Path, prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    other = tmp_path / "other.duckdb"
    # fresh, as sets have another order in each process
    assert tocsin("replay", SEEDS, "--warehouse", other, env=prefect_env, is_fresh=True).code == 0
    assert tables(other) == tables(replayed)


def test_every_stored_span_is_the_text_it_claims_to_be(replayed: Path) -> None:
    with open_reader(published_path(replayed)) as con:
        rows = con.execute(
            """
            SELECT articles.text, statements.spans, statements.content, statements.cue, cue_start, cue_end,
                   speaker_text, speaker_start, speaker_end, evidence
            FROM statements JOIN articles USING (article_id)
            """
        ).fetchall()
        paragraphs = con.execute("SELECT text, paragraphs FROM articles").fetchall()
    assert rows
    for text, spans, content, cue, cue_start, cue_end, speaker, start_at, end_at, evidence in rows:
        assert " ".join(text[one["start"] : one["end"]] for one in spans) == content
        if cue is not None:
            assert text[cue_start:cue_end] == cue
        if start_at is not None:
            assert text[start_at:end_at] == speaker
        for why in evidence:
            if why["start"] is not None:
                assert text[why["start"] : why["end"]] == why["words"]
    for text, blocks in paragraphs:
        assert "\n\n".join(text[one["start"] : one["end"]] for one in blocks) == text


def test_every_alert_is_logged_once_with_its_evidence(replayed: Path) -> None:
    with open_reader(published_path(replayed)) as con:
        alerts = {row[0]: row[1] for row in con.execute("SELECT alert_id, severity FROM alerts").fetchall()}
        events = con.execute(
            "SELECT count(*) FROM events_placed JOIN claims ON claim_id = headline_claim_id "
            "WHERE events_placed.merged_into IS NULL AND claims.polarity = 'escalatory' AND severity >= 3"
        ).fetchone()
    logged = [json.loads(line) for line in replayed.with_name("seeds.alerts.jsonl").read_text().splitlines()]
    assert sorted(one["alert_id"] for one in logged) == sorted(alerts)
    assert events == (len(alerts),)
    assert all(one["evidence"] and one["quote"] and one["location"] for one in logged)


def test_queries_work_while_the_snapshot_is_held_and_replays_while_it_is_read(
    prefect_env: Mapping[str, str], corpus: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    assert tocsin("replay", corpus, "--warehouse", warehouse, env=prefect_env).code == 0
    reader = hold(published_path(warehouse), "read")
    found = tocsin("sql", "from escalations", "--warehouse", warehouse, "--format", "json")
    assert found.code == 0, found.err
    assert [json.loads(line)["speaker"] for line in found.out.splitlines()]
    (corpus / "04_more.txt").write_text(
        "Iceland recalled its ambassador on Wednesday, Foreign Minister Jonsdottir said.\n"
    )
    again = tocsin("replay", corpus, "--warehouse", warehouse, env=prefect_env)
    assert again.code == 0, again.err
    assert "added 1 article" in again.out
    assert reader.communicate("go\n")[0] == "3\n"


@pytest.mark.parametrize(
    ("line", "delay_s"),
    [("start Prefect", 0.5), ("read: 1/", 0.2), ("extract", 0.05), ("relate", 0.0)],
)
def test_a_replay_killed_anywhere_and_run_again_equals_an_undisturbed_one(
    line: str, delay_s: float, replayed: Path, prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    small = tmp_path / "config"
    small.mkdir()
    (small / "tocsin.toml").write_text("[batches]\narticles = 1\n")
    warehouse = tmp_path / "killed.duckdb"
    call = ("replay", SEEDS, "--warehouse", warehouse, "--config", small)
    kill_after(start(*call, env=prefect_env), line, delay_s)
    done = tocsin(*call, env=prefect_env)
    assert done.code == 0, done.err
    assert tables(warehouse) == tables(replayed)
    logs = [one.with_name(f"{one.stem}.alerts.jsonl").read_text().splitlines() for one in (warehouse, replayed)]
    assert sorted(logs[0]) == sorted(logs[1])
    with open_reader(published_path(warehouse)) as con:
        assert con.execute("SELECT count(*) FROM runs WHERE status = 'running'").fetchone() == (0,)


def test_readable_files_are_kept_and_the_rest_is_recorded(
    prefect_env: Mapping[str, str], corpus: Path, tmp_path: Path
) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (corpus / "huge.txt").write_bytes(b"All work and no play. " * 1_000_000)
    (corpus / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    latin = 'Le ministre a été reçu à Besançon. "Nous répondrons," said Minister André Bézier on Monday.\n'
    (corpus / "latin.txt").write_bytes(latin.encode("latin-1"))
    (corpus / "page.html").write_text(
        "<html><head><title>Ferry dispute</title></head><body><article><h1>Ferry dispute</h1>"
        + "".join(f"<p>Ferry operator number {n} said on Monday it would sail as planned.</p>" for n in range(12))
        + "</article></body></html>"
    )
    warehouse = tmp_path / "w.duckdb"
    done = tocsin("replay", corpus, "--warehouse", warehouse, env=prefect_env)
    assert done.code == 0, done.err
    with open_reader(published_path(warehouse)) as con:
        rejected = dict(con.execute("SELECT location, reason FROM rejections").fetchall())
        kept = {row[0] for row in con.execute("SELECT location FROM copies").fetchall()}
    assert rejected == {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "huge.txt": "too-large",
        "photo.jpg": "unknown-type",
    }
    assert kept == {"01_warning.txt", "02_reply.txt", "03_analysts.txt", "latin.txt", "page.html"}
    assert "Traceback" not in done.err
    for name, reason in rejected.items():
        assert f"rejected {name}: {reason}" in done.err
