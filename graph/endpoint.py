"""A SPARQL 1.1 server that holds the graph: asked by the protocol, filled by the graph store protocol.

Oxigraph's server, Virtuoso, GraphDB, Fuseki, QLever and Neptune speak both. What of our graph stands in the default
graph goes into one named graph of theirs, since some have no default graph to write to; the vocabulary goes into the
graph of its own IRI. No blank node is sent twice, so a batch may be sent again: a load that was cut off goes on where
it was, and only a whole one is marked with the graph's version and may be asked.
"""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson
import pyoxigraph as ox

from graph.errors import QueryError, StoreError
from graph.nquads import VOCABULARY_GRAPH
from graph.prefixes import PREFIXES
from graph.query_text import check_query
from ontology.query import named_query

GRAPH = "https://w3id.org/phahe/graph"
"""The graph of theirs that holds what is asserted, unless told otherwise."""
VERSION = "http://www.w3.org/2002/07/owl#versionInfo"
LOADED = "https://w3id.org/phahe/ontology#loadedBatches"
"""How many batches of a load that is not finished have arrived."""

BATCH = 5_000
"""Triples of one request: some servers refuse larger ones."""
_TRIES = 5
_WAIT = 0.5
"""Seconds before a request is tried again the first time; each time twice as long."""
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})

Term = ox.NamedNode | ox.Literal


class Endpoint:
    """A server by its addresses.

    Args:
        query_url: of queries (`http://127.0.0.1:8890/sparql`); user and password may stand in it.
        data_url: of the graph store protocol; None: to be asked only.
        graph: IRI of the graph that holds ours.
        seconds: to wait for an answer.
    """

    def __init__(
        self, query_url: str, data_url: str | None = None, graph: str = GRAPH, seconds: float = 120.0
    ) -> None:
        self.query_url, self.data_url, self.graph, self.seconds = query_url, data_url, graph, seconds
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for url in (query_url, data_url or ""):
            parts = urlsplit(url)
            if url and parts.scheme not in {"http", "https"}:
                raise StoreError(f"store {url!r}: expected an address that begins with http:// or https://")
            if parts.username:
                passwords.add_password(None, _plain(url), parts.username, parts.password or "")
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPDigestAuthHandler(passwords), urllib.request.HTTPBasicAuthHandler(passwords)
        )

    @property
    def version(self) -> str:
        """The version of the graph there.

        Raises:
            StoreError: none is there, or its load was not finished.
        """
        found = self._told(VERSION)
        if found is None:
            state = "half of one is there" if self._told(LOADED) else "none is there"
            raise StoreError(f"store {self.query_url}: no graph of ours ({state}); run: phahe push")
        return found

    def query(self, text: str, **substitutions: Term | str | int | float) -> Any:
        """Ask in SPARQL 1.1, as `graph.store.Store.query` does.

        Args:
            text: the query; SERVICE, FROM and updates are refused.
            substitutions: values of variables; of a SELECT they stay columns.

        Returns:
            pyoxigraph's QuerySolutions or QueryBoolean; of CONSTRUCT an iterator of triples.

        Raises:
            QueryError: the query is malformed or not allowed.
            StoreError: the server cannot be reached, or fails.
        """
        check_query(text)
        bound = {name: _written(value) for name, value in substitutions.items()}
        declared = {name for name, _ in re.findall(r"(?im)^\s*PREFIX\s+(\w*):\s*(<)", text)}
        prefixes = "".join(
            f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name not in declared
        )
        body = urlencode({"query": prefixes + _bind(text, bound), "default-graph-uri": self.graph}).encode()
        form = _form(text)
        is_graph = form in {"CONSTRUCT", "DESCRIBE"}
        accept = "application/n-triples" if is_graph else "application/sparql-results+json"
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._request("POST", self.query_url, body, headers)
        if is_graph:
            return ox.parse(answer, ox.RdfFormat.N_TRIPLES)
        if form == "ASK":
            answer = _truth(answer)
        return ox.parse_query_results(BytesIO(answer), ox.QueryResultsFormat.JSON)

    def run(self, name: str, **parameters: Term | str | int | float) -> Any:
        """Ask a named query (`ontology/queries/{name}.rq`) with its parameters.

        Raises:
            QueryError: no such query.
        """
        try:
            query = named_query(name)
        except KeyError:
            raise QueryError(f"query {name!r}: no such named query; see ontology/queries") from None
        return self.query(query.text, **parameters)

    def load(
        self, quads: Iterable[ox.Quad], version: str, told: Callable[[int], None] = lambda batches: None
    ) -> int:
        """Fill the server with a graph, in batches; how many triples were sent.

        A load of the same version that was cut off goes on where it was; of another version it begins anew.
        Until the end the graph bears no version, so that nobody takes half of it for the whole.

        Args:
            quads: in the same order each time; of the vocabulary's graph and of the default one.
            version: of the graph.
            told: called with how many triples are done.

        Raises:
            StoreError: the server refuses, or fails again and again.
        """
        done = 0
        begun = (self._told(LOADED) or "").split()
        if len(begun) == 2 and begun[0] == version:
            done = int(begun[1])
        else:
            self._send("PUT", self.graph, self._note(LOADED, f"{version} 0"))
        vocabulary: list[ox.Triple] = []
        n_sent = 0
        for number, batch in enumerate(_batches(_asserted(quads, vocabulary), BATCH)):
            n_sent += len(batch)
            if number < done:
                continue
            self._send("POST", self.graph, batch)
            # notes add up and the highest counts: taking one away needs the update protocol, which may be closed
            self._send("POST", self.graph, self._note(LOADED, f"{version} {number + 1}"))
            told(n_sent)
        self._send("PUT", VOCABULARY_GRAPH, vocabulary)
        self._send("POST", self.graph, self._note(VERSION, version))
        return n_sent + len(vocabulary)

    def _note(self, predicate: str, value: str) -> list[ox.Triple]:
        return [ox.Triple(ox.NamedNode(self.graph), ox.NamedNode(predicate), ox.Literal(value))]

    def _told(self, predicate: str) -> str | None:
        """What is noted of the graph: the version, or the highest batch."""
        query = f"SELECT ?value WHERE {{ <{self.graph}> <{predicate}> ?value }}"
        values = [row["value"].value for row in self.query(query)]
        return max(values, key=lambda value: int(value.split()[-1]) if " " in value else 0, default=None)

    def _send(self, method: str, graph: str, triples: Iterable[ox.Triple]) -> None:
        if self.data_url is None:
            raise StoreError(f"store {self.query_url}: no address of its graph store was given")
        name = "graph-uri" if "sparql-graph-crud" in self.data_url else "graph"
        url = f"{self.data_url}{'&' if '?' in self.data_url else '?'}{urlencode({name: graph})}"
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        # N-Triples is Turtle too, and Turtle is what every server takes
        self._request(method, url, body or b"", {"Content-Type": "text/turtle; charset=utf-8"})

    def _request(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> bytes:
        for again in range(_TRIES):
            request = urllib.request.Request(_plain(url), body, headers, method=method)  # noqa: S310 - checked
            try:
                with self._opener.open(request, timeout=self.seconds) as answer:
                    return bytes(answer.read())
            except urllib.error.HTTPError as error:
                said = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300]
                if error.code not in _AGAIN or again == _TRIES - 1:
                    kind = (
                        QueryError
                        if error.code == 400 and method == "POST" and url == self.query_url
                        else StoreError
                    )
                    raise kind(f"store {_plain(url)}: answers {error.code}: {said}") from error
            except (OSError, TimeoutError) as error:
                if again == _TRIES - 1:
                    raise StoreError(f"store {_plain(url)}: cannot be reached ({error})") from error
            time.sleep(_WAIT * 2**again)
        raise AssertionError("unreachable")


def _asserted(quads: Iterable[ox.Quad], vocabulary: list[ox.Triple]) -> Iterator[ox.Triple]:
    """Triples of the default graph; those of the vocabulary are put aside."""
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            yield quad.triple
        else:
            vocabulary.append(quad.triple)


def _batches(triples: Iterator[ox.Triple], size: int) -> Iterator[list[ox.Triple]]:
    while batch := list(islice(triples, size)):
        yield batch


def _written(value: Term | str | int | float) -> str:
    if isinstance(value, str):
        value = ox.NamedNode(value) if re.match(r"(?:https?|urn):", value) else ox.Literal(value)
    elif isinstance(value, bool | int | float):
        value = ox.Literal(value)
    return str(value)


def _bind(text: str, bound: dict[str, str]) -> str:
    """A query with values for variables: constants in its pattern, columns still in a SELECT."""
    head, brace, pattern = text.partition("{")
    for name, value in bound.items():
        variable = re.compile(rf"[?$]{re.escape(name)}\b")
        head = variable.sub(lambda _, value=value, name=name: f"({value} AS ?{name})", head)  # type: ignore[misc]
        pattern = variable.sub(lambda _, value=value: value, pattern)  # type: ignore[misc]
    return head + brace + pattern


_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*|(?i:PREFIX\s+[\w-]*:|BASE)\s*<[^>]*>)*")


def _form(text: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT, DESCRIBE; "" of what is none.

    >>> _form("PREFIX select: <http://127.0.0.1/> ask { ?s ?p ?o }")
    'ASK'
    """
    start = _PROLOGUE.match(text)
    word = re.match(r"\w+", text[start.end() if start else 0 :])
    return word[0].upper() if word else ""


def _truth(answer: bytes) -> bytes:
    """The answer of an ASK; Virtuoso 7.2 gives a table of one row and column where prefixes stand before it."""
    data = orjson.loads(answer)
    if "boolean" not in data:
        values = [cell["value"] for row in data["results"]["bindings"] for cell in row.values()]
        data = {"head": {}, "boolean": bool(values) and values[0] not in {"0", "false"}}
    return orjson.dumps(data)


def _plain(url: str) -> str:
    """An address without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
