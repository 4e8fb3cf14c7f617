"""Joining by the average gives the groups that looking at every pair anew at each step gives."""

from itertools import combinations, product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from extractors.claims.grouping.averages import UNLIKE, Edge, join_on_average
from extractors.claims.grouping.forest import Forest

SIZE, LEAST = 9, -0.04
MARGINS = st.integers(-30, 60).map(lambda hundredths: hundredths / 100)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Edge], list[Edge], list[tuple[int, int]]]:
    """Return all edges, those that may join groups, and pairs that are joined before."""
    pairs = list(combinations(range(SIZE), 2))
    edges = [Edge(*pair, draw(MARGINS)) for pair in draw(st.lists(st.sampled_from(pairs), unique=True))]
    joining = [edge for edge in edges if edge.margin >= 0 and draw(st.booleans())]
    return edges, joining, draw(st.lists(st.sampled_from(pairs), max_size=3))


def joined_before(pairs: list[tuple[int, int]]) -> Forest:
    forest = Forest(SIZE)
    for pair in pairs:
        forest.unite(*pair)
    return forest


def step_by_step(joining: list[Edge], edges: list[Edge], forest: Forest) -> list[list[int]]:
    """Join as the definition says: of all groups that may be joined, the two most alike, then look again."""
    margins = {(edge.one, edge.other): edge.margin for edge in edges}
    while True:
        groups = {group[0]: group for group in forest.groups()}
        ends = {tuple(sorted((forest.find(edge.one), forest.find(edge.other)))) for edge in joining}
        ranked = [
            (-sum(margins.get((min(pair), max(pair)), UNLIKE) for pair in found) / len(found), one, other)
            for one, other in ends
            if one != other and (found := list(product(groups[one], groups[other])))
        ]
        ranked = [(round(cost, 9), one, other) for cost, one, other in ranked]
        if not ranked or -min(ranked)[0] < LEAST - 1e-9:
            return forest.groups()
        forest.unite(*min(ranked)[1:])


@given(graphs())
def test_groups_are_those_of_looking_at_every_pair_at_each_step(
    graph: tuple[list[Edge], list[Edge], list[tuple[int, int]]],
) -> None:
    edges, joining, before = graph
    forest = joined_before(before)
    join_on_average(joining, edges, forest, at_least=LEAST)
    assert forest.groups() == step_by_step(joining, edges, joined_before(before))


@given(graphs(), st.randoms())
def test_the_order_of_edges_changes_no_group(
    graph: tuple[list[Edge], list[Edge], list[tuple[int, int]]], chance: Random
) -> None:
    edges, joining, before = graph
    found = []
    for given_edges in (edges, sorted(edges, key=lambda _: chance.random())):
        forest = joined_before(before)
        join_on_average(list(reversed(joining)), given_edges, forest, at_least=LEAST)
        found.append(forest.groups())
    assert found[0] == found[1]
