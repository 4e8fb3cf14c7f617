"""The cookbook is the saved queries, and each of them answers."""

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

import pytest

from config.files import PACKAGED
from config.queries import Query, queries_of
from flows.commands.showing.cookbook import cookbook_markdown
from tests.bench.warehouses import Size, build
from tests.flows.command import ROOT, SEEDS, lines, tocsin
from tests.flows.hostile import call
from warehouse.asking import run_query
from warehouse.connection import open_reader, open_writer
from warehouse.upkeep import publish, published_path

pytestmark = pytest.mark.slow

# What the seed corpus has none of: articles that were edited, sources that are polled.
NOT_IN_SEEDS = {"edits", "troubled-sources"}


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an invented warehouse of three years, published."""
    warehouse = tmp_path_factory.mktemp("invented") / "w.duckdb"
    build(warehouse, Size(articles=2_000))
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    return warehouse


def test_the_page_is_made_from_the_packaged_queries() -> None:
    hint = "run `python -m flows.commands.showing.cookbook > docs/sql-cookbook.md`"
    assert (ROOT / "docs" / "sql-cookbook.md").read_text(encoding="utf-8") == cookbook_markdown(queries_of(None)), hint
    assert len(queries_of(None)) >= 20


@pytest.mark.parametrize("query", queries_of(None), ids=lambda one: one.name)
def test_every_saved_query_answers(query: Query, invented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call(monkeypatch, "sql", f"@{query.name}", "--format", "csv", "--warehouse", invented)
    assert (found.code, found.err) == (0, "")
    assert len(lines(found.out)) > (1 if query.name not in {"said-by", "repeats", "troubled-sources"} else 0)


# What some ask of the tables, as filters do not reach them through the lists that a view puts together.
BY_VIEW = {
    "newest": "select said_on, severity, category, side, aim, speaker, headline, has_rung from events "
    "where polarity = 'escalatory' order by said_on desc nulls last, severity desc, event_id limit 20",
    "gravest": "select said_on, severity, category, speaker, headline, side, aim, form, confidence from events "
    "where polarity = 'escalatory' and severity >= 3 and said_on >= '2024-01-01' "
    "order by severity desc, said_on, event_id limit 50",
    "ladder": "select severity, min(said_on) as first_on from events "
    "where polarity = 'escalatory' and side = 'RUS' and aim = 'KOR' group by severity order by severity",
    "calming": "select said_on, category, side, aim, speaker, headline, form from events "
    "where polarity = 'de-escalatory' order by said_on desc nulls last, event_id limit 20",
    "days-known": "select coalesce(said_on_precision, 'unknown') as precision, count(*) as n_events, "
    "min(said_on) as first_on, max(said_on) as last_on from events group by precision order by n_events desc",
    "said-by": "select said_on, severity, category, quote, form, targets, n_outlets from escalations "
    "where speaker ilike '%mo%' order by said_on, severity desc, claim_id",
    "known-then": "select now_known.side, now_known.aim, count(*) as n_events, "
    "count(then_known.event_id) as n_known_then, "
    "max(now_known.severity) as peak_severity, max(then_known.severity) as peak_known_then "
    "from events as now_known left join events_as_of('2030-06-01') as then_known using (event_id) "
    "group by now_known.side, now_known.aim order by n_events desc, now_known.side, now_known.aim limit 30",
}
GIVEN = {"said-by": {"name": "mo"}, "known-then": {"day": "2030-06-01"}}


@pytest.mark.parametrize("name", BY_VIEW)
def test_a_question_asked_of_the_tables_has_the_answer_of_the_view(name: str, invented: Path) -> None:
    (query,) = [one for one in queries_of(None) if one.name == name]
    values = {key: str(one.default) for key, one in query.parameters.items()} | GIVEN.get(name, {})
    with open_reader(published_path(invented)) as con:
        asked = run_query(con, query.sql, values, seconds=60, give_up=sys.exit)
        viewed = run_query(con, BY_VIEW[name], {}, seconds=60, give_up=sys.exit)
    kept = [asked.columns.index(column) for column in viewed.columns]
    assert [tuple(row[place] for place in kept) for row in asked.rows] == [tuple(row) for row in viewed.rows]
    assert viewed.rows


def test_every_question_of_the_cookbook_is_answered_from_the_seed_corpus(
    prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    warehouse = tmp_path / "seeds.duckdb"
    assert tocsin("replay", SEEDS, "--warehouse", warehouse, env=prefect_env).code == 0
    empty = set()
    for one in queries_of(None):
        found = tocsin("sql", f"@{one.name}", "--format", "csv", "--warehouse", warehouse)
        assert (found.code, found.err) == (0, ""), one.name
        empty |= set() if len(lines(found.out)) > 1 else {one.name}
    assert empty <= NOT_IN_SEEDS


def test_queries_of_ones_own_are_listed_run_with_values_and_checked(
    invented: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "queries.toml"
    own.write_text(
        '[[query]]\nname = "own"\nquestion = "Mine?"\nsql = "select $n::int + 1 as n, $since as since"\n'
        'parameters = { n = { default = 1 }, since = { default = "2024-06", day = true } }\n'
    )
    where = ("--config", tmp_path, "--warehouse", invented)
    assert "@own" in call(monkeypatch, "sql", "--list", *where).out
    assert call(monkeypatch, "sql", "@own", "--format", "csv", *where).out == "n,since\n2,2024-06-01\n"
    given = call(monkeypatch, "sql", "@own", "-p", "n=5", "-p", "since=2024-07-02", "--format", "csv", *where)
    assert given.out == "n,since\n6,2024-07-02\n"
    near = call(monkeypatch, "sql", "@ovn", *where)
    assert (near.code, near.out) == (2, "")
    assert "is it @own?" in near.err


def test_check_names_every_wrong_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(text: str) -> tuple[int, str]:
        folder = Path(mkdtemp(dir=tmp_path))  # a configuration is read once a process
        (folder / "queries.toml").write_text(text)
        found = call(monkeypatch, "check", "--config", folder)
        return found.code, found.err

    head = '[[query]]\nname = "a"\nquestion = "?"\n'
    code, said = told(f'{head}sql = "select $x"\nparameters = {{ y = {{}} }}\n{head}sql = "select \'$z\' -- $z"\n')
    assert code == 2
    assert [part in said for part in ("$x is not among", "'y' is not used", "two queries of this name", "$z")] == [
        True, True, True, False,
    ]  # fmt: skip
    code, said = told(f'{head}sql = "from nowhere"\n')
    assert (code, "nowhere does not exist" in said) == (2, True)
    code, said = told(f"{head}sql = \"from read_csv('{PACKAGED / 'queries.toml'}')\"\n")
    assert (code, "disabled" in said) == (2, True)
