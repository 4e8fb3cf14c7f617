"""`tocsin rebuild`: what other rules make of what is stored, beside it and then in its place."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from config.load import load_configuration
from extractors.model import Article, Findings
from flows.analysis import Chunk, begin_run, reference_knowledge, ringing_of
from flows.analysis.relate import relate_batch
from flows.clock import utc_now
from flows.rebuilding import accept, rebuild, work
from flows.workers import Abandoned, Ended
from tests.flows.command import Outcome, kill_after, lines, start, tocsin
from tests.flows.rebuilding.harpoons import CHOKE, HARPOONS, SEIZE, take_in, write_rules, write_texts
from warehouse.connection import open_reader, open_writer
from warehouse.rebuilding import working_path
from warehouse.upkeep.snapshot import published_path

pytestmark = pytest.mark.slow

OUTBOX = ("alerts", "alert_claims", "deliveries", "silences", "articles", "copies")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the texts, a warehouse made of them, and two configurations: `old` made it."""
    folder = tmp_path_factory.mktemp("world")
    write_rules(folder / "new", is_changed=True)
    take_in(write_texts(folder / "corpus"), folder / "w.duckdb", write_rules(folder / "old", is_changed=False))
    return folder


@pytest.fixture
def warehouse(world: Path, tmp_path: Path) -> Path:
    """Return a copy of that warehouse."""
    shutil.copytree(world, tmp_path / "w")
    return tmp_path / "w" / "w.duckdb"


def call(warehouse: Path, rules: str, *words: str, code: int = 0) -> Outcome:
    """Rebuild by the rules of that name."""
    done = tocsin("rebuild", "--warehouse", warehouse, "--config", warehouse.parent / rules, *words)
    assert done.code == code, done.err
    return done


def rows(warehouse: Path, *names: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of these tables."""
    with open_writer(warehouse) as con:
        return {name: sorted(con.execute(f"FROM {name}").fetchall(), key=repr) for name in names}


def labels(warehouse: Path) -> dict[str, str]:
    """Return the polarity of each statement of the published warehouse by the words it begins with."""
    with open_reader(published_path(warehouse)) as con:
        found = con.execute("SELECT content, polarity FROM statements").fetchall()
    return {words.rstrip(","): polarity for words, polarity in found}


def judge_again(warehouse: Path, rules: str) -> int:
    """Relate and judge as the next cycle does; returns how many alerts it raises."""
    config = warehouse.parent / rules
    configuration = load_configuration(config)
    ringing = ringing_of(configuration, is_replay=False, now=utc_now())
    return len(relate_batch(warehouse, reference_knowledge(config), ringing, articles=10).alert_ids)


def test_the_lost_and_the_gained_are_shown_and_nothing_is_touched(warehouse: Path) -> None:
    before = warehouse.read_bytes(), published_path(warehouse).read_bytes()
    found = json.loads(call(warehouse, "new", "--json").out)
    assert (warehouse.read_bytes(), published_path(warehouse).read_bytes()) == before
    totals = found["totals"]
    assert (totals["lost_escalations"], totals["new_escalations"], totals["relabelled"]) == (1, 1, 2)
    gained, lost = sorted(found["examples"], key=lambda one: one["is_lost_escalation"])
    assert (gained["words"].rstrip(","), gained["now"]["category"], gained["was"]["polarity"]) == (
        HARPOONS, "THREAT_UNSPEC", "neutral",
    )  # fmt: skip
    assert (lost["words"].rstrip(","), lost["was"]["category"], lost["now"]["polarity"]) == (
        CHOKE, "THREAT_UNSPEC", "neutral",
    )  # fmt: skip
    assert [one["quote"].rstrip(",") for one in found["faded"]] == [CHOKE]
    by_key = {one["key"]: (one["was"], one["now"], one["left"], one["came"]) for one in found["by_category"]}
    assert by_key["THREAT_UNSPEC"] == (1, 1, 1, 1)


def test_a_page_and_a_table_tell_the_same(warehouse: Path) -> None:
    page = call(warehouse, "new", "--format", "markdown").out
    assert "| THREAT\\_UNSPEC" in page or "| THREAT_UNSPEC" in page
    assert f"{HARPOONS}," in page
    table = call(warehouse, "new").out
    assert "escalation: 1 lost, 1 new" in table
    assert "escalation lost" in table


def test_the_same_rules_change_nothing(warehouse: Path) -> None:
    done = call(warehouse, "old", "--fail-on", "any-change")
    assert "all as they were" in done.out
    assert "escalation: 0 lost, 0 new" in done.out


class Starved:
    """A crew on a machine that is so busy that no worker gets anywhere."""

    def extract(self, articles: Sequence[Article], *, is_alone: bool) -> Iterator[Ended[Chunk, list[Findings]]]:
        """Yield that each stood still."""
        del is_alone
        for one in articles:
            yield Abandoned((one,), "stalled")


def test_where_no_worker_gets_anywhere_the_articles_keep_what_they_had(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(warehouse, "statements", "rejections")
    monkeypatch.setattr(work, "current_crew", lambda *_: nullcontext(Starved()))
    found = rebuild(warehouse, warehouse.parent / "new", examples=1)
    assert found.comparison.totals.undone == found.comparison.totals.articles > 0
    assert accept(found, warehouse.parent / "new")
    assert rows(warehouse, "statements", "rejections") == before


def test_a_check_fails_where_an_escalation_is_lost_and_accepts_nothing(warehouse: Path) -> None:
    before = warehouse.read_bytes()
    done = call(warehouse, "new", "--fail-on", "lost-escalation", "--accept", code=3)
    assert "lost-escalation: 1" in done.err
    assert warehouse.read_bytes() == before


def test_what_is_accepted_stands_alerts_keep_their_identity_and_nothing_rings(warehouse: Path) -> None:
    outbox = rows(warehouse, *OUTBOX)
    call(warehouse, "new", "--accept")
    assert rows(warehouse, *OUTBOX) == outbox
    assert labels(warehouse) == labels(warehouse) | {CHOKE: "neutral", HARPOONS: "escalatory", SEIZE: "escalatory"}
    assert judge_again(warehouse, "new") == 0
    assert rows(warehouse, *OUTBOX) == outbox
    assert not list(working_path(warehouse).parent.iterdir())
    again = call(warehouse, "new", "--fail-on", "any-change")
    assert "all as they were" in again.out


def test_without_the_mark_of_the_rebuild_the_gained_would_ring(warehouse: Path) -> None:
    """The articles are dated after now, so they are judged in every cycle: what keeps them silent is the mark."""
    call(warehouse, "new", "--accept")
    with open_writer(warehouse) as con:
        con.execute("DELETE FROM rebuilt_claims")
    assert judge_again(warehouse, "new") == 1


def test_what_waited_to_be_related_still_rings_afterwards(warehouse: Path) -> None:
    """It came in and was extracted, and the run was killed before it could ring."""
    with open_writer(warehouse) as con:
        (claim_id,) = con.execute(
            "SELECT claim_id FROM statements WHERE starts_with(content, 'Norway')"
        ).fetchone() or ("",)
        for table in ("alert_claims", "alerts", "claim_events"):
            con.execute(f"DELETE FROM {table} WHERE claim_id = $id", {"id": claim_id})
        con.execute("UPDATE statements SET claim_id = NULL WHERE claim_id = $id", {"id": claim_id})
        con.execute("DELETE FROM claims WHERE claim_id = $id", {"id": claim_id})
    call(warehouse, "new", "--accept")
    assert SEIZE not in labels(warehouse)
    with open_writer(warehouse) as con:
        waiting = con.execute("SELECT count(*) FROM articles ANTI JOIN extractions USING (article_id)").fetchone()
    assert waiting == (1,)


def test_one_that_was_killed_goes_on_and_comes_to_the_same(warehouse: Path) -> None:
    expected = call(warehouse, "new", "--json").out
    shutil.rmtree(working_path(warehouse).parent)
    killed = ("rebuild", "--warehouse", warehouse, "--config", warehouse.parent / "new")
    kill_after(start(*killed), "extract again: 1/", 0.0)
    done = call(warehouse, "new")
    assert "copy the warehouse" not in done.err
    again = json.loads(call(warehouse, "new", "--json").out)
    assert again | {"made_at": None} == json.loads(expected) | {"made_at": None}


def test_what_moves_on_meanwhile_is_rebuilt_before_it_is_accepted(warehouse: Path) -> None:
    call(warehouse, "new")
    late = warehouse.parent / "late"
    late.mkdir()
    (late / "04.txt").write_text('"The bank is ours," Danish Fisheries Minister Karen Holm said on Monday.\n')
    take_in(late, warehouse, warehouse.parent / "old")
    call(warehouse, "new", "--accept")
    assert labels(warehouse)[CHOKE] == "neutral"
    assert "The bank is ours" in labels(warehouse)


def test_beside_a_run_it_is_not_accepted_and_one_line_says_why(warehouse: Path) -> None:
    rebuild(warehouse, warehouse.parent / "new", examples=0)
    before = rows(warehouse, "statements")
    log = begin_run("watch", "schedule", warehouse, "v1")
    done = call(warehouse, "new", "--accept", code=1)
    log.presence.close()
    assert (len(lines(done.err.split("tocsin: ")[-1])), rows(warehouse, "statements")) == (1, before)
    assert "a run is under way" in done.err


def test_a_cycle_after_it_rings_nothing(warehouse: Path, prefect_env: Mapping[str, str]) -> None:
    config = warehouse.parent / "new"
    (config / "sources.toml").write_text("sources = []\n", encoding="utf-8")
    call(warehouse, "new", "--accept")
    before = tocsin("alerts", "--json", "--warehouse", warehouse).out
    done = tocsin("watch", "--once", "--warehouse", warehouse, "--config", config, env=prefect_env)
    assert done.code == 0, done.err
    assert tocsin("alerts", "--json", "--warehouse", warehouse).out == before
    assert before


@pytest.mark.parametrize("delay_s", [0.0, 0.1])
def test_one_that_is_killed_while_it_is_taken_over_leaves_all_or_nothing(delay_s: float, warehouse: Path) -> None:
    before = rows(warehouse, "statements")
    call(warehouse, "new")
    words = ("rebuild", "--accept", "--warehouse", warehouse, "--config", warehouse.parent / "new")
    kill_after(start(*words), "take it over", delay_s)
    half = rows(warehouse, "statements")
    call(warehouse, "new", "--accept")
    after = rows(warehouse, "statements")
    assert after != before
    assert half in (before, after)
    assert labels(warehouse)[CHOKE] == "neutral"
    assert judge_again(warehouse, "new") == 0
