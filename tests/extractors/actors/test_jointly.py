"""States that speak as one are told from other words that hold several states."""

import pytest

from extractors.actors import Gazetteer, states_jointly


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("Lima and Quito", ("ECU", "PER")),
        ("The leaders of Kenya, Uganda and Tanzania", ("KEN", "TZA", "UGA")),
        ("the presidents of Tanzania, Kenya and Uganda", ("KEN", "TZA", "UGA")),
        ("a joint statement by the foreign ministers of Chile and Peru", ("CHL", "PER")),
        ("The Peruvian and Ecuadorian governments", ("ECU", "PER")),
    ],
)
def test_states_that_speak_together_are_found_in_any_wording(
    gazetteer: Gazetteer, words: str, states: tuple[str, ...]
) -> None:
    """One statement of several states has one voice in all reports of it."""
    assert states_jointly(words, gazetteer) == states


@pytest.mark.parametrize(
    "words",
    [
        "Peru",
        "the leaders of Peru",
        "analysts in Lima and Quito",
        "shipping companies from Chile and Peru",
        "the leaders of Chile and the opposition",
        "NATO and Norway",
        "they",
    ],
)
def test_whoever_else_is_named_is_no_state(gazetteer: Gazetteer, words: str) -> None:
    """People in two countries, firms and alliances are other voices."""
    assert states_jointly(words, gazetteer) == ()
