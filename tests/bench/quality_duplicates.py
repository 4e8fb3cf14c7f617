"""Quality of near-duplicates on invented newsrooms: ``python -m tests.bench.quality_duplicates [SEED...]``.

The texts are what our reader makes of the outlets' pages, so layout and furniture count. All reports of the dispute
share its topic; many share a background paragraph or a long quotation without being copies.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from time import perf_counter

from extractors.identity.fingerprint import bands, is_near_duplicate, near_signature
from extractors.model import Article
from extractors.reading.article import read_html
from tests.newsroom.items import Item
from tests.newsroom.newsroom import Newsroom

SEEDS = (1, 2, 3, 4, 5)

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of texts: those that are copies of one report, candidates by bands, and those confirmed."""

    n_texts: int
    same: frozenset[Pair]
    candidates: frozenset[Pair]
    confirmed: frozenset[Pair]
    seconds: float

    @property
    def false(self) -> frozenset[Pair]:
        """Return the wrong merges."""
        return self.confirmed - self.same

    @property
    def missed(self) -> frozenset[Pair]:
        """Return the copies that were not found."""
        return self.same - self.confirmed

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall over pairs."""
        right = len(self.confirmed & self.same)
        return 2 * right / max(len(self.confirmed) + len(self.same), 1)


def read_texts(newsroom: Newsroom) -> dict[int, str]:
    """Return the text of each article that can be had, as read from its page."""
    read = ((item.number, read_item(newsroom, item)) for item in newsroom.items if not item.is_broken)
    return {number: outcome.text for number, outcome in read if isinstance(outcome, Article)}


def read_item(newsroom: Newsroom, item: Item) -> object:
    """Read one page of the newsroom."""
    data, content_type = newsroom.page(item)
    return read_html(data, newsroom.base(item.outlet.number) + item.path, {"content-type": content_type})


def score(newsroom: Newsroom, texts: Mapping[int, str]) -> Score:
    """Compare what is found in the texts with which were written as copies."""
    reports = {item.number: (item.original or item).number for item in newsroom.items}
    same = frozenset(pair for pair in combinations(sorted(texts), 2) if reports[pair[0]] == reports[pair[1]])
    began = perf_counter()
    candidates = frozenset(_candidates(texts))
    confirmed = frozenset(pair for pair in candidates if is_near_duplicate(texts[pair[0]], texts[pair[1]]))
    return Score(len(texts), same, candidates, confirmed, perf_counter() - began)


def _candidates(texts: Mapping[int, str]) -> Iterator[Pair]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number in sorted(texts):
        for band in bands(near_signature(texts[number])):
            yield from ((earlier, number) for earlier in index[band])
            index[band].append(number)


def main(seeds: Sequence[int]) -> None:
    """Print a row a seed and one over all."""
    print(f"{'seed':>5} {'texts':>6} {'copies':>7} {'candidates':>11} {'found':>6} {'missed':>7} {'false':>6}  F1")
    scores = []
    for seed in seeds:
        newsroom = Newsroom(seed)
        scores.append(score(newsroom, read_texts(newsroom)))
        _print_row(str(seed), scores[-1:])
    _print_row("all", scores)


def _print_row(name: str, scores: Sequence[Score]) -> None:
    counts = [
        sum(len(pairs) for pairs in found)
        for found in zip(
            *((one.same, one.candidates, one.confirmed & one.same, one.missed, one.false) for one in scores),
            strict=True,
        )
    ]
    n_same, n_candidates, n_found, n_missed, n_false = counts
    f1 = 2 * n_found / max(n_found + n_false + n_same, 1)
    n_texts = sum(one.n_texts for one in scores)
    print(f"{name:>5} {n_texts:>6} {n_same:>7} {n_candidates:>11} {n_found:>6} {n_missed:>7} {n_false:>6}  {f1:.3f}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or SEEDS)
