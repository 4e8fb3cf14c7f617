"""`tocsin rebuild` decides topics again: what today's topics.toml makes of what is stored, and alerts about topics."""

import json
import shutil
from pathlib import Path

import pytest

from extractors.topics import TermGroup, Topic, compile_topics, parse_rule
from flows.rebuilding.sorting import topics_of
from tests.flows.command import Outcome, tocsin
from tests.flows.rebuilding.harpoons import SETTINGS, take_in, write_texts
from tests.flows.rebuilding.test_rebuild import judge_again, rows
from warehouse.connection import open_writer
from warehouse.rebuilding import StoredText, TextPlace

TOPIC = '[[topics]]\nname = "{name}"\nrule = "words"\n\n[topics.groups.words]\nphrases = ["{phrase}"]\n\n'
ALERTS = '[[rule]]\nname = "zone"\nseverity = 3\ntopics = ["{topic}"]\nchannels = ["log"]\n'
OUTBOX = ("alerts", "alert_claims", "deliveries")


def write_config(folder: Path, rung_for: str, **topics: str) -> Path:
    """Write a configuration with these topics, each of one phrase, and an alert rule about one of them."""
    folder.mkdir()
    (folder / "tocsin.toml").write_text(SETTINGS)
    (folder / "sources.toml").write_text("sources = []\n")
    (folder / "topics.toml").write_text("".join(TOPIC.format(name=name, phrase=topics[name]) for name in topics))
    (folder / "alerts.toml").write_text(ALERTS.format(topic=rung_for) + '\n[[channel]]\nname = "log"\nkind = "log"\n')
    return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a warehouse, made by the topics of `old`, and a second configuration."""
    folder = tmp_path_factory.mktemp("world")
    write_config(folder / "new", "harpoons", harpoons="harpoons", zone="trawler")
    old = write_config(folder / "old", "zone", cod="cod", zone="closed zone")
    take_in(write_texts(folder / "corpus"), folder / "w.duckdb", old)
    return folder


@pytest.fixture
def warehouse(world: Path, tmp_path: Path) -> Path:
    """Return a copy of that warehouse."""
    shutil.copytree(world, tmp_path / "w")
    return tmp_path / "w" / "w.duckdb"


def call(warehouse: Path, rules: str, *words: str) -> Outcome:
    """Rebuild by the configuration of that name."""
    done = tocsin("rebuild", "--warehouse", warehouse, "--config", warehouse.parent / rules, *words)
    assert done.code == 0, done.err
    return done


def topics(warehouse: Path) -> dict[str, list[str]]:
    """Return the topics of each article by its title."""
    with open_writer(warehouse) as con:
        found = con.execute(
            "SELECT title, list(topic ORDER BY topic) FILTER (topic IS NOT NULL) "
            "FROM articles LEFT JOIN article_topics USING (article_id) GROUP BY title"
        ).fetchall()
    return {title: names or [] for title, names in found}


@pytest.mark.slow
def test_what_belongs_elsewhere_now_is_shown_and_taken_over_and_nothing_rings(warehouse: Path) -> None:
    before = topics(warehouse)
    assert before == {"Fishing row deepens": ["cod"], "Iceland answers": [], "Norway joins in": ["zone"]}
    found = json.loads(call(warehouse, "new", "--json").out)
    assert topics(warehouse) == before
    assert {one["topic"]: (one["was"], one["now"], one["left"], one["came"]) for one in found["by_topic"]} == {
        "cod": (1, 0, 1, 0),
        "harpoons": (0, 1, 0, 1),
    }
    assert [(one["title"], one["was"], one["now"]) for one in found["resorted"]] == [
        ("Fishing row deepens", ["cod"], []),
        ("Iceland answers", [], ["harpoons"]),
    ]
    assert (found["n_resorted"], found["n_off_topic"]) == (2, 1)
    outbox = rows(warehouse, *OUTBOX)
    done = call(warehouse, "new", "--accept")
    assert "topics: 2 articles of other topics than before, 1 of them to none" in done.out
    assert topics(warehouse) == before | {"Fishing row deepens": [], "Iceland answers": ["harpoons"]}
    assert judge_again(warehouse, "new") == 0
    assert rows(warehouse, *OUTBOX) == outbox
    assert len(outbox["alerts"]) == 1


@pytest.mark.slow
def test_the_same_topics_are_no_change_and_a_page_tells_of_others(warehouse: Path) -> None:
    assert "topics:" not in call(warehouse, "old", "--fail-on", "any-change").out
    page = call(warehouse, "new", "--format", "markdown").out
    assert "| cod | no topic | Iceland" not in page
    assert "| cod | no topic | Fishing row deepens | Harbour Post, 2031-03-03 |" in page


WATCHED = [Topic(name, (TermGroup("words", (name,)),), parse_rule("words", {"words"})) for name in ("cod", "eel")]
MATCHER = compile_topics(WATCHED, {})


def stored(*places: TextPlace, text: str = "Cod and eel.", is_addition: bool = False) -> StoredText:
    """Return a text with these places; it was of two topics, one of which is no more."""
    return StoredText("t1", "Fish", text, is_addition, places, {"eel": 5.0, "herring": 2.0})


def test_a_text_has_the_topics_that_any_of_its_sources_is_read_for() -> None:
    only_cod, everything = TextPlace("Fish", "s1"), TextPlace("Fish", "s2")
    restrictions: dict[str, tuple[str, ...]] = {"s1": ("cod",), "s2": ()}
    assert topics_of(stored(only_cod), MATCHER, restrictions) == {"cod": 1.0}
    assert topics_of(stored(only_cod, everything), MATCHER, restrictions) == {"cod": 1.0, "eel": 1.0}
    assert topics_of(stored(), MATCHER, restrictions) == {"cod": 1.0, "eel": 1.0}


def test_of_several_headlines_the_higher_score_counts() -> None:
    places = TextPlace("Fish", "s1"), TextPlace("The eel", "s2"), TextPlace(None, "s3")
    assert topics_of(stored(*places), MATCHER, {}) == {"cod": 1.0, "eel": 3.0}


def test_what_was_added_to_a_page_keeps_the_topics_of_the_page() -> None:
    place = TextPlace("Fish", "s1")
    assert topics_of(stored(place, text="More soon."), MATCHER, {}) == {}
    assert topics_of(stored(place, text="More soon.", is_addition=True), MATCHER, {}) == {"eel": 5.0}
