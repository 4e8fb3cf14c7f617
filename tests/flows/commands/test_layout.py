"""Tables on a terminal: what tells most is there and readable, what is left out is named; a pipe gets all of it."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from rich.cells import cell_len

from flows.commands.showing.grid import MOST_LINES, grid, records
from flows.commands.showing.layout import fit, head_lines
from tests.flows.command import MAIN, ROOT
from tests.flows.published import publish_example

NAMES = ("said_on", "severity", "claim_id", "speaker", "quote", "targets", "evidence", "note", "n_reports")
ROWS = [
    ("2031-05-04", "3", "0af34bc299de", "Tamsin Vole", "we will close the pass to every lorry that comes " * 9,
     "Spain, France", '{"rule": "close the pass and more of it"}', "", "2"),
    ("2031-05-05", "4", "1bf34bc299de", "Karen Holm-Petersen", "no", "Andorra", '{"rule": "x"}', "", "12"),
]  # fmt: skip
RIGHT = [name in {"severity", "n_reports"} for name in NAMES]


@pytest.mark.parametrize("width", [20, 40, 80, 100, 160, 400])
def test_no_line_is_wider_than_the_terminal_and_every_column_is_shown_or_named(width: int) -> None:
    lines = grid(NAMES, ROWS, RIGHT, width).splitlines()
    assert max(map(cell_len, lines)) <= width
    layout = fit(NAMES, ROWS, width)
    assert sorted([*layout.widths, *layout.left_out]) == list(range(len(NAMES)))
    said = "".join(lines[-12:]).replace(" ", "")
    assert all(NAMES[place] in said for place in layout.left_out)


def test_at_eighty_columns_the_words_stay_and_ids_records_and_what_is_empty_go() -> None:
    layout = fit(NAMES, ROWS, 80)
    assert {"said_on", "severity", "speaker", "quote"} <= {NAMES[place] for place in layout.widths}
    assert {"claim_id", "evidence", "note"} <= {NAMES[place] for place in layout.left_out}
    assert layout.widths[NAMES.index("quote")] >= 22


def test_a_long_cell_beside_others_is_cut_with_a_mark_and_alone_it_is_whole() -> None:
    beside = grid(NAMES, ROWS[:1], RIGHT, 80).split("… left out")[0]
    assert len(beside.splitlines()) <= MOST_LINES + 4
    assert beside.rstrip().endswith("…")
    alone = grid(("quote",), [(ROWS[0][4],)], [False], 40)
    assert alone.count("every lorry") == 9


def test_without_a_terminal_every_row_is_one_line_with_all_of_it() -> None:
    lines = grid(NAMES, [*ROWS, ("a\nb\tc", *ROWS[0][1:])], RIGHT, None).splitlines()
    assert len(lines) == 2 + 3
    assert all(name in lines[0] for name in NAMES)
    assert ROWS[0][4].strip() in lines[2]
    assert lines[4].startswith("a b c")


def test_records_show_every_column_that_is_not_empty_wrapped_beside_its_name() -> None:
    text = records(NAMES, ROWS, 60)
    assert max(map(cell_len, text.splitlines())) <= 60
    assert text.count("── ") == 2
    assert "note" not in text
    assert re.sub(r"\s+", " ", text).count("every lorry") == 9


def test_wide_characters_keep_the_columns_straight() -> None:
    lines = grid(("who", "words"), [("한국 외교부 대변인", "no"), ("x", "yes")], [False, False], 60).splitlines()
    assert cell_len(lines[2][: lines[2].index("no")]) == lines[3].index("yes")


@pytest.mark.parametrize(
    ("name", "width", "found"),
    [
        ("said_on_precision", 9, ["said_on_", "precision"]),
        ("a", 1, ["a"]),
        ("_x__y", 2, ["_", "x_", "_y"]),
        ("", 3, [""]),
    ],
)
def test_names_of_columns_are_parted_at_underscores(name: str, width: int, found: list[str]) -> None:
    assert head_lines(name, width) == found


def test_no_columns_and_no_rows_are_no_trouble() -> None:
    assert grid((), [], [], 80) == ""
    assert grid(("a", "b"), [], [True, True], 80).splitlines()[0] == "a  b"
    assert records(("a",), [], 80) == ""


@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 160])
def test_the_first_query_of_the_readme_can_be_read_in_a_terminal(width: int, tmp_path: Path) -> None:
    warehouse = publish_example(tmp_path / "w.duckdb")
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(width), "LINES": "50"}
    words = [*MAIN, "sql", "from escalations", "--warehouse", str(warehouse)]
    subprocess.run(words, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=env, check=True, timeout=120)
    text = os.read(ours, 100_000).decode().replace("\r\n", "\n")
    os.close(ours)
    os.close(theirs)
    assert max(map(cell_len, text.splitlines())) <= width
    assert all(word in text for word in ("Tamsin", "Vole", "THREAT_UNSPEC", "we will close", "left out: "))
