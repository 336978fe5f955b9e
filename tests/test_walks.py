"""Walks over the adjacency arrays, held against SPARQL and networkx on graphs of every shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ask import document_at, is_within, list_implementing, trace_lineage
from graph.errors import QueryError
from graph.facts import Direction, read_documents, read_edges
from graph.paths import find_paths
from graph.project import neighbourhood, project_graph
from graph.vocabulary import relation_kinds
from tests.small_graph import (
    BASE,
    PH,
    REPORT,
    MemoryStore,
    document_quads,
    memory_store,
    relation_quads,
    store_of,
    vocabulary_quads,
)

RELATIONS = ("implements", "guides", "replaces", "supersedes", "amends", "cites")
DATES = (None, "2010", "2012-05", "2013-06-03", "2020-01-01")
QUOTE = REPORT.raw[:20]
FAR = 100
"""More steps than any of these graphs has."""


@dataclass
class Case:
    store: MemoryStore
    count: int

    def iri(self, number: int) -> str:
        return f"{BASE}doc/tw/nq/2000/{number}"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Some documents, some undated; relations with cycles, loops, parallel ones, unsure ones, several sources."""
    dates = draw(st.lists(st.sampled_from(DATES), min_size=1, max_size=7))
    numbers = st.integers(0, len(dates) - 1)
    relations = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("a", "b")),
                numbers,
                st.sampled_from(RELATIONS),
                numbers,
                st.sampled_from(("stated", "reported", "inferred")),
                st.sampled_from((0.4, 0.6, 0.9)),
                st.sampled_from((None, None, "2012-01-01", "2021-01-01")),
            ),
            max_size=14,
            unique_by=lambda row: row[:4],
        )
    )

    def statements() -> Iterator[ox.Quad]:
        yield from vocabulary_quads()
        for number, date in enumerate(dates):
            path = f"tw/nq/2000/{number}"
            yield from document_quads(
                path, f"{number + 1:02}-NQ/TW", "dân vận", date, None, None, "central", None
            )
        for source, subject, predicate, object_, basis, confidence, effective in relations:
            ends = [f"tw/nq/2000/{number}" for number in (subject, object_)]
            yield from relation_quads(
                f"{BASE}source/{source}", ends[0], predicate, ends[1], basis, confidence, QUOTE, effective
            )

    return Case(store_of(statements()), len(dates))


def reached(case: Case, path: str) -> set[str]:
    rows = case.store.query(f"SELECT DISTINCT ?other WHERE {{ {path} }}")
    return {row["other"].value for row in rows}


def edges_of(case: Case) -> "nx.MultiDiGraph[str]":
    """Edges that have a record, by SPARQL."""
    rows = case.store.query(
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ ?r <{PH}subject> ?s ; <{PH}predicate> ?p ; <{PH}object> ?o . ?s ?p ?o }}"
    )
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(case.iri(number) for number in range(case.count))
    for row in rows:
        graph.add_edge(row["s"].value, row["o"].value, key=row["p"].value.removeprefix(PH))
    return graph


@settings(max_examples=60)
@given(cases())
def test_implementing_is_the_property_path(case: Case) -> None:
    for number in range(case.count):
        document = document_at(case.store, case.iri(number))
        found = {item.document.iri for item in list_implementing(case.store, document)}
        assert found == reached(case, f"?other <{PH}implements>+ <{document.iri}>") - {document.iri}
        direct = {item.document.iri for item in list_implementing(case.store, document, direct=True)}
        assert direct == reached(case, f"?other <{PH}implements> <{document.iri}>") - {document.iri}


@settings(max_examples=60)
@given(cases())
def test_lineage_is_the_property_path_and_its_ways_are_the_shortest(case: Case) -> None:
    graph = edges_of(case)
    kinds = relation_kinds(case.store)
    followed = [
        (one, other, name)
        for one, other, name in graph.edges(keys=True)
        if kinds[name].implied & {"implements", "supersedes"}
    ]
    narrow = graph.edge_subgraph(followed).copy()
    narrow.add_nodes_from(graph)
    for number, way in product(range(case.count), ("up", "down")):
        document = document_at(case.store, case.iri(number))
        found = trace_lineage(case.store, document, way, depth=FAR)  # type: ignore[arg-type]
        path = f"(<{PH}implements>|<{PH}supersedes>)+"
        ends = (f"<{document.iri}>", "?other") if way == "up" else ("?other", f"<{document.iri}>")
        assert {node.iri for node in found.nodes} == reached(case, f"{ends[0]} {path} {ends[1]}") | {
            document.iri
        }
        turned = narrow if way == "up" else narrow.reverse()
        distances = nx.single_source_shortest_path_length(turned, document.iri)
        assert {iri: len(steps) for iri, steps in found.ways.items()} == distances
        within = narrow.subgraph(distances)
        assert {(edge.subject, edge.object, edge.predicate) for edge in found.edges} == set(
            within.edges(keys=True)
        )
        assert not found.truncated
        for iri, steps in found.ways.items():
            here = document.iri
            for edge in steps:
                near, far = (edge.subject, edge.object) if way == "up" else (edge.object, edge.subject)
                assert near == here
                here = far
            assert here == iri


@settings(max_examples=40)
@given(cases(), st.integers(0, 3))
def test_a_neighbourhood_is_an_ego_graph(case: Case, hops: int) -> None:
    graph = edges_of(case)
    kinds = relation_kinds(case.store)
    drawn = [edge for edge in graph.edges(keys=True) if kinds[edge[2]].drawn]
    narrow = nx.MultiGraph(graph.edge_subgraph(drawn))
    narrow.add_nodes_from(graph)
    for number in range(case.count):
        document = document_at(case.store, case.iri(number))
        found = neighbourhood(case.store, document, hops)
        assert set(found) == set(nx.ego_graph(narrow, document.iri, hops))
    whole = project_graph(case.store, ["relatedTo"])
    assert {(one, other) for one, other in whole.edges()} == {(one, other) for one, other in graph.edges()}


@settings(max_examples=40)
@given(cases())
def test_paths_are_all_the_shortest_ones(case: Case) -> None:
    graph = edges_of(case)
    either = nx.MultiGraph()
    either.add_nodes_from(graph)
    either.add_edges_from((one, other, (one, other, name)) for one, other, name in graph.edges(keys=True))
    for first, last in product(range(case.count), repeat=2):
        ends = [document_at(case.store, case.iri(number)) for number in (first, last)]
        found = find_paths(case.store, *ends, max_depth=FAR, max_paths=10_000)
        told = [
            tuple((step.edge.subject, step.edge.object, step.edge.predicate) for step in path)
            for path in found.paths
        ]
        assert not found.truncated
        if not nx.has_path(either, ends[0].iri, ends[1].iri):
            assert told == []
            continue
        expected = [
            tuple(edges)
            for nodes in {tuple(nodes) for nodes in nx.all_shortest_paths(either, ends[0].iri, ends[1].iri)}
            for edges in product(*(either[one][other] for one, other in pairwise(nodes)))
        ]
        assert sorted(told) == sorted(expected)
        for path in found.paths:
            here = ends[0].iri
            for step in path:
                assert here == (step.edge.subject if step.direction == "up" else step.edge.object)
                assert step.edge.evidence
                here = step.document.iri
            assert here == ends[1].iri


@settings(max_examples=40)
@given(cases(), st.sampled_from(("2011", "2012-05-20", "2013-06", "2030")))
def test_as_of_a_day_nothing_later_is_followed(case: Case, as_of: str) -> None:
    """The same walk, done slowly over what the store tells of each document and edge."""
    every = read_documents(case.store, [case.iri(number) for number in range(case.count)])
    for number in range(case.count):
        root = case.iri(number)
        known, frontier = {root}, [root]
        while frontier:
            edges = read_edges(case.store, frontier, "down", {"implements", "guides"})
            later = {
                edge.subject
                for items in edges.values()
                for edge in items
                if any(is_within(item.effective, as_of) for item in edge.evidence)
                and is_within(every[edge.subject].date, as_of)
            }
            frontier = sorted(later - known)
            known |= later
        found = list_implementing(case.store, every[root], as_of=as_of)
        assert {item.document.iri for item in found} == known - {root}
        lineage = trace_lineage(case.store, every[root], "down", ["implements"], FAR, as_of)
        assert {node.iri for node in lineage.nodes} == known


@pytest.mark.parametrize("way", ["up", "down"])
def test_many_documents_at_once_have_the_edges_of_each(way: Direction) -> None:
    def statements() -> Iterator[ox.Quad]:
        paths = [f"tw/nq/2000/{number:03}" for number in range(120)]
        for path in paths:
            yield from document_quads(path, "01-NQ/TW", "dân vận", None, None, None, "central", None)
        for number, name in product(range(119), ("implements", "cites")):
            for other in {number + 1, number * 7 % 120, number // 2}:
                yield from relation_quads(
                    f"{BASE}source/a", paths[number], name, paths[other], "stated", 0.9, QUOTE
                )

    adjacency = store_of(statements()).index.adjacency
    documents, relations = list(range(119, -1, -1)), [0, 1]
    found = adjacency.steps(documents, way, relations)
    assert found == [step for number in documents for step in adjacency.steps([number], way, relations)]
    assert len(found) == len(adjacency) > 119 * 2


# most steps, most paths -> how many paths, whether cut
@pytest.mark.parametrize(
    ("depth", "most", "paths", "truncated"), [(6, 10, 1, False), (2, 10, 1, False), (1, 10, 0, True)]
)
def test_limits_of_paths_are_told(depth: int, most: int, paths: int, truncated: bool) -> None:
    store = memory_store()
    ends = [document_at(store, path) for path in ("hu-thanh-ha-hai-duong/kh/2022/12", "tw/nq/2013/25")]
    found = find_paths(store, *ends, ["implements"], depth, most)
    assert (len(found.paths), found.truncated) == (paths, truncated)


def test_a_path_names_the_direction_and_the_words_of_each_step() -> None:
    store = memory_store()
    ends = [
        document_at(store, path) for path in ("tu-hung-yen/ct/2022/28", "hu-thanh-ha-hai-duong/kh/2022/12")
    ]
    (path,) = find_paths(store, *ends).paths
    assert [step.direction for step in path] == ["up", "down", "down"]
    assert [step.document.number for step in path] == ["25-NQ/TW", "28-CT/TU", "12-KH/HU"]
    assert all(step.edge.best.quote in REPORT.raw for step in path)
    with pytest.raises(QueryError, match="max_depth"):
        find_paths(store, *ends, max_depth=0)
