"""Who spoke, as whom and for which side: what any report or the list of actors tells, and nothing told of others."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from extractors.model import Actor, Office
from tests.flows.published import FIRST_ID, SECOND_ID, publish_example
from tests.warehouse.values import ENVOY
from warehouse.connection import open_writer
from warehouse.storing.events import place_claims
from warehouse.storing.offices import restate_offices

LEAGUE = Actor("league", "Harbour League", "alliance")
BUREAU = Actor("bureau", "Bureau of the Valley", "international", country="MCO")
CHAIR = replace(
    ENVOY,
    offices=(
        Office("Mayor", "AND", None, date(2020, 1, 1), date(2030, 1, 1)),
        Office("Chair of the Harbour League", None, "league", date(2030, 1, 1)),
    ),
)
LISTED = {one.actor_id: one for one in (LEAGUE, BUREAU, CHAIR)}


@pytest.fixture
def filled(path: Path) -> Path:
    return publish_example(path)


def side_of(con: duckdb.DuckDBPyConnection, listed: dict[str, Actor]) -> str:
    """Return whose side the claim of the example is when the list of actors says so and no report names a country."""
    con.execute("UPDATE statements SET speaker_country = NULL")
    restate_offices(con, listed, listed)
    place_claims(con, ["claim-1"])
    (row,) = con.execute("SELECT side FROM claim_events WHERE claim_id = 'claim-1'").fetchall()
    return str(row[0])


def test_who_heads_an_organisation_on_the_day_speaks_for_its_side(filled: Path) -> None:
    with open_writer(filled) as con:
        assert side_of(con, LISTED) == "league"


def test_who_heads_the_organisation_of_a_state_speaks_for_the_state_as_it_does_itself(filled: Path) -> None:
    head = replace(ENVOY, offices=(Office("Director", None, "bureau"),))
    with open_writer(filled) as con:
        assert side_of(con, {**LISTED, head.actor_id: head}) == "MCO"


def test_an_office_given_up_before_the_report_is_nobodys_side(filled: Path) -> None:
    past = replace(ENVOY, offices=(Office("Chair", None, "league", date(2020, 1, 1), date(2029, 1, 1)),))
    with open_writer(filled) as con:
        assert side_of(con, {**LISTED, past.actor_id: past}) == "tamsin-vole"


def test_offices_follow_the_list_of_actors(filled: Path) -> None:
    query = 'SELECT "role", organisation FROM actor_offices ORDER BY ordinal'
    with open_writer(filled) as con:
        restate_offices(con, LISTED, LISTED)
        assert con.execute(query).fetchall() == [("Mayor", None), ("Chair of the Harbour League", "league")]
        retired = replace(CHAIR, offices=CHAIR.offices[:1])
        restate_offices(con, ["tamsin-vole"], {"tamsin-vole": retired})
        assert con.execute(query).fetchall() == [("Mayor", None)]


def test_somebody_who_never_spoke_has_the_office_that_the_list_gives(filled: Path) -> None:
    with open_writer(filled) as con:
        con.execute("UPDATE statements SET speaker_role = NULL")
        restate_offices(con, LISTED, LISTED)
        found = con.execute("SELECT \"role\" FROM actor_directory WHERE actor_id = 'tamsin-vole'").fetchall()
        assert found == [("Chair of the Harbour League",)]


@pytest.mark.parametrize("view", ["claim_speakers", "escalations", "claims_as_of('2100-01-01')"])
def test_what_a_report_says_of_a_source_without_a_name_is_not_taken_for_the_speaker(view: str, filled: Path) -> None:
    with open_writer(filled) as con:
        con.execute(
            """
            UPDATE statements SET speaker_id = NULL, speaker = NULL, speaker_role = 'a dock worker'
            WHERE statement_id = $id
            """,
            {"id": FIRST_ID},
        )
        con.execute("UPDATE statements SET speaker_role = 'consul' WHERE statement_id = $id", {"id": SECOND_ID})
        assert con.execute(f'SELECT speaker, "role" FROM {view}').fetchall() == [("Tamsin Vole", "consul")]
