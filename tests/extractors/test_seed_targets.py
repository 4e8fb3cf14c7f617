"""Whom the seeds' statements are aimed at, and where unnamed officials belong, as an analyst reads them."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from spacy.language import Language

from config.load import load_configuration
from extractors.model import Article, Moment, Statement
from extractors.pipeline import extract
from extractors.reading.article import read_text

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def statements(language: Language) -> dict[str, list[Statement]]:
    """Extract each seed with the date that is known of it."""
    knowledge = load_configuration(None).knowledge(language)
    known = tomllib.loads((SEEDS / "sources.toml").read_text("utf-8"))["files"]
    found = {}
    for file in SEEDS.glob("*.txt"):
        outcome = read_text(file.read_bytes())
        assert isinstance(outcome, Article)
        on = datetime.combine(known[file.name]["published"], datetime.min.time(), UTC)
        article = replace(outcome, published=Moment(on, "day", "given"))
        found[file.name[:3]] = [one.statement for one in next(extract([article], knowledge)).statements]
    return found


@pytest.mark.parametrize(
    ("number", "words", "side", "aim"),
    [
        ("000", "repercussions for Seoul", "RUS", {"KOR"}),
        ("000", "should not be playing along", "RUS", {"KOR"}),
        ("000", "They should consider the security consequences", "RUS", {"KOR"}),
        ("000", "Military options could range", "KOR", {"RUS", "PRK"}),
        ("001", "against providing lethal aid", "RUS", {"KOR"}),
        ("001", "we will respond in every way", "RUS", {"KOR"}),
        ("002", "deep concerns over", "KOR", {"RUS"}),
        ("003", "immediate withdrawal of all", "KOR", {"RUS"}),
        ("004", "unsubstantiated accusations", "RUS", {"USA"}),
        ("004", "are not ready to take into account", "RUS", {"USA", "KOR"}),
        ("004", "cease being an American vassal", "RUS", {"KOR"}),
        ("004", "stop the reckless war games", "RUS", {"KOR"}),
    ],
)
def test_seed_statements_aim_at_whom_an_analyst_reads(
    number: str, words: str, side: str, aim: set[str], statements: dict[str, list[Statement]]
) -> None:
    """Neither who is helped nor where the war is, nor a partner of the speaker, is the other side."""
    (found,) = [one for one in statements[number] if words in one.content]
    assert found.speaker.country == side
    assert {target.country for target in found.targets} == aim
