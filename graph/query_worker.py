"""A process that answers SPARQL for a server: `python -m graph.query_worker FD CONFIG`.

A query cannot be stopped from within, so it runs where it can be killed. The server sends jobs as frames over
a socket, one at a time, and reads the answer as frames:

    job      4 bytes of length, JSON (`Job`, and `build`)
    answer   1 byte of kind, 4 bytes of length, content:
             `H` media type of what follows; `D` a piece of it, as the engine's own serialisers write it;
             `E` the last piece; `X` JSON `{"kind", "detail"}` instead of or after those: it went wrong;
             `B` (ready) or `Q` (the process ends, since it has grown): the very last frame of each answer

A piece leaves when it is 64 KB or 0.1 seconds old, and writing waits for the reader, so an answer of any
length takes the same memory. The process ends when the server does (the socket closes), when it uses more
memory than it may (`OUT_OF_MEMORY`), or when the server kills it. Unless SERVICE is allowed, the kernel
refuses it every connection. A job names the build to ask; another than before is opened then.
"""

import io
import json
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from graph.egress import forbid_connections
from graph.engine import error_line, has_graph
from graph.errors import QueryError
from graph.prefixes import PREFIXES
from graph.query_text import check_query

OUT_OF_MEMORY = 75
"""Exit status of a process whose query needed more memory than it may use."""

TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Forms of the answer to a SELECT or ASK, by media type."""

GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""Forms of a graph, by media type: the answer to a CONSTRUCT or DESCRIBE, or a graph of the store."""

HEAD, DATA, END, ERROR, READY, QUIT = b"H", b"D", b"E", b"X", b"B", b"Q"
"""Kinds of frames."""

_PIECE = 64 * 1024
_PIECE_SECONDS = 0.1
_WATCH_SECONDS = 0.05
_STACK = 512 << 20
"""Bytes of address space for the engine's stack: it parses by recursion, and 8 MB end at 1,000 brackets."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked.

    Attributes:
        text: the query; None: the whole graph `graph` is wanted.
        graph: IRI of a named graph, None the default graph; where `text` is None.
        table: media type for the answer to a SELECT or ASK; None: none is accepted.
        form: media type for a graph; None: none is accepted.
        base: IRI that relative ones are resolved against.
        default_graphs: IRIs of the graphs that make the default graph; a graph the store has not is empty.
        named_graphs: IRIs of the named graphs; both None: the dataset of the query, or all there is.
        head_only: only whether and in which form it would be answered.
    """

    text: str | None = None
    graph: str | None = None
    table: str | None = None
    form: str | None = None
    base: str | None = None
    default_graphs: list[str] | None = None
    named_graphs: list[str] | None = None
    head_only: bool = False

    def frame(self, build: str) -> bytes:
        """The job as it is sent, for the build in this folder."""
        given = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        content = json.dumps({"build": build, "job": given}).encode()
        return len(content).to_bytes(4, "big") + content


class _RefusedError(Exception):
    """A job that cannot be done: kind of problem, and its detail."""


def answer(rdf: ox.Store, job: Job, service_allow: tuple[str, ...], output: "Output") -> None:
    """Do one job and send what comes of it.

    Args:
        rdf: the build that the job names.
        job: what is asked.
        service_allow: beginnings of the addresses that SERVICE may ask.
        output: where it goes.
    """
    try:
        if job.text is None:
            _send_graph(rdf, job, output)
        else:
            _send_results(rdf, job, job.text, service_allow, output)
        output.finish(END)
    except _RefusedError as error:
        output.fail(*error.args)
    except QueryError as error:
        output.fail("bad-query", str(error))
    except (SyntaxError, ValueError, RuntimeError) as error:
        output.fail("bad-query", f"query: {error_line(error)}")
    except OSError as error:
        output.fail("failed", error_line(error))


def _send_graph(rdf: ox.Store, job: Job, output: "Output") -> None:
    name = ox.DefaultGraph() if job.graph is None else ox.NamedNode(job.graph)
    if job.graph is not None and not has_graph(rdf, job.graph):
        raise _RefusedError("no-graph", f"graph {job.graph}: this store has no such graph")
    if job.form is None:
        raise _RefusedError("not-acceptable", ", ".join(GRAPHS))
    output.begin(job.form)
    if not job.head_only:
        rdf.dump(cast("Any", output), GRAPHS[job.form], from_graph=name, prefixes=PREFIXES)


def _send_results(
    rdf: ox.Store, job: Job, text: str, service_allow: tuple[str, ...], output: "Output"
) -> None:
    given = job.default_graphs is not None or job.named_graphs is not None
    check_query(
        text,
        service_allow=service_allow,
        # a dataset of the request takes the place of the query's own
        has_graph=(lambda _: True) if given else (lambda iri: has_graph(rdf, iri)),
        base=job.base or "",
    )
    dataset: dict[str, Any] = {}
    if given:
        dataset["default_graph"] = [ox.NamedNode(iri) for iri in job.default_graphs or ()]
        dataset["named_graphs"] = [ox.NamedNode(iri) for iri in job.named_graphs or ()]
    results = rdf.query(text, base_iri=job.base, prefixes=PREFIXES, **dataset)
    if isinstance(results, ox.QueryTriples):
        if job.form is None:
            raise _RefusedError("not-acceptable", ", ".join(GRAPHS))
        output.begin(job.form)
        form: Any = GRAPHS[job.form]
    else:
        if job.table is None:
            raise _RefusedError("not-acceptable", ", ".join(TABLES))
        output.begin(job.table)
        form = TABLES[job.table]
    if not job.head_only:
        results.serialize(cast("Any", output), form)


class Output(io.RawIOBase):
    """A binary file whose content becomes frames; pieces are gathered until they are large or old enough."""

    def __init__(self, connection: socket.socket, memory: int) -> None:
        self._connection = connection
        self._memory = memory
        self.must_quit = False
        self._head = b""
        self._held = bytearray()
        self._since = 0.0

    def begin(self, media_type: str) -> None:
        """Say what will be written; it leaves with the first piece, so an early error still replaces it."""
        self._head = _frame(HEAD, media_type.encode())
        self._since = time.monotonic()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Take a part of the answer."""
        self._held += content
        if len(self._held) >= _PIECE or time.monotonic() - self._since > _PIECE_SECONDS:
            self._flush(DATA)
        return len(content)

    def fail(self, kind: str, detail: str) -> None:
        """Send an error in place of what has not left yet."""
        self._head, self._held = b"", bytearray(json.dumps({"kind": kind, "detail": detail}).encode())
        self.finish(ERROR)

    def finish(self, kind: bytes) -> None:
        """Send what is left as the last frame but one, and whether the process goes on."""
        # what the allocator keeps of a large answer would be charged to the next query
        self.must_quit = memory_used() > self._memory // 2
        self._flush(kind, _frame(QUIT if self.must_quit else READY, b""))

    def _flush(self, kind: bytes, last: bytes = b"") -> None:
        self._connection.sendall(self._head + _frame(kind, self._held) + last)
        self._head, self._held = b"", bytearray()
        self._since = time.monotonic()


def _frame(kind: bytes, content: "bytes | bytearray") -> bytes:
    return kind + len(content).to_bytes(4, "big") + content


def _serve(connection: socket.socket, service_allow: tuple[str, ...], memory: int) -> None:
    rdf, build = ox.Store(), ""
    jobs = connection.makefile("rb")
    output = Output(connection, memory)
    while not output.must_quit and len(length := jobs.read(4)) == 4:
        asked = json.loads(jobs.read(int.from_bytes(length, "big")))
        output = Output(connection, memory)
        try:
            if asked["build"] != build:
                rdf, build = _open(asked["build"]), asked["build"]
            answer(rdf, Job(**asked["job"]), service_allow, output)
        except ConnectionError:
            break
        except OSError as error:
            output.fail("no-store", error_line(error))


def _open(build: str) -> ox.Store:
    """Open a build and touch it, so that the first query does not pay for cold files."""
    rdf = ox.Store.read_only(str(Path(build, "rdf")))
    for pattern in ("?s ?p ?o", "?s a ?o", "GRAPH ?g { ?s ?p ?o }"):
        results: Any = rdf.query(f"SELECT * {{ {pattern} }} LIMIT 1000")
        results.serialize(format=ox.QueryResultsFormat.TSV)
    return rdf


def memory_used() -> int:
    """Bytes of this process in memory; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


def _watch(memory: int, parent: int) -> None:
    """End the process when it uses too much memory or its server is gone."""
    while True:
        time.sleep(_WATCH_SECONDS)
        if memory_used() > memory:
            os._exit(OUT_OF_MEMORY)
        if os.getppid() != parent:
            os._exit(0)


def main() -> None:
    """What the process runs: serve the socket of the first argument until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the socket
    config = json.loads(sys.argv[2])
    if not config["service_allow"]:
        forbid_connections()
    connection = socket.socket(fileno=int(sys.argv[1]))
    memory = config["memory"]
    threading.Thread(target=_watch, args=(memory, os.getppid()), daemon=True).start()
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_serve, args=(connection, tuple(config["service_allow"]), memory))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
