"""Groups of reports from pairs of reports: the same groups whatever the order they came in.

Reports of one voice: strong links join directly and by chains, so parts of one quote meet in the report that has them
all; weak links join groups only when the groups are alike on average, so a chain of half-alike points does not grow.
A group of an institution's reports then goes as a whole to the person it is most like, if any, a government's to the
person or institution: "minister A - the ministry - minister B" never joins two speakers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from extractors.claims.comparing.voices import Rank, Voice, is_same_voice
from extractors.claims.grouping.averages import UNLIKE, Edge, join_on_average
from extractors.claims.grouping.forest import Forest

# Margins are scores less what the occasion asks for. Tuned on the tuning half of tests/cases/claims.
STRONG = 0.28
TIE = 0.15
AVERAGE = -0.04


class Links:
    """The margins between reports, and between groups of them."""

    __slots__ = ("_margins", "edges")

    def __init__(self, edges: Sequence[Edge]) -> None:
        """Keep the edges sorted, so that sums do not depend on their order."""
        self.edges = sorted(edges)
        self._margins = {(edge.one, edge.other): edge.margin for edge in self.edges}

    def between(self, some: Sequence[int], others: Sequence[int]) -> tuple[float, float]:
        """Return the best and the average margin between two groups."""
        margins = [self._margins.get((min(pair), max(pair)), UNLIKE) for pair in product(some, others)]
        return max(margins), sum(margins) / len(margins)


def partition(voices: Sequence[Voice], edges: Sequence[Edge]) -> list[list[int]]:
    """Return the groups, each sorted, in the order of their first member."""
    links, forest = Links(edges), Forest(len(voices))
    level = [edge for edge in links.edges if voices[edge.one].rank == voices[edge.other].rank and edge.margin >= 0]
    for edge in level:
        if edge.margin >= STRONG:
            forest.unite(edge.one, edge.other)
    join_on_average([edge for edge in level if edge.margin < STRONG], links.edges, forest, at_least=AVERAGE)
    speakers = name_speakers(voices)
    for rank in (Rank.INSTITUTION, Rank.GOVERNMENT, Rank.NOBODY):
        _attach(rank, voices, speakers, links, forest)
    return forest.groups()


def name_speakers(voices: Sequence[Voice]) -> list[str]:
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


@dataclass(frozen=True, slots=True)
class _Choice:
    """A group of a higher speaker that a lower group may go to."""

    speaker: str
    root: int
    best: float


def _attach(rank: Rank, voices: Sequence[Voice], speakers: Sequence[str], links: Links, forest: Forest) -> None:
    """Unite each group of ``rank`` with the higher group it is most like, and its speaker's others it is surely of.

    Of two about equally like, the one who was reported first is meant.
    """
    groups = {group[0]: group for group in forest.groups()}
    choices: dict[int, list[_Choice]] = {}
    for low, high in sorted(set(_upward(rank, voices, links, forest))):
        best, average = links.between(groups[low], groups[high])
        if best >= STRONG or average >= AVERAGE:
            speaker = max(speakers[item] for item in groups[high])
            choices.setdefault(low, []).append(_Choice(speaker, high, best))
    for low, options in choices.items():
        likest = max(option.best for option in options)
        first = min((option for option in options if option.best >= likest - TIE), key=lambda option: option.root)
        for option in options:
            if option is first or (option.speaker == first.speaker and option.best >= STRONG):
                forest.unite(low, option.root)


def _upward(rank: Rank, voices: Sequence[Voice], links: Links, forest: Forest) -> Iterator[tuple[int, int]]:
    tops = {group[0]: max(voices[item].rank for item in group) for group in forest.groups()}
    for edge in links.edges:
        low, high = sorted((forest.find(edge.one), forest.find(edge.other)), key=lambda root: tops[root])
        if edge.margin >= 0 and tops[low] == rank < tops[high]:
            yield low, high
