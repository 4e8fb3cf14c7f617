"""Full text: words and phrases in articles and statements, from an index that follows what is stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from extractors.model import Article
from tests.warehouse.told import SOURCE, Said, tell
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.asking.fulltext import Kind, SearchQuery, search, to_terms
from warehouse.connection import open_writer
from warehouse.storing.articles import Reading, add_readings
from warehouse.storing.findings import Extracted, add_findings
from warehouse.storing.places import forget_articles
from warehouse.upkeep.migrations import LEDGER, migrate, packaged_migrations

pytestmark = pytest.mark.slow

INDEX = 19
TEXTS = (
    "The strait is a red line, the envoy said. A second red line would follow.",
    "Red paint ran along the line of buoys; the envoy said nothing.",
    "Déjà vu: the RED-LINE talks in Málaga stalled over drones and droning engines.",
    "A line, red or not, is a line.",
    "Нынешняя красная линия названа; the ferry sails at 9.30.",
)
# What was counted before there was an index: every text is read for every word.
SCANNED = """
WITH documents AS (
    SELECT article_id AS id, coalesce(title, '') AS head, text AS body, n_words AS size FROM articles
),
counted AS (
    SELECT id, size, 3 * len(regexp_extract_all(' ' || strip_accents(lower(head)) || ' ', $pattern))
        + len(regexp_extract_all(' ' || strip_accents(lower(body)) || ' ', $pattern)) AS n FROM documents
),
ranked AS (SELECT *, count(*) OVER () AS n_docs, avg(size) OVER () AS usual, count(*) FILTER (n > 0) OVER () AS d
           FROM counted)
SELECT id, ln(1 + (n_docs - d + 0.5) / (d + 0.5)) * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * size / usual)) AS score
FROM ranked WHERE n > 0 ORDER BY id
"""
BETWEEN = r"[^\p{L}\p{N}]"


def store(con: duckdb.DuckDBPyConnection, texts: Sequence[Article]) -> None:
    """Store articles, each in a file of its own."""
    add_readings(con, [Reading(SOURCE, f"{one.content_hash[:9]}.txt", "h", one, NOON) for one in texts])


def found(con: duckdb.DuckDBPyConnection, *words: str, is_any: bool = False) -> list[str]:
    """Return the beginnings of the texts that are found, the best first."""
    return [one.text[:8] for one in search(con, SearchQuery(to_terms(words), is_any=is_any))]


@pytest.mark.parametrize(
    ("term", "pattern"),
    [
        ("red line", f"{BETWEEN}red{BETWEEN}+line{BETWEEN}"),
        ("line", f"{BETWEEN}line{BETWEEN}"),
        ("dron*", f"{BETWEEN}dron"),
        ("red l*", f"{BETWEEN}red{BETWEEN}+l"),
        ("deja vu", f"{BETWEEN}deja{BETWEEN}+vu{BETWEEN}"),
        ("красная", f"{BETWEEN}красная{BETWEEN}"),
        ("9.30", f"{BETWEEN}9{BETWEEN}30{BETWEEN}"),
    ],
)
def test_the_index_finds_and_ranks_what_reading_every_text_does(
    con: duckdb.DuckDBPyConnection, term: str, pattern: str
) -> None:
    """The same articles with the same scores."""
    store(con, [article(text) for text in TEXTS])
    scanned = con.execute(SCANNED, {"pattern": pattern}).fetchall()
    indexed = sorted((one.id, one.score) for one in search(con, SearchQuery(to_terms([term]))))
    assert scanned
    assert [row[0] for row in indexed] == [row[0] for row in scanned]
    assert [row[1] for row in indexed] == pytest.approx([row[1] for row in scanned])


def test_all_words_are_wanted_unless_any_will_do(con: duckdb.DuckDBPyConnection) -> None:
    """Words of several terms in one text, or of one of them."""
    store(con, [article(text) for text in TEXTS])
    assert found(con, "red line", "envoy") == ["The stra"]
    assert sorted(found(con, "ferry", "buoys", is_any=True)) == ["Red pain", "Нынешняя"]
    assert found(con, "ferry", "unheard-of") == []
    assert found(con, "ferry", "unheard-of", is_any=True) == ["Нынешняя"]


def test_a_phrase_does_not_run_from_the_title_into_the_text(con: duckdb.DuckDBPyConnection) -> None:
    """Title and text are counted apart."""
    store(con, [replace(article("line of buoys."), title="All is red")])
    assert found(con, "red line") == []
    assert found(con, "is red") == found(con, "line of") == ["line of "]


def test_statements_are_found_by_their_speaker_and_their_words(con: duckdb.DuckDBPyConnection) -> None:
    """The name of the speaker stands above what was said."""
    tell(con, Said())
    only = SearchQuery(to_terms(["tamsin vole", "in kind"]), ("statement",))
    assert [one.text for one in search(con, only)] == ["will answer in kind"]


def test_what_is_found_anew_or_no_longer_is_searched_as_it_stands(con: duckdb.DuckDBPyConnection) -> None:
    """Another title, another wording, an article that is forgotten."""
    one = article("The envoy said that Andorra will answer in kind.")
    store(con, [one])
    for words in ("will answer in kind", "answer"):
        add_findings(con, [Extracted(findings(one, statement(one.text, words)), words, NOON)], {})
    kinds: tuple[Kind, ...] = ("statement",)
    assert [hit.text for hit in search(con, SearchQuery(("answer",), kinds))] == ["answer"]
    assert search(con, SearchQuery(("kind",), kinds)) == []
    earlier = replace(one, title="A reply is due", published=one.published and replace(
        one.published, at=NOON - timedelta(days=1)))  # fmt: skip
    add_readings(con, [Reading(SOURCE, "earlier.txt", "h", earlier, NOON)])
    assert found(con, "reply is due") == ["The envo"]
    forget_articles(con, [one.content_hash])
    assert found(con, "reply") == []
    assert con.execute("SELECT count(*) FROM search.words JOIN search.documents USING (doc_id) "
                       "WHERE kind = 'article'").fetchone() == (0,)  # fmt: skip


def test_what_came_in_first_does_not_matter(tmp_path: Path) -> None:
    """Two orders, in batches of one: the same matches with the same scores."""
    outcomes = []
    for name, texts in (("one", TEXTS), ("other", TEXTS[::-1])):
        with open_writer(tmp_path / f"{name}.duckdb") as con:
            for text in texts:
                store(con, [article(text)])
            outcomes.append([(one.id, one.score) for one in search(con, SearchQuery(("red", "line"), is_any=True))])
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0]) == 4


def test_a_warehouse_from_before_the_index_gets_the_same(con: duckdb.DuckDBPyConnection) -> None:
    """Filled in one go or batch by batch: the same words at the same places."""
    tell(con, Said(), Said("will close the strait", outlets=("Quay Gazette", "Harbour Post")))
    store(con, [article(text) for text in TEXTS])
    with duckdb.connect() as old:
        old.execute("SET TimeZone = 'UTC'")
        old.execute(LEDGER)
        for one in packaged_migrations():
            if one.version < INDEX:
                old.execute(one.sql)
                old.execute("INSERT INTO schema_migrations VALUES ($1, $2, $3)", [one.version, one.name, one.checksum])
        for table in ("articles", "statements"):
            rows = con.execute(f"FROM {table}")
            names = [column[0] for column in rows.description or ()]
            old.execute(
                f"INSERT INTO {table} BY NAME SELECT unnest(r) FROM (SELECT unnest($rows) AS r)",
                {"rows": [dict(zip(names, row, strict=True)) for row in rows.fetchall()]},
            )
        migrate(old)
        assert indexed(old) == indexed(con)


def indexed(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return what is in the index, without its numbers."""
    rows = con.execute(
        """
        SELECT kind, id, article_id, size, word, place
        FROM search.documents LEFT JOIN search.words USING (doc_id) LEFT JOIN search.vocabulary USING (word_id)
        """
    ).fetchall()
    assert rows
    return sorted(rows, key=repr)
