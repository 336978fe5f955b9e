"""How long do questions about time take, against the plain lineage? `python benchmarks/in_time.py STORE [N]`.

For N documents chosen at random (and as many of those that others act upon most): the plain lineage down, the same
as of a date, the status, the difference of two dates, and the findings about the document. Prints the median and the
95th percentile of each in milliseconds, and how many times the plain lineage's 95th percentile it is; exit status 1
where as-of lineage or findings take more than five times the plain lineage.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from graph.ask import trace_lineage
from graph.coverage import cover
from graph.diff import diff_lineage
from graph.facts import Document, read_documents
from graph.findings import find_findings
from graph.status import status_of
from graph.store import Store

AS_OF, BEFORE = "2020-12-31", "2015-12-31"
MOST = 5.0
"""Times the plain lineage that as-of lineage and findings may take."""

_DOCUMENTS = "SELECT ?document WHERE { ?document a ph:Document }"
_WELL_KNOWN = """
SELECT ?document (COUNT(?by) AS ?n) WHERE { ?by ph:implements|ph:supersedes ?document }
GROUP BY ?document ORDER BY DESC(?n) ?document LIMIT %d"""


def main() -> int:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=300)
    args = parser.parse_args()
    with Store(args.store) as store:
        chosen = _chosen(store, args.count)
        print(f"{store.manifest['documents']} documents, {len(chosen)} asked about")
        slow = _compare(store, chosen)
        started = time.perf_counter()
        found = find_findings(store, as_of=AS_OF)
        print(f"all findings: {len(found.items)} in {time.perf_counter() - started:.1f} s")
    return int(slow)


def _chosen(store: Store, count: int) -> list[Document]:
    iris = sorted(row["document"].value for row in store.query(_DOCUMENTS))
    rng = random.Random(25)  # noqa: S311 - a sample
    chosen = rng.sample(iris, min(count, len(iris)))
    known = [row["document"].value for row in store.query(_WELL_KNOWN % count)]
    return list(read_documents(store, [*chosen, *known]).values())


def _compare(store: Store, documents: list[Document]) -> bool:
    questions: dict[str, Callable[[Document], object]] = {
        "lineage": lambda document: trace_lineage(store, document, "down"),
        "lineage as of a date": lambda document: trace_lineage(store, document, "down", as_of=AS_OF),
        "status": lambda document: status_of(store, [document], AS_OF),
        "difference": lambda document: diff_lineage(store, document, BEFORE, AS_OF),
        "findings": lambda document: find_findings(store, [document], as_of=AS_OF),
        "coverage": lambda document: cover(store, document, AS_OF),
    }
    percentiles: dict[str, float] = {}
    for name, ask in questions.items():
        some = documents if name != "coverage" else documents[:: max(1, len(documents) // 30)]
        ask(some[0])
        times = [_milliseconds(ask, document) for document in some]
        percentiles[name] = statistics.quantiles(times, n=20)[-1]
        ratio = percentiles[name] / percentiles["lineage"]
        print(
            f"{name:22} median {statistics.median(times):8.2f} ms   p95 {percentiles[name]:8.2f} ms   {ratio:5.1f} x"
        )
    return any(
        percentiles[name] > MOST * percentiles["lineage"] for name in ("lineage as of a date", "findings")
    )


def _milliseconds(ask: Callable[[Document], object], document: Document) -> float:
    started = time.perf_counter()
    ask(document)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
