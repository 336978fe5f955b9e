"""The projection: what becomes a node and an edge, and how much of a neighbourhood is taken."""

from io import BytesIO

import networkx as nx
import pytest

from graph.ask import document_at
from graph.layout import place_nodes
from graph.project import neighbourhood, project_graph
from tests.small_graph import DOCUMENTS, memory_store


def test_the_whole_store_becomes_a_multigraph() -> None:
    graph = project_graph(memory_store())
    assert len(graph) == len(DOCUMENTS)
    assert graph.number_of_edges() == 7, "all but what is inferred and what the vocabulary does not draw"
    assert {key for _, _, key in graph.edges(keys=True)} == {"implements", "guides", "replaces"}
    for _, _, facts in graph.edges(data=True):
        assert facts["quote"]
        assert facts["caption"]


def test_it_can_be_written_as_graph_files() -> None:
    graph = project_graph(memory_store())
    for write in (nx.write_graphml, nx.write_gexf):
        out = BytesIO()
        write(graph, out)
        assert b"25-NQ/TW" in out.getvalue()


# hops, cap -> nodes, whether cut
@pytest.mark.parametrize(
    ("hops", "cap", "nodes", "truncated"),
    [(0, 100, 1, False), (1, 100, 5, False), (2, 100, 6, False), (2, 3, 3, True)],
)
def test_a_neighbourhood_stops_where_told(hops: int, cap: int, nodes: int, truncated: bool) -> None:
    store = memory_store()
    graph = neighbourhood(store, document_at(store, "tw/nq/2013/25"), hops, cap)
    assert (len(graph), graph.graph["truncated"]) == (nodes, truncated)


def test_relations_can_be_chosen() -> None:
    store = memory_store()
    graph = neighbourhood(store, document_at(store, "tw/qd/2021/23"), 1, relations=["cites"])
    assert [(edge[0].rpartition("/")[2], edge[2]) for edge in graph.edges(keys=True)] == [("357", "cites")]


def test_no_two_nodes_stand_in_one_place_and_levels_come_from_the_top() -> None:
    graph = project_graph(memory_store())
    positions = place_nodes(graph)
    assert len(set(positions.values())) == len(positions) == len(graph)
    lowest = {
        level: max(y for node, (_, y) in positions.items() if graph.nodes[node]["level"] == level)
        for level in ("central", "province", "district")
    }
    assert lowest["central"] < lowest["province"] < lowest["district"]
