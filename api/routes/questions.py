"""Questions about a document named as people name it, instead of by its address."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.answer import CorpusRoute, accepts_json, corpus_data
from api.live import CurrentStore
from api.models.document import Candidates, ResolvedDocument
from api.models.lineage import Implementing, Lineage, Paths
from api.negotiate import wants_html
from api.openapi import AMBIGUOUS, BAD, NOT_HERE
from api.pages import page
from api.routes.documents import implementing_answer, lineage_answer, located_row
from api.routes.parameters import Narrowed, Ref, Relations, Trace, named_reference
from api.web.answer_page import is_question
from graph.ask import resolve_reference
from graph.lookup import find_documents
from graph.path_rows import paths_row
from graph.paths import find_paths
from graph.rows import candidate_row

router = APIRouter(tags=["questions"], route_class=CorpusRoute)

_JSON = [Depends(accepts_json)]


@router.get(
    "/resolve",
    summary="Which document does a reference name?",
    response_model=ResolvedDocument,
    responses=AMBIGUOUS | NOT_HERE,
)
def resolve(request: Request, store: CurrentStore, q: Ref) -> Response:
    """The document; 300 with ranked candidates where several may be meant; 404 where this corpus has none."""
    if wants_html(request) and is_question(store, q):
        return RedirectResponse(request.url_for("ask").include_query_params(q=q), 303)
    found = resolve_reference(store, q)
    if wants_html(request):
        return RedirectResponse(request.url_for("document", path=found.path), 303)
    accepts_json(request)
    return corpus_data(store, located_row(found))


@router.get("/find", summary="Documents by a reference or words of a title", response_model=Candidates)
def find(
    request: Request,
    store: CurrentStore,
    q: Ref,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Response:
    """Candidates, likeliest first, each with why; perhaps none."""
    rows = [
        candidate_row(candidate) | {"href": f"/documents/{candidate.document.path}"}
        for candidate in find_documents(store, q, limit)
    ]
    if wants_html(request):
        return page(request, "candidates.html", query=q, candidates=rows)
    accepts_json(request)
    return corpus_data(store, {"candidates": rows})


@router.get(
    "/implementing",
    summary="Documents that implement one",
    response_model=Implementing,
    responses=AMBIGUOUS | BAD | NOT_HERE,
    dependencies=_JSON,
)
def implementing(store: CurrentStore, ref: Ref, narrowed: Narrowed) -> Response:
    """As `/documents/{path}/implementing`, for a document named by a reference."""
    return implementing_answer(store, resolve_reference(store, ref), narrowed)


@router.get(
    "/lineage",
    summary="What a document comes from or what came of it",
    response_model=Lineage,
    responses=AMBIGUOUS | BAD | NOT_HERE,
    dependencies=_JSON,
)
def lineage(store: CurrentStore, ref: Ref, trace: Trace) -> Response:
    """As `/documents/{path}/lineage`, for a document named by a reference."""
    return lineage_answer(store, resolve_reference(store, ref), trace)


@router.get(
    "/paths",
    summary="The shortest ways from one document to another",
    response_model=Paths,
    responses=AMBIGUOUS | BAD | NOT_HERE,
    dependencies=_JSON,
)
def paths(
    store: CurrentStore,
    start: Annotated[str, named_reference("28-CT/TU ngày 19/5/2022", alias="from")],
    goal: Annotated[str, named_reference("25-NQ/TW ngày 03/6/2013", alias="to")],
    relation: Relations = ("relatedTo",),
    depth: Annotated[int, Query(ge=1, le=20, description="most steps")] = 6,
    limit: Annotated[int, Query(ge=1, le=100, description="most paths")] = 10,
) -> Response:
    """Whichever way the relations point; each step with its relation and the words that say so."""
    ends = (resolve_reference(store, start), resolve_reference(store, goal))
    return corpus_data(store, paths_row(find_paths(store, *ends, relation, depth, limit)))
