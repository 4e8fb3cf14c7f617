"""`import tocsin`: frames of a file that somebody has, in the library that he uses."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import nbformat
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from nbclient import NotebookClient

import tocsin
from tests.flows.published import CLAIM, FIRST_ID, SECOND_ID, publish_example
from warehouse.errors import WarehouseError
from warehouse.releasing import DATABASE, write_data
from warehouse.upkeep import published_path

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
NOTEBOOK = ROOT / "docs" / "tour.ipynb"
KINDS = ("events", "claims", "statements", "escalations", "alerts", "articles")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_example(tmp_path_factory.mktemp("example") / "w.duckdb")


@pytest.fixture(scope="module")
def release(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    write_data(published_path(warehouse), folder, version="1")
    return folder / DATABASE


@pytest.fixture
def news(warehouse: Path) -> Iterator[tocsin.News]:
    with tocsin.open(warehouse) as opened:
        yield opened


def test_in_a_checkout_it_is_the_one_that_is_worked_on() -> None:
    """It lies below the warehouse, as no other folder may stand at the top."""
    assert Path(tocsin.__file__).parent == ROOT / "warehouse" / "python" / "tocsin"


@pytest.mark.parametrize("name", KINDS)
def test_each_frame_comes_in_each_library(name: str, news: tocsin.News) -> None:
    """With the same columns and the same number of rows."""
    rows = getattr(news, name)()
    frames = rows.df(), rows.pl(), rows.arrow()
    assert tuple(map(type, frames)) == (pd.DataFrame, pl.DataFrame, pa.Table)
    assert list(frames[0].columns) == frames[1].columns == frames[2].column_names == list(rows.columns)
    assert len(frames[0]) == len(frames[1]) == frames[2].num_rows == rows.count() == len(list(rows))


@pytest.mark.parametrize("name", KINDS)
def test_a_release_gives_what_its_warehouse_gives(name: str, news: tocsin.News, release: Path) -> None:
    """But for texts that are not passed on."""
    with tocsin.open(release) as opened:
        sent = [{**row, "text": None} for row in getattr(opened, name)()]
    assert sent == [{**row, "text": None} for row in getattr(news, name)()]


def test_a_copy_under_any_name_opens(warehouse: Path, tmp_path: Path) -> None:
    """Wherever it lies, with nothing beside it; and nothing is left there."""
    shutil.copy(published_path(warehouse), tmp_path / "from a friend.db")
    with tocsin.open(str(tmp_path / "from a friend.db")) as news:
        assert news.statements().count() == 2
    assert [path.name for path in tmp_path.iterdir()] == ["from a friend.db"]


def test_claims_carry_who_said_it_to_whom(news: tocsin.News) -> None:
    """Role, country, targets and event stand beside the words."""
    (row,) = news.claims()
    told = {name: row[name] for name in ("claim_id", "speaker", "role", "country", "targets", "severity", "quote")}
    assert told == {
        "claim_id": "claim-1", "speaker": "Tamsin Vole", "role": "envoy", "country": "AND", "targets": ["Spain"],
        "severity": 3, "quote": CLAIM["quote"],
    }  # fmt: skip
    assert row["event_id"] == next(iter(news.events()))["event_id"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 2),
        ({"since": "2031-03-03"}, 2),
        ({"since": date(2031, 3, 4)}, 0),
        ({"until": datetime(2031, 3, 3, 5)}, 2),  # noqa: DTZ001 - what people write
        ({"until": "2031-03-02"}, 0),
        ({"severity": 3, "polarity": "escalatory", "category": "THREAT_UNSPEC"}, 2),
        ({"severity": 4}, 0),
        ({"speaker": "vóle"}, 2),
        ({"speaker": "' OR true --"}, 0),
        ({"country": "AND", "outlet": "Pass Gazette"}, 1),
    ],
)
def test_filters_narrow_statements_down(filters: dict[str, object], found: int, news: tocsin.News) -> None:
    """Days include both ends, a speaker is part of a name whatever its accents."""
    assert news.statements(**filters).count() == found  # type: ignore[arg-type]


def test_a_query_of_ones_own_takes_parameters(news: tocsin.News) -> None:
    """Lazily: it is asked when its rows are wanted."""
    rows = news.sql("SELECT statement_id FROM statements WHERE speaker = $who ORDER BY ALL;", who="Tamsin Vole")
    assert sorted(row["statement_id"] for row in rows) == sorted([FIRST_ID, SECOND_ID])
    assert (rows.count(), rows.columns) == (2, ("statement_id",))


def test_two_sets_of_rows_can_be_read_at_once(news: tocsin.News) -> None:
    """Neither takes the other's."""
    pairs = zip(news.statements(), news.articles(), strict=False)
    assert len([pair for pair in pairs if pair[0] and pair[1]]) == 2


def test_the_file_is_only_read(news: tocsin.News, warehouse: Path) -> None:
    """Neither it nor any other can be written from a query."""
    before = published_path(warehouse).read_bytes()
    for query in ("DELETE FROM claims", "COPY claims TO 'out.csv'", "SELECT * FROM read_text('/etc/hostname')"):
        with pytest.raises(Exception, match=r"read-only|disabled|Permission"):
            list(news.sql(query))
    assert published_path(warehouse).read_bytes() == before


def test_a_closed_file_says_so(warehouse: Path) -> None:
    """Rows that were not fetched are gone."""
    with tocsin.open(warehouse) as news:
        rows = news.events()
    with pytest.raises(ValueError, match="is closed"):
        rows.df()


def test_no_file_and_a_wrong_one_are_told_in_words(tmp_path: Path) -> None:
    """As the command tells them."""
    (tmp_path / "notes.txt").write_text("not a database " * 300)
    with duckdb.connect(str(tmp_path / "sales.db")) as con:
        con.execute("CREATE TABLE articles (price INTEGER)")
    for name in ("nothing.duckdb", "notes.txt", "sales.db"):
        with pytest.raises(WarehouseError, match=name):
            tocsin.open(tmp_path / name)


def test_a_library_that_is_missing_is_named_with_its_extra(news: tocsin.News, monkeypatch: pytest.MonkeyPatch) -> None:
    """How to get it, too."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(tocsin.MissingLibraryError, match=r"pip install 'tocsin\[polars\]'"):
        news.events().pl()


def test_importing_it_imports_nothing_heavy() -> None:
    """DuckDB comes with the first file, a library of frames with the first frame."""
    script = "import sys, tocsin; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not {"duckdb", "pandas", "polars", "pyarrow", "prefect", "spacy", "pydantic"} & set(done.stdout.split())


def test_the_notebook_runs(warehouse: Path, tmp_path: Path) -> None:
    """From its first cell to its last, on a warehouse of another dispute."""
    (tmp_path / "data").mkdir()
    shutil.copy(published_path(warehouse), tmp_path / "data" / "replay.duckdb")
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    told = json.dumps(notebook)
    assert "Tamsin Vole" in told
    assert "1 rows of said_on" in told


def test_the_notebook_is_stored_without_what_it_gave() -> None:
    """Its outputs would be somebody's texts."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in cells if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"])]
