from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.identity.fingerprint import bands, containment, content_hash, is_near_duplicate, near_signature
from tests.extractors.identity.wire import Newsroom, make_newsroom

TEXT = (
    "The council of Kelm voted on Monday to close the eastern lock. “We had no choice,” the mayor said, and left.\n\n"
    "Ferry owners – a dozen of them – want to be paid for each day that their boats stay in the harbour."
)


@given(st.text(max_size=200))
def test_identity_ignores_white_space_and_case(text: str) -> None:
    """Other line ends, indents and doubled spaces are the same article; so is another case."""
    spread = "\r\n  ".join(text.split())
    assert content_hash(spread) == content_hash(text)
    assert content_hash(text.casefold()) == content_hash(text)
    assert len(content_hash(text)) == 64


def test_identity_ignores_typography() -> None:
    """Plain and typographic quotes and dashes, composed and decomposed accents, are one."""
    assert content_hash(TEXT) == content_hash(TEXT.replace("“", '"').replace("”", '"').replace("–", "-"))
    assert content_hash("café") == content_hash("cafe\u0301") == content_hash("cafe\u0301\u200b")


@given(st.lists(st.sampled_from(["lock", "boat", "3", "4", "kelm", "not", "-5", "u.s."]), max_size=6), st.data())
def test_identity_keeps_words_and_figures_apart(words: list[str], data: st.DataObject) -> None:
    """Texts with other words, figures or another order of them are other articles."""
    others = data.draw(st.permutations(words))
    assert (content_hash(" ".join(words)) == content_hash(" ".join(others))) == (words == others)
    assert content_hash(" ".join([*words, "5"])) != content_hash(" ".join(words))


@given(st.text(max_size=300), st.text(max_size=300))
@settings(deadline=None)
def test_likeness_holds_for_any_text(one: str, other: str) -> None:
    """Signatures repeat, containment is symmetric and lies between none and all."""
    assert near_signature(one) == near_signature(one)
    assert 0 <= containment(one, other) == containment(other, one) <= 1
    assert is_near_duplicate(one, other) == is_near_duplicate(other, one)
    assert len(set(bands(near_signature(one)))) in (0, 64)


def test_a_signature_is_the_same_on_every_machine() -> None:
    """The first band of a fixed text is pinned: an index on disk stays valid."""
    assert bands(near_signature(TEXT))[0] == "00:055d688900900ab4"
    assert near_signature("Too short to be known again.") == ()


def found_pairs(room: Newsroom) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return candidate pairs by their bands, and those of them that containment confirms."""
    index: dict[str, list[int]] = {}
    candidates: set[tuple[int, int]] = set()
    for number, text in enumerate(room.texts):
        for band in bands(near_signature(text)):
            candidates.update((earlier, number) for earlier in index.setdefault(band, []))
            index[band].append(number)
    confirmed = {pair for pair in candidates if is_near_duplicate(room.texts[pair[0]], room.texts[pair[1]])}
    return candidates, confirmed


def test_wire_copies_are_found_and_nothing_else() -> None:
    """Copies with other leads, cuts and misprints: F1 of at least 0.97, and no false merge at all."""
    room = make_newsroom(11, n_events=90, n_copied=50)
    same = {pair for pair in combinations(range(len(room.texts)), 2) if room.events[pair[0]] == room.events[pair[1]]}
    candidates, confirmed = found_pairs(room)
    hits = len(confirmed & same)
    assert confirmed <= same
    assert 2 * hits / (len(confirmed) + len(same)) >= 0.97
    assert len(candidates & same) >= 0.98 * len(same)


def test_reports_that_share_a_speech_are_two() -> None:
    """The same long quotation in two reports of different newspapers does not make them one."""
    speech = (
        "“" + " ".join(f"We will {verb} the {noun} at the lock before the spring tides." for verb, noun in SPEECH) + "”"
    )
    one = f"{speech}\n\n" + " ".join(
        f"The mayor of Kelm met {who} in the old town hall." for who in ("owners", "pilots")
    )
    two = f"{speech}\n\n" + " ".join(
        f"Opposition members left before {who} took the floor again." for who in ("she", "he")
    )
    assert containment(one, two) > 0.5
    assert not is_near_duplicate(one, two)


SPEECH = (("rebuild", "gates"), ("pay", "pilots"), ("hear", "owners"), ("clean", "basin"), ("open", "bridge"))
