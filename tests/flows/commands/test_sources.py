"""`tocsin sources` against a site of our own and real warehouse files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.cli import cli
from tests.flows.command import Outcome, lines, tocsin
from tests.flows.live import serve_news, write_live_config
from tests.site import Site, text
from warehouse.connection import open_reader
from warehouse.storing.sources import known_sources
from warehouse.upkeep.snapshot import published_path

pytestmark = pytest.mark.slow

OPML = """<opml version="2.0"><body>
<outline text="Quay" xmlUrl="https://quay.example/feed"/>
<outline text="Quay again" xmlUrl="https://quay.example/feed?utm_source=x"/>
<outline text="Lighthouse" xmlUrl="https://light.example/rss" tocsinTopics="ferries"/>
<outline text="Odd" xmlUrl="https://odd.example/rss" tocsinTopics="gardens"/>
</body></opml>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        serve_news(opened)
        yield opened


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_live_config(tmp_path / "config", ("quay", "https://quay.example/feed"))


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def run(*words: str | Path, code: int = 0) -> Outcome:
    """Call the command in this process; errors come as exceptions, which the outermost door would explain."""
    from flows.telling.failures import explain

    done = CliRunner().invoke(cli, [*map(str, words)], standalone_mode=False)
    found = explain(done.exception) if done.exception is not None else 0
    assert found == code, done.output
    return Outcome(found, done.stdout, done.stderr)


def watched(warehouse: Path) -> dict[str, tuple[str, bool]]:
    with open_reader(published_path(warehouse)) as con:
        return {one.source.source_id: (one.source.url, one.source.is_enabled) for one in known_sources(con)}


def test_configured_sources_are_listed_before_the_first_run(config: Path, warehouse: Path) -> None:
    done = run("sources", "--config", config, "--warehouse", warehouse, "--json")
    (row,) = map(json.loads, lines(done.out))
    assert (row["source_id"], row["health"], row["url"]) == ("quay", "new", "https://quay.example/feed")
    assert (
        run("sources", "list", "--config", config, "--warehouse", warehouse).out
        == run("sources", "--config", config, "--warehouse", warehouse).out
    )
    assert not warehouse.exists()


def test_options_may_stand_before_the_subcommand_too(config: Path, warehouse: Path) -> None:
    run("sources", "--config", config, "--warehouse", warehouse, "disable", "quay")
    assert watched(warehouse) == {"quay": ("https://quay.example/feed", False)}


def test_a_source_is_switched_off_and_on_and_readers_see_it(config: Path, warehouse: Path) -> None:
    given = ("--config", config, "--warehouse", warehouse)
    run("sources", "disable", "quay", *given)
    row = json.loads(run("sources", *given, "--json").out)
    assert (row["health"], row["is_polled"]) == ("disabled", False)
    run("sources", "enable", "quay", *given)
    assert json.loads(run("sources", *given, "--json").out)["health"] == "new"
    run("sources", "enable", "nobody", *given, code=2)


def test_lists_come_in_and_go_out(config: Path, warehouse: Path, tmp_path: Path) -> None:
    given = ("--config", config, "--warehouse", warehouse)
    opml = tmp_path / "in.opml"
    opml.write_text(OPML)
    done = run("sources", "import", opml, *given, code=1)
    assert "1 added, 1 known already, 1 refused" in done.out
    assert "gardens" in done.err
    assert set(watched(warehouse)) == {"quay", "lighthouse"}
    out = tmp_path / "out.opml"
    run("sources", "export", out, *given)
    other = tmp_path / "other.duckdb"
    run("sources", "import", out, "--config", config, "--warehouse", other)
    assert watched(other) == watched(warehouse)
    assert "0 added, 2 known already" in run("sources", "import", out, *given).out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("https://user@quay.example/",), "url"),
        (("ftp://quay.example/",), "url"),
        (("https://new.example/", "--country", "Britain"), "country"),
        (("https://new.example/", "--topics", "gardens"), "gardens"),
        (("https://new.example/", "--id", "No Spaces"), "id"),
    ],
)
def test_a_wrong_description_is_refused_before_anybody_is_asked(
    words: tuple[str, ...], named: str, config: Path, warehouse: Path
) -> None:
    done = tocsin("sources", "add", *words, "--config", config, "--warehouse", warehouse)
    assert (done.code, done.out, len(lines(done.err))) == (2, "", 1)
    assert named in done.err
    assert not warehouse.exists()


def test_a_page_is_added_by_the_feed_it_announces(site: Site, config: Path, warehouse: Path) -> None:
    given = ("--config", config, "--warehouse", warehouse)
    done = tocsin("sources", "add", site.url("/"), "--country", "GBR", *given)
    assert (done.code, done.out) == (0, f"added quay-news: feed {site.url('/feed')}\n"), done.err
    assert watched(warehouse)["quay-news"] == (site.url("/feed"), True)
    again = tocsin("sources", "add", site.url("/feed"), "--id", "other", *given)
    assert (again.code, len(lines(again.err))) == (1, 1)
    site.forget()
    missing = tocsin("sources", "add", site.url("/missing"), *given)
    assert missing.code == 1
    assert "http-404" in missing.err


def test_a_trial_says_what_would_be_fetched_and_stores_nothing(site: Site, config: Path, warehouse: Path) -> None:
    given = ("--config", config, "--warehouse", warehouse)
    done = tocsin("sources", "test", site.url("/"), site.url("/missing"), "--json", *given)
    assert done.code == 1
    found = {record["url"]: record for record in map(json.loads, lines(done.out))}
    good, bad = found[site.url("/")], found[site.url("/missing")]
    assert bad["problem"].startswith("http-404")
    counts = (good["kind"], good["n_entries"], good["n_dated"], good["n_wanted"])
    assert counts == ("rss", 3, 3, 2)
    assert [one["decision"] for one in good["entries"]] == ["fetch", "fetch-to-decide", "skip"]
    assert not warehouse.exists()
    assert set(site.counts()) == {"/", "/feed", "/missing"}


def test_a_trial_of_all_names_those_alone_that_do_not_answer(site: Site, tmp_path: Path, warehouse: Path) -> None:
    """Also those that answer with what is no listing, or lead to one that is gone; those switched off are not asked."""
    site.put("/odd", text("<html><head><title>Quay</title></head><body><p>Moved</p></body></html>"))
    site.put("/leads", text('<html><head><link rel="alternate" type="application/rss+xml" href="/gone"></head></html>'))
    sources = [(name, site.url(path)) for name, path in (("quay", "/feed"), ("page", "/"), ("lost", "/lost"))]
    sources += [("odd", site.url("/odd")), ("leads", site.url("/leads")), ("off", site.url("/off"))]
    config = write_live_config(tmp_path / "six", *sources)
    given = ("--config", config, "--warehouse", warehouse)
    run("sources", "disable", "off", *given)
    done = tocsin("sources", "test", "--all", *given)
    assert done.code == 1
    *failed, total = lines(done.out)
    assert {line.partition(":")[0] for line in failed} == {"lost", "odd", "leads"}
    assert any("http-404" in line for line in failed)
    assert total == "2 of 5 sources answer"
    assert "/off" not in site.counts()
