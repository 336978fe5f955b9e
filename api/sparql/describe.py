"""What the endpoint says of itself: a service description for machines, a page for people, VoID and DCAT.

Source: https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/,
https://www.w3.org/TR/vocab-dcat-3/
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from api.answer import refuse_form
from api.negotiate import preferred
from api.pages import page
from api.sparql.address import own_address
from api.sparql.forms import accepted, content_type, graph_form
from api.sparql.pool import QueryPool
from api.sparql.respond import problem_of
from graph.errors import PhaheError
from graph.nquads import PH, VOCABULARY_GRAPH
from graph.prefixes import PREFIXES
from graph.query_worker import GRAPHS
from graph.store import read_manifest
from ontology.query import named_queries

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCTERMS = PREFIXES["dcterms"]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_PREFIXES = {
    "sd": _SD, "formats": _FORMATS, "void": _VOID, "dcat": _DCAT, "dcterms": _DCTERMS, "ph": PH,
}  # fmt: skip
_ANSWER_FORMS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
    "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD",
)  # fmt: skip
_GRAPH_SIZES = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


async def answer_description(request: Request) -> Response:
    """The service description in the form asked for, or the page to ask from where a browser comes."""
    accept = accepted(request.headers.getlist("accept"))
    if preferred(accept, [*GRAPHS, "text/html"]) == "text/html":
        examples = [query for query in named_queries() if not query.parameters]
        return page(request, "sparql.html", queries=named_queries(), example=examples[0].text)
    return await _described(request, _service)


async def answer_void(request: Request) -> Response:
    """The dataset with its counts, in VoID and DCAT."""
    return await _described(request, _dataset)


async def _described(
    request: Request, describe: Callable[[Request, dict[str | None, int]], Iterator[ox.Triple]]
) -> Response:
    form = graph_form(accepted(request.headers.getlist("accept")))
    if form is None:
        return refuse_form(request, list(GRAPHS))
    try:
        triples = describe(request, await _graph_sizes(request))
    except PhaheError as error:
        return problem_of(request, error)
    body = ox.serialize(triples, format=GRAPHS[form], prefixes=_PREFIXES)
    return Response(body, headers={"Content-Type": content_type(form), "Vary": "Accept"})


async def _graph_sizes(request: Request) -> dict[str | None, int]:
    """Triples of each named graph by its IRI, and under None those of the default graph."""
    pool: QueryPool = request.app.state.queries
    build = pool.live_build()
    known: tuple[str, dict[str | None, int]] | None = getattr(request.app.state, "graph_sizes", None)
    if known is not None and known[0] == build:
        return known[1]
    named = {row["graph"]: int(row["triples"]) for row in await pool.table(_GRAPH_SIZES)}
    n_quads: int = read_manifest(Path(build))["quads"]
    sizes: dict[str | None, int] = {None: n_quads - sum(named.values()), **named}
    if pool.live_build() == build:
        request.app.state.graph_sizes = (build, sizes)
    return sizes


def _service(request: Request, sizes: dict[str | None, int]) -> Iterator[ox.Triple]:
    service = ox.BlankNode()
    settings = request.app.state.settings
    endpoint = own_address(request, "/sparql" if "sparql" not in request.url.path else None)
    yield _triple(service, _TYPE, ox.NamedNode(_SD + "Service"))
    yield _triple(service, _SD + "endpoint", ox.NamedNode(endpoint))
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if settings.writable else [])]
    for language in languages:
        yield _triple(service, _SD + "supportedLanguage", ox.NamedNode(_SD + language))
    if settings.service_allow:
        yield _triple(service, _SD + "feature", ox.NamedNode(_SD + "BasicFederatedQuery"))
    for form in _ANSWER_FORMS:
        yield _triple(service, _SD + "resultFormat", ox.NamedNode(_FORMATS + form))
    yield from _graphs(service, sizes)


def _graphs(service: ox.BlankNode, sizes: dict[str | None, int]) -> Iterator[ox.Triple]:
    dataset = ox.BlankNode()
    yield _triple(service, _SD + "defaultDataset", dataset)
    yield _triple(dataset, _TYPE, ox.NamedNode(_SD + "Dataset"))
    for name, size in sizes.items():
        graph = ox.BlankNode()
        yield _triple(graph, _TYPE, ox.NamedNode(_SD + "Graph"))
        yield _triple(graph, _VOID + "triples", ox.Literal(size))
        if name is None:
            yield _triple(dataset, _SD + "defaultGraph", graph)
        else:
            named = ox.BlankNode()
            yield _triple(dataset, _SD + "namedGraph", named)
            yield _triple(named, _TYPE, ox.NamedNode(_SD + "NamedGraph"))
            yield _triple(named, _SD + "name", ox.NamedNode(name))
            yield _triple(named, _SD + "graph", graph)


def _dataset(request: Request, sizes: dict[str | None, int]) -> Iterator[ox.Triple]:
    pool: QueryPool = request.app.state.queries
    manifest = read_manifest(Path(pool.live_build()))
    dataset = ox.NamedNode(own_address(request, "/.well-known/void") + "#dataset")
    for name in (_VOID + "Dataset", _DCAT + "Dataset"):
        yield _triple(dataset, _TYPE, ox.NamedNode(name))
    for language, title in (
        ("vi", "Phả hệ văn bản của Đảng và Nhà nước Việt Nam"),
        ("en", "Lineage of Vietnamese Party and State documents"),
    ):
        yield _triple(dataset, _DCTERMS + "title", ox.Literal(title, language=language))
    yield _triple(dataset, _DCTERMS + "language", ox.Literal("vi"))
    yield _triple(dataset, _DCAT + "version", ox.Literal(str(manifest["version"])))
    yield _triple(dataset, _VOID + "triples", ox.Literal(sizes[None]))
    yield _triple(dataset, _VOID + "entities", ox.Literal(int(manifest["documents"])))
    yield _triple(dataset, _VOID + "uriSpace", ox.Literal(PH.removesuffix("ontology#")))
    yield _triple(dataset, _VOID + "vocabulary", ox.NamedNode(VOCABULARY_GRAPH))
    yield from _partitions(dataset, manifest)
    yield from _access(request, dataset)


def _partitions(dataset: ox.NamedNode, manifest: dict[str, Any]) -> Iterator[ox.Triple]:
    relations: dict[str, int] = manifest.get("relations", {})
    for name, count in (("Document", int(manifest["documents"])), ("Relation", sum(relations.values()))):
        part = ox.BlankNode()
        yield _triple(dataset, _VOID + "classPartition", part)
        yield _triple(part, _VOID + "class", ox.NamedNode(PH + name))
        yield _triple(part, _VOID + "entities", ox.Literal(count))


def _access(request: Request, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    endpoint = ox.NamedNode(own_address(request, "/sparql"))
    service, distribution = ox.BlankNode(), ox.BlankNode()
    yield _triple(dataset, _VOID + "sparqlEndpoint", endpoint)
    yield _triple(dataset, _DCAT + "distribution", distribution)
    yield _triple(distribution, _TYPE, ox.NamedNode(_DCAT + "Distribution"))
    yield _triple(distribution, _DCAT + "accessURL", endpoint)
    download = ox.NamedNode(own_address(request, "/graphs") + "?default")
    yield _triple(distribution, _DCAT + "downloadURL", download)
    yield _triple(distribution, _DCAT + "accessService", service)
    yield _triple(service, _TYPE, ox.NamedNode(_DCAT + "DataService"))
    yield _triple(service, _DCAT + "endpointURL", endpoint)
    yield _triple(service, _DCAT + "endpointDescription", endpoint)
    yield _triple(service, _DCAT + "servesDataset", dataset)


def _triple(subject: Any, predicate: ox.NamedNode | str, object_: Any) -> ox.Triple:
    return ox.Triple(
        subject, predicate if isinstance(predicate, ox.NamedNode) else ox.NamedNode(predicate), object_
    )
