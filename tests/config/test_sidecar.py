from datetime import UTC, datetime
from pathlib import Path

from config.sidecar import ArticleFacts, load_sidecar, sidecar_facts
from extractors.model import Moment

SEEDS = Path(__file__).parents[2] / "seeds"


def write(folder: Path, text: str) -> Path:
    """Write a folder's sources.toml beside one text file."""
    (folder / "a.txt").write_text("text", encoding="utf-8")
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_seeds_have_a_date_each() -> None:
    """Every seed file has an inferred day, in the order that a replay takes."""
    facts, problems = load_sidecar(SEEDS)
    assert problems == []
    assert set(facts) == {path.name for path in SEEDS.glob("*.txt")}
    days = {name[:3]: one.published.at.date().isoformat() for name, one in facts.items() if one.published}
    assert days == {
        "000": "2024-10-24",
        "001": "2024-11-24",
        "002": "2024-10-26",
        "003": "2024-10-22",
        "004": "2024-08-07",
    }
    assert all(one.published and one.published.is_inferred for one in facts.values())


def test_a_folder_without_sidecar_says_nothing(tmp_path: Path) -> None:
    """No file, no facts, no problem."""
    facts, problems = load_sidecar(tmp_path)
    assert (dict(facts), problems) == ({}, [])


def test_a_time_with_zone_is_kept(tmp_path: Path) -> None:
    """TOML's own times are read to UTC; a local one is marked as a guess."""
    write(tmp_path, '[files."a.txt"]\ntitle = "T"\npublished = 2023-03-04T10:15:00+01:00\n')
    facts, _ = load_sidecar(tmp_path)
    at = Moment(datetime(2023, 3, 4, 9, 15, tzinfo=UTC), "minute", "sidecar", raw="2023-03-04T10:15:00+01:00")
    assert facts["a.txt"] == ArticleFacts(title="T", published=at)
    write(tmp_path, '[files."a.txt"]\npublished = 2023-03-04T10:15:30\n')
    local = load_sidecar(tmp_path)[0]["a.txt"].published
    assert local is not None
    assert (local.is_inferred, local.precision) == (True, "second")


def test_all_errors_are_named_at_once(tmp_path: Path) -> None:
    """Unknown keys, wrong types and missing files come back with the key to look at."""
    write(tmp_path, '[files."a.txt"]\ntitel = "T"\nurl = "ftp://x"\n[files."b.txt"]\npublished = "soon"\n')
    facts, problems = load_sidecar(tmp_path)
    assert dict(facts) == {}
    assert {problem.key.split(".")[-1] for problem in problems} >= {"titel", "url"}
    assert len(problems) >= 3
    write(tmp_path, '[files."c.txt"]\ntitle = "T"\n')
    assert [problem.key for problem in load_sidecar(tmp_path)[1]] == ["files.c.txt"]


def test_a_broken_sidecar_is_a_problem(tmp_path: Path) -> None:
    """What is no TOML is said so, and the corpus can still be read."""
    facts, problems = load_sidecar(write(tmp_path, "[files"))
    assert dict(facts) == {}
    assert "not valid TOML" in str(problems[0])


def test_a_sidecar_is_parsed_once_until_it_changes(tmp_path: Path) -> None:
    """Every batch of a corpus asks for it; an edit counts at once, and so does its going."""
    write(tmp_path, '[files."a.txt"]\noutlet = "Harbour Post"')
    first = sidecar_facts(tmp_path)
    assert first["a.txt"].outlet == "Harbour Post"
    assert sidecar_facts(tmp_path) is first
    write(tmp_path, '[files."a.txt"]\noutlet = "The Quay Gazette"')
    assert sidecar_facts(tmp_path)["a.txt"].outlet == "The Quay Gazette"
    (tmp_path / "sources.toml").unlink()
    assert sidecar_facts(tmp_path) == {}
