"""The packaged topics are valid, name known actors and decide headlines as an editor would."""

import json
from pathlib import Path

import pytest

from config.actors import load_gazetteer
from config.topics import load_topics
from extractors.reading import Visible, visible_words
from extractors.topics.matching import TopicMatcher, compile_topics, unknown_actors
from extractors.topics.names import topic_names

CASES = json.loads((Path(__file__).parent.parent / "cases" / "topics" / "packaged.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def packaged() -> TopicMatcher:
    gazetteer, _ = load_gazetteer(None)
    topics, problems = load_topics(None)
    assert gazetteer is not None
    assert topics is not None, problems
    names = topic_names(gazetteer)
    assert unknown_actors(topics, names) == ()
    return compile_topics(topics, names)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_headlines_are_decided_as_an_editor_would(packaged: TopicMatcher, case: dict[str, str]) -> None:
    decision = packaged.decide_entry(case["title"], case["summary"])
    assert decision.decision == case["decision"]
    assert not case["topic"] or case["topic"] in decision.topics


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")), ids=lambda path: path.stem
)
def test_every_seed_article_belongs_to_a_topic(packaged: TopicMatcher, path: Path) -> None:
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    assert packaged.decide_article(title, text)
    assert packaged.decide_entry(title, None).decision != "skip"
    words = visible_words(path.read_bytes())
    assert isinstance(words, Visible)
    assert packaged.may_match(words.titles, words.texts)


@pytest.mark.parametrize(
    ("topic", "key", "words"),
    [
        ('name = "a"\nrule = "x"\n[topics.groups.x]\nphrases = ["word"]', None, ""),
        ('name = "a"\nrule = "y"\n[topics.groups.x]\nphrases = ["word"]', "topics.0", "does not have"),
        ('name = "a"\nrule = "x and"\n[topics.groups.x]\nphrases = ["word"]', "topics.0", "is not a rule"),
        ('name = "A b"\nrule = "x"\n[topics.groups.x]\nphrases = ["word"]', "topics.0.name", "pattern"),
        ('name = "a"\nrule = "x"\nhints = ["z"]\n[topics.groups.x]\nphrases = ["word"]', "topics.0", "hints"),
        ('name = "a"\nrule = "x"\n[topics.groups.x]\nphrases = ["..."]', "topics.0.groups.x.phrases", "no words"),
        ('name = "a"\nrule = "x"\n[topics.groups.x]\nphrases = ["a*"]', "topics.0.groups.x.phrases", "three letters"),
        (
            'name = "a"\nrule = "x"\ncolour = 1\n[topics.groups.x]\nphrases = ["word"]',
            "topics.0.colour",
            "not permitted",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, topic: str, key: str | None, words: str) -> None:
    (tmp_path / "topics.toml").write_text(f"[[topics]]\n{topic}\n")
    topics, problems = load_topics(tmp_path)
    if key is None:
        assert topics is not None
        assert problems == []
    else:
        assert topics is None
        assert problems[0].key.startswith(key)
        assert words in problems[0].message


def test_two_topics_of_one_name_are_refused(tmp_path: Path) -> None:
    one = '[[topics]]\nname = "a"\nrule = "x"\n[topics.groups.x]\nphrases = ["word"]\n'
    (tmp_path / "topics.toml").write_text(one * 2)
    topics, problems = load_topics(tmp_path)
    assert topics is None
    assert "another topic" in problems[0].message
