"""The packaged cue lexicon and a finder that parses text the way the pipeline does."""

import re
from collections.abc import Callable

import pytest
from spacy.language import Language

from config.cues import load_cues
from extractors.language.parsing import parse_paragraphs
from extractors.model import Attribution, Span
from extractors.statements import CueLexicon, find_attributions

Finder = Callable[[str], tuple[Attribution, ...]]


@pytest.fixture(scope="session")
def cues() -> CueLexicon:
    lexicon, problems = load_cues(None)
    assert lexicon is not None, problems
    return lexicon


@pytest.fixture(scope="session")
def find(language: Language, cues: CueLexicon) -> Finder:
    def found(text: str) -> tuple[Attribution, ...]:
        spans = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
        return find_attributions(tuple(parse_paragraphs(language, text, spans)), cues)

    return found
