"""Linked data: every IRI leads, from its own path, to what is known of the thing, as a page or as data.

The namespace redirects here, so `https://w3id.org/phahe/doc/tw/nq/2013/25` is asked for as `/doc/tw/nq/2013/25`.
A thing is no document, so its IRI answers 303 with the address of a description in the form asked for; those
addresses end in the suffix of their form. What is part of the program, not of the corpus (the vocabulary, the
JSON-LD context, the types of problems), is answered at once.

Source: https://www.w3.org/TR/cooluris/, section 4.2.
"""

from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.answer import CorpusRoute, data, refuse_form
from api.linked import forms
from api.linked.annotation import CONTEXT, annotation, annotations, collection
from api.linked.thing_page import facts_page, ontology_page, thing_page
from api.live import CurrentStore
from api.models.problem import ProblemType
from api.negotiate import preferred, wants_html
from api.openapi import AMBIGUOUS, NOT_HERE
from api.problem import PROBLEMS
from api.problem_types import PROBLEM_TYPES
from api.routes.documents import document_answer, moved_document
from graph.ask import document_at
from graph.describe import KINDS, describe, record_edge, record_edges, thing_node
from graph.errors import UnknownReferenceError
from graph.facts import Direction, Edge, read_documents, read_edges
from graph.iri import mint
from graph.jsonld import context_bytes
from graph.nquads import PH
from graph.scheme import vocabulary_triples
from graph.store import Store
from graph.vocabulary import ROOT, narrower, relation_kinds

router = APIRouter(tags=["linked data"], route_class=CorpusRoute)
program = APIRouter(tags=["linked data"])
"""What needs no corpus."""

_OFFERED = [*forms.RDF, "application/json", "text/html"]
_CONTENT: dict[str, Any] = {
    "description": "A description, at an address that ends in the suffix of its form",
    "content": {name: {"schema": {}} for name in (*_OFFERED, forms.ANNOTATION)},
}
_WAYS: tuple[Direction, Direction] = ("up", "down")
_ANNOTATED = frozenset({"doc", "source", "relation"})
_EXAMPLES = {
    "doc": "tw/nq/2013/25.ttl",
    "body": "bch-tw.jsonld",
    "place": "hai-duong",
    "type": "nq.nt",
    "term": "tw-11.json",
    "source": "582d2c6fb19a074b.anno.jsonld",
    "relation": "5f19de7d2fe48eaf.anno.jsonld",
    "mention": "0f3c9a5e7d1b2c4d",
}


def _follower(kind: str) -> Callable[..., Response]:
    """The endpoint of all IRIs of one kind."""
    name_of_thing = Annotated[
        str,
        Path(
            min_length=1,
            max_length=300,
            description=f"what follows {kind}/ in the IRI; with the suffix of a form ({', '.join(forms.SUFFIXES)})"
            " the description itself",
            examples=[_EXAMPLES[kind]],
        ),
    ]

    def follow(
        request: Request,
        store: CurrentStore,
        name: name_of_thing,
        page: Annotated[int, Query(ge=0, le=100_000, description="of a collection of annotations")] = 0,
    ) -> Response:
        bare, form = forms.split_suffix(name)
        node = thing_node(kind, bare)
        if node is None or next(store.quads(node), None) is None:
            return _elsewhere(request, store, kind, name, bare)
        if form is None:
            return _see(request, kind, bare)
        return _described(request, store, kind, bare, form, page)

    return follow


for _kind in KINDS:
    router.add_api_route(
        f"/{_kind}/{{name:path}}",
        _follower(_kind),
        methods=["GET"],
        name=f"{_kind}_thing",
        operation_id=f"follow_{_kind}",
        summary=f"What a {_kind}/ IRI stands for",
        description="303 to a description in the form that Accept asks for, or that description by its suffix.",
        response_class=Response,
        responses={
            200: _CONTENT,
            301: {"description": "The document's year became known: its present IRI"},
            303: {"description": "See the description in the form asked for"},
        }
        | (AMBIGUOUS if _kind == "doc" else {})
        | NOT_HERE,
    )


def _elsewhere(request: Request, store: Store, kind: str, name: str, bare: str) -> Response:
    """301 from the IRI of a document before its year was known, or from its description, to the present one.

    Raises:
        UnknownReferenceError: the corpus has no such thing.
        AmbiguousReferenceError: several documents have that IRI with a year in it.
    """
    moved = moved_document(store, bare) if kind == "doc" else None
    if moved is None:
        raise UnknownReferenceError(f"{kind} {bare!r}: not in this corpus")
    here = request.url.path.removesuffix(name)
    return RedirectResponse(f"{here}{moved.path}{name.removeprefix(bare)}", 301)


def _see(request: Request, kind: str, name: str) -> Response:
    """303 to a description of the thing."""
    here = request.url.path.removesuffix(f"/{kind}/{name}")
    accept = request.headers.get("accept", "")
    if CONTEXT in accept and kind in _ANNOTATED:
        return RedirectResponse(f"{here}/{kind}/{name}.anno.jsonld", 303, {"Vary": "Accept"})
    form = preferred(accept, _OFFERED)
    if form is None:
        return refuse_form(request, _OFFERED)
    if kind == "doc" and form == "text/html":
        return RedirectResponse(f"{here}/documents/{name}", 303, {"Vary": "Accept"})
    suffix = next(suffix for suffix, offered in forms.SUFFIXES.items() if offered == form)
    return RedirectResponse(f"{here}/{kind}/{name}{suffix}", 303, {"Vary": "Accept"})


def _described(request: Request, store: Store, kind: str, name: str, form: str, page: int) -> Response:
    """The description of a thing in one form, whatever the client would rather have."""
    if form == forms.ANNOTATION:
        return _annotated(store, kind, name, page)
    if kind == "doc" and form in ("application/json", "text/html"):
        return document_answer(request, store, document_at(store, name), form)
    triples = describe(store, kind, name)
    if form == "text/html":
        return thing_page(request, store, kind, name, triples)
    if form == "application/json":
        plain = forms.triples_answer(triples, forms.JSON_LD)
        return Response(plain.body, media_type=form)
    return forms.triples_answer(triples, form)


def _annotated(store: Store, kind: str, name: str, page: int) -> Response:
    """The annotation of a record, or the collection of those of a document or a source."""
    kinds = relation_kinds(store)
    if kind == "relation":
        edge = record_edge(t for t in describe(store, kind, name) if t.subject == thing_node(kind, name))
        found = {"@context": CONTEXT, **annotation(edge, edge.best, _ends(store, [edge]), kinds)}
        return Response(orjson.dumps(found), media_type=forms.ANNOTATION)
    if kind == "doc":
        document = document_at(store, name)
        label, edges = document.label, _both_ways(store, document.iri)
    elif kind == "source":
        label, edges = name, record_edges(store, name)
    else:
        raise HTTPException(404, f"{kind}/{name}: only documents, sources and relations have annotations")
    items = annotations(edges, _ends(store, edges), kinds)
    found = collection(f"{mint(kind, name)}.anno.jsonld", label, items, page)
    return Response(orjson.dumps(found), media_type=forms.ANNOTATION)


def _both_ways(store: Store, iri: str) -> list[Edge]:
    predicates = narrower(relation_kinds(store), [ROOT])
    up, down = (read_edges(store, [iri], way, predicates) for way in _WAYS)
    return [*up.get(iri, ()), *down.get(iri, ())]


def _ends(store: Store, edges: list[Edge]) -> dict[str, Any]:
    return read_documents(store, sorted({end for edge in edges for end in (edge.subject, edge.object)}))


@program.get("/context.jsonld", summary="What the keys of JSON-LD stand for", response_class=Response,
             responses={200: {"content": {forms.JSON_LD: {"schema": {"type": "object"}}}}})  # fmt: skip
def context() -> Response:
    """Generated from the vocabulary; the compact JSON-LD of this server refers to it."""
    return Response(context_bytes(), media_type=forms.JSON_LD, headers={"Cache-Control": "max-age=3600"})


_VOCABULARY: dict[int | str, dict[str, Any]] = {
    200: {"content": {name: {"schema": {}} for name in (*forms.RDF, "text/html")}}
}


@program.get("/ontology", summary="The vocabulary", response_class=Response, responses=_VOCABULARY)
def ontology(request: Request) -> Response:
    """In the form Accept asks for; each term has its anchor on the page."""
    offered = [*forms.RDF, "text/html"]
    form = preferred(request.headers.get("accept"), offered)
    return refuse_form(request, offered) if form is None else _vocabulary(request, form)


@program.get("/ontology{suffix}", include_in_schema=False)
def ontology_in_form(request: Request, suffix: str) -> Response:
    """The vocabulary by the suffix of its form, or by the IRI of its version."""
    name, form = forms.split_suffix(f"ontology{suffix}")
    is_form = name == "ontology" and form in (*forms.RDF, "text/html")
    if not is_form or form is None:
        raise HTTPException(404)
    return _vocabulary(request, form)


@program.get("/ontology/{version}", include_in_schema=False)
def ontology_of_version(request: Request, version: str) -> Response:
    """The vocabulary by the IRI of its version; there is only the present one."""
    iri = f"{PH.removesuffix('#')}/{version}"
    if iri not in {getattr(triple.object, "value", "") for triple in vocabulary_triples()}:
        raise HTTPException(404, f"version {version!r}: not the vocabulary's present one")
    return ontology(request)


def _vocabulary(request: Request, form: str) -> Response:
    if form == "text/html":
        return ontology_page(request)
    return forms.triples_answer(vocabulary_triples(), form)


@program.get("/problem/{kind}", summary="What a type of problem means", response_model=ProblemType,
             responses={404: NOT_HERE[404]})  # fmt: skip
def problem_type(
    request: Request,
    kind: Annotated[str, Path(min_length=1, max_length=100, examples=["not-in-corpus"])],
) -> Response:
    """Title and meaning of the `type` that errors give."""
    if kind not in PROBLEM_TYPES:
        raise HTTPException(404, f"problem {kind!r}: no such type; known: {', '.join(PROBLEM_TYPES)}")
    title, meaning = PROBLEM_TYPES[kind]
    if wants_html(request):
        return facts_page(request, title, [("IRI", PROBLEMS + kind), ("Nghĩa", meaning)])
    return data({"type": PROBLEMS + kind, "title": title, "meaning": meaning})
