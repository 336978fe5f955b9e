"""How much of an invented corpus a build understood: `python benchmarks/score_corpus.py TRUTH.jsonl.gz STORE [--json]`.

Documents are compared by scope, number and date, relations by both ends and predicate, each over the whole graph.
A relation is right only where both of its documents are the right ones, so a number that was pinned to the wrong term
or province counts as a wrong and a missing one.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from graph.store import Store

PREDICATES = {
    "implements": ("implements", "details", "guides"),
    "details": ("details",),
    "guides": ("guides",),
    "supersedes": ("replaces", "repeals"),
    "amends": ("amends",),
    "basedOn": ("basedOn",),
}
"""Predicates compared, each with those that state it."""

_DOCUMENTS = """SELECT ?document ?number ?date WHERE {
  ?document a ph:Document ; ph:number ?number . OPTIONAL { ?document ph:dateIssued ?date } }"""
_EDGES = "SELECT ?subject ?object WHERE { ?subject ph:%s ?object }"


def score(truth: Path, store_path: Path) -> dict[str, dict[str, float]]:
    """Precision, recall and counts of documents and of each predicate."""
    documents: set[int] = set()
    edges: dict[str, set[int]] = defaultdict(set)
    for row in _rows(truth):
        documents.update(map(_hash, row["documents"]))
        for subject, predicate, target in row["relations"]:
            for name, stated in PREDICATES.items():
                if predicate in stated:
                    edges[name].add(_hash(f"{subject} > {target}"))
    with Store(store_path) as store:
        keys = dict(_documents(store))
        figures = {"documents": _figures(documents, map(_hash, keys.values()))}
        for name in PREDICATES:
            found = (
                _hash(f"{keys.get(row['subject'].value)} > {keys.get(row['object'].value)}")
                for row in store.query(_EDGES % name)
            )
            figures[name] = _figures(edges[name], found)
    return figures


def _documents(store: Store) -> Iterator[tuple[str, str]]:
    """IRI and key of each document that bears a number."""
    for row in store.query(_DOCUMENTS):
        iri = row["document"].value
        scope = iri.partition("/doc/")[2].partition("/")[0]
        yield iri, f"{scope} {row['number'].value} {row['date'].value if row['date'] else ''}"


def _figures(truth: set[int], found: Iterable[int]) -> dict[str, float]:
    n_found = n_right = 0
    for key in found:
        n_found += 1
        n_right += key in truth
    return {
        "truth": len(truth),
        "found": n_found,
        "right": n_right,
        "precision": round(n_right / n_found, 4) if n_found else 0.0,
        "recall": round(n_right / len(truth), 4) if truth else 0.0,
    }


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _hash(text: str) -> int:
    """Eight bytes for a key, so that millions of them fit in memory."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def main() -> None:
    """Score from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = score(arguments.truth, arguments.store)
    if arguments.json:
        json.dump(figures, sys.stdout, indent=2)
        return
    for name, row in figures.items():
        print(
            f"{name:12} precision {row['precision']:.4f}  recall {row['recall']:.4f}"
            f"  ({row['right']} right of {row['found']} found, {row['truth']} true)"
        )


if __name__ == "__main__":
    main()
