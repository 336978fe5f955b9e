"""Where documents stand in a picture: a band for each level, the centre on top; in a band, in order of time.

Positions are given to the drawing instead of being found by its physics, which takes a minute for a thousand
nodes and never gives the same picture twice.
"""

from itertools import pairwise
from math import ceil, sqrt

import networkx as nx

BANDS = ("central", "province", "district", "commune", "")
"""Levels from top to bottom; the last holds documents of unknown level."""

WIDTH = 180
HEIGHT = 120
BAND_GAP = 110

MOST_BY_FORCE = 400
"""Most nodes of a force layout: its cost grows with their square, and past some hundreds it is a ball of wool."""

_ROUNDS = 80
_SWEEPS = 3
"""How often the lines are put in order, each time by where the others have come to stand."""


def place_nodes(graph: "nx.MultiDiGraph[str]") -> dict[str, tuple[int, int]]:
    """Coordinates of each node: x to the right, y downwards, in units of the canvas; no two nodes overlap.

    A band that is too wide breaks into lines, earlier documents above later ones, each moved half a step
    against the one above, so that edges can be followed between the nodes. In a line a node stands near those
    it is related to. The middle is x = 0.
    """
    rows: list[tuple[int, list[str]]] = []
    y = 0
    for band in bands(graph).values():
        for line in _lines(band):
            rows.append((y, line))
            y += HEIGHT
        y += BAND_GAP
    across: dict[str, float] = {}
    for _ in range(_SWEEPS):
        for _, line in rows:
            # stable: of equals the earlier stays to the left
            line.sort(key=lambda node: _middle(graph, node, across))
            across |= zip(line, _steps(len(line)), strict=True)
    return {node: (round(across[node]), y) for y, line in rows for node in line}


def _middle(graph: "nx.MultiDiGraph[str]", node: str, across: dict[str, float]) -> float:
    """Where those stand, on average, that a node is related to and that have a place already."""
    near = [across[other] for other in nx.all_neighbors(graph, node) if other in across]
    return sum(near) / len(near) if near else 0.0


def _steps(count: int) -> list[float]:
    """Places of so many nodes in a line, around 0."""
    start = -WIDTH * (count - 1) // 2
    return [start + WIDTH * column for column in range(count)]


def place_nodes_by_force(graph: "nx.MultiDiGraph[str]") -> dict[str, tuple[int, int]] | None:
    """Coordinates where related nodes stand near each other; None for more than `MOST_BY_FORCE` nodes.

    Computed once, from the layered places as a start, so that the same graph gives the same picture and
    nothing moves afterwards.
    """
    if len(graph) > MOST_BY_FORCE:
        return None
    if not graph:
        return {}
    # in sorted order: the sums of floating point numbers depend on it
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(pair), max(pair)) for pair in graph.edges() if pair[0] != pair[1]}))
    unit = sqrt(len(plain))
    start = {node: (x / (WIDTH * unit), y / (HEIGHT * unit)) for node, (x, y) in place_nodes(graph).items()}
    found = nx.spring_layout(plain, pos=start, seed=1, iterations=_ROUNDS, k=1.4 / unit, scale=1)
    reach = 0.75 * WIDTH * max(unit, 2)
    return {node: (round(float(x) * reach), round(float(y) * reach)) for node, (x, y) in found.items()}


def bands(graph: "nx.MultiDiGraph[str]") -> dict[str, list[str]]:
    """Nodes by level, from the top; only levels that occur; ordered by date, then place, then IRI."""
    found: dict[str, list[str]] = {band: [] for band in BANDS}
    for node, facts in graph.nodes(data=True):
        level = facts.get("level", "")
        found[level if level in found else ""].append(node)

    def order(node: str) -> tuple[str, str, str]:
        facts = graph.nodes[node]
        return facts.get("date", "9999"), facts.get("place", ""), node

    return {band: sorted(nodes, key=order) for band, nodes in found.items() if nodes}


def _lines(nodes: list[str]) -> list[list[str]]:
    """Nodes in lines of nearly equal length; every other one is shorter and stands in the gaps.

    >>> [len(line) for line in _lines([str(number) for number in range(4)])]
    [4]
    >>> [len(line) for line in _lines([str(number) for number in range(20)])]
    [7, 6, 7]
    """
    if len(nodes) <= 6:
        return [nodes]
    longest = max(5, ceil(sqrt(2 * len(nodes))))
    cuts = [0]
    while cuts[-1] < len(nodes):
        cuts.append(cuts[-1] + longest - (len(cuts) + 1) % 2)
    return [nodes[start:end] for start, end in pairwise(cuts)]
