"""The W3C's SPARQL 1.1 tests, run against a real server over HTTP.

The graphs of all tests stand in one store, each under the address of its file; a test names those it wants in
its request, so that the protocol's dataset is tested with every query. A query is given the address of its file
as BASE, as it would have if it were fetched.
"""

import csv
import http.client
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
BASE = "http://example.org/sparql11/"

QUERY_FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions", "grouping",
    "json-res", "negation", "project-expression", "property-path", "subquery", "syntax-query",
)  # fmt: skip
FOLDERS = (*QUERY_FOLDERS, "protocol", "service-description", "graph-store-protocol")

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DEFAULT = "http://example.org/default"
_NO_DATA = [("default-graph-uri", f"{BASE}nothing")]

Row = dict[str, tuple[str, ...]]


class FailedError(AssertionError):
    """A test's expectation was not met; says how."""


@dataclass(frozen=True)
class W3cTest:
    """One test of a manifest.

    Attributes:
        folder: of the suite.
        name: fragment of its IRI, unique in the folder.
        node: it in the manifest's graph.
        manifest: that graph.
    """

    folder: str
    name: str
    node: Any
    manifest: Graph

    @property
    def kind(self) -> str:
        """The local name of its class."""
        return str(self.manifest.value(self.node, RDF.type)).rpartition("#")[2]


def expected_failures() -> dict[str, str]:
    """Why tests are expected to fail, by `folder/name`."""
    table = tomllib.loads((Path(__file__).parent / "w3c_expected.toml").read_text(encoding="utf-8"))
    return {f"{folder}/{name}": why for folder, tests in table.items() for name, why in tests.items()}


def read_tests(suite: Path) -> list[W3cTest]:
    """Every test of the folders, in the order of their manifests."""
    tests = []
    for folder in FOLDERS:
        names = ["manifest.ttl"]
        if folder == "graph-store-protocol":
            names = ["manifest-direct.ttl", "manifest-indirect.ttl"]
        for name in names:
            manifest = Graph().parse(suite / folder / name, publicID=f"{BASE}{folder}/")
            for entries in manifest.objects(None, MF.entries):
                for node in Collection(manifest, entries):
                    tests.append(W3cTest(folder, str(node).rpartition("#")[2], node, manifest))
    return tests


def suite_quads(suite: Path) -> list[ox.Quad]:
    """The graphs that the tests ask, each under the address of its file or the name its test gives it."""
    quads: list[ox.Quad] = []
    forms = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
    for folder in QUERY_FOLDERS:
        for path in sorted((suite / folder).iterdir()):
            if path.suffix in forms and path.name != "manifest.ttl":
                quads += _graph(path.read_bytes(), forms[path.suffix], f"{BASE}{folder}/{path.name}")
    for path in sorted((suite / "protocol").glob("*.nt")):
        name = f"http://kasei.us/2009/09/sparql/data/{path.stem}.rdf"
        quads += _graph(path.read_bytes(), ox.RdfFormat.N_TRIPLES, name)
    return quads


def _graph(content: bytes, form: ox.RdfFormat, name: str) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(name) if name != _DEFAULT else ox.DefaultGraph()
    for quad in ox.parse(content, form, base_iri=name, rename_blank_nodes=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


def ask(
    address: str, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """One request as it is written, nothing added but its length."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(str(host.hostname), host.port, timeout=30)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        pairs = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, pairs, answer.read())
    finally:
        connection.close()


# --- queries


def run_query_test(test: W3cTest, suite: Path, address: str) -> bool:
    """Ask a test's query and compare.

    Returns:
        Whether some literals are as expected by value only, not by how they are written.

    Raises:
        FailedError: the answer is not the expected one.
    """
    action = test.manifest.value(test.node, MF.action)
    if test.kind.endswith(("SyntaxTest11", "SyntaxTest")):
        text = _file(suite, action).read_text(encoding="utf-8")
        answer = _query(address, text, "*/*", _NO_DATA)
        wanted = 400 if test.kind.startswith("Negative") else 200
        _expect(answer.status == wanted, f"status {answer.status}, expected {wanted}: {answer.body[:300]!r}")
        return False
    query = test.manifest.value(action, QT.query)
    result = _file(suite, test.manifest.value(test.node, MF.result))
    text = f"BASE <{query}>\n" + _file(suite, query).read_text(encoding="utf-8")
    parameters = [
        *(("default-graph-uri", str(data)) for data in test.manifest.objects(action, QT.data)),
        *(("named-graph-uri", str(data)) for data in test.manifest.objects(action, QT.graphData)),
    ] or _NO_DATA
    if re.search(r"^FROM\b", text, re.MULTILINE):
        parameters = []  # they would take the place of the query's own dataset
    accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}.get(result.suffix)
    answer = _query(address, text, accept or "application/sparql-results+json, text/turtle", parameters)
    _expect(answer.status == 200, f"status {answer.status}: {answer.body[:300]!r}")
    if result.suffix == ".csv":
        return _compare_rows(_csv_rows(answer.body), _csv_rows(result.read_bytes()))
    if result.suffix == ".tsv":
        rows = [_rows(ox.parse_query_results(content, format=ox.QueryResultsFormat.TSV))
                for content in (answer.body, result.read_bytes())]  # fmt: skip
        return _compare_rows(*rows)
    if answer.form == "text/turtle":
        got = Graph().parse(data=answer.body, format="turtle", publicID=str(query))
        wanted_graph = Graph().parse(result, publicID=str(query))
        _expect(isomorphic(got, wanted_graph), f"graph differs: {got.serialize()}")
        return False
    got_answer = json.loads(answer.body)
    wanted_answer = _expected(result)
    if isinstance(wanted_answer, bool):
        _expect(got_answer.get("boolean") == wanted_answer, f"expected {wanted_answer}")
        return False
    return _compare_rows(_json_rows(got_answer), wanted_answer)


def _query(address: str, text: str, accept: str, parameters: list[tuple[str, str]] | None = None) -> Answer:
    path = "/sparql" + (f"?{urlencode(parameters)}" if parameters else "")
    return ask(
        address, "POST", path, {"Content-Type": "application/sparql-query", "Accept": accept}, text.encode()
    )


def _file(suite: Path, iri: Any) -> Path:
    return suite / str(iri).removeprefix(BASE)


def _expect(condition: bool, detail: str) -> None:
    if not condition:
        raise FailedError(detail)


def _expected(path: Path) -> list[Row] | bool:
    if path.suffix == ".srj":
        content = json.loads(path.read_bytes())
        return bool(content["boolean"]) if "boolean" in content else _json_rows(content)
    if path.suffix == ".ttl":
        return _turtle_rows(path)
    results = ox.parse_query_results(path.read_bytes(), format=ox.QueryResultsFormat.XML)
    return bool(results) if isinstance(results, ox.QueryBoolean) else _rows(results)


def _rows(results: Any) -> list[Row]:
    names = [variable.value for variable in results.variables]
    return [{name: _term(row[name]) for name in names if row[name] is not None} for row in results]


def _term(term: Any) -> tuple[str, ...]:
    if isinstance(term, ox.NamedNode):
        return "iri", term.value
    if isinstance(term, ox.BlankNode):
        return "blank", term.value
    return "literal", term.value, term.language or "", term.datatype.value


def _json_rows(content: dict[str, Any]) -> list[Row]:
    string, tagged = f"{_XSD}string", str(RDF.langString)
    rows = []
    for binding in content["results"]["bindings"]:
        row: Row = {}
        for name, term in binding.items():
            if term["type"] == "uri":
                row[name] = "iri", term["value"]
            elif term["type"] == "bnode":
                row[name] = "blank", term["value"]
            else:
                language = term.get("xml:lang", "").lower()
                row[name] = (
                    "literal",
                    term["value"],
                    language,
                    term.get("datatype", tagged if language else string),
                )
        rows.append(row)
    return rows


def _turtle_rows(path: Path) -> list[Row]:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=f"{BASE}{path.parent.name}/")
    rows: dict[str, Row] = {}
    results: Any = store.query(
        f"SELECT ?row ?name ?value {{ ?set <{RS}solution> ?row . OPTIONAL {{"
        f" ?row <{RS}binding> [ <{RS}variable> ?name ; <{RS}value> ?value ] }} }}"
    )
    for found in results:
        row = rows.setdefault(str(found["row"]), {})
        if found["name"] is not None:
            row[found["name"].value] = _term(found["value"])
    return list(rows.values())


def _csv_rows(content: bytes) -> list[Row]:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return [
        {
            name: (("blank", cell) if cell.startswith("_:") else ("cell", cell))
            for name, cell in zip(head, row, strict=True)
        }
        for row in rows
    ]


def _compare_rows(got: list[Row], wanted: list[Row]) -> bool:
    """Equal as multisets, blank nodes up to their names; whether some literals are equal by value only."""
    by_value: set[str] = set()
    same = len(got) == len(wanted) and _matches(got, wanted, {}, by_value)
    _expect(same, f"rows differ: {got[:6]}; expected {wanted[:6]}")
    return bool(by_value)


def _matches(got: list[Row], wanted: list[Row], blanks: dict[str, str], by_value: set[str]) -> bool:
    if not got:
        return True
    for index, candidate in enumerate(wanted):
        told: set[str] = set()
        bound = _bound(got[0], candidate, blanks, told)
        if bound is not None and _matches(got[1:], wanted[:index] + wanted[index + 1 :], bound, by_value):
            by_value |= told
            return True
    return False


def _bound(got: Row, wanted: Row, blanks: dict[str, str], by_value: set[str]) -> dict[str, str] | None:
    if got.keys() != wanted.keys():
        return None
    bound = dict(blanks)
    for name, term in got.items():
        other = wanted[name]
        if term[0] == other[0] == "blank":
            if bound.setdefault(term[1], other[1]) != other[1]:
                return None
        elif term != other:
            if not _same_value(term, other):
                return None
            by_value.add(name)
    return bound if len(set(bound.values())) == len(bound) else None


def _same_value(term: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two literals say one value in two ways: the engine keeps numbers, not how they were written."""
    if term[0] == other[0] == "cell":
        kind = f"{_XSD}double"
    elif term[0] == other[0] == "literal" and _value_space(term[3]) == _value_space(other[3]):
        kind = _value_space(term[3])
    else:
        return False
    try:
        return bool(_VALUES[kind](term[1]) == _VALUES[kind](other[1]))
    except (KeyError, ValueError, ArithmeticError):
        return False


def _value_space(datatype: str) -> str:
    """Integers of all sizes are decimals, as XML Schema derives them."""
    return f"{_XSD}decimal" if datatype.lower().endswith("integer") else datatype


_VALUES: dict[str, Callable[[str], Any]] = {
    f"{_XSD}decimal": Decimal,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": {"1": True, "true": True, "0": False, "false": False}.__getitem__,
}


# --- requests that a manifest spells out


@dataclass(frozen=True)
class Request:
    """A request and what is expected of the answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    text: str | None
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str | None
    wanted: str | None


def requests_of(test: W3cTest) -> list[Request]:
    """The requests of a protocol test, in order."""
    graph = test.manifest
    action = graph.value(test.node, MF.action)
    requests = []
    for holder in graph.objects(action, HT.requests):
        for node in Collection(graph, holder):
            response = graph.value(node, HT.resp)
            text, body = _body(graph, node)
            boolean = graph.value(response, MF.expectedBoolean)
            form = graph.value(response, MF.expectedFormat)
            requests.append(
                Request(
                    str(graph.value(node, HT.methodName)),
                    str(graph.value(node, HT.absolutePath)),
                    _headers(graph, node),
                    body,
                    text,
                    tuple(str(one).rpartition("#")[2] for one in graph.objects(response, MF.expectedStatus)),
                    None if boolean is None else str(boolean) == "true",
                    None if form is None else str(form),
                    _body(graph, response)[0],
                )
            )
    return requests


def _headers(graph: Graph, node: Any) -> dict[str, str]:
    return {
        str(graph.value(header, HT.fieldName)): str(graph.value(header, HT.fieldValue))
        for holder in graph.objects(node, HT.headers)
        for header in Collection(graph, holder)
    }


def _body(graph: Graph, node: Any) -> tuple[str | None, bytes | None]:
    content = graph.value(node, HT.body)
    if content is None:
        return None, None
    text = str(graph.value(content, CNT.chars))
    return text, text.encode(str(graph.value(content, CNT.characterEncoding)))


_STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


def status_fits(status: int, expected: tuple[str, ...]) -> bool:
    """Whether a status is one of those a manifest names, singly or by class."""
    return any(
        status // 100 == int(name[10]) if name.startswith("StatusCode") else status == _STATUSES[name]
        for name in expected
    )


def run_protocol_test(test: W3cTest, address: str, token: str | None = None) -> bool:
    """Send a test's requests.

    Args:
        test: of the folder `protocol`.
        address: of the server.
        token: for a server that accepts updates; None: updates must be refused as a read-only server does.

    Returns:
        Whether it passed because an update it wants was refused.

    Raises:
        FailedError: an answer is not the expected one.
    """
    for request in requests_of(test):
        headers = dict(request.headers)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        answer = ask(address, request.method, request.path, headers, request.body)
        is_refused = answer.status == 403 and json.loads(answer.body)["type"].endswith("/read-only")
        if token is None and is_refused and "StatusCode2xx" in request.statuses:
            return True
        fits = status_fits(answer.status, request.statuses)
        _expect(fits, f"status {answer.status}, expected {request.statuses}: {answer.body[:300]!r}")
        if request.boolean is not None:
            _expect(_boolean(answer) == request.boolean, f"answer {answer.body!r}")
        if request.form is not None:
            forms = {
                "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
                "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples"},
            }
            forms["tabular"] = forms["boolean"] | {"text/csv", "text/tab-separated-values"}
            _expect(answer.form in forms[request.form], f"{answer.form} is not {request.form}")
    return False


def _boolean(answer: Answer) -> bool:
    if answer.form.endswith("json"):
        return bool(json.loads(answer.body)["boolean"])
    return bool(ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.XML))


def run_description_test(test: W3cTest, address: str) -> None:
    """Look at the service description.

    Raises:
        FailedError: it is not as the test wants it.
    """
    endpoint = f"{address}/sparql"
    answer = ask(address, "GET", "/sparql")
    _expect(answer.status == 200 and answer.form == "text/turtle", f"{answer.status} {answer.form}")
    graph = Graph().parse(data=answer.body, format="turtle")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    services = set(graph.subjects(RDF.type, sd.Service))
    if test.name == "has-endpoint-triple":
        _expect((None, sd.endpoint, URIRef(endpoint)) in graph, "no sd:endpoint with this address")
    elif test.name == "conforms-to-schema":
        # domains and ranges of the vocabulary, as far as a description of a service uses them
        _expect(len(services) == 1, f"{len(services)} services")
        (service,) = services
        for predicate, kind in (
            (sd.defaultDataset, sd.Dataset),
            (sd.defaultGraph, sd.Graph),
            (sd.namedGraph, sd.NamedGraph),
            (sd.graph, sd.Graph),
        ):
            for _, object_ in graph.subject_objects(predicate):
                _expect((object_, RDF.type, kind) in graph, f"{predicate} leads to no {kind}")
        for predicate in (sd.endpoint, sd.supportedLanguage, sd.resultFormat, sd.name):
            objects = list(graph.objects(None, predicate))
            _expect(
                bool(objects) and all(isinstance(one, URIRef) for one in objects), f"{predicate}: {objects}"
            )
        _expect(
            set(graph.objects(service, sd.supportedLanguage)) <= {sd.SPARQL11Query, sd.SPARQL11Update},
            "language",
        )
        used = {one for one in graph.predicates() if str(one).startswith(str(sd))}
        known = {
            sd.endpoint,
            sd.supportedLanguage,
            sd.resultFormat,
            sd.feature,
            sd.defaultDataset,
            sd.defaultGraph,
            sd.namedGraph,
            sd.name,
            sd.graph,
        }
        _expect(used <= known, f"not in the vocabulary: {used - known}")


def run_graph_store_test(
    test: W3cTest, address: str, put: Callable[[dict[str, list[ox.Quad]]], None]
) -> None:
    """Send a test's requests; what it would write is refused, and written by our own means instead.

    Args:
        test: of the folder `graph-store-protocol`.
        address: of the server.
        put: makes a new live build of the store, with these graphs by name.

    Raises:
        FailedError: a write was not refused, or a read answers otherwise than expected.
    """
    graphs: dict[str, list[ox.Quad]] = {}
    location = f"{address}/graphs/new"
    for request in requests_of(test):
        path = request.path.replace("$LOCATION$", quote(location, safe=""))
        path = path.replace("/gsp", "/graphs", 1)
        answer = ask(address, request.method, path, request.headers, request.body)
        if request.method not in {"GET", "HEAD"}:
            _expect(
                answer.status == 405 and "GET" in answer.headers["allow"],
                f"{request.method}: {answer.status}",
            )
            name = location if path == "/graphs" else _graph_name(path, address)
            if request.method != "POST":
                graphs.pop(name, None)
            if request.text is not None:
                graphs.setdefault(name, [])
                for part in _parts(request):
                    graphs[name] += _graph(part.encode(), ox.RdfFormat.TURTLE, name)
            put(graphs)
            continue
        fits = status_fits(answer.status, request.statuses)
        _expect(fits, f"{request.method} {path}: {answer.status}, expected {request.statuses}")
        if answer.status == 200:
            _expect(answer.headers["content-type"] == "text/turtle; charset=utf-8", str(answer.headers))
        if request.wanted is not None:
            got = Graph().parse(data=answer.body, format="turtle")
            wanted = Graph().parse(data=request.wanted, format="turtle")
            _expect(isomorphic(got, wanted), f"graph differs: {got.serialize()}")


def _graph_name(path: str, address: str) -> str:
    parts = urlsplit(path)
    if parts.query == "default":
        return _DEFAULT
    return parse_qs(parts.query)["graph"][0] if parts.query.startswith("graph=") else address + parts.path


def _parts(request: Request) -> list[str]:
    text = str(request.text)
    kind = request.headers.get("content-type", "")
    if "boundary=" not in kind:
        return [text]
    boundary = kind.partition("boundary=")[2]
    return [part.replace("\r\n", "\n").partition("\n\n")[2] for part in text.split(f"--{boundary}")[1:-1]]
