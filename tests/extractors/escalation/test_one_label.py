"""One sentence, one label: as a bare statement, in an article (and so in a replay), and whatever stands beside it."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from config.load import load_configuration
from extractors import extract, read_text
from extractors.escalation import ClassifyInput, classify_all
from extractors.escalation.classifier import read_bare
from extractors.knowledge import Knowledge
from extractors.model import Article, Labelled
from tests.extractors.escalation.labelling import Labeller

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "escalation" / "swap.toml").read_text(encoding="utf-8"))
PAIR = next(pair for pair in CASES["pairs"] if pair["a"] == "Peru")
SENTENCES = [template.format(**PAIR) for template in CASES["templates"]]
REST = "The market opens at nine, as it does on any other day of the week, and closes at six in the evening."
QUIET = "The weather stayed mild in the valley, the mayor said."
LOUD = "“We will burn every bridge of theirs,” the Norwegian army chief said."
COMPARED = 50  # the rest are no statements in an article, or their speaker is known there only ("its army")


@pytest.fixture(scope="module")
def knowledge(judge: Labeller) -> Knowledge:
    """Return the packaged knowledge."""
    loaded = load_configuration(None).knowledge(judge.language)
    return replace(loaded, escalation=judge.lexicon)


def said_in(knowledge: Knowledge, sentence: str, *neighbours: str) -> Labelled | None:
    """Return the first statement of the sentence in an article, None where it holds none."""
    text = "\n\n".join(("News of the day", sentence, *neighbours, REST)) + "\n"
    article = read_text(text.encode())
    assert isinstance(article, Article)
    end = article.text.index(sentence) + len(sentence)
    statements = next(iter(extract([article], knowledge))).statements
    return next((one for one in statements if one.statement.attribution.spans[0].end <= end), None)


def _side_when_bare(knowledge: Knowledge, sentence: str) -> str | None:
    """Return the side of the speaker as far as the sentence alone tells."""
    doc = knowledge.language(sentence)
    return read_bare(ClassifyInput("", sentence), doc, knowledge.escalation).voice.country


def facts(labelled: Labelled) -> tuple[object, ...]:
    """Return a label without its evidence, whose spans count from elsewhere."""
    return replace(labelled.escalation, evidence=()), labelled.statement.content


@pytest.mark.slow
def test_a_sentence_has_one_label_alone_and_in_an_article(knowledge: Knowledge) -> None:
    """`classify` and `extract` agree wherever they know the same speaker."""
    inputs = [ClassifyInput(one, one) for one in SENTENCES]
    bare = {one.text: label for one, label in classify_all(inputs, knowledge.language, knowledge.escalation)}
    found = {one: said for one in SENTENCES if (said := said_in(knowledge, one, QUIET)) is not None}
    known = {
        one: said for one, said in found.items() if _side_when_bare(knowledge, one) == said.statement.speaker.country
    }
    different = {
        one: (bare[one].category, said.escalation.category)
        for one, said in known.items()
        if (bare[one].polarity, bare[one].category, bare[one].severity)
        != (said.escalation.polarity, said.escalation.category, said.escalation.severity)
    }
    assert len(known) >= COMPARED
    assert not different


@pytest.mark.slow
def test_neighbours_change_no_label(knowledge: Knowledge) -> None:
    """Among ordinary news as among threats."""
    for sentence in SENTENCES[::4]:
        alone, *others = [said_in(knowledge, sentence, *beside) for beside in ((), (QUIET,) * 4, (LOUD,) * 4)]
        assert [one and facts(one) for one in others] == [alone and facts(alone)] * 2
