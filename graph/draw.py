"""How a graph is drawn: pyvis makes the network of it, and brings the library that draws it in a browser.

The only module that knows pyvis. Of pyvis's own page nothing is used: even its in-line pages ask a public server
for Bootstrap, `heading` goes in as raw HTML, and its physics takes a minute for a thousand nodes. Positions come
from `graph.layout`; what stands around the picture is our own page.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import networkx as nx

from graph.layout import bands, place_nodes, place_nodes_by_force
from graph.lookup import shown_date
from graph.vocabulary import RelationKind

_ASSETS = "vis-9.1.2/vis-network"
"""Pyvis's copy of vis-network."""

SHAPES = {
    "dot": ("nq", "nqlt", "kl", "cuong-linh", "dieu-le"),
    "diamond": ("ct", "thong-tri", "cd", "lenh", "sl"),
    "square": ("qd", "qdi", "qc", "qdlt", "qc-lien-tich"),
    "star": ("luat", "bo-luat", "hien-phap", "phap-lenh", "sac-luat"),
    "hexagon": ("nd", "tt", "ttlt", "vbhn"),
    "triangle": ("kh", "ctr", "cthd", "da", "du-an", "pa", "khlt", "ctlt", "chien-luoc", "qh"),
    "triangleDown": ("hd", "hdlt", "cv", "tb", "bc", "ttr"),
}
"""Shape of a document by the slug of its type: decisions of congresses and committees, orders, rules, laws, decrees,
plans, guidance; others are ellipses."""
OTHER_SHAPE = "ellipse"

_LINES: dict[str, tuple[tuple[int, ...], str, float]] = {
    "implements": ((), "arrow", 1.8),
    "details": ((), "vee", 2.6),
    "guides": ((9, 4), "vee", 1.8),
    "supersedes": ((), "bar", 2.4),
    "replaces": ((), "bar", 2.8),
    "repeals": ((3, 3), "bar", 2.8),
    "amends": ((10, 4, 2, 4), "diamond", 1.8),
    "basedOn": ((5, 5), "circle", 1.4),
    "cites": ((1, 5), "arrow", 1.2),
    "consolidates": ((12, 3), "box", 1.8),
    "suspends": ((2, 4), "bar", 2.0),
    "corrects": ((6, 2, 2, 2), "diamond", 1.4),
}
"""Dashes (pixels on, off ...; none: a whole line), head and width of a relation's line: told apart without colour."""
_OTHER_LINE: tuple[tuple[int, ...], str, float] = ((4, 2), "arrow", 1.4)


def vis_network() -> dict[str, bytes]:
    """The library that draws networks in a browser, as pyvis brings it: `js` and `css`."""
    package = find_spec("pyvis")  # found, not imported: it would load IPython
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pyvis is not installed; it is one of phahe's dependencies")
    path = Path(package.origin).parent / "lib" / _ASSETS
    return {"css": path.with_suffix(".css").read_bytes(), "js": path.with_suffix(".min.js").read_bytes()}


def draw_network(graph: "nx.MultiDiGraph[str]") -> dict[str, Any]:
    """A graph made by `graph.project` as what the page's script draws, ready for JSON.

    Returns:
        `nodes` (by path; `id`, `label`, `shape`, `x`, `y`, `force`: a second pair of coordinates or null, `group`:
        the polity, and the facts of the document), `edges` (`id`, `from`, `to`, `label`, `dashes`, `head`, `width`
        and the facts of the relation with its best evidence), `bands` (a heading for each level and its `y`).
        Coordinates as of `graph.layout`. Sorted: equal graphs give equal networks.
    """
    from pyvis.network import Network  # loads IPython: a fifth of a second that other commands need not pay

    network = Network(directed=True)
    layered, by_force = place_nodes(graph), place_nodes_by_force(graph)
    for iri in sorted(graph):
        facts = graph.nodes[iri]
        x, y = layered[iri]
        network.add_node(
            facts.get("path", iri),
            label=caption_of(facts),
            shape=shape_of(facts.get("type_slug")),
            x=x,
            y=y,
            force=list(by_force[iri]) if by_force else None,
            group=facts.get("polity") or "other",
            name=facts.get("label", iri),
            **{name: facts.get(name) for name in _FACTS},
        )
    paths = {iri: facts.get("path", iri) for iri, facts in graph.nodes(data=True)}
    for subject, object_, predicate, facts in sorted(
        graph.edges(keys=True, data=True), key=lambda edge: edge[:3]
    ):
        network.add_edge(
            paths[subject],
            paths[object_],
            id=f"{paths[subject]} {predicate} {paths[object_]}",
            label=facts["caption"],
        )
        # pyvis calls an edge's beginning `source`, so what the relation's source says goes in afterwards
        network.edges[-1] |= {name: facts[name] for name in _EVIDENCE}
    return {
        "nodes": [{key: value for key, value in node.items() if key != "color"} for node in network.nodes],
        "edges": [{key: value for key, value in edge.items() if key != "arrows"} for edge in network.edges],
        "bands": [{"level": level, "y": layered[nodes[0]][1]} for level, nodes in bands(graph).items()],
    }


_FACTS = ("number", "title", "type", "type_slug", "date", "issuer", "polity", "level", "place", "place_slug")
_EVIDENCE = (
    "predicate", "basis", "confidence", "quote", "source", "source_name", "start", "end", "evidence",
)  # fmt: skip


def line_styles(kinds: dict[str, RelationKind]) -> list[dict[str, Any]]:
    """How the line of each relation is drawn: `predicate`, `label`, `dashes`, `head`, `width`, `drawn`, `implies`."""
    return [
        {"predicate": kind.name, "label": kind.label, "drawn": kind.drawn, "implies": sorted(kind.implied)}
        | dict(zip(("dashes", "head", "width"), _LINES.get(kind.name, _OTHER_LINE), strict=True))
        for kind in kinds.values()
    ]


def shape_of(type_slug: str | None) -> str:
    """The shape of a document of this type.

    >>> shape_of("nq"), shape_of(None)
    ('dot', 'ellipse')
    """
    return _shapes().get(type_slug or "", OTHER_SHAPE)


def caption_of(facts: dict[str, Any]) -> str:
    """Two short lines: what the document is called; where and when it is from."""
    name = facts.get("number") or facts.get("title") or facts.get("label") or ""
    if len(name) > 26:
        name = name[:25].rsplit(" ", 1)[0] + "…"
    below = [facts["place"]] if facts.get("place") else []
    if facts.get("date"):
        below.append(shown_date(facts["date"]))
    return "\n".join(part for part in (name, " · ".join(below)) if part)


@cache
def _shapes() -> dict[str, str]:
    return {slug: shape for shape, slugs in SHAPES.items() for slug in slugs}
