"""Known actors are found by id, by any spelling of a name, and by what every state has."""

from datetime import date

import pytest

from extractors.actors import Gazetteer
from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import office_on


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Yoon Suk Yeol", "yoon-suk-yeol"),
        ("YOON SUK-YEOL", "yoon-suk-yeol"),
        ("yoon suk-yeol", "yoon-suk-yeol"),
        ("Volodymyr Zelenskiy", "volodymyr-zelenskyy"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Republic of Korea", "KOR"),
        ("the Russian Federation", "RUS"),
        ("D.P.R.K.", "PRK"),
        ("Élysée", "FRA"),
        ("Kiev", "UKR"),
    ],
)
def test_any_spelling_finds_the_actor(gazetteer: Gazetteer, name: str, actor_id: str) -> None:
    """Case, hyphens, dots, accents and the article do not matter to a lookup."""
    name = name.removeprefix("the ")
    assert actor_id in [one.actor_id for one in gazetteer.named(name)]


def test_every_state_has_every_institution(gazetteer: Gazetteer) -> None:
    """Each pattern makes a named actor of the state, without listing it."""
    for code in gazetteer.countries:
        for key in gazetteer.institutions:
            actor = gazetteer.institution(code, key)
            assert actor.name
            assert "{" not in actor.name
            assert actor.country in {code, None}


def test_names_of_institutions_follow_the_pattern(gazetteer: Gazetteer) -> None:
    """Institutions are called by their state, embassies by both."""
    assert gazetteer.institution("KOR", "foreign-ministry").name == "Ministry of Foreign Affairs of South Korea"
    assert gazetteer.institution("KOR", "presidential-office").name == "Presidential Office of South Korea"
    assert gazetteer.institution("KOR", "intelligence").name == "National Intelligence Service"
    assert gazetteer.institution("NPL", "government").actor_id == "NPL"
    assert gazetteer.embassy("RUS", "KOR").name == "Russian Embassy in South Korea"


def test_office_is_the_one_of_the_day(gazetteer: Gazetteer) -> None:
    """A former prime minister is secretary general from the day he took over."""
    actor = gazetteer.by_id["mark-rutte"]
    before, after = office_on(actor, date(2024, 1, 1)), office_on(actor, date(2024, 12, 1))
    assert before is not None
    assert after is not None
    assert (before.role, before.country) == ("Prime Minister", "NLD")
    assert (after.role, after.country, after.organisation) == ("NATO Secretary General", None, "nato")


def test_nobody_holds_an_office_before_he_took_it(gazetteer: Gazetteer) -> None:
    """Outside all terms there is no office."""
    assert office_on(gazetteer.by_id["friedrich-merz"], date(2001, 1, 1)) is None


def test_folding_unites_what_transliterators_part() -> None:
    """Folded names are plain words parted by single spaces."""
    assert fold("O'Neill-Łukasz  Ø. d'Ivoire") == "oneill lukasz o d ivoire"
