"""Mentions: where who is named, in any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.actors import Gazetteer, MentionIndex, find_mentions, resolve
from extractors.language.parsing import parse_paragraphs
from extractors.model import Attribution, Span
from tests.extractors.actors.marked import paragraph_spans

PIECES = (
    "Kim Jong Un", "Kim", "the ministry", "South Korea's", "President Lee", "U.S.", "us", "(NIS)", "he said", "“",
    "”", "O’Neill", "al-", "-", ".", "\n", "Mr.", "von der", "Foreign Minister", "embassy in Seoul", "İstanbul",
    "北京", "’s", "Democratic Party", "of the", "and", "J.", "Jr.", "spokeswoman", "Georgetown University", "\u200b",
    "ﬁ", "😀", "the North", ",",
)  # fmt: skip


def read(text: str, language: Language, gazetteer: Gazetteer) -> MentionIndex:
    """Return the mentions of a text, one paragraph a line."""
    paragraphs = list(parse_paragraphs(language, text, paragraph_spans(text)))
    return find_mentions(paragraphs, gazetteer, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They told us that the US would leave.", {"US": "USA"}),
        ("Jordan met Jim Hartnell in Amman.", {"Jordan": "JOR", "Amman": "JOR", "Jim Hartnell": "text:jim-hartnell"}),
        (
            "Serbia's defence ministry and the Slovak parliament objected.",
            {"Serbia's defence ministry": "srb-defence-ministry", "Slovak parliament": "svk-parliament"},
        ),
        ("The French embassy in Bamako was closed.", {"French embassy in Bamako": "fra-embassy-mli"}),
        (
            "Ireland's foreign ministry wrote.",
            {"Ireland's foreign ministry": "irl-foreign-ministry"},
        ),
        (
            "The Delta Relief Council (DRC2) met; DRC2 agreed.",
            {"Delta Relief Council": "text:delta-relief-council"},
        ),
        ("Who said so? The WHO did.", {"WHO": "who"}),
    ],
)
def test_names_lead_to_their_actors(
    text: str, expected: dict[str, str], language: Language, gazetteer: Gazetteer
) -> None:
    """Each expected surface is found with its actor, and no other surface of the same word is."""
    index = read(text, language, gazetteer)
    found = {one.span.of(text): one.actor_id for one in index.sightings}
    assert {key: found.get(key) for key in expected} == expected
    assert "us" not in found
    assert "Who" not in found


def test_text_alone_makes_an_actor_with_role_and_country(language: Language, gazetteer: Gazetteer) -> None:
    """A new person has an id from his folded name, and what the text gives."""
    text = "Estonian agronomist Kaarel Põldsaar, a member of the board, planted oats."
    index = read(text, language, gazetteer)
    actor = index.actors["text:kaarel-poldsaar"]
    assert (actor.name, actor.kind, actor.country, actor.is_known) == ("Kaarel Põldsaar", "person", "EST", False)
    assert actor in index.introduced(gazetteer.by_id)


def test_span_lookup_finds_what_lies_inside(language: Language, gazetteer: Gazetteer) -> None:
    """``within`` wants the whole name, ``touching`` a letter."""
    text = "Narendra Modi flew to Tokyo."
    index = read(text, language, gazetteer)
    assert [one.actor_id for one in index.within(Span(0, 13))] == ["narendra-modi"]
    assert index.within(Span(0, 8)) == ()
    assert [one.actor_id for one in index.touching(Span(9, 28))] == ["narendra-modi", "JPN"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.integers(0, 3))
def test_any_text_is_read_alike_twice_with_spans_inside(pieces: list[str], skip: int) -> None:
    """No exception, spans inside the text in order, a name of its own for each speaker, the same result again."""
    text = " ".join(pieces)
    language, gazetteer = LOADED["language"], LOADED["gazetteer"]
    lines = paragraph_spans(text)
    paragraphs = list(parse_paragraphs(language, text, lines))  # type: ignore[arg-type]
    found = [
        Attribution(number, (line,), "indirect", line, None, None, Span(min(line.start + skip, line.end), line.end))
        for number, line in enumerate(lines)
    ]
    first = find_mentions(paragraphs, gazetteer, None)  # type: ignore[arg-type]
    resolution = resolve(paragraphs, found, first, gazetteer, on=None)  # type: ignore[arg-type]
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in first.mentions)
    assert list(first.starts) == sorted(first.starts)
    assert all(one.actor_id in first.actors for one in first.mentions)
    assert len(resolution.speakers) == len(found)
    assert first == find_mentions(paragraphs, gazetteer, None)  # type: ignore[arg-type]
    assert resolution == resolve(paragraphs, found, first, gazetteer, on=None)  # type: ignore[arg-type]


LOADED: dict[str, object] = {}


@pytest.fixture(autouse=True)
def _loaded(language: Language, gazetteer: Gazetteer) -> None:
    """Give hypothesis what a fixture may not be given to it as."""
    LOADED.update(language=language, gazetteer=gazetteer)
