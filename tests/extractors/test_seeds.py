"""The seed corpus: kept byte for byte, read without its furniture and without losing a sentence."""

import hashlib
from pathlib import Path

import pytest

from extractors.model import Article
from extractors.reading.article import read_text

SEEDS = Path(__file__).parents[2] / "seeds"
HASHES = {
    "000_ae5ceb262ce685e0.txt": "55a21b341d566306fb8a3f8d1ee9a80b7c97da1b0a9d4f2d152a8549a39951fe",
    "001_3bb83cdf5747561f.txt": "c217da3dbdacd5d6decd8627defad265e97831d1fb13e6a4e5a590a1ed09e61f",
    "002_f310caa9bc3dccde.txt": "6f882070b61e94789eb611f400f79ab617708a05de599fab8a001b74145c9725",
    "003_3d7c92c67a1b745d.txt": "5150f25f38ab0352c81636aff71e6a4ed3f9a50a2a586d2d0aeee44b59ecb552",
    "004_0ff814879346a287.txt": "d31b931156cb2a130eb85068686429c5bb72d7bf710e1449508e2cb20c420392",
}
N_PARAGRAPHS = {"000": 25, "001": 10, "002": 9, "003": 23, "004": 21}
DROPPED = {
    "000": {},
    "001": {},
    "002": {"subheading": 3},
    "003": {"title": 1, "caption": 1, "credit": 1, "comments": 2},
    "004": {
        "language-switch": 1,
        "social": 1,
        "title": 1,
        "byline": 1,
        "caption": 1,
        "subheading": 4,
        "bio": 1,
        "related": 6,
    },
}


def read_seed(name: str) -> Article:
    """Read one seed file."""
    outcome = read_text((SEEDS / name).read_bytes())
    assert isinstance(outcome, Article)
    return outcome


def test_the_seeds_are_kept_byte_for_byte() -> None:
    """The corpus is what it was, no more and no fewer files."""
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert found == HASHES


@pytest.mark.parametrize("name", HASHES)
def test_what_is_dropped_of_a_seed(name: str) -> None:
    """Furniture goes, each line with its reason; every other line is a paragraph."""
    article = read_seed(name)
    counts: dict[str, int] = {}
    for dropped in article.dropped:
        counts[dropped.reason] = counts.get(dropped.reason, 0) + 1
    assert counts == DROPPED[name[:3]]
    assert len(article.paragraphs) == N_PARAGRAPHS[name[:3]]


@pytest.mark.parametrize("name", HASHES)
def test_no_full_sentence_of_a_seed_is_dropped(name: str) -> None:
    """What goes is short or ends without a full stop, but for what stands in a comment box."""
    for dropped in read_seed(name).dropped:
        assert not dropped.text.endswith((".", ".”")) or dropped.reason == "comments"


def test_titles_and_bylines_of_seeds() -> None:
    """The lines above the body are read as what they are."""
    heads = {name[:3]: (read_seed(name).title, read_seed(name).author) for name in HASHES}
    titles = [(SEEDS / name).read_text(encoding="utf-8").split("\n") for name in HASHES]
    assert heads["003"] == (titles[3][0], None)
    assert heads["004"] == (titles[4][3], titles[4][5].partition(",")[0])
    assert heads["000"] == heads["001"] == heads["002"] == (None, None)
