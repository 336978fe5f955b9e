"""How fast search is: `python benchmarks/search.py STORE [--queries N] [--rebuild] [--json]`.

Words are taken from the titles of the store itself, two to four in a row, every other question without marks.
In one run: candidates (`phahe find`), a page of a list with its total, suggestions while typing, and, as the
peer, SPARQL's CONTAINS over the same store. Besides: how long opening takes, what an opened read model holds
in memory of its own, and with `--rebuild` how long it takes to write, with how much memory.
"""

import argparse
import json
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil
import pyoxigraph as ox

from graph.ask import find_documents
from graph.browse import browse_documents
from graph.facts import documents_of
from graph.index import DocumentIndex
from graph.nquads import write_sorted
from graph.store import Store, live_build
from graph.suggest import suggest
from graph.write_index import write_index
from ontology.slug import fold

_CONTAINS = 'SELECT (COUNT(*) AS ?n) {{ ?d ph:title ?t FILTER(CONTAINS(LCASE(?t), "{}")) }}'
PEER_QUERIES = 10
"""Questions put to the peer, which takes a second for each at 500,000 documents."""


def questions(index: DocumentIndex, count: int, rng: random.Random) -> list[str]:
    """Words of titles, as somebody who half remembers one would type them."""
    chosen = [rng.randrange(index.count) for _ in range(count)]
    found = []
    for place, document in enumerate(documents_of(index, chosen).values()):
        words = (document.title or document.label).split()
        length = rng.randint(2, 4)
        start = rng.randrange(max(1, len(words) - length + 1))
        text = " ".join(words[start : start + length]).lower()
        found.append(fold(text) if place % 2 else text)
    rng.shuffle(found)
    return found


def measure(ask: Callable[[str], object], texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of wall time: median, 95th percentile and most; one round before warms up."""
    for text in texts[:10]:
        ask(text)
    times = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - started) * 1000)
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return {"p50": round(statistics.median(times), 3), "p95": round(p95, 3), "max": round(max(times), 3)}


def folder_megabytes(folder: Path) -> float:
    """What the files below a folder take."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def open_alone(folder: Path, texts: Sequence[str]) -> dict[str, float]:
    """In a process of its own: seconds until the read model is open, and the memory it then holds for itself."""
    before = psutil.Process().memory_full_info().uss
    started = time.perf_counter()
    index = DocumentIndex(folder)
    opened = time.perf_counter() - started
    held = psutil.Process().memory_full_info().uss - before
    store = _Opened(index)
    for text in texts:
        find_documents(store, text)
        browse_documents(store, words=text)
    after = psutil.Process().memory_full_info().uss - before
    return {
        "open_seconds": round(opened, 4),
        "own_megabytes": round(held / 1e6, 1),
        "own_megabytes_after_questions": round(after / 1e6, 1),
    }


class _Opened:
    """A read model as a store: it answers no SPARQL."""

    def __init__(self, index: DocumentIndex) -> None:
        self.index = index

    def query(self, text: str, /) -> Any:
        raise NotImplementedError


def rebuild(store: Path) -> dict[str, float]:
    """In a process of its own: write the read model of a store anew, from its sorted quads."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store(store) as opened, (folder / "dump.nq").open("wb") as file:
            opened.dump(file, ox.RdfFormat.N_QUADS)
        with (folder / "dump.nq").open(encoding="utf-8", newline="\n") as file:
            n_quads = write_sorted((line.rstrip("\n") for line in file), folder / "graph.nq", folder)
        before = resource.getrusage(resource.RUSAGE_SELF)
        started = time.perf_counter()
        write_index(folder / "graph.nq", folder / "index")
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
        unit = 1024 if sys.platform != "darwin" else 1024**2
        return {
            "quads": n_quads,
            "wall_seconds": round(wall, 1),
            "cpu_seconds": round(after.ru_utime - before.ru_utime, 1),
            "peak_megabytes": round(after.ru_maxrss / unit, 1),
        }


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--rebuild", action="store_true", help="write the read model anew, too")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    build = live_build(args.store)
    if build is None:
        parser.error(f"store {args.store}: nothing built there")
    rng = random.Random(25)  # noqa: S311 - which titles are asked for
    with Store(args.store) as store:
        texts = questions(store.index, args.queries, rng)
        figures: dict[str, Any] = {
            "documents": store.index.count,
            "find": measure(lambda text: find_documents(store, text), texts),
            "browse": measure(lambda text: browse_documents(store, words=text), texts),
            "browse_sorted": measure(
                lambda text: browse_documents(store, words=text, level="local", sort="-date"), texts
            ),
            "suggest": measure(lambda text: suggest(store, text[:-1]), texts),
            "contains": measure(lambda text: list(store.query(_CONTAINS.format(text))), texts[:PEER_QUERIES]),
        }
    figures["contains_over_find"] = {
        name: round(figures["contains"][name] / figures["find"][name], 1) for name in ("p50", "p95")
    }
    alone = multiprocessing.get_context("spawn")
    with alone.Pool(1) as pool:
        figures["opened"] = pool.apply(open_alone, (build / "index", texts[:50]))
    figures["megabytes"] = {name: folder_megabytes(build / name) for name in ("index", "rdf")}
    if args.rebuild:
        with alone.Pool(1) as pool:
            figures["rebuild"] = pool.apply(rebuild, (args.store,))
    if args.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{figures['documents']} documents; milliseconds, p50 and p95")
    for name in ("find", "browse", "browse_sorted", "suggest", "contains"):
        print(f"  {name:15} {figures[name]['p50']:10.2f} {figures[name]['p95']:10.2f}")
    ratio = figures["contains_over_find"]
    print(f"CONTAINS takes {ratio['p50']} times as long at p50, {ratio['p95']} at p95")
    for name in ("opened", "megabytes", "rebuild"):
        if name in figures:
            print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figures[name].items()))


if __name__ == "__main__":
    main()
