"""Groups of reports from pairs of reports: the same groups whatever the order.

Reports of one person that are linked belong together, directly or by a chain. Linked reports of an institution belong
together too, and go as a whole to the one person they are most like, if any; those of a government go to the one
person or institution. So a chain "minister A - the ministry - minister B" never joins two speakers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.claims.speakers import Rank, Voice, is_same_voice


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """Two reports of one utterance, by index."""

    one: int
    other: int
    score: float


class Forest:
    """Disjoint sets with the smallest member as the root, so that the outcome does not depend on the order."""

    __slots__ = ("_parent",)

    def __init__(self, size: int) -> None:
        """Start with ``size`` singletons."""
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        """Return the root of the item's set."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def unite(self, one: int, other: int) -> None:
        """Make the two sets one."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low

    def groups(self) -> list[list[int]]:
        """Return the sets, each sorted, in the order of their first member."""
        groups: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            groups.setdefault(self.find(item), []).append(item)
        return list(groups.values())


def partition(voices: Sequence[Voice], edges: Sequence[Edge]) -> list[list[int]]:
    """Return the groups, each sorted, in the order of their first member."""
    forest = Forest(len(voices))
    speakers = _speakers(voices)
    for edge in edges:
        if voices[edge.one].rank == voices[edge.other].rank:
            forest.unite(edge.one, edge.other)
    for rank in (Rank.INSTITUTION, Rank.GOVERNMENT):
        _attach(rank, voices, speakers, edges, forest)
    return forest.groups()


def _speakers(voices: Sequence[Voice]) -> list[str]:
    """Return one name for each voice's speaker, equal for spelling variants of one person."""
    distinct = list(dict.fromkeys(voices))
    forest = Forest(len(distinct))
    for place, one in enumerate(distinct):
        for later, other in enumerate(distinct[place + 1 :], place + 1):
            if is_same_voice(one, other):
                forest.unite(place, later)
    names: dict[Voice, str] = {}
    for group in forest.groups():
        name = min(f"{distinct[item].rank:d}|{distinct[item].key}" for item in group)
        names.update((distinct[item], name) for item in group)
    return [names[voice] for voice in voices]


def _attach(
    rank: Rank, voices: Sequence[Voice], speakers: Sequence[str], edges: Sequence[Edge], forest: Forest
) -> None:
    """Unite each group of ``rank`` with the groups of the one higher speaker it is most like."""
    spokesmen = {forest.find(group[0]): max(speakers[item] for item in group) for group in forest.groups()}
    choices: dict[int, dict[str, list[Edge]]] = {}
    for edge, low, high in _upward(rank, voices, edges):
        speaker = spokesmen[forest.find(high)]
        choices.setdefault(forest.find(low), {}).setdefault(speaker, []).append(edge)
    for options in choices.values():
        _, chosen = min(options.items(), key=lambda option: (-max(edge.score for edge in option[1]), option[0]))
        for edge in chosen:
            forest.unite(edge.one, edge.other)


def _upward(rank: Rank, voices: Sequence[Voice], edges: Sequence[Edge]) -> Iterator[tuple[Edge, int, int]]:
    for edge in edges:
        low, high = sorted((edge.one, edge.other), key=lambda item: voices[item].rank)
        if voices[low].rank is rank and voices[high].rank > rank:
            yield edge, low, high
