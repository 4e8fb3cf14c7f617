"""The page that shows newcomers around names only what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"


def test_every_place_the_architecture_names_is_there() -> None:
    places = re.findall(r"`((?:config|extractors|flows|warehouse|tests)/[\w./]*)`", PAGE.read_text(encoding="utf-8"))
    assert len(places) > 20
    assert not [place for place in places if not (ROOT / place).exists()]


def test_every_case_and_bench_the_architecture_names_is_there() -> None:
    rows = re.findall(r"^\|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    cases = [name for cells in rows for name in re.findall(r"`([\w./]+)`", cells[0])]
    benches = [name for cells in rows for name in re.findall(r"`(\w+)`", cells[1])]
    assert cases
    assert benches
    assert not [name for name in cases if not (ROOT / "tests" / "cases" / name).exists()]
    assert not [name for name in benches if not (ROOT / "tests" / "bench" / f"{name}.py").exists()]


def test_every_wing_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    wings = [path.parent for path in ROOT.glob("*/*/__init__.pyi")]
    assert wings
    assert not [wing for wing in wings if f"{wing.name}/" not in page and f"{wing.parent.name}/{wing.name}" not in page]
