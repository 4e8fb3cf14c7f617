"""The terms that a corpus states: a release carries its texts where they allow it, and only then."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from flows.commands.cli import cli
from flows.intake import list_corpus, read_batch
from warehouse.connection import open_writer
from warehouse.upkeep import publish

pytestmark = pytest.mark.slow

WORDS = "The envoy of Andorra said that the pass stays open, and that lorries may wait at the border post until noon."


def released(folder: Path, terms: str) -> tuple[str | None, str | None]:
    """Take in a corpus with these terms again and release it; returns the text and the licence in the release."""
    corpus, warehouse, out = folder / "corpus", folder / "w.duckdb", folder / f"out-{len(list(folder.iterdir()))}"
    corpus.mkdir(exist_ok=True)
    (corpus / "one.txt").write_text(WORDS, encoding="utf-8")
    (corpus / "sources.toml").write_text(terms, encoding="utf-8")
    read_batch(corpus, list_corpus(corpus, max_files=9), warehouse, max_bytes=10_000)
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    done = CliRunner().invoke(cli, ["export", "--release", str(out), "--warehouse", str(warehouse)])
    assert done.exit_code == 0, done.output
    with duckdb.connect(str(out / "tocsin.duckdb"), read_only=True) as con:
        row = con.execute("SELECT articles.text, licence FROM articles, sources").fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize("terms", ["", 'licence = "all rights reserved"\n', 'texts = "keep"\n', 'texts = "expire"\n'])
def test_a_corpus_that_does_not_share_its_texts_keeps_them(terms: str, tmp_path: Path) -> None:
    assert released(tmp_path, terms)[0] is None


def test_a_corpus_that_shares_its_texts_gives_them_with_its_licence(tmp_path: Path) -> None:
    assert released(tmp_path, 'licence = "CC BY 4.0"\ntexts = "share"\n') == (WORDS, "CC BY 4.0")


def test_what_is_stated_by_now_counts(tmp_path: Path) -> None:
    """Who shared by mistake takes it out and takes the corpus in again: nothing is added, and the text stays."""
    assert released(tmp_path, 'licence = "CC BY 4.0"\ntexts = "share"\n')[0] == WORDS
    assert released(tmp_path, "") == (None, None)
