"""Corrections of actors in a real warehouse file: on what is stored, on what is found afterwards, and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.actors import reasons
from extractors.actors.corrections.ledger import Correction, NewFacts
from extractors.model import (
    Actor,
    Article,
    Attribution,
    Escalation,
    Findings,
    Labelled,
    Mention,
    Span,
    Speaker,
    Statement,
    Target,
)
from tests.warehouse.values import NOON, article
from warehouse.asking.actor_views import ActorQuery, directory, find_actor, find_articles, names_of, show_actor
from warehouse.connection import open_writer
from warehouse.correcting.making import Change, apply_change, record_change, undo_change
from warehouse.correcting.reidentification import Changes
from warehouse.errors import QueryError
from warehouse.storing.articles import Reading, add_readings, source_for
from warehouse.storing.corrections import Effect, Signature, correction_key, correction_log, find_correction
from warehouse.storing.findings import Extracted, add_findings

pytestmark = pytest.mark.slow

SOURCE = source_for("folder", "somewhere").source_id
ANA = Actor("text:ana-roe", "Ana Roe", "person", "DNK", is_known=False)
ANNA = Actor("text:anna-roe", "Anna Roe", "person", None, is_known=False)
BO = Actor("bo-lind", "Bo Lind", "person", "NOR", aliases=("B. Lind", "Lind"))
KNOWN = {BO.actor_id: BO}
BY_NAME = {"Ana Roe": ANA, "Roe": ANA, "Anna Roe": ANNA, "Bo Lind": BO, "Lind": BO}
SIGNED = Signature("Ida", datetime(2031, 5, 1, tzinfo=UTC), "misspelt")
TABLES = {
    "mentions": 'SELECT article_id, "start", "name", actor_id, found_actor_id FROM mentions ORDER BY ALL',
    "statements": """
        SELECT statement_id, speaker_id, speaker, speaker_role, speaker_country, found FROM statements ORDER BY ALL
    """,
    "targets": "FROM statement_targets ORDER BY ALL",
    "actors": 'SELECT actor_id, "name", kind, country, "role", merged_into, found FROM actors ORDER BY ALL',
    "names": "FROM actor_names ORDER BY ALL",
}


def told(*words: str, day: int = 3) -> Article:
    """Return an article of sentences: each word is a name, what follows is what he says of the next one."""
    return article(" ".join(f"{word} spoke of it at length." for word in words), at=datetime(2031, 3, day, tzinfo=UTC))


def found_in(one: Article, *names: str) -> Findings:
    """Return findings: each named person says the sentence he opens, of the one named next."""
    mentions, statements, start = [], [], 0
    for number, name in enumerate(names):
        start = one.text.index(f"{name} spoke", start)
        actor, place = BY_NAME[name], Span(start, start + len(name))
        mentions.append(Mention(actor.actor_id, place, name, reasons.FULL_NAME if " " in name else reasons.SURNAME))
        says = Span(place.end + 1, place.end + 6)
        attribution = Attribution(0, (says,), "indirect", None, None, None, place)
        speaker = Speaker(name, place, actor.actor_id, actor.name, "envoy", actor.country)
        aimed = BY_NAME[names[(number + 1) % len(names)]]
        targets = (Target(aimed.actor_id, aimed.name, aimed.country),) if aimed != actor else ()
        statement = Statement(number, says.of(one.text), attribution, speaker, targets)
        statements.append(Labelled(statement, Escalation("neutral", "NONE", 0)))
        start = place.end
    introduced = tuple(dict.fromkeys(BY_NAME[name] for name in names if not BY_NAME[name].is_known))
    return Findings(one.content_hash, tuple(statements), tuple(mentions), introduced)


def tell(con: duckdb.DuckDBPyConnection, *articles: Sequence[str], version: str = "v1", day: int = 3) -> list[str]:
    """Store articles with their findings; returns their ids."""
    made = [(told(*names, day=day + number), names) for number, names in enumerate(articles)]
    add_readings(
        con,
        [
            Reading(SOURCE, f"{one.content_hash[:9]}.txt", "h", one, one.published.at if one.published else NOON)
            for one, _ in made
        ],
    )
    add_findings(con, [Extracted(found_in(one, *names), version, NOON) for one, names in made], KNOWN)
    return [one.content_hash for one, _ in made]


def make(con: duckdb.DuckDBPyConnection, correction: Correction, made: tuple[Actor, ...] = ()) -> tuple[str, Changes]:
    """Make a correction; returns its id and what it changed."""
    named = replace(correction, correction_id=correction_key(correction, SIGNED))
    change = Change(named, (correction.actor_ids[0], correction.to_id), made)
    changes = apply_change(con, change, KNOWN)
    record_change(con, change, SIGNED, Effect(len(changes.statement_ids), changes.mentions, changes.targets))
    return named.correction_id, changes


def merge(keep: Actor, other: Actor, *variants: str) -> Correction:
    return Correction("", "merge", (other.actor_id, *variants), keep.actor_id)


def state(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that tells who is who."""
    return {name: con.execute(sql).fetchall() for name, sql in TABLES.items()}


def speakers(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(con.execute("SELECT speaker_id, count(*) FROM statements GROUP BY 1").fetchall())


def test_a_merge_is_counted_and_changes_everything_at_once(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe", "Roe", "Bo Lind"), ("Anna Roe", "Lind"))
    _, changes = make(con, merge(ANA, ANNA))
    assert (len(changes.statement_ids), changes.mentions, changes.targets) == (1, 1, 1)
    assert speakers(con) == {"text:ana-roe": 3, "bo-lind": 2}
    (row,) = con.execute(
        "SELECT speaker, speaker_role, speaker_country, found FROM statements WHERE found.speaker_id <> speaker_id"
    ).fetchall()
    assert row[:3] == ("Ana Roe", "envoy", "DNK")
    assert (row[3]["speaker"], row[3]["speaker_country"]) == ("Anna Roe", None)
    assert con.execute("SELECT merged_into FROM actors WHERE actor_id = 'text:anna-roe'").fetchone() == (
        "text:ana-roe",
    )
    assert set(names_of(con, ANA.actor_id)) == {"Ana Roe", "Roe", "Anna Roe"}


def test_after_a_merge_a_new_article_with_the_old_name_counts_for_the_one_kept(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe",), ("Anna Roe",))
    make(con, merge(ANA, ANNA))
    tell(con, ("Anna Roe", "Bo Lind"), day=8)
    assert speakers(con) == {"text:ana-roe": 3, "bo-lind": 1}
    rows = con.execute("SELECT name, actor_id FROM statement_targets ORDER BY ALL").fetchall()
    assert rows == [("Ana Roe", "text:ana-roe"), ("Bo Lind", "bo-lind")]


def test_a_newcomer_merged_into_an_actor_of_the_gazetteer_whom_nobody_mentioned_before(
    con: duckdb.DuckDBPyConnection,
) -> None:
    tell(con, ("Ana Roe",))
    make(con, merge(BO, ANA))
    assert speakers(con) == {"bo-lind": 1}
    assert con.execute("SELECT speaker, speaker_country FROM statements").fetchone() == ("Bo Lind", "NOR")
    assert con.execute("SELECT is_known FROM actors WHERE actor_id = 'bo-lind'").fetchone() == (True,)


def test_a_spelling_of_the_merged_one_that_comes_alone_later_is_his_too(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe",))
    make(con, merge(BO, ANA, ANNA.actor_id))
    tell(con, ("Anna Roe",), day=8)
    assert speakers(con) == {"bo-lind": 2}
    assert directory(con, ActorQuery())[0].rows[0][0] == "bo-lind"
    assert directory(con, ActorQuery())[1] == 1


def test_re_extraction_by_a_newer_version_keeps_the_correction(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe", "Bo Lind"), ("Anna Roe",))
    make(con, merge(ANA, ANNA))
    before = state(con)
    tell(con, ("Ana Roe", "Bo Lind"), ("Anna Roe",), version="v2")
    assert state(con) == before


def test_undoing_gives_back_what_was_found_from_then_on(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe", "Roe", "Lind"), ("Anna Roe", "Ana Roe"))
    before = state(con)
    key, _ = make(con, merge(ANA, ANNA))
    other, _ = make(con, merge(BO, ANA))
    assert speakers(con) == {"bo-lind": 5}
    undo_change(con, other, SIGNED, KNOWN)
    undo_change(con, key, SIGNED, KNOWN)
    assert state(con) == before
    tell(con, ("Anna Roe",), day=8)
    assert speakers(con)["text:anna-roe"] == 2
    log = correction_log(con)
    places = [log.columns.index(name) for name in ("made_by", "reason", "undone_by")]
    assert [tuple(row[place] for place in places) for row in log.rows] == [("Ida", "misspelt", "Ida")] * 2


def test_undoing_the_first_of_a_chain_leaves_the_rest(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe",), ("Anna Roe",), ("Bo Lind",))
    first, _ = make(con, merge(ANNA, ANA))
    make(con, merge(BO, ANNA))
    assert speakers(con) == {"bo-lind": 3}
    undo_change(con, first, SIGNED, KNOWN)
    assert speakers(con) == {"text:ana-roe": 1, "bo-lind": 2}


def test_a_split_makes_an_actor_of_an_article_and_undoing_it_forgets_him(con: duckdb.DuckDBPyConnection) -> None:
    _, other = tell(con, ("Ana Roe",), ("Ana Roe", "Roe", "Lind"))
    before = state(con)
    new = Actor("text:ana-roe~2", "Ana Roe", "person", is_known=False)
    facts = NewFacts("Ana Roe", "person", "SWE", "Skipper")
    key, changes = make(
        con, Correction("", "split", (ANA.actor_id,), new.actor_id, article_ids=(other,), facts=facts), (new,)
    )
    assert (len(changes.statement_ids), changes.mentions) == (2, 2)
    assert speakers(con) == {"text:ana-roe": 1, "text:ana-roe~2": 2, "bo-lind": 1}
    view = show_actor(con, "text:ana-roe~2")
    assert (view.facts["country"], view.facts["role"]) == ("SWE", "Skipper")
    tell(con, ("Ana Roe", "Roe", "Lind"), version="v2", day=4)
    assert speakers(con)["text:ana-roe~2"] == 2
    undo_change(con, key, SIGNED, KNOWN)
    assert state(con) == before


def test_a_name_is_split_off_here_and_in_articles_to_come(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Bo Lind", "Lind"))
    make(con, Correction("", "split", (BO.actor_id,), ANA.actor_id, names=("Bo Lind", "B. Lind")), (ANA,))
    assert speakers(con) == {"text:ana-roe": 2}
    tell(con, ("Lind",), day=8)
    tell(con, ("Bo Lind",), day=9)
    assert speakers(con) == {"text:ana-roe": 3, "bo-lind": 1}
    assert find_actor(con, "B. Lind").actor_id == "text:ana-roe"
    assert find_actor(con, "Bo Lind").actor_id == "bo-lind"  # still what the gazetteer calls him


def test_a_rename_holds_for_statements_targets_and_what_comes(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, ("Ana Roe", "Bo Lind"))
    facts = NewFacts("Ana María Roe", None, "SWE", "Admiral")
    key, changes = make(con, Correction("", "rename", (ANA.actor_id,), ANA.actor_id, facts=facts))
    assert (len(changes.statement_ids), changes.mentions, changes.targets) == (1, 0, 1)
    tell(con, ("Ana Roe",), day=8)
    rows = con.execute(
        "SELECT DISTINCT speaker, speaker_role, speaker_country FROM statements WHERE speaker_id <> 'bo-lind'"
    )
    assert rows.fetchall() == [("Ana María Roe", "Admiral", "SWE")]
    assert con.execute("SELECT name, country FROM statement_targets WHERE actor_id <> 'bo-lind'").fetchall() == [
        ("Ana María Roe", "SWE")
    ]
    assert find_actor(con, "ana maria roe").actor_id == find_actor(con, "Ana Roe").actor_id == ANA.actor_id
    undo_change(con, key, SIGNED, KNOWN)
    assert con.execute("SELECT name, country, role, found FROM actors WHERE actor_id = 'text:ana-roe'").fetchone() == (
        "Ana Roe", "DNK", None, None,
    )  # fmt: skip


def test_names_are_shown_with_reason_and_first_article(con: duckdb.DuckDBPyConnection) -> None:
    first, _ = tell(con, ("Ana Roe", "Roe"), ("Anna Roe",))
    key, _ = make(con, merge(ANA, ANNA))
    view = show_actor(con, ANA.actor_id)
    names = {row[0]: (row[2], row[3]) for row in view.names.rows}
    assert names["Roe"] == (reasons.SURNAME, first)
    assert names["Anna Roe"][0] == f"correction {key}; before: {reasons.FULL_NAME}"
    assert [row[0] for row in view.merged.rows] == ["text:anna-roe"]
    assert len(view.corrections.rows) == 1
    lind = {row[0]: row[2] for row in show_actor(con, "bo-lind").names.rows}
    assert lind == {}
    tell(con, ("Lind",), day=8)
    assert {row[0]: row[2] for row in show_actor(con, "bo-lind").names.rows} == {
        "Bo Lind": reasons.LISTED_NAME, "B. Lind": reasons.LISTED_ALIAS, "Lind": reasons.SURNAME,
    }  # fmt: skip


def test_words_that_name_nobody_or_several_are_refused_with_a_hint(con: duckdb.DuckDBPyConnection) -> None:
    one, other = tell(con, ("Ana Roe", "Roe"), ("Anna Roe",))
    make(con, Correction("", "rename", (ANNA.actor_id,), ANNA.actor_id, facts=NewFacts("Ana Roe")))
    with pytest.raises(QueryError, match=r"several actors: text:ana-roe \(Ana Roe\), text:anna-roe \(Ana Roe\)"):
        find_actor(con, "Ana Roe")
    with pytest.raises(QueryError, match="there are text:ana-roe"):
        find_actor(con, "ana-r")
    with pytest.raises(QueryError, match="no correction"):
        find_correction(con, "x")
    with pytest.raises(QueryError, match="no article"):
        find_articles(con, ["x"])
    assert find_articles(con, [one[:8], other]) == (one, other)
    assert find_actor(con, "bo-lind", KNOWN).name == find_actor(con, "B. Lind", KNOWN).name == "Bo Lind"


def test_what_was_stored_before_reasons_were_kept_gets_its_names(tmp_path: Path) -> None:
    from warehouse.upkeep.migrations import migrate, packaged_migrations

    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        for one in packaged_migrations()[:4]:
            con.execute(one.sql)
        con.execute(
            """
            INSERT INTO articles BY NAME
            SELECT 'a1' AS article_id, 'In Århus Ana Roe spoke.' AS text, [] AS paragraphs, [] AS dropped, 5 AS n_words,
                   now() AS first_seen_at
            """
        )
        con.execute("INSERT INTO actors VALUES ('ana', 'Ana Roe', 'person', NULL, NULL, NULL, false)")
        con.execute("INSERT INTO actor_names VALUES ('ana', 'Ana Roe'), ('ana', 'A. Roe')")
        con.execute("INSERT INTO mentions VALUES ('a1', 'ana', 9, 16)")
        con.execute(packaged_migrations()[4].sql)
        assert con.execute("SELECT name, found_actor_id FROM mentions").fetchall() == [("Ana Roe", None)]
        assert con.execute("SELECT aliases FROM actors").fetchall() == [(["A. Roe"],)]
    with duckdb.connect() as fresh:
        fresh.execute("SET TimeZone = 'UTC'")
        migrate(fresh)


articles_of_names = st.lists(
    st.lists(st.sampled_from(sorted(BY_NAME)), min_size=1, max_size=4).map(tuple), min_size=1, max_size=3
)
pairs = st.permutations((ANA, ANNA, BO)).map(lambda found: (found[0], found[1]))


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    keep, other = draw(pairs)
    kind = draw(st.sampled_from(("merge", "split", "rename")))
    if kind == "rename":
        return Correction(
            "", "rename", (other.actor_id,), other.actor_id, facts=NewFacts(draw(st.sampled_from(("Xi Roe", "Yo"))))
        )
    if kind == "merge":
        return merge(keep, other)
    names = draw(st.sets(st.sampled_from(sorted(BY_NAME)), min_size=1, max_size=2))
    return Correction("", "split", (other.actor_id,), keep.actor_id, names=tuple(sorted(names)))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_writer(tmp_path / "e.duckdb") as opened:
        yield opened


def test_a_correction_leaves_those_whom_an_earlier_one_merged_in_the_same_article(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    tell(empty, ("Anna Roe", "Bo Lind"))
    make(empty, merge(ANA, ANNA), (ANA, ANNA))
    merged = state(empty)["statements"]
    renamed = Correction("", "rename", (BO.actor_id,), BO.actor_id, facts=NewFacts("Xi Roe"))
    undo_change(empty, make(empty, renamed)[0], SIGNED, KNOWN)
    assert state(empty)["statements"] == merged


@pytest.mark.slow  # a database of its own for every example
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles_of_names, st.lists(corrections(), max_size=3, unique=True), st.data())
def test_correcting_and_then_storing_is_storing_and_then_correcting(
    empty: duckdb.DuckDBPyConnection, stories: list[tuple[str, ...]], made: list[Correction], data: st.DataObject
) -> None:
    """And taking any of the corrections back is never having made it."""
    stories = list(dict.fromkeys(stories))
    everybody = (ANA, ANNA)
    undone = data.draw(st.integers(0, len(made))) if made else 0

    def run(*, is_stored_first: bool, chosen: list[Correction]) -> dict[str, list[tuple[object, ...]]]:
        if is_stored_first:
            tell(empty, *stories)
        keys = [make(empty, one, everybody)[0] for one in chosen]
        if not is_stored_first:
            tell(empty, *stories)
        if len(chosen) == len(made) and undone < len(made):
            undo_change(empty, keys[undone], SIGNED, KNOWN)
        return {name: rows for name, rows in state(empty).items() if name in {"mentions", "statements", "targets"}}

    states = []
    without = [one for number, one in enumerate(made) if number != undone]
    for is_stored_first, chosen in ((True, made), (False, made), (True, without), (False, without)):
        empty.execute("BEGIN")
        states.append(run(is_stored_first=is_stored_first, chosen=chosen))
        empty.execute("ROLLBACK")
    assert states[0] == states[1] == states[2] == states[3]
