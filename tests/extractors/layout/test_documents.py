"""Documents of every kind: what they are, who says what in them, and that spans are the text."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from config.load import load_configuration
from extractors.knowledge import Knowledge
from extractors.layout import read_layout
from extractors.model import Article, Findings, Moment
from extractors.pipeline import extract
from extractors.reading.article import read_body, read_text
from extractors.reading.offsets import in_given_text, paragraph_at

CASES = Path(__file__).parents[2] / "cases" / "layout"


@pytest.fixture(scope="module")
def knowledge(language: Language) -> Knowledge:
    """Return the packaged configuration's knowledge."""
    return load_configuration(None).knowledge(language)


def cases() -> list[Any]:
    """Return all cases, each named."""
    read = [case for file in sorted(CASES.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]]
    return [pytest.param(case, id=case["name"]) for case in read]


def article_of(case: dict[str, Any]) -> Article:
    """Read a case as an article's body that came with its date and source."""
    outcome = read_body(case["text"].strip() + "\n")
    assert isinstance(outcome, Article)
    at = datetime.combine(case["published"], datetime.min.time(), UTC)
    moment = Moment(at, "day", "given")
    return replace(outcome, published=moment, issuer=case.get("issuer"), outlet=case.get("outlet"))


def analyse(article: Article, knowledge: Knowledge) -> Findings:
    """Extract one article."""
    return next(extract([article], knowledge))


@pytest.mark.parametrize("case", cases())
def test_a_document_is_read_in_the_voices_of_its_layout(case: dict[str, Any], knowledge: Knowledge) -> None:
    """The kind is right, those who speak without a cue are found, and nobody says a question or a heading."""
    found = analyse(article_of(case), knowledge)
    assert found.document_kind == case["kind"]
    statements = [one.statement for one in found.statements]
    told = [(one.content, one.speaker.name or one.speaker.text or "", one.speaker.country) for one in statements]
    for wanted in case.get("says", []):
        matching = [
            (who, country)
            for content, who, country in told
            if wanted["content"] in " ".join(content.split()) and wanted["speaker"] in who
        ]
        assert matching, (wanted, told)
        assert wanted.get("country") in {None, matching[0][1]}
        days = {
            one.said_on.on for one in statements if one.said_on and wanted["content"] in " ".join(one.content.split())
        }
        assert wanted.get("on") is None or days == {wanted["on"]}
    for silent in case.get("silent", []):
        assert not [content for content, _, _ in told if silent in content]


def test_speakers_on_lines_of_their_own_are_no_headings_of_a_file() -> None:
    """A file's subheadings are dropped, the names and questions of a transcript stay."""
    file = """Transcript of the briefing on the border

Question

Does the ministry expect another attack on the posts?

Spokesman Davit Melikyan

Armenia condemns the attack by Azerbaijan, and will answer every shot at its posts.

The road is closed to all of the traffic, and the posts along the river have been given new orders since noon.

Question

Are reserves called up?

Spokesman Davit Melikyan

I will not comment on that question today.
"""
    article = read_text(file.encode())
    assert isinstance(article, Article)
    assert article.text.count("Spokesman Davit Melikyan") == article.text.count("Question\n") == 2
    kinds = [part.kind for part in read_layout(article).parts]
    assert [kind for kind in kinds if kind != "text"] == ["label", "question", "label"] * 2


def test_a_greeting_is_no_standfirst_of_a_file() -> None:
    """An address begins with whom it greets, however short the line."""
    file = (
        "The enemy will not break the harbour of Odesa\n\nUkrainians!\n\nToday I signed decrees on awards. "
        "We will not give anyone a single metre of our coast.\n"
    )
    article = read_text(file.encode())
    assert isinstance(article, Article)
    layout = read_layout(article)
    assert (layout.kind, layout.voices[0].stands_for) == ("address", "leader")


def test_a_wrapped_threat_is_read_whole(knowledge: Knowledge) -> None:
    """Lines that break off amid a sentence are one paragraph, however few and wide they are."""
    text = """Iranian guards fired on two tankers in the strait on Monday, hours before talks in Oman were due to
begin.
“If one more tanker enters our waters, it will be sunk,” Brigadier General Reza Talebi told reporters in the
port of Bandar Abbas.
"""
    article = read_body(text)
    assert isinstance(article, Article)
    assert len(article.paragraphs) == 2
    threats = [one for one in analyse(article, knowledge).statements if "will be sunk" in one.statement.content]
    assert [one.escalation.polarity for one in threats] == ["escalatory"]
    assert threats[0].statement.speaker.name == "Reza Talebi"


@pytest.mark.parametrize("case", cases())
def test_the_spans_of_a_document_are_its_text(case: dict[str, Any], knowledge: Knowledge) -> None:
    """Content stands in the text as it was given, letter by letter, at the place that the span names."""
    article = article_of(case)
    given = case["text"].strip() + "\n"
    for one in analyse(article, knowledge).statements:
        spans = one.statement.attribution.spans
        places = [in_given_text(article, paragraph_at(article, span.start), span) for span in spans]
        assert " ".join(place.of(given) for place in places) == one.statement.content
        assert one.statement.attribution.source is None or one.statement.attribution.source.start >= 0
