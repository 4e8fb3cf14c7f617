"""Long queries stand in files of their own: each is asked by its wing, fits the schema, and is read when asked for."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.packaged import packaged_sql
from warehouse.rebuilding.earlier import keep_earlier

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "warehouse"
MODULES = sorted(FOLDER.rglob("*.py"))
DOZEN = 12
SQL = re.compile(r"\b(SELECT|FROM|INSERT|UPDATE|DELETE|CREATE)\b")
# Put together from parts that other queries share, or by what is asked: no file would hold the whole.
ASSEMBLED = {
    ("asking/compare.py", "SNAPSHOT"),
    ("storing/captures.py", "unread_captures"),
    ("storing/claims.py", "STATEMENT"),
}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
IDS: dict[str, object] = {"ids": ["none"]}
# What each query is tried with.
VALUES: dict[tuple[str, str], dict[str, object]] = {
    ("alerting", "alert_candidates"): IDS,
    ("alerting", "alerts_that_told"): IDS,
    ("alerting", "scopes_named"): {"target": "none"},
    ("alerting", "troubled_sources"): {},
    ("alerting", "withdraw_silenced"): {"scope": "rule", "target": "none"},
    ("asking", "backlog"): {},
    ("asking", "best_documents"): {
        "words": [{"term": 0, "place": 0, "word_ids": [1]}],
        "word_ids": [1],
        "n_needed": 1,
        "title_weight": 3,
        "k1": 1.2,
        "b": 0.75,
        "kinds": ["article"],
        "since": None,
        "limit": 5,
    },
    ("asking", "found_documents"): {"found": [{"kind": "article", "id": "none", "article_id": "none", "score": 1.5}]},
    ("asking", "frame_articles"): {},
    ("asking", "frame_claims"): {},
    ("asking", "frame_statements"): {},
    ("asking", "health"): {"ahead": NOON},
    ("asking", "last_runs"): {"ahead": NOON},
    ("asking", "named"): {"given": "none", "limit": 5},
    ("asking", "polled_states"): {},
    ("asking", "report_carriers"): {"events": ["none"]},
    ("asking", "report_events"): {"limit": 5, "since": NOON},
    ("asking", "report_pairs"): {},
    ("asking", "report_speakers"): {},
    ("asking", "report_wordings"): {"events": ["none"]},
    ("asking", "words_of_terms"): {"terms": ["red line"], "is_open": [False]},
    ("rebuilding", "changes"): {},
    ("rebuilding", "examples"): {"limit": 5},
    ("rebuilding", "mark"): {},
    ("rebuilding", "resorted"): {},
    ("rebuilding", "texts_to_sort"): IDS,
    ("rebuilding", "topic_changes"): {},
    ("storing", "copies_by_role"): IDS,
    ("storing", "due_entries"): dict.fromkeys(("now", "latest", "ahead", "quiet", "old"), NOON),
    ("storing", "first_places"): IDS,
    ("storing", "index_articles"): IDS,
    ("storing", "index_statements"): IDS,
    ("storing", "index_words"): {"docs": [{"doc_id": 1, "is_head": False, "words": ["ferry"]}]},
    ("storing", "merge_copy_topics"): {**IDS, "rows": [{"article_id": "none", "topic": "ferries", "score": 1.5}]},
    ("storing", "names_in_use"): IDS,
    ("storing", "near_texts"): {**IDS, "at_most": 5},
    ("storing", "reiterations"): IDS,
    ("storing", "restate_actors"): IDS,
    ("storing", "sides_of_claims"): IDS,
    ("storing", "words_of_documents"): {"docs": [1]},
    ("storing", "worded_entries"): {"limit": 5, "unreadable": ["none"]},
}


def queries() -> set[tuple[str, str]]:
    """Return wing and name of every query that stands in a file."""
    return {(path.parts[-3], path.stem) for path in FOLDER.glob("*/sql/*.sql")}


def asked(*code: ast.AST) -> set[tuple[object, ...]]:
    """Return wing and name of each query that the code asks for; a name that is computed is None."""
    calls = [one for part in code for one in ast.walk(part) if isinstance(one, ast.Call)]
    named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "packaged_sql"]
    return {tuple(getattr(each, "value", None) for each in one.args) for one in named}


def long_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield where SQL of more than a dozen lines stands: the file and the function or constant."""
    source = path.read_text(encoding="utf-8")
    for scope in (one for top in ast.parse(source).body for one in scopes(top)):
        name = getattr(scope, "name", None) or ast.unparse(getattr(scope, "targets", [scope])[0])
        if any(is_long(ast.get_source_segment(source, one) or "") for one in texts_in(scope)):
            yield str(path.relative_to(FOLDER)), name


def scopes(top: ast.stmt) -> list[ast.stmt]:
    """Return the functions of a class, anything else as it is."""
    return top.body if isinstance(top, ast.ClassDef) else [top]


def texts_in(scope: ast.AST) -> list[ast.expr]:
    """Return the texts that span a dozen lines or more: whole, with values in them, or put together; no docstrings."""
    docstrings = {id(one.value) for one in ast.walk(scope) if isinstance(one, ast.Expr)}
    kinds = (ast.Constant, ast.JoinedStr, ast.BinOp)
    found = [one for one in ast.walk(scope) if isinstance(one, kinds) and id(one) not in docstrings]
    return [one for one in found if (one.end_lineno or 0) - one.lineno >= DOZEN]


def is_long(text: str) -> bool:
    """Tell whether a text as it is written is SQL of more than a dozen lines; lines of mere quotes are none."""
    return len([line for line in text.splitlines() if line.strip(' rf"')]) > DOZEN and bool(SQL.search(text))


def test_every_query_in_a_file_is_asked_by_a_function_of_its_wing_and_by_nobody_else() -> None:
    found: set[tuple[object, ...]] = set()
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        here = asked(*(one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)))
        assert here == asked(tree), f"{path} asks outside of a function"
        assert {one[0] for one in here} <= {path.parent.name}, f"{path} asks for a query of another wing"
        found |= here
    assert found == queries()


def test_every_query_in_a_file_is_one_statement_that_runs_on_a_fresh_warehouse(con: duckdb.DuckDBPyConnection) -> None:
    assert set(VALUES) == queries()
    keep_earlier(con)  # what a rebuild is compared with
    for (wing, name), values in VALUES.items():
        sql = packaged_sql(wing, name)
        assert len(con.extract_statements(sql)) == 1, f"{wing}/sql/{name}.sql"
        con.execute(sql, values).fetchall()


def test_every_query_in_a_file_says_first_what_it_answers() -> None:
    assert not [one for one in queries() if not packaged_sql(*one).startswith("-- ")]


def test_sql_of_more_than_a_dozen_lines_stands_in_python_only_where_it_is_put_together() -> None:
    assert {one for path in MODULES for one in long_texts(path)} == ASSEMBLED


def test_no_query_is_read_before_it_is_asked_for_and_then_once() -> None:
    script = """
import importlib, pkgutil, sys
read = []
def note(event, values):
    if event == "open" and str(values[0]).endswith(".sql"):
        read.append(values[0])
sys.addaudithook(note)
import warehouse
for one in pkgutil.walk_packages(warehouse.__path__, "warehouse."):
    importlib.import_module(one.name)
at_first = len(read)
from warehouse.packaged import packaged_sql
for _ in range(2):
    packaged_sql("asking", "health")
print(at_first, len(read))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["0", "1"]
