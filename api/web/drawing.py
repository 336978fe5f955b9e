"""A graph as the explorer's script takes it: nodes and edges with coordinates, styles, counts of what is not shown."""

from typing import Any

from api.web.cited_source import source_namer
from graph.draw import draw_network, line_styles
from graph.neighbours import Neighbours, count_neighbours
from graph.project import DocumentGraph, induced
from graph.store import Store
from graph.vocabulary import relation_kinds

_COUNTED = 500
"""Most nodes whose neighbours are counted with the picture; of larger ones the panel asks for the node it shows."""


_NAMED = 500
"""Most relations whose sources are looked up, to be named for people; of more they bear the names of their files."""


def picture_of(store: Store, graph: DocumentGraph) -> dict[str, Any]:
    """The answer `api.models.graph.Picture` describes, of a graph made by `graph.project`."""
    network = draw_network(graph)
    ids = [node["id"] for node in network["nodes"]]
    degrees = count_neighbours(store, ids) if len(ids) <= _COUNTED else None
    for node in network["nodes"]:
        node["degree"] = None if degrees is None else degrees.get(node["id"], {"up": {}, "down": {}})
    if len(network["edges"]) <= _NAMED:
        source_of = source_namer(store)
        for edge in network["edges"]:
            if edge["source"] in store.texts:
                source = source_of(edge["source"], edge["start"])
                edge["source_name"] = source.site or source.name
    centre = graph.graph.get("centre")
    return {
        "centre": graph.nodes[centre]["path"] if centre else None,
        "truncated": graph.graph.get("truncated", False),
        **network,
        "lines": line_styles(relation_kinds(store)),
    }


def empty_picture(store: Store) -> dict[str, Any]:
    """A picture of nothing, to which documents can be added."""
    return picture_of(store, induced(store, []))


def neighbours_row(found: Neighbours, offset: int) -> dict[str, Any]:
    """The answer `api.models.graph.NeighbourPage` describes."""
    return {
        "total": found.total,
        "offset": offset,
        "items": [
            {
                "path": item.document.path,
                "name": item.document.label,
                "title": item.document.title,
                "place": item.document.place,
                "date": item.document.date,
                "predicate": item.edge.predicate,
            }
            for item in found.found
        ],
        "places": [{"place": place, "count": count} for place, count in found.places],
    }
