"""What a runaway query costs others: `python benchmarks/runaway.py STORE [--queries N] [--rounds N] [--json]`.

A server of two query processes over a store; small queries one after the other, alone and then while one process
is busy with a product of all triples with all others. In rounds, alone and beside in turn, so that what else the
machine does touches both. Prints the medians of the rounds: p50 and p95 of the small queries, their ratio, and
after how many seconds the runaway was stopped.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

SMALL = "SELECT ?x ?n { ?x ph:implements ?y ; ph:number ?n } LIMIT 10"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SECONDS = 5.0
"""After which the server stops a query."""


def ask(address: str, query: str) -> tuple[int, float]:
    """Status of an answer, and the seconds until it was whole."""
    host = urlsplit(address)
    started = time.perf_counter()
    connection = http.client.HTTPConnection(str(host.hostname), host.port, timeout=60)
    connection.request("GET", f"/sparql?query={quote(query)}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.perf_counter() - started


def answers(address: str) -> bool:
    """Whether the server answers already."""
    try:
        return ask(address, SMALL)[0] == 200
    except OSError:
        return False


def small_queries(address: str, count: int) -> list[float]:
    """Seconds of each of some small queries, sorted."""
    answers = [ask(address, SMALL) for _ in range(count)]
    assert {status for status, _ in answers} == {200}  # noqa: S101 - a benchmark of failures says nothing
    return sorted(seconds for _, seconds in answers)


def measure(address: str, count: int, rounds: int) -> dict[str, Any]:
    """The medians over the rounds."""
    small_queries(address, count)
    figures: dict[str, list[float]] = {
        name: [] for name in ("alone_p50", "alone_p95", "beside_p50", "beside_p95", "stopped")
    }
    with ThreadPoolExecutor(1) as thread:
        for _ in range(rounds):
            alone = small_queries(address, count)
            runaway = thread.submit(ask, address, RUNAWAY)
            time.sleep(0.2)
            beside = small_queries(address, count)
            if runaway.done():
                sys.exit("the small queries took longer than the runaway: ask for fewer (--queries)")
            status, stopped = runaway.result()
            assert status == 504  # noqa: S101 - else it was no runaway
            for name, times in (("alone", alone), ("beside", beside)):
                figures[f"{name}_p50"].append(times[count // 2] * 1000)
                figures[f"{name}_p95"].append(times[count * 95 // 100] * 1000)
            figures["stopped"].append(stopped)
    medians = {name: round(statistics.median(values), 3) for name, values in figures.items()}
    ratios = [
        beside / alone for alone, beside in zip(figures["alone_p95"], figures["beside_p95"], strict=True)
    ]
    return {**medians, "limit": SECONDS, "p95_ratio": round(statistics.median(ratios), 2)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--queries", type=int, default=400, help="small queries in each half of a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"PHAHE_STORE": str(given.store), "PHAHE_PORT": str(port), "PHAHE_QUERY_SECONDS": str(SECONDS)}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("phahe"), "serve"],
        env={**os.environ, **settings},
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        while process.poll() is None and not answers(address):
            time.sleep(0.1)
        figures = measure(address, given.queries, given.rounds)
    finally:
        process.terminate()
        process.wait(20)
    if given.json:
        print(json.dumps(figures))
        return
    print(f"small queries alone    p50 {figures['alone_p50']} ms, p95 {figures['alone_p95']} ms")
    print(f"beside a runaway       p50 {figures['beside_p50']} ms, p95 {figures['beside_p95']} ms")
    print(f"p95 beside / alone     {figures['p95_ratio']}")
    print(f"runaway stopped after  {figures['stopped']} s (limit {figures['limit']} s)")


if __name__ == "__main__":
    main()
