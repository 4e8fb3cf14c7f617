"""Comparing in parts: relating with what was found there stores what relating alone stores."""

import random
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from extractors.claims import NOTHING_KNOWN, Known, Report, compare_reports, digest_of, relate, sides_of
from flows.analysis import UNFORESEEN, Foreseen, reference_knowledge, relate_batch
from flows.parts import Comparisons, compare_part, comparisons, pack
from tests.flows.parts.carrying import differences
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.alerting import Ringing
from warehouse.connection import open_writer
from warehouse.parts import compared_in
from warehouse.storing import Extracted, Reading, add_findings, add_readings, source_for

SOURCE = source_for("folder", "somewhere").source_id

WORDS = (
    "seize", "ferry", "harbour", "island", "fishing", "licence", "summer", "talks", "border", "convoy", "answer",
    "vessel", "crossing", "blockade",
)  # fmt: skip
VOICES = (("ilse-tarn", "Ilse Tarn"), ("bo-quill", "Bo Quill"), (None, None))


def reports(draw: random.Random, n: int) -> list[Report]:
    """Return reports of few voices on few days that often share words."""
    return [
        Report(
            f"s{at:03d}", f"a{at // 3}", f"We will {' '.join(draw.choices(WORDS, k=draw.randint(4, 9)))}",
            published_at=NOON + timedelta(hours=9 * at), speaker_id=who, speaker_name=name,
            speaker_text=name or "they", speaker_kind="person" if who else None,
            speaker_country="SYL" if who else None, ordinal=at % 3,
        )
        for at in range(n)
        for who, name in [draw.choice(VOICES)]
    ]  # fmt: skip


def known_of(own: list[Report], before: list[Report]) -> Known:
    """Return what comparing these comes to."""
    thesaurus = reference_knowledge(None).thesaurus
    compared = compare_reports(own, before, thesaurus)
    digests = {one.statement_id: digest_of(one) for one in (*own, *before)}
    ends = ((pair.one.report.statement_id, pair.other.report.statement_id, pair.verdict) for pair in compared.pairs)
    return Known(
        {digests[one]: keys for one, keys in compared.keys.items()},
        {(min(digests[a], digests[b]), max(digests[a], digests[b])): verdict for a, b, verdict in ends},
    )


@pytest.mark.parametrize("seed", range(8))
def test_relating_finds_the_same_with_all_some_or_none_of_the_pairs_known(seed: int) -> None:
    draw = random.Random(seed)
    found = reports(draw, 40)
    thesaurus = reference_knowledge(None).thesaurus
    alone = relate(found, (), thesaurus, known=NOTHING_KNOWN)
    known = known_of(found[15:], found[:15])
    assert known.verdicts
    some = dict(draw.sample(sorted(known.verdicts.items(), key=lambda one: one[0]), len(known.verdicts) // 2))
    assert relate(found, (), thesaurus, known=known) == alone
    assert relate(found, (), thesaurus, known=Known(known.keys, some)) == alone


def test_of_a_report_that_has_changed_nothing_is_known() -> None:
    found = reports(random.Random(3), 12)
    known = known_of(found, [])
    changed = [replace(one, content=f"{one.content} never") for one in found]
    thesaurus = reference_knowledge(None).thesaurus
    assert relate(changed, (), thesaurus, known=known) == relate(changed, (), thesaurus)


def test_whose_words_are_nobodys_are_compared_on_all_sides_of_their_article() -> None:
    article = [one for one in reports(random.Random(1), 30) if one.article_id == "a0"]
    nobody = replace(article[0], statement_id="x", speaker_id=None, speaker_name=None, speaker_country=None)
    person = replace(article[0], statement_id="y", speaker_id="bo", speaker_kind="person", speaker_country="SYL")
    other = replace(person, statement_id="z", speaker_id="ana", speaker_country="ORM")
    assert [(side, one.statement_id) for side, one in sides_of([nobody, person, other])] == [
        ("ORM", "x"), ("SYL", "x"), ("SYL", "y"), ("ORM", "z"),
    ]  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Return a warehouse whose statements all wait: envoys threaten in words that often meet, within two weeks."""
    draw, path = random.Random(7), tmp_path / "w.duckdb"
    told = [f"we will {' '.join(draw.choices(WORDS, k=6))}" for _ in range(40)]
    made = [
        article(f"Paper {at}: the envoy said {one}.", at=NOON + timedelta(hours=7 * at)) for at, one in enumerate(told)
    ]
    found = [findings(one, statement(one.text, words)) for one, words in zip(made, told, strict=True)]
    with open_writer(path) as con:
        add_readings(con, [Reading(SOURCE, f"{one.content_hash[:9]}.txt", "h", one, NOON) for one in made])
        add_findings(con, [Extracted(one, "v1", NOON) for one in found], {})
    return path


def related(warehouse: Path, foreseen: Foreseen) -> int:
    done = 0
    while n := relate_batch(
        warehouse, reference_knowledge(None), Ringing(()), articles=3, foreseen=foreseen
    ).statements:
        done += n
    return done


@pytest.mark.parametrize("size", [5, 1000], ids=["many-slices", "one-slice"])
def test_a_warehouse_related_with_what_parts_found_equals_one_related_alone(
    size: int, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.parts.comparing.SLICE", size)
    alone, knowledge = Path(shutil.copy(warehouse, tmp_path / "alone.duckdb")), reference_knowledge(None)
    found = comparisons(warehouse, knowledge, pack(None), tmp_path / "parts")
    assert len(found) == (1 if size == 1000 else 8)
    for one, call in found:
        assert compare_part(*call.arguments) == one.part
    assert sum(len(compared_in(one.part).verdicts) for one, _ in found) > 40
    assert related(warehouse, Comparisons([one for one, _ in found])) == related(alone, UNFORESEEN) == 40
    assert differences(warehouse, alone) == {}


def test_a_part_that_is_gone_costs_work_and_no_more(warehouse: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(warehouse, tmp_path / "alone.duckdb"))
    found = comparisons(warehouse, reference_knowledge(None), pack(None), tmp_path / "parts")
    assert related(warehouse, Comparisons([one for one, _ in found])) == related(alone, UNFORESEEN) == 40
    assert differences(warehouse, alone) == {}
