"""Groups joined by how alike they are on average: the two most alike first, at a cost that grows with their links.

Agglomerative clustering with average linkage: the sums between two groups are those of the groups they came from, so
nothing is summed anew (Müllner, "Modern hierarchical, agglomerative clustering algorithms", 2011, section 2). Sums are
of whole numbers: they do not depend on the order in which they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from extractors.claims.grouping.forest import Forest

UNLIKE = -0.30  # stands for pairs that were not compared
UNIT = 1 << 40  # of a margin, in whole numbers
DIGITS = 9  # of averages: what differs less is equally like


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """Two reports by index, ``one`` below ``other``, and the margin by which they are of one utterance.

    Indexes follow the order of publication.
    """

    one: int
    other: int
    margin: float


def join_on_average(joining: Iterable[Edge], edges: Sequence[Edge], forest: Forest, *, at_least: float) -> None:
    """Unite the two groups that are most alike on average, again and again, while they are alike enough.

    Only groups with an edge of ``joining`` between them are united; all ``edges`` count for how alike they are.
    """
    between = _Between(joining, edges, forest)
    while (best := between.likest()) is not None and best[0] >= at_least:
        between.unite(best[1], best[2])


class _Between:
    """What lies between the groups of a forest: sums and numbers of margins, and which groups may be united."""

    def __init__(self, joining: Iterable[Edge], edges: Sequence[Edge], forest: Forest) -> None:
        self._forest = forest
        self._sizes = {group[0]: len(group) for group in forest.groups()}
        self._excess: dict[int, dict[int, int]] = {root: {} for root in self._sizes}  # over pairs that are unlike
        self._mates: dict[int, set[int]] = {root: set() for root in self._sizes}
        for edge in edges:
            one, other = forest.find(edge.one), forest.find(edge.other)
            if one != other:
                self._add(one, other, round((edge.margin - UNLIKE) * UNIT))
        for edge in joining:
            one, other = forest.find(edge.one), forest.find(edge.other)
            if one != other:
                self._mates[one].add(other)
                self._mates[other].add(one)
        self._heap = [self._entry(one, other) for one, mates in self._mates.items() for other in mates if one < other]
        heapify(self._heap)

    def likest(self) -> tuple[float, int, int] | None:
        """Return the average and the roots of the groups that are most alike, of several the earliest."""
        while self._heap:
            entry = heappop(self._heap)
            _, one, other = entry
            if other in self._mates.get(one, ()) and entry == self._entry(one, other):
                return -entry[0], one, other
        return None

    def unite(self, low: int, high: int) -> None:
        """Make two groups one, under the lower root."""
        self._forest.unite(low, high)
        self._sizes[low] += self._sizes.pop(high)
        self._take_over(low, high)
        for mate in sorted(self._mates[low]):
            heappush(self._heap, self._entry(min(low, mate), max(low, mate)))

    def _take_over(self, low: int, high: int) -> None:
        for other, excess in self._excess.pop(high).items():
            del self._excess[other][high]
            if other != low:
                self._add(low, other, excess)
        mates = self._mates.pop(high)
        for mate in mates:
            self._mates[mate].discard(high)
        for mate in mates - {low}:
            self._mates[mate].add(low)
            self._mates[low].add(mate)

    def _add(self, one: int, other: int, excess: int) -> None:
        self._excess[one][other] = self._excess[other][one] = self._excess[one].get(other, 0) + excess

    def _entry(self, one: int, other: int) -> tuple[float, int, int]:
        """Return what sorts the likest first: two groups by the average of all pairs between them."""
        average = self._excess[one].get(other, 0) / (UNIT * self._sizes[one] * self._sizes[other]) + UNLIKE
        return -round(average, DIGITS), one, other
