"""The packaged sources are a fair start, and mistakes in a user's file are named."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.sources import load_sources
from extractors.feeds.sources import Source

GOOD = '[[sources]]\nid = "harbour"\nurl = "https://news.example/feed"\n'


def packaged() -> tuple[Source, ...]:
    sources, problems = load_sources(None)
    assert sources is not None, problems
    return sources


def test_the_packaged_list_covers_the_parties_and_says_whose_voice_each_is() -> None:
    sources = packaged()
    assert len(sources) >= 25
    assert {"KOR", "PRK", "RUS", "UKR", "CHN", "JPN", "USA", None} <= {source.country for source in sources}
    assert all(source.outlet and source.note and source.standing != "unknown" for source in sources)
    standings = {source.standing for source in sources}
    assert {"agency", "ministry", "paper", "think-tank", "state-media", "international"} <= standings


def test_a_short_entry_is_enough(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(GOOD + "shortest_minutes = 60\n")
    sources, problems = load_sources(tmp_path)
    assert problems == []
    assert sources is not None
    assert sources[0].source_id == "harbour"
    assert sources[0].bounds.first == timedelta(hours=1)
    assert sources[0].is_enabled


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (GOOD.replace("https", "ftp"), "sources.0.url"),
        (GOOD.replace("news.example", "user:word@news.example"), "sources.0.url"),
        (GOOD.replace("harbour", "The Harbour"), "sources.0.id"),
        (GOOD + 'country = "Korea"\n', "sources.0.country"),
        (GOOD + 'standing = "good"\n', "sources.0.standing"),
        (GOOD + "shortest_minutes = 0\n", "sources.0.shortest_minutes"),
        (GOOD + "shortest_minutes = 90\nlongest_minutes = 60\n", "sources.0"),
        (GOOD + 'colour = "blue"\n', "sources.0.colour"),
        (GOOD + GOOD.replace("feed", "other"), "sources.0 (harbour).id"),
        (GOOD + GOOD.replace("harbour", "other"), "sources.0 (harbour).url"),
        ("[[sources]\n", ""),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    sources, problems = load_sources(tmp_path)
    assert sources is None
    assert problems[0].key == key
    assert problems[0].file.endswith("sources.toml")
