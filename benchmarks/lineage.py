"""How fast lineage is: `python benchmarks/lineage.py STORE [--documents N] [--json]`.

The same documents in one run, half of them taken at random and half where much acts on them. Which documents
descend from one by implements and supersedes, and which stand two steps around it: by the adjacency arrays, by
a SPARQL property path over the same store (Oxigraph on disk), and by networkx over a graph of just those
edges. All three must find the same. Besides: the whole answer of `phahe lineage`, with facts and evidence of up
to 500 documents, and paths between two documents.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import networkx as nx
import psutil

from graph.adjacency import Direction
from graph.ask import LINEAGE, document_at, trace_lineage
from graph.index import DocumentIndex
from graph.paths import find_paths
from graph.store import Store
from graph.vocabulary import narrower, relation_kinds
from graph.walk import Walk

_PATH = "SELECT DISTINCT ?d { ?d (ph:implements|ph:supersedes)+ <%s> }"
_AROUND = "(ph:implements|ph:supersedes|^ph:implements|^ph:supersedes)"
_TWO_STEPS = f"SELECT DISTINCT ?d {{ {{ <%s> {_AROUND} ?d }} UNION {{ <%s> {_AROUND}/{_AROUND} ?d }} }}"
_BOTH: tuple[Direction, ...] = ("up", "down")


def descendants(index: DocumentIndex, root: int, relations: frozenset[str]) -> set[int]:
    """Documents below one, without limits; itself left out."""
    walk = Walk(index, root, relations)
    frontier = [root]
    while frontier:
        n_before = len(walk.known)
        walk.advance(frontier, "down")
        frontier = list(islice(walk.known, n_before, None))
    return set(walk.known) - {root}


def around(index: DocumentIndex, root: int, relations: frozenset[str]) -> set[int]:
    """Documents at most two steps from one, whichever way; itself left out."""
    walk = Walk(index, root, relations)
    frontier = [root]
    for _ in range(2):
        n_before = len(walk.known)
        for way in _BOTH:
            walk.advance(frontier, way)
        frontier = list(islice(walk.known, n_before, None))
    return set(walk.known) - {root}


def networkx_graph(
    index: DocumentIndex, relations: frozenset[str]
) -> tuple["nx.DiGraph[int]", dict[str, float]]:
    """The same edges for networkx, with how long it took and what it holds."""
    before, started = psutil.Process().memory_info().rss, time.perf_counter()
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(index.count))
    for key in index.adjacency.keys(index.relations_named(relations)):
        _, subject, object_ = index.adjacency.ends_of(key)
        graph.add_edge(subject, object_)
    seconds = time.perf_counter() - started
    held = psutil.Process().memory_info().rss - before
    return graph, {"build_seconds": round(seconds, 2), "megabytes": round(held / 1e6, 1)}


def sample(index: DocumentIndex, count: int, rng: random.Random) -> list[int]:
    """Documents: half at random, half of those that most others act on."""
    known = index.orders["standing"][: max(1, index.count // 100)].tolist()
    return [rng.randrange(index.count) if place % 2 else rng.choice(known) for place in range(count)]


def timed(ask: Callable[[int], Any], documents: Sequence[int]) -> tuple[dict[str, float], list[Any]]:
    """Milliseconds of wall time at p50 and p95, and the answers; the first few are asked once before."""
    for document in documents[:5]:
        ask(document)
    times, answers = [], []
    for document in documents:
        started = time.perf_counter()
        answers.append(ask(document))
        times.append((time.perf_counter() - started) * 1000)
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return {"p50": round(statistics.median(times), 4), "p95": round(p95, 4)}, answers


def compare(store: Store, documents: list[int]) -> dict[str, Any]:
    """All figures.

    Raises:
        AssertionError: two ways found different documents.
    """
    index = store.index
    relations = narrower(relation_kinds(store), LINEAGE)
    iris = dict(zip(sorted(set(documents)), index.iris_of(set(documents)), strict=True))
    graph, networkx = networkx_graph(index, relations)
    reverse, either = graph.reverse(copy=False), graph.to_undirected(as_view=True)

    def by_sparql(query: str, document: int) -> set[str]:
        text = query.replace("%s", iris[document])
        return {row["d"].value for row in store.query(text)} - {iris[document]}

    asked: dict[str, dict[str, Callable[[int], set[Any]]]] = {
        "descendants": {
            "adjacency": lambda document: descendants(index, document, relations),
            "sparql": lambda document: by_sparql(_PATH, document),
            "networkx": lambda document: set(nx.descendants(reverse, document)) - {document},
        },
        "two_steps": {
            "adjacency": lambda document: around(index, document, relations),
            "sparql": lambda document: by_sparql(_TWO_STEPS, document),
            "networkx": lambda document: set(nx.ego_graph(either, document, 2)) - {document},
        },
    }
    figures: dict[str, Any] = {"documents": index.count, "edges": len(index.adjacency), "networkx": networkx}
    for question, ways in asked.items():
        answers: dict[str, list[Any]] = {}
        figures[question] = {}
        for way, ask in ways.items():
            figures[question][way], answers[way] = timed(ask, documents)
        figures[question]["found"] = {
            "p50": statistics.median(map(len, answers["adjacency"])), "most": max(map(len, answers["adjacency"]))
        }  # fmt: skip
        for ours, theirs, sparql in zip(
            answers["adjacency"], answers["networkx"], answers["sparql"], strict=True
        ):
            assert ours == theirs, question  # noqa: S101 - a figure of wrong answers is none
            assert set(index.iris_of(ours)) == sparql, question  # noqa: S101
        for peer in ("sparql", "networkx"):
            figures[question][f"{peer}_over_adjacency"] = {
                name: round(figures[question][peer][name] / figures[question]["adjacency"][name], 1)
                for name in ("p50", "p95")
            }
    read = {number: document_at(store, iri) for number, iri in iris.items()}
    figures["whole_answer"], _ = timed(lambda number: trace_lineage(store, read[number], "down"), documents)
    pairs = dict(zip(documents, reversed(documents), strict=True))
    figures["paths"], _ = timed(
        lambda number: find_paths(store, read[number], read[pairs[number]]), documents
    )
    return figures


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with Store(args.store) as store:
        rng = random.Random(25)  # noqa: S311 - which documents are asked about
        figures = compare(store, sample(store.index, args.documents, rng))
    if args.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{figures['documents']} documents, {figures['edges']} edges; milliseconds, p50 and p95")
    for question in ("descendants", "two_steps"):
        print(f"{question} (found: {figures[question]['found']})")
        for way in ("adjacency", "sparql", "networkx"):
            ratio = figures[question].get(f"{way}_over_adjacency")
            times = figures[question][way]
            print(
                f"  {way:10} {times['p50']:10.3f} {times['p95']:10.3f}"
                + (f"   times {ratio}" if ratio else "")
            )
    for name in ("whole_answer", "paths", "networkx"):
        print(f"{name}: {figures[name]}")


if __name__ == "__main__":
    main()
