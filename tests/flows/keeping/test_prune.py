"""`tocsin prune`: what is old and settled goes, what anybody may still ask for stays."""

import fcntl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.analysis import present
from flows.commands.cli import cli
from flows.intake.place import Arrival, stow
from flows.intake.web import archive_folder
from flows.keeping import prune
from flows.telling import WorkFailedError
from tests.flows.published import FIRST_ID, INN, REPLY, WARNING, publish_example
from tests.warehouse.values import NOON, article
from warehouse.asking import SearchQuery, explain_statement, search
from warehouse.bulk import insert_all
from warehouse.connection import open_reader, open_writer, transaction
from warehouse.storing.articles import Reading
from warehouse.storing.findings import articles_to_extract
from warehouse.upkeep import Pruned, publish, published_path

pytestmark = pytest.mark.slow

NOW = NOON + timedelta(days=400)
BEFORE = NOW - timedelta(days=180)
OLD, YOUNG = BEFORE - timedelta(days=1), BEFORE + timedelta(days=1)
FIRST, SECOND, LAST = (f"tocsin-2031030{day}T080000Z-0000.warc.gz" for day in (1, 2, 3))


def capture(file: str, at: datetime, outcome: str | None = "article", number: int = 0) -> dict[str, object]:
    """Return the row of a fetched page."""
    return {
        "capture_id": f"{file}-{number}", "source_id": "quay", "entry_id": "e", "url": "https://quay.example/a",
        "requested_url": "https://quay.example/a", "status": 200, "file": file, "offset": number, "length": 9,
        "digest": "d", "body_hash": "h", "captured_at": at, "outcome": outcome,
    }  # fmt: skip


def poll(number: int, at: datetime, error: str | None = None) -> dict[str, object]:
    """Return the row of a poll."""
    return {
        "poll_id": f"poll-{number}", "source_id": "quay", "polled_at": at, "outcome": "error" if error else "changed",
        "status": 200, "error": error, "n_entries": 1, "n_new": 0, "n_changed": 0, "flaws": [],
    }  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Return the example with three WARC files beside it, of which two are old."""
    warehouse = publish_example(tmp_path / "w.duckdb")
    archive_folder(warehouse).mkdir()
    for name in (FIRST, SECOND, LAST):
        (archive_folder(warehouse) / name).write_bytes(b"a" * 10)
        (archive_folder(warehouse) / f".{name}.whole").write_text("10\n")
    add(warehouse, "captures", capture(FIRST, OLD), capture(SECOND, OLD), capture(LAST, OLD))
    return warehouse


def add(warehouse: Path, table: str, *rows: dict[str, object]) -> None:
    """Store rows as they are."""
    with open_writer(warehouse) as con:
        insert_all(con, table, rows)


def kept(warehouse: Path) -> set[str]:
    """Return the WARC files that are there."""
    return {path.name for path in archive_folder(warehouse).glob("*.warc.gz")}


def values(warehouse: Path, query: str) -> list[object]:
    """Return one column of the published warehouse."""
    with open_reader(published_path(warehouse)) as con:
        return [row[0] for row in con.execute(query).fetchall()]


def test_old_pages_go_with_their_rows_and_notes_except_the_newest_file(warehouse: Path) -> None:
    """The next run appends to that one."""
    done = prune(warehouse, BEFORE, now=NOW)
    assert (done.files, done.captures, done.n_bytes) == (2, 2, 20)
    assert {path.name for path in archive_folder(warehouse).iterdir()} == {LAST, f".{LAST}.whole"}
    assert values(warehouse, "SELECT file FROM captures") == [LAST]


@pytest.mark.parametrize(
    "row", [capture(FIRST, YOUNG, number=1), capture(FIRST, OLD, None, 1)], ids=["young", "unread"]
)
def test_a_file_with_a_young_or_an_unread_page_stays(row: dict[str, object], warehouse: Path) -> None:
    """Whole: files are not cut."""
    add(warehouse, "captures", row)
    assert prune(warehouse, BEFORE, now=NOW).files == 1
    assert kept(warehouse) == {FIRST, LAST}


def test_a_file_whose_page_is_tried_again_stays(warehouse: Path) -> None:
    """It failed without a verdict."""
    tried = {
        "stage": "read", "subject_id": f"{FIRST}-0", "location": "a", "n_tries": 1, "reason": "killed",
        "tried_at": OLD, "next_at": NOW,
    }  # fmt: skip
    add(warehouse, "tries", tried)
    assert prune(warehouse, BEFORE, now=NOW).files == 1
    assert FIRST in kept(warehouse)


def test_a_file_that_is_written_to_stays(warehouse: Path) -> None:
    """Whoever writes holds its lock."""
    with (archive_folder(warehouse) / FIRST).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        prune(warehouse, BEFORE, now=NOW)
    assert kept(warehouse) == {FIRST, LAST}


def test_files_that_were_given_to_backfill_stay(warehouse: Path, tmp_path: Path) -> None:
    """They are the user's."""
    crawl = tmp_path / "crawl.warc.gz"
    crawl.write_bytes(b"theirs")
    add(warehouse, "captures", capture(str(crawl), OLD))
    prune(warehouse, BEFORE, now=NOW)
    assert crawl.exists()
    assert str(crawl) in values(warehouse, "SELECT file FROM captures")


def test_of_polls_the_first_the_last_and_the_last_failure_stay(warehouse: Path) -> None:
    """Health is told from them."""
    hours = [poll(n, OLD + timedelta(hours=n), "timeout" if n in (2, 4) else None) for n in range(7)]
    add(warehouse, "polls", *hours, poll(9, YOUNG))
    assert prune(warehouse, BEFORE, now=NOW).polls == 5
    assert values(warehouse, "SELECT poll_id FROM polls ORDER BY ALL") == ["poll-0", "poll-4", "poll-9"]


def expire(warehouse: Path) -> None:
    """Let the licence of the only source want its texts to go."""
    with open_writer(warehouse) as con:
        con.execute("UPDATE sources SET texts = 'expire'")


def test_texts_stay_where_no_licence_wants_them_gone(warehouse: Path) -> None:
    """However old they are."""
    assert prune(warehouse, BEFORE, now=NOW).texts == 0
    assert set(values(warehouse, "SELECT text FROM articles")) == {WARNING, REPLY, INN}


def test_texts_that_expire_leave_metadata_and_statements(warehouse: Path) -> None:
    """The article is still known by its hash, its statements, claims and places stand."""
    expire(warehouse)
    assert prune(warehouse, BEFORE, now=NOW).texts == 3
    assert values(warehouse, "SELECT DISTINCT text FROM articles") == [""]
    assert article(WARNING).content_hash in values(warehouse, "SELECT article_id FROM articles")
    assert values(warehouse, "SELECT count(*) FROM statements") == [2]
    assert values(warehouse, "SELECT quote FROM escalations") == ["we will close the pass to every lorry"]
    with open_reader(published_path(warehouse)) as con:
        assert explain_statement(con, FIRST_ID).paragraph == ""
        assert {one.kind for one in search(con, SearchQuery(("lorry",)))} == {"statement"}


def test_a_young_text_stays(warehouse: Path) -> None:
    """Its time has not come."""
    expire(warehouse)
    assert prune(warehouse, NOON - timedelta(days=1), now=NOW).texts == 0


def test_what_was_not_extracted_yet_stays(warehouse: Path) -> None:
    """Or nobody would ever know what it says."""
    expire(warehouse)
    with open_writer(warehouse) as con:
        con.execute("DELETE FROM extractions WHERE article_id = $id", {"id": article(INN).content_hash})
    assert prune(warehouse, BEFORE, now=NOW).texts == 2
    assert set(values(warehouse, "SELECT text FROM articles")) == {"", INN}


def test_a_newer_extractor_does_not_lose_what_a_pruned_text_said(warehouse: Path) -> None:
    """There is nothing left to find it in, so what was found stands."""
    with open_writer(warehouse) as con:
        assert len(articles_to_extract(con, "v2")) == 3
    expire(warehouse)
    prune(warehouse, BEFORE, now=NOW)
    with open_writer(warehouse) as con:
        assert articles_to_extract(con, "v2") == []


LONG = " ".join(f"On day {day} the ferry left harbour {day * 7} with mail for pier {day + 3}." for day in range(1, 25))


def arrive(warehouse: Path, text: str, location: str) -> None:
    """Let a text come in as a run does."""
    reading = Reading("quay", location, "h", article(text), NOON)
    with open_writer(warehouse) as con, transaction(con):
        stow(con, [Arrival(location, reading)])
        con.execute("INSERT INTO extractions BY NAME SELECT article_id, 'v1' AS extractor_version, 0 AS n_statements, "
                    "first_seen_at AS extracted_at FROM articles ANTI JOIN extractions USING (article_id)")  # fmt: skip


def test_a_pruned_text_that_comes_in_again_is_the_article_it_was(warehouse: Path) -> None:
    """It has its words again, and the copies it had, whose words are gone, stay its copies."""
    with open_writer(warehouse) as con:
        con.execute(
            "INSERT INTO sources BY NAME SELECT 'quay' AS source_id, 'feed' AS kind, 'x' AS location, 'expire' AS texts"
        )
    arrive(warehouse, LONG, "one")
    arrive(warehouse, LONG + " Rain was expected.", "two")
    assert prune(warehouse, BEFORE, now=NOW).texts == 2
    arrive(warehouse, LONG, "three")
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    whole = article(LONG).content_hash
    assert values(warehouse, f"SELECT text FROM articles WHERE article_id = '{whole}'") == [LONG]
    places = f"SELECT location FROM copies WHERE article_id = '{whole}' ORDER BY ALL"
    assert values(warehouse, places) == ["one", "three", "two"]
    assert values(warehouse, "SELECT count(*) FROM articles") == [4]
    assert prune(warehouse, BEFORE, now=NOW).texts == 1


def test_pruning_twice_is_pruning_once(warehouse: Path) -> None:
    """The second time finds nothing."""
    expire(warehouse)
    assert prune(warehouse, BEFORE, now=NOW) != Pruned()
    assert prune(warehouse, BEFORE, now=NOW) == Pruned()


def test_a_prune_that_was_cut_off_is_made_up_for(warehouse: Path) -> None:
    """Files go first: rows of files that are gone go with the next."""
    (archive_folder(warehouse) / FIRST).unlink()
    assert prune(warehouse, BEFORE, now=NOW).captures == 2


def test_a_rehearsal_counts_the_same_and_changes_nothing(warehouse: Path) -> None:
    """Neither files nor rows nor the snapshot."""
    expire(warehouse)
    add(warehouse, "polls", *(poll(n, OLD + timedelta(hours=n)) for n in range(4)))
    snapshot = published_path(warehouse).read_bytes()
    told = prune(warehouse, BEFORE, now=NOW, is_rehearsal=True)
    assert kept(warehouse) == {FIRST, SECOND, LAST}
    assert published_path(warehouse).read_bytes() == snapshot
    assert prune(warehouse, BEFORE, now=NOW) == told


def test_nothing_is_pruned_while_a_run_is_under_way(warehouse: Path) -> None:
    """It may be about to read what would go."""
    with present(warehouse), pytest.raises(WorkFailedError, match="run is under way"):
        prune(warehouse, BEFORE, now=NOW)
    assert kept(warehouse) == {FIRST, SECOND, LAST}


def test_a_day_in_the_future_is_refused(warehouse: Path) -> None:
    """Everything would go."""
    day = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    done = CliRunner().invoke(cli, ["prune", "--older-than", day, "--warehouse", str(warehouse)])
    assert done.exit_code == 2
    assert "future" in done.output
