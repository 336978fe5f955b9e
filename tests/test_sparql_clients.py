"""Clients that others wrote, unmodified: SPARQLWrapper, rdflib's SPARQLStore, curl, and two from npm."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import SPARQLWrapper
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.running import running_server
from tests.small_graph import PH, make_store

R25 = "https://w3id.org/phahe/doc/tw/nq/2013/25"
PREFIX = f"PREFIX ph: <{PH}> "
SELECT = PREFIX + f"SELECT ?x {{ ?x ph:implements <{R25}> }}"
ASK = PREFIX + f"ASK {{ ?x ph:implements <{R25}> }}"
CONSTRUCT = PREFIX + "CONSTRUCT WHERE { ?x ph:implements ?y }"
NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(make_store(tmp_path_factory.mktemp("clients") / "store")) as address:
        yield f"{address}/sparql"


@pytest.mark.parametrize(
    ("method", "way"),
    [
        (SPARQLWrapper.GET, SPARQLWrapper.URLENCODED),
        (SPARQLWrapper.POST, SPARQLWrapper.URLENCODED),
        (SPARQLWrapper.POST, SPARQLWrapper.POSTDIRECTLY),
    ],
)
def test_sparqlwrapper(endpoint: str, method: str, way: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(SELECT)
    for form in (SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV):
        client.setReturnFormat(form)
        answer = client.queryAndConvert()
        if form == SPARQLWrapper.JSON:
            assert len(answer["results"]["bindings"]) == 4
        elif form == SPARQLWrapper.XML:
            assert len(answer.getElementsByTagName("result")) == 4
        else:
            assert len(answer.splitlines()) == 5
    client.setQuery(CONSTRUCT)
    for form in (SPARQLWrapper.TURTLE, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD):
        client.setReturnFormat(form)
        graph = client.queryAndConvert()
        if isinstance(graph, bytes):
            graph = Graph().parse(data=graph, format="turtle")
        assert len(graph) == 5
    client.setQuery("SELECT {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore(endpoint: str, method: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method))
    assert len(list(graph.query(SELECT))) == 4
    assert graph.query(ASK).askAnswer is True
    assert len(list(graph.query(CONSTRUCT))) == 5
    assert len(list(graph.subjects(URIRef(f"{PH}implements"), URIRef(R25)))) == 4
    assert graph.value(URIRef(R25), RDFS.label) is not None


def test_curl(endpoint: str) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl: not installed")

    def run(*arguments: str) -> str:
        done = subprocess.run([curl, "-sSf", *arguments], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    rows = json.loads(run("--data-urlencode", f"query={SELECT}", endpoint))["results"]["bindings"]
    assert len(rows) == 4
    assert (
        len(run("-G", "--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv", endpoint).splitlines())
        == 5
    )
    body = ("-H", "Content-Type: application/sparql-query", "--data-binary", SELECT)
    assert len(json.loads(run(*body, endpoint))["results"]["bindings"]) == 4
    assert "sd:Service" in run(endpoint)


@pytest.mark.parametrize("client", ["sparql-http-client", "fetch-sparql-endpoint"])
def test_clients_from_npm(endpoint: str, client: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node: not installed")
    if not (NODE / "node_modules" / client).is_dir():
        pytest.skip(f"needs {client}: run `npm ci --prefix tests/node`")
    done = subprocess.run(
        [node, NODE / f"{client}.mjs", endpoint, SELECT, ASK, CONSTRUCT],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"rows": 4, "boolean": True, "triples": 5}
