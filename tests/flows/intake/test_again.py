"""Pages that are read again: what an entry came to is the article its text belongs to, each time."""

from dataclasses import replace
from pathlib import Path

from extractors.identity import Place
from flows.intake.place import Arrival, stow
from tests.flows.arriving import reprinted
from warehouse.connection import open_writer, transaction


def test_a_copy_that_is_read_again_still_belongs_to_its_original(tmp_path: Path) -> None:
    """The second reading changes nothing, so it is no article of its own."""
    early, late = reprinted()
    again = replace(late, key="again")
    with open_writer(tmp_path / "w.duckdb") as con:
        places: dict[str, Place] = {}
        for batch in ([early], [late], [again]):
            with transaction(con):
                places |= stow(con, batch).places
    original = _text_id(early)
    kinds = {key: (place.kind, place.original) for key, place in places.items()}
    assert kinds == {
        early.key: ("article", None),
        late.key: ("near-duplicate", original),
        "again": ("same", original),
    }


def _text_id(one: Arrival) -> str:
    return one.reading.outcome.content_hash  # type: ignore[union-attr]
