"""`tocsin actors` on a small corpus of our own: what is shown, what is corrected, and that it holds."""

import contextlib
import io
import json
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from config.load import load_configuration
from flows.analysis.alert import ringing_of
from flows.analysis.extract import extract_batch
from flows.analysis.knowledge import knowledge_for
from flows.analysis.relate import relate_batch
from flows.commands.cli import cli
from flows.intake.read import read_batch
from flows.telling.failures import explain
from tests.flows.command import Outcome, lines, tocsin
from tests.warehouse.upkeep.test_snapshot import hold
from warehouse.connection import open_reader, open_writer
from warehouse.storing.findings import articles_to_extract
from warehouse.upkeep.snapshot import is_stale, publish, published_path

pytestmark = pytest.mark.slow  # a warehouse of its own for every test

TEXTS = {
    "01_warning.txt": """Fishing row deepens

NORRVIK, March 3 - Denmark will seize any trawler that enters the closed zone, Danish Fisheries Minister Karen Holm \
warned on Monday.

"We will not stand by while Icelandic boats empty the bank," Holm told reporters.

Iceland's Foreign Minister Sigrun Jonsdottir said her government was ready to talk. The two countries have shared the \
bank since the days of sail, and no treaty was ever written down. Last winter a cutter lost its mast there when a \
patrol ship came too close, and both capitals ordered reports that have yet to appear.
""",
    "02_captains.txt": """Trawler captains brace for patrols

COPENHAGEN, March 3 - Captains in the harbour were mending nets when the news came over the radio. Danish Fisheries \
Minister Astrid Holm said on Monday that Denmark will seize any trawler that enters the closed zone.

"We will not stand by while Icelandic boats empty the bank," Holm said.

She added that the patrols would be doubled by the end of the month, according to two people who heard the \
broadcast. Prices of cod rose by a tenth at the auction.
""",
}
LATER = """Cod quota halved

AARHUS, March 9 - The quota for cod will be halved before the summer. Fisheries Minister Astrid Holm announced on \
Sunday that no boat would be spared, and skippers on the west coast called for help from the capital.

"We ask everybody to bear with us," Holm said at the fish market, where a few dozen people had come to hear her.
"""
SIDECAR = """
[files."01_warning.txt"]
published = 2031-03-03
outlet = "Harbour Post"

[files."02_captains.txt"]
published = 2031-03-03
outlet = "Bay Times"

[files."03_later.txt"]
published = 2031-03-09
outlet = "Bay Times"
"""
KAREN, ASTRID = "text:karen-holm", "text:astrid-holm"


def take_in(corpus: Path, warehouse: Path) -> None:
    """Take the corpus through the steps, as the flows do, without a server."""
    knowledge, configuration = knowledge_for(None), load_configuration(None)
    read_batch(corpus, sorted(one.name for one in corpus.glob("*.txt")), warehouse, max_bytes=100_000)
    with open_writer(warehouse) as con:
        waiting = articles_to_extract(con, knowledge.version)
    extract_batch(warehouse, waiting, knowledge, now=None)
    relate_batch(warehouse, knowledge, ringing_of(configuration, is_replay=True, now=None), articles=50)
    with open_writer(warehouse) as con:
        publish(con, warehouse)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("actors")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in TEXTS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    (corpus / "sources.toml").write_text(SIDECAR, encoding="utf-8")
    take_in(corpus, folder / "w.duckdb")
    return folder


@pytest.fixture
def warehouse(taken_in: Path, tmp_path: Path) -> Path:
    shutil.copytree(taken_in, tmp_path / "copy")
    return tmp_path / "copy" / "w.duckdb"


def run(*words: str | Path, code: int = 0) -> Outcome:
    """Call the command in this process, with the errors as the outermost door explains them."""
    done = CliRunner().invoke(cli, [*map(str, words)], standalone_mode=False)
    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        found = explain(done.exception) if done.exception is not None else 0
    assert found == code, done.output + told.getvalue()
    return Outcome(found, done.stdout, done.stderr + told.getvalue())


def actors(warehouse: Path, *words: str, code: int = 0) -> list[dict[str, Any]]:
    """Run a command below `tocsin actors` with --json."""
    done = run("actors", *words, "--json", "--warehouse", warehouse, code=code)
    return [json.loads(line) for line in lines(done.out)]


def sql(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with open_reader(published_path(warehouse)) as con:
        return con.execute(query).fetchall()


def said_by(warehouse: Path) -> dict[str, int]:
    """Return how many statements each of the Holms made."""
    return {one["actor_id"]: one["n_statements"] for one in actors(warehouse, "list", "holm")}


def test_actors_are_listed_by_what_they_said_and_found_by_any_name(warehouse: Path) -> None:
    assert [one["actor_id"] for one in actors(warehouse)][:2] == [ASTRID, KAREN]
    assert said_by(warehouse) == {ASTRID: 3, KAREN: 2}
    (only,) = actors(warehouse, "list", "--kind", "person", "--country", "isl")
    assert only["names"] == ["Sigrun Jonsdottir"]
    shown = run("actors", "list", "--limit", "1", "--warehouse", warehouse)
    assert "1 of " in shown.err
    assert "no actors called" in run("actors", "list", "zzz", "--warehouse", warehouse).out


def test_one_actor_is_shown_with_names_reasons_and_roles(warehouse: Path) -> None:
    (found,) = actors(warehouse, "show", "Karen Holm")
    names = {one["name"]: one["reason"] for one in found["names"]}
    assert names == {"Karen Holm": "full name in the text", "Holm": "surname of the full name in the same article"}
    (role,) = found["roles"]
    assert (role["role"], role["first_on"]) == ("Fisheries Minister", "2031-03-03")
    shown = run("actors", "show", KAREN, "--warehouse", warehouse).out
    for wanted in ("Karen Holm", "surname of the full name", "Fishing row deepens", "Fisheries Minister"):
        assert wanted in shown


def test_a_dry_run_tells_what_a_merge_would_change_and_changes_nothing(warehouse: Path) -> None:
    before = sql(warehouse, "FROM statements ORDER BY ALL")
    (told,) = actors(warehouse, "merge", KAREN, ASTRID, "--dry-run")
    assert (told["statements"], told["mentions"], told["dry_run"]) == (3, 2, True)
    assert told["claims"] >= 3
    (done,) = actors(warehouse, "merge", KAREN, ASTRID)
    assert {**told, "dry_run": False, "correction_id": done["correction_id"]} == done
    actors(warehouse, "undo", str(done["correction_id"])[:6])
    assert sql(warehouse, "FROM statements ORDER BY ALL") == before


def test_merged_claims_become_one_and_keep_the_identity_that_rang(warehouse: Path) -> None:
    alerts = sql(warehouse, "FROM alerts ORDER BY ALL")
    claims = sql(warehouse, "SELECT claim_id, speaker_id, n_reports, merged_into FROM claims ORDER BY ALL")
    run(
        "actors",
        "merge",
        "Karen Holm",
        "Astrid Holm",
        "--reason",
        "her new name",
        "--by",
        "Ida",
        "--warehouse",
        warehouse,
    )
    merged = sql(warehouse, "SELECT claim_id, merged_into, merge_reason FROM claims WHERE merged_into IS NOT NULL")
    assert merged == []  # both rang as one event, under the id that is kept: nobody was told another
    assert sql(warehouse, "FROM alerts ORDER BY ALL") == alerts
    assert sql(warehouse, "SELECT max(n_reports) FROM claims WHERE merged_into IS NULL") == [(4,)]
    assert sql(warehouse, "SELECT count(*) FROM alerts ANTI JOIN claims USING (claim_id)") == [(0,)]
    assert sql(warehouse, f"SELECT count(*) FROM claims WHERE speaker_id = '{ASTRID}' AND merged_into IS NULL") == [
        (0,)
    ]
    (logged,) = actors(warehouse, "corrections")
    assert (logged["made_by"], logged["reason"], logged["kind"]) == ("Ida", "her new name", "merge")
    actors(warehouse, "undo", str(logged["correction_id"]), "--reason", "two after all")
    assert sql(warehouse, "SELECT claim_id, speaker_id, n_reports, merged_into FROM claims ORDER BY ALL") == claims
    (logged,) = actors(warehouse, "corrections")
    assert logged["undo_reason"] == "two after all"


def test_a_new_article_with_the_old_name_counts_for_the_one_kept(warehouse: Path) -> None:
    actors(warehouse, "merge", KAREN, ASTRID)
    corpus = warehouse.parent / "corpus"
    (corpus / "03_later.txt").write_text(LATER, encoding="utf-8")
    take_in(corpus, warehouse)
    assert said_by(warehouse) == {KAREN: 7}
    assert sql(warehouse, f"SELECT count(*) FROM mentions WHERE actor_id = '{ASTRID}'") == [(0,)]
    with open_writer(warehouse) as con:
        con.execute("DELETE FROM extractions")  # as a newer version would find them
    take_in(corpus, warehouse)
    assert said_by(warehouse) == {KAREN: 7}


def test_a_split_gives_an_article_to_another_person(warehouse: Path) -> None:
    actors(warehouse, "merge", KAREN, ASTRID)
    ((article,),) = sql(warehouse, "SELECT article_id FROM articles WHERE title LIKE 'Trawler%'")
    split = ("split", "Karen Holm", "--article", str(article)[:10])
    assert "say who it is" in run("actors", *split, "--warehouse", warehouse, code=2).err
    (done,) = actors(
        warehouse, *split, "--new", "Karen Holm (harbour master)", "--country", "swe", "--role", "Harbour Master"
    )
    assert (done["to_id"], done["statements"]) == ("text:karen-holm-harbour-master", 3)
    assert said_by(warehouse) == {KAREN: 2, "text:karen-holm-harbour-master": 3}
    assert sql(
        warehouse, "SELECT DISTINCT speaker_role, speaker_country FROM statements WHERE speaker LIKE '%master)'"
    ) == [("Harbour Master", "SWE")]
    (back,) = actors(warehouse, "split", "Karen Holm (harbour master)", "--name", "Astrid Holm", "--to", KAREN)
    assert (back["statements"], said_by(warehouse)[KAREN]) == (3, 5)


def test_a_rename_is_seen_everywhere_and_said_twice_changes_nothing(warehouse: Path) -> None:
    words = ("rename", ASTRID, "Karin Holm", "--role", "Skipper")
    actors(warehouse, *words)
    assert actors(warehouse, *words) == []
    assert sql(warehouse, f"SELECT DISTINCT speaker, speaker_role FROM statements WHERE speaker_id = '{ASTRID}'") == [
        ("Karin Holm", "Skipper")
    ]
    assert ("Karin Holm",) in sql(warehouse, "SELECT speaker FROM claims")
    actors(warehouse, "rename", "Karin Holm", "--kind", "organisation")
    (row,) = sql(warehouse, f"SELECT kind, found.kind FROM actors WHERE actor_id = '{ASTRID}'")
    assert row == ("organisation", "person")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "nobody"), "there is no actor 'nobody'"),
        (("show", "Holm"), "'Holm' names several actors"),
        (("merge", KAREN, KAREN), "cannot be merged with himself"),
        (("merge", KAREN, "DNK"), "of kind"),
        (("merge", KAREN), "Missing argument"),
        (("split", KAREN), "--name, --article or --statement"),
        (("split", KAREN, "--name", "Zed"), "nowhere called 'Zed'; his names: "),
        (("split", KAREN, "--name", "Holm", "--to", KAREN), "cannot be split off himself"),
        (("split", KAREN, "--name", "Holm", "--to", ASTRID, "--new", "X"), "do not go with --to"),
        (("split", KAREN, "--article", "zz", "--to", ASTRID), "there is no article 'zz'"),
        (("rename", KAREN), "say what to change"),
        (("rename", KAREN, "--country", "QQQ"), "no country"),
        (("undo", "zz"), "there is no correction 'zz'"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(warehouse: Path, words: tuple[str, ...], message: str) -> None:
    done = run("actors", *words, "--warehouse", warehouse, code=2)
    assert message in done.err
    assert (done.out, len(lines(done.err))) == ("", 1)


def test_circles_are_refused_and_merging_again_is_nothing_to_do(warehouse: Path) -> None:
    actors(warehouse, "merge", KAREN, ASTRID)
    assert "undo that first" in run("actors", "merge", ASTRID, KAREN, "--warehouse", warehouse, code=2).err
    again = run("actors", "merge", KAREN, ASTRID, "--warehouse", warehouse)
    assert (again.out, "nothing to do" in again.err) == ("", True)
    assert (
        "merge text:karen-holm"
        in run("actors", "merge", "Sigrun Jonsdottir", ASTRID, "--warehouse", warehouse, code=2).err
    )
    assert "was merged into" in run("actors", "show", ASTRID, "--warehouse", warehouse).err
    assert len(actors(warehouse, "corrections")) == 1


def test_a_warehouse_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    done = run("actors", "merge", "a", "b", "--warehouse", tmp_path / "no.duckdb", code=1)
    assert "does not exist" in done.err
    assert not list(tmp_path.iterdir())
    assert "does not exist" in run("actors", "--warehouse", tmp_path / "no.duckdb", code=1).err


def test_a_correction_waits_while_another_process_writes(warehouse: Path) -> None:
    writer = hold(warehouse, "write")
    waiting = threading.Timer(1.0, lambda: writer.communicate("go\n"))
    before = time.monotonic()
    waiting.start()
    actors(warehouse, "merge", KAREN, ASTRID)
    assert time.monotonic() - before > 0.5
    waiting.join()
    assert said_by(warehouse) == {KAREN: 5}


def test_a_correction_that_was_not_published_is_by_the_next_run(warehouse: Path) -> None:
    before = published_path(warehouse).read_bytes()
    actors(warehouse, "merge", KAREN, ASTRID)
    with open_writer(warehouse) as con:
        assert not is_stale(con, warehouse)
    published_path(warehouse).write_bytes(before)
    with open_writer(warehouse) as con:
        assert is_stale(con, warehouse)


@pytest.mark.slow
def test_as_a_user_calls_it(warehouse: Path) -> None:
    done = tocsin("actors", "merge", "Karen Holm", "Astrid Holm", "--warehouse", warehouse)
    assert (done.code, done.err) == (0, "")
    assert "3 statements, 2 mentions" in done.out
    wrong = tocsin("actors", "show", "Nobody", "--warehouse", warehouse)
    assert (wrong.code, wrong.out, len(lines(wrong.err))) == (2, "", 1)
