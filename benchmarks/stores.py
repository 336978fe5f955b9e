"""One graph in several stores: `python benchmarks/stores.py STORE [--output docs/stores]`.

Loads the graph of a store folder into rdflib's memory, into Oxigraph through rdflib (oxrdflib), into Oxigraph's
server and into Virtuoso (where they are installed), and asks each the same questions: seconds to load, milliseconds
of the median answer, and the ratio to our own store in this very run. An answer that differs is marked.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from graph.prefixes import PREFIXES
from graph.store import Store

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.servers import oxigraph_server, virtuoso_server

BUSY = "SELECT ?d (COUNT(?x) AS ?n) { ?x ph:implements ?d } GROUP BY ?d ORDER BY DESC(?n) ?d LIMIT 1"
QUESTIONS = {
    "implementing": "SELECT ?x { ?x ph:implements <%s> } ORDER BY ?x",
    "implementing, transitive": "SELECT DISTINCT ?x { ?x ph:implements+ <%s> } ORDER BY ?x",
    "lineage up": "SELECT DISTINCT ?x { <%s> (ph:implements|ph:supersedes)+ ?x } ORDER BY ?x",
    "by place": "SELECT ?p (COUNT(?x) AS ?n) { ?x ph:implements ?d ; ph:place ?p } GROUP BY ?p ORDER BY ?p",
    "title": "SELECT (COUNT(?d) AS ?n) { ?d ph:title ?t FILTER CONTAINS(?t, 'kinh tế tập thể') }",
    "stale rules": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x ph:implements ?d . ?y ph:supersedes ?d }",
}
"""%s is the document that is implemented most."""
TIMES = 5


def rows(answer: Any) -> list[tuple[str, ...]]:
    """An answer's values, in its order."""
    names = [variable.value for variable in answer.variables]
    return [tuple(row[name].value for name in names) for row in answer]


def measure(ask: Callable[[str], list[tuple[str, ...]]], busy: str) -> dict[str, Any]:
    """Median milliseconds and the answer of each question."""
    found = {}
    for name, text in QUESTIONS.items():
        times = []
        for _ in range(TIMES):
            started = time.perf_counter()
            answer = ask(text.replace("%s", busy))
            times.append(1000 * (time.perf_counter() - started))
        found[name] = {"ms": round(median(times), 2), "answer": answer}
    return found


@contextmanager
def in_rdflib(
    store: Store, backend: str, form: str
) -> Iterator[tuple[float, Callable[[str], list[tuple[str, ...]]]]]:
    """The default graph in one of rdflib's stores, parsed in one of its forms."""
    import pyoxigraph as ox
    from rdflib import Graph

    with TemporaryDirectory() as folder:
        path = Path(folder, "graph.nt")
        store.dump(str(path), ox.RdfFormat.N_TRIPLES)
        started = time.perf_counter()
        graph = Graph(store=backend).parse(path, format=form)
        seconds = time.perf_counter() - started
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    yield seconds, lambda text: [tuple(str(value) for value in row) for row in graph.query(prefixes + text)]


@contextmanager
def server(start: Any, store: Store) -> Iterator[tuple[float, Callable[[str], list[tuple[str, ...]]]]]:
    """A server with the graph pushed to it, as `phahe push` does."""
    with TemporaryDirectory() as folder, start(Path(folder)) as endpoint:
        started = time.perf_counter()
        endpoint.load(store.all_quads(), store.version)
        yield time.perf_counter() - started, lambda text: rows(endpoint.query(text))


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--output", type=Path, help="write .json beside this name")
    arguments = parser.parse_args()
    result: dict[str, Any] = {}
    with Store(arguments.store) as store:
        busy = rows(store.query(BUSY))[0][0]
        own = measure(lambda text: rows(store.query(text)), busy)
        result["phahe"] = {name: row["ms"] for name, row in own.items()}
        peers: dict[str, Any] = {
            "rdflib": lambda: in_rdflib(store, "default", "nt"),
            "oxrdflib": lambda: in_rdflib(store, "Oxigraph", "ox-nt"),
            "oxigraph server": lambda: server(oxigraph_server, store),
            "virtuoso": lambda: server(virtuoso_server, store),
        }
        for name, start in peers.items():
            try:
                with start() as (seconds, ask):
                    found = measure(ask, busy)
            except (ImportError, pytest.skip.Exception) as error:
                print(f"{name}: left out ({error})", file=sys.stderr)
                continue
            result[name] = {"load_seconds": round(seconds, 1)} | {
                question: {
                    "ms": row["ms"],
                    "ratio": round(row["ms"] / own[question]["ms"], 2),
                    "same": row["answer"] == own[question]["answer"],
                }
                for question, row in found.items()
            }
        print(f"{len(store)} quads, {store.manifest['documents']} documents")
    print(f"{'':26}" + "".join(f"{name:>24}" for name in result))
    for question in QUESTIONS:
        cells = [f"{own[question]['ms']:.2f} ms"]
        cells += [
            f"{result[name][question]['ms']:.2f} ms {result[name][question]['ratio']:g}x"
            + ("" if result[name][question]["same"] else " DIFFERS")
            for name in result
            if name != "phahe"
        ]
        print(f"{question:26}" + "".join(f"{cell:>24}" for cell in cells))
    if arguments.output:
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        arguments.output.with_suffix(".json").write_text(
            json.dumps(result, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
