"""How fast and how steady the server is: `python benchmarks/serve.py STORE --peers PYTHON [--seconds S] [--json]`.

STORE is a store of the generated graph (`benchmarks/generate_graph.py 100000 --store STORE`). In one run, with
the same queries of the same documents:

queries      small SPARQL queries, one client and several: phahe, and Oxigraph's own server on the very files
small        the same over a smaller graph, with rdflib-endpoint over an rdflib store besides, which would need
             gigabytes and minutes for the large one
lineage      REST lineage (documents, relations, evidence) against the bare property path in SPARQL
reload       requests without pause while builds go live one after another: none may fail

What a runaway query costs others: `benchmarks/runaway.py`. The peers live in an environment of their own:
`python -m venv peers && peers/bin/pip install oxigraph rdflib-endpoint`. Without `--peers` phahe is measured alone.
Needs wrk. Every figure beside the ratio is in milliseconds or requests a second; a ratio of p50, p95: theirs by
ours, of the rate: ours by theirs.
"""

import argparse
import json
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parent))
from generate_graph import make_store
from load import Load, finish_load, measure, start_load

from graph.iri import parse_document
from graph.store import Store, live_build, swap_live

PHAHE = Path(sys.executable).with_name("phahe")
JSON = "application/sparql-results+json"
HEAD = "PREFIX ph: <https://w3id.org/phahe/ontology#> "

# name: query about the document %s; each touches a few to a few hundred quads
QUERIES = {
    "facts": "SELECT ?property ?value { <%s> ?property ?value }",
    "implementers": "SELECT ?x ?title { ?x ph:implements <%s> ; ph:level ph:province ; ph:title ?title } LIMIT 100",
    "evidence": "SELECT ?x ?quote ?basis { ?r ph:object <%s> ; ph:subject ?x ; ph:quote ?quote ; ph:basis ?basis }"
    " LIMIT 100",
    "known": "ASK { ?x ph:supersedes <%s> }",
}
PATH = {
    "up": "SELECT DISTINCT ?y { <%s> (ph:implements|ph:supersedes)+ ?y }",
    "down": "SELECT DISTINCT ?x { ?x (ph:implements|ph:supersedes)+ <%s> }",
}
ENDPOINTS = {"phahe": "/sparql", "oxigraph": "/query", "rdflib-endpoint": "/"}
SAMPLE = 200
"""Documents that are asked about, in turn."""


def sample_of(store_path: Path) -> dict[str, list[str]]:
    """IRIs: documents that something implements, at random; and those that most do, for the way down."""
    with Store(store_path) as store:
        rows = store.query(
            "SELECT ?y (COUNT(*) AS ?n) { ?x ph:implements ?y } GROUP BY ?y ORDER BY DESC(?n) ?y"
        )
        ranked = [row["y"].value for row in rows]
        below = [row["x"].value for row in store.query("SELECT DISTINCT ?x { ?x ph:implements ?y }")]
    rng = random.Random(25)  # noqa: S311 - which documents are asked about
    return {
        "any": rng.sample(ranked, min(SAMPLE, len(ranked))),
        "up": rng.sample(sorted(below), min(SAMPLE, len(below))),
        "down": ranked[:50],
    }


def asked(query: str, iris: list[str], path: str) -> list[str]:
    """Addresses of the query about each document."""
    return [f"{path}?{urlencode({'query': HEAD + query % iri}, quote_via=quote)}" for iri in iris]


@contextmanager
def running(command: list[str], url: str | None, ready: str) -> Iterator[str]:
    """A server, once its `ready` address answers; its own address. Without `url` it tells it on stderr."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stderr=log, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 1800
            while True:
                log.seek(0)
                told = re.search(r"http://127\.0\.0\.1:\d+", log.read()) if url is None else None
                url = told[0] if told else url
                try:
                    if url and httpx.get(url + ready, timeout=10).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                log.seek(0)
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{command[0]} did not start: {log.read()[-500:]}")
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            process.wait(60)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def phahe(store: Path, workers: int, *options: str) -> Any:
    """Our server over a store."""
    command = [str(PHAHE), "serve", "--port", "0", "--store", str(store), "--workers", str(workers), *options]
    return running(command, None, "/readyz")


def oxigraph(python: Path, store: Path) -> Any:
    """Oxigraph's server over the same files."""
    port = free_port()
    build = live_build(store)
    command = [
        str(python.with_name("oxigraph")),
        "serve-read-only",
        "-l",
        f"{build}/rdf",
        "-b",
        f"127.0.0.1:{port}",
    ]
    return running(command, f"http://127.0.0.1:{port}", f"/query?query={quote('ASK {}')}")


@contextmanager
def rdflib_endpoint(python: Path, store: Path) -> Iterator[str]:
    """rdflib-endpoint over an rdflib store of the same triples."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nt"
        with Store(store) as opened, file.open("wb") as out:
            opened.dump(out, ox.RdfFormat.N_TRIPLES)
        port = free_port()
        command = [str(python.with_name("rdflib-endpoint")), "serve", "--host", "127.0.0.1", "--port", str(port),
                   str(file)]  # fmt: skip
        with running(command, f"http://127.0.0.1:{port}", f"/?query={quote('ASK {}')}") as url:
            yield url


def n_rows(url: str, address: str) -> int:
    """Rows of an answer (an ASK has one)."""
    answer = httpx.get(url + address, headers={"Accept": JSON}, timeout=120)
    answer.raise_for_status()
    body = answer.json()
    return len(body["results"]["bindings"]) if "results" in body else 1


def measure_queries(
    servers: dict[str, Callable[[], Any]], iris: list[str], clients: int, seconds: float
) -> dict[str, Any]:
    """Each query on each server, by one client and by several; rows are compared."""
    found: dict[str, Any] = {name: {} for name in QUERIES}
    for server, start in servers.items():
        with start() as url:
            for name, query in QUERIES.items():
                addresses = asked(query, iris, ENDPOINTS[server])
                found[name][server] = {
                    "rows": sum(n_rows(url, address) for address in addresses[:20]),
                    "alone": row(measure(url, addresses, 1, seconds, JSON)),
                    "together": row(measure(url, addresses, clients, seconds, JSON)),
                }
    for name, by_server in found.items():
        rows = {server: figures["rows"] for server, figures in by_server.items()}
        if len(set(rows.values())) > 1:
            raise SystemExit(f"{name}: the servers do not give the same rows: {rows}")
    return found


def measure_lineage(
    servers: dict[str, Callable[[], Any]], sample: dict[str, list[str]], clients: int, seconds: float
) -> dict[str, Any]:
    """REST against the property path, on our server and, the path, on the others."""
    found: dict[str, Any] = {"up": {}, "down": {}}
    for server, start in servers.items():
        with start() as url:
            for way in found:
                kinds = {f"{server} path": asked(PATH[way], sample[way], ENDPOINTS[server])}
                if server == "phahe":
                    kinds["phahe REST"] = [
                        f"/documents/{parse_document(iri)}/lineage?direction={way}" for iri in sample[way]
                    ]
                for name, addresses in kinds.items():
                    found[way][name] = {
                        "alone": row(measure(url, addresses, 1, seconds)),
                        "together": row(measure(url, addresses, clients, seconds)),
                    }
    return found


def measure_reload(
    store: Path, iris: list[str], workers: int, clients: int, seconds: float
) -> dict[str, Any]:
    """Requests without pause while another build goes live every half second."""
    build = live_build(store)
    assert build is not None  # noqa: S101 - sampled before
    paths = [f"/documents/{parse_document(iri)}" for iri in iris] + ["/readyz"] * len(iris)
    with tempfile.TemporaryDirectory() as folder:
        builds = Path(folder) / "builds"
        builds.mkdir()
        names = ["a" * 16, "b" * 16]
        for name in names:  # two builds of the same files: what matters here is that the server takes them up
            (builds / name).symlink_to(build.resolve(), target_is_directory=True)
        swap_live(Path(folder), names[0])
        with phahe(Path(folder), workers) as url:
            load = start_load(url, paths, clients, seconds)
            swaps = 0
            while load.poll() is None:
                time.sleep(0.5)
                swaps += 1
                swap_live(Path(folder), names[swaps % 2])
            found = finish_load(load)
    return row(found) | {"swaps": swaps, "lost": found.failed + found.refused}


def row(load: Load) -> dict[str, Any]:
    """A load's figures, rounded."""
    figures = {name: round(value, 3) for name, value in asdict(load).items()}
    return figures | {"rate": round(load.rate, 1)}


def ratio(one: float, other: float) -> float:
    """One by the other."""
    return round(one / max(other, 1e-9), 2)


def show(title: str, rows: dict[str, dict[str, Any]]) -> None:
    """Print loads, each with its ratios to the first."""
    first = next(iter(rows.values()))
    print(title)
    for name, found in rows.items():
        print(
            f"  {name:28} {found['rate']:9.1f}/s  p50 {found['p50']:9.2f}  p95 {found['p95']:9.2f} ms"
            f"   rate x{ratio(first['rate'], found['rate']):.2f}  p50 x{ratio(found['p50'], first['p50']):.2f}"
            f"  p95 x{ratio(found['p95'], first['p95']):.2f}"
            + (
                f"   {found['failed']} failed, {found['refused']} refused"
                if found["failed"] + found["refused"]
                else ""
            )
        )


def main() -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path, help="a store of the generated graph")
    parser.add_argument(
        "--peers", type=Path, help="the Python of an environment with oxigraph and rdflib-endpoint"
    )
    parser.add_argument(
        "--small", type=int, default=10_000, help="documents of the graph for rdflib-endpoint"
    )
    parser.add_argument("--workers", type=int, default=2, help="web processes of phahe (default 2)")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=4, help="length of each load")
    parser.add_argument(
        "--only",
        action="append",
        choices=["queries", "small", "lineage", "reload"],
        help="repeatable",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    wanted = arguments.only or ["queries", "small", "lineage", "reload"]
    store, peers, workers = arguments.store, arguments.peers, arguments.workers
    clients, seconds = arguments.clients, arguments.seconds

    sample = sample_of(store)
    servers: dict[str, Callable[[], Any]] = {"phahe": lambda: phahe(store, workers)}
    if peers:
        servers["oxigraph"] = lambda: oxigraph(peers, store)
    result: dict[str, Any] = {}
    if "queries" in wanted:
        result["queries"] = measure_queries(servers, sample["any"], clients, seconds)
    if "small" in wanted and peers:
        with tempfile.TemporaryDirectory() as folder:
            small = Path(folder) / "store"
            make_store(arguments.small, 25, small)
            those: dict[str, Callable[[], Any]] = {
                "phahe": lambda: phahe(small, workers),
                "oxigraph": lambda: oxigraph(peers, small),
                "rdflib-endpoint": lambda: rdflib_endpoint(peers, small),
            }
            result["small"] = measure_queries(those, sample_of(small)["any"], clients, seconds)
    if "lineage" in wanted:
        result["lineage"] = measure_lineage(servers, sample, clients, seconds)
    if "reload" in wanted:
        result["reload"] = measure_reload(store, sample["any"], workers, 32, seconds * 2)
    if arguments.json:
        print(json.dumps(result, indent=2))
        return 0
    for part in ("queries", "small", "lineage"):
        for name, by_server in result.get(part, {}).items():
            for way, label in (("alone", "1 client"), ("together", f"{clients} clients")):
                rows = {server: figures[way] for server, figures in by_server.items()}
                if part == "lineage":
                    rows = {"phahe REST": rows.pop("phahe REST"), **rows}
                show(f"{part}: {name}, {label}", rows)
    if "reload" in result:
        found = result["reload"]
        print(
            f"reload: {found['requests']} requests, {found['rate']}/s, p95 {found['p95']} ms, {found['swaps']} builds"
            f" went live: {found['lost']} lost"
        )
        return 1 if found["lost"] else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
