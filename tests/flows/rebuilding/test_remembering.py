"""Extraction that keeps what it finds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.model import Article, Findings
from flows.analysis import Chunk
from flows.rebuilding.remembering import Remembering
from flows.workers import Abandoned, Done, Ended
from tests.warehouse.values import article, findings, statement
from warehouse.rebuilding import open_found

ONE = article("The envoy said the pass will be closed by force.")
OTHER = article("The envoy said the tunnel stays open.")
BROKEN = article("The envoy said nothing that could be read.")


class Crew:
    """Finds something in every text but one, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Article] = []

    def extract(self, articles: Sequence[Article], *, is_alone: bool) -> Iterator[Ended[Chunk, list[Findings]]]:
        for one in articles:
            self.asked.append(one)
            words = one.text.removeprefix("The envoy said ")
            found = [findings(one, statement(one.text, words))]
            yield Abandoned((one,), "crash", str(is_alone)) if one is BROKEN else Done((one,), found)


def found_in(ends: Iterator[Ended[Chunk, list[Findings]]]) -> dict[str, Findings]:
    return {one.content_hash: one for ended in ends if isinstance(ended, Done) for one in ended.value}


def test_what_was_found_once_is_handed_out_as_it_was_and_nobody_is_asked_again(tmp_path: Path) -> None:
    crew = Crew()
    with open_found(tmp_path / "w.duckdb") as kept:
        first = found_in(Remembering(crew, kept, "v2").extract([ONE, OTHER, BROKEN], is_alone=False))
    with open_found(tmp_path / "w.duckdb") as kept:
        again = found_in(Remembering(crew, kept, "v2").extract([OTHER, BROKEN, ONE], is_alone=False))
    assert again == first
    assert set(first) == {ONE.content_hash, OTHER.content_hash}
    assert crew.asked == [ONE, OTHER, BROKEN, BROKEN]


def test_other_rules_or_other_facts_of_a_text_are_asked_for_anew(tmp_path: Path) -> None:
    crew = Crew()
    with open_found(tmp_path / "w.duckdb") as kept:
        for version, one in (("v2", ONE), ("v3", ONE), ("v3", replace(ONE, outlet="Bay Times")), ("v3", ONE)):
            assert found_in(Remembering(crew, kept, version).extract([one], is_alone=True))
    assert len(crew.asked) == 3


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    with open_found(tmp_path / "w.duckdb") as kept:
        kept.keep({"key": "{}"})
    (path,) = (tmp_path / "found").iterdir()
    path.write_bytes(b"noise" * 4000)
    with open_found(tmp_path / "w.duckdb") as kept:
        assert kept.load(["key"]) == {}
