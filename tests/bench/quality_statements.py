"""Print how exactly the passages of tests/cases/statements are read: ``python -m tests.bench.quality_statements``.

They are regression cases that the rules were written with, so what they show is that nothing was lost, not how good
extraction is: docs/quality.md tells that from corpora that are not part of this repository.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.cues import load_cues
from config.files import ConfigError
from extractors.language.parsing import load_language, parse_paragraphs
from extractors.model import Attribution, Span
from extractors.statements import find_attributions

CASES = Path(__file__).parent.parent / "cases" / "statements"
FORMS = ("direct", "indirect", "mixed")
Key = tuple[str, tuple[str, ...]]


def load_cases() -> list[dict[str, Any]]:
    """Return the passages of every file."""
    files = sorted(CASES.glob("*.toml"))
    return [case for path in files for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def paragraphs_of(text: str) -> list[Span]:
    """Return the paragraphs, a line each."""
    return [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]


def score() -> Iterator[tuple[str, int, float]]:
    """Yield the name of a figure, on how many statements it rests, and its value."""
    cues, problems = load_cues(None)
    if cues is None:
        raise ConfigError(problems)
    language = load_language()
    wanted, found, both, speakers = Counter[str](), Counter[str](), Counter[str](), 0
    for case in load_cases():
        text = case["text"]
        parsed = tuple(parse_paragraphs(language, text, paragraphs_of(text)))
        got = {_key(one, text): one for one in find_attributions(parsed, cues)}
        want = {(one["form"], tuple(one["content"])): one.get("source") for one in case.get("statement", [])}
        wanted.update(form for form, _ in want)
        found.update(form for form, _ in got)
        both.update(form for form, _ in want.keys() & got.keys())
        speakers += sum(_source(got[key], text) == want[key] for key in want.keys() & got.keys())
    for form in FORMS:
        yield f"statements: {form} F1, exact spans", wanted[form], 2 * both[form] / (wanted[form] + found[form])
    yield "statements: F1, exact spans", wanted.total(), 2 * both.total() / (wanted.total() + found.total())
    yield "speakers: right noun phrase where matched", both.total(), speakers / both.total()


def _key(one: Attribution, text: str) -> Key:
    return one.form, tuple(span.of(text) for span in one.spans)


def _source(one: Attribution, text: str) -> str | None:
    return one.source.of(text) if one.source else None


def main() -> None:
    """Print the figures."""
    for name, count, value in score():
        print(f"{name:45} {count:5} {value:.3f}")


if __name__ == "__main__":
    main()
