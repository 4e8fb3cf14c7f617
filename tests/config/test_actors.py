"""The gazetteer's files are read quickly, and every mistake in them is named with its key."""

from pathlib import Path

import pytest

from config.actors import load_gazetteer

HEAD = """
[countries]
ARM = { name = "Armenia", capitals = ["Yerevan"], adjectives = ["Armenian"] }
[institutions]
police = { name = "Police of {country}", kind = "agency", phrases = ["police"] }
"""


def problems_of(tmp_path: Path, rest: str, head: str = HEAD) -> dict[str, str]:
    """Return message by key for an actors.toml with these rows."""
    (tmp_path / "actors.toml").write_text(head + rest, encoding="utf-8")
    found, problems = load_gazetteer(tmp_path)
    assert (found is None) == bool(problems)
    return {one.key: one.message for one in problems}


def test_packaged_files_are_right() -> None:
    """No problems."""
    found, problems = load_gazetteer(None)
    assert problems == []
    assert found is not None


def test_packaged_gazetteer_is_broad() -> None:
    """All states of the United Nations, and several hundred people and bodies."""
    found, _ = load_gazetteer(None)
    assert found is not None
    assert len(found.countries) >= 193 + 5
    assert sum(one.kind == "person" for one in found.actors) >= 350
    assert sum(one.kind not in {"person", "country"} for one in found.actors) >= 200


def test_own_file_replaces_the_packaged_one(tmp_path: Path) -> None:
    """A folder with one country knows that country only."""
    assert problems_of(tmp_path, "") == {}
    found, _ = load_gazetteer(tmp_path)
    assert found is not None
    assert [one.actor_id for one in found.actors] == ["ARM"]


@pytest.mark.parametrize(
    ("rest", "key", "words"),
    [
        (
            '[persons]\nx = { name = "Levon Petrosyan", country = "XYZ" }',
            "persons.x.country",
            "unknown country code 'XYZ'",
        ),
        (
            '[persons]\nx = { name = "A Bc", country = "ARM", offices = ["Mayor | 2024 | 2020"] }',
            "persons.x.offices",
            "ends before it begins",
        ),
        (
            '[persons]\nx = { name = "A Bc", country = "ARM", offices = ["Mayor | spring"] }',
            "persons.x.offices",
            "'spring' is no date",
        ),
        (
            '[persons]\nx = { name = "A Bc", offices = ["Mayor |  |  | guild"] }',
            "persons.x.offices.0",
            "unknown organisation 'guild'",
        ),
        (
            '[organisations]\ny = { name = "Guild", kind = "group", institution = "guilds", country = "ARM" }',
            "organisations.y.institution",
            "unknown institution 'guilds'",
        ),
        (
            '[organisations]\ny = { name = "Guild", kind = "group" }\nz = { name = "GUILD", kind = "group" }',
            "organisations.z",
            "already taken by organisations.y",
        ),
        ('[organisations]\ny = { name = "Guild", kind = "club" }', "organisations.y.kind", "Input should be"),
        (
            '[organisations]\ny = { name = "Guild", kind = "group", alias = [] }',
            "organisations.y.alias",
            "Extra inputs",
        ),
        (
            '[organisations]\ny = { name = "Guild", kind = "group" }\n[persons]\ny = { name = "Yan Gil" }',
            "persons.y",
            "already used in organisations",
        ),
        (
            """[organisations]
            y = { name = "Yard", kind = "agency", country = "ARM", institution = "police" }
            z = { name = "Zone", kind = "agency", country = "ARM", institution = "police" }""",
            "organisations.z.institution",
            "'y' already stands for it in ARM",
        ),
    ],
)
def test_mistake_is_named_with_its_key(tmp_path: Path, rest: str, key: str, words: str) -> None:
    """Each kind of mistake leads to its row."""
    found = problems_of(tmp_path, rest)
    assert words in found[key]


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Two wrong rows are two problems."""
    rest = '[persons]\nx = { name = "A Bc", country = "QQQ" }\ny = { name = "D Ef", country = "ZZZ" }'
    assert set(problems_of(tmp_path, rest)) == {"persons.x.country", "persons.y.country"}


def test_namesakes_may_share_a_surname(tmp_path: Path) -> None:
    """Two people of a country may both be called by it alone; the text decides."""
    rest = (
        '[persons]\nx = { name = "Levon Petrosyan", country = "ARM", aliases = ["Petrosyan"] }\n'
        'y = { name = "Anna Petrosyan", country = "ARM", aliases = ["Petrosyan"] }'
    )
    assert problems_of(tmp_path, rest) == {}


def test_file_that_is_no_toml_is_one_problem(tmp_path: Path) -> None:
    """A key given twice in a table is found by the TOML reader."""
    (problem,) = problems_of(tmp_path, '[persons]\nx = { name = "A" }\nx = { name = "B" }').values()
    assert "is not valid TOML" in problem
