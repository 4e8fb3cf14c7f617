"""Why a name was taken for an actor."""

import pytest
from spacy.language import Language

from extractors.actors import Gazetteer
from extractors.actors import reasons as why
from tests.extractors.actors.test_mentions import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Estonian Fisheries Minister Kaarel Põldsaar spoke. Põldsaar left. Kaarel Poldsar came back.",
            {"Kaarel Põldsaar": why.FULL_NAME, "Põldsaar": why.SURNAME, "Kaarel Poldsar": why.OTHER_SPELLING},
        ),
        (
            "Minister Kaarel J. Põldsaar spoke. Then Kaarel Põldsaar left.",
            {"Kaarel J. Põldsaar": why.FULL_NAME, "Kaarel Põldsaar": why.OTHER_INITIALS},
        ),
        (
            "The Delta Relief Council (DRQ) met, and the DRQ agreed.",
            {"Delta Relief Council": why.FULL_NAME, "DRQ": why.ACRONYM},
        ),
        (
            "Narendra Modi flew to Tokyo; Japanese officials met Modi in Japan.",
            {"Narendra Modi": why.LISTED_NAME, "Modi": why.SURNAME, "Tokyo": why.LISTED_ALIAS,
             "Japanese": why.ADJECTIVE, "Japan": why.LISTED_NAME},
        ),
        ("Serbia's defence ministry objected.", {"Serbia's defence ministry": why.INSTITUTION}),
        ("Mr. Quistrup objected.", {"Quistrup": why.TITLED}),
    ],
)  # fmt: skip
def test_each_name_has_its_reason(
    text: str, expected: dict[str, str], language: Language, gazetteer: Gazetteer
) -> None:
    found = {one.name: one.reason for one in read(text, language, gazetteer).mentions}
    assert {name: found.get(name) for name in expected} == expected


def test_every_mention_has_a_name_and_a_reason(language: Language, gazetteer: Gazetteer) -> None:
    text = "South Korea's spy agency briefed lawmakers. The North denied it. President Lee met Kim Jong Un."
    found = read(text, language, gazetteer).mentions
    assert found
    assert all(one.name == one.span.of(text) and one.reason for one in found)
