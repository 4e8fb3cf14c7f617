"""`tocsin topics`: decisions explained, for files and for pages."""

import json
from pathlib import Path

import pytest

from tests.flows.command import lines, tocsin
from tests.flows.commands.test_sources import run
from tests.flows.live import write_live_config
from tests.site import Site, text

pytestmark = pytest.mark.slow

ARTICLE = """Night ferry cancelled

The night ferry stays at the pier until Friday, the harbour master said. All ferries return the fare.
"""
PAGE = (
    "<html><head><title>Night ferry cancelled</title></head><body><article><h1>Night ferry cancelled</h1>"
    + "<p>The night ferry stays at its pier until Friday because of the wind, the harbour master said today.</p>" * 8
    + "</article></body></html>"
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_live_config(tmp_path / "config")


def test_topics_are_listed(config: Path) -> None:
    (row,) = map(json.loads, lines(run("topics", "--config", config, "--json").out))
    assert (row["topic"], row["groups"], row["n_phrases"]) == ("ferries", ["ferry", "harbour"], 5)
    assert "ferries" in run("topics", "list", "--config", config).out


def test_a_match_is_explained_with_every_phrase_and_its_place(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE)
    found = json.loads(run("topics", "test", file, "--config", config, "--json").out)
    assert found["is_kept"]
    assert found["on_title"]["decision"] == "fetch-to-decide"
    (topic,) = found["topics"]
    assert (topic["topic"], topic["is_match"], topic["misses"]) == ("ferries", True, [])
    body = ARTICLE.partition("\n\n")[2]
    for hit in topic["hits"]:
        source = found["title"] if hit["where"] == "title" else body
        assert source[hit["span"]["start"] : hit["span"]["end"]] == hit["words"]
    assert {hit["term"] for hit in topic["hits"]} == {"ferry", "ferries", "pier", "harbour"}
    shown = run("topics", "test", file, "--config", config).out
    assert "kept for ferries" in shown
    assert "[pier]" in shown


def test_what_lacks_is_named(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Ferry week\n\nA ferry is a fine thing to travel on, says the guide book of the islands.\n")
    found = json.loads(run("topics", "test", file, "--config", config, "--json").out)
    assert not found["is_kept"]
    assert found["topics"][0]["misses"] == ["nothing of harbour"]


def test_what_is_neither_file_nor_address_is_a_wrong_call(config: Path) -> None:
    run("topics", "test", "no/such/file.txt", "--config", config, code=2)


def test_a_page_is_fetched_through_the_guarded_door(config: Path) -> None:
    with Site() as site:
        url = site.put("/ferry", text(PAGE))
        done = tocsin("topics", "test", url, "--config", config)
        assert done.code == 0, done.err
        assert "kept for ferries" in done.out
        refused = tocsin("topics", "test", url)
    assert (refused.code, len(lines(refused.err))) == (1, 1)
    assert "private-address" in refused.err
