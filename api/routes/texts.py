"""Posted texts: what one says, linked to the graph, and what its citations are worth."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.answer import CorpusRoute, accepts_json, corpus_data
from api.live import CurrentStore
from api.models.text import ExtractedText, VerifiedText
from api.openapi import BAD, BODY
from api.posted import BODY as POSTED
from api.posted import Posted, read_posted
from api.routes.parameters import DATE
from graph.extract import extract_source
from graph.link import link_extraction
from graph.store import Store
from graph.text_rows import extraction_row, verification_row
from graph.verify import verify_text

router = APIRouter(tags=["texts"], route_class=CorpusRoute, dependencies=[Depends(accepts_json)])


@router.post(
    "/extract",
    summary="What a text says: documents, relations, linked to the graph",
    response_model=ExtractedText,
    responses=BODY | BAD,
    openapi_extra=POSTED,
)
async def extract(request: Request, store: CurrentStore) -> Response:
    """Mentions and relations with their offsets; an ambiguous reference gets candidates, never a pick.

    The text is read and forgotten: it does not become part of the corpus.
    """
    posted = await read_posted(request)
    return corpus_data(store, await run_in_threadpool(_extracted, store, posted))


@router.post(
    "/verify",
    summary="Which documents that a text cites are known, superseded, ambiguous, or unknown here",
    response_model=VerifiedText,
    responses=BODY | BAD,
    openapi_extra=POSTED,
)
async def verify(
    request: Request,
    store: CurrentStore,
    as_of: Annotated[
        str | None,
        Query(
            pattern=DATE,
            description="ISO date against which the citations are held; without it all that is known counts",
            examples=["2022-12-31"],
        ),
    ] = None,
) -> Response:
    """A verdict for each cited document, with the acts that superseded it and the words that say so."""
    posted = await read_posted(request)
    return corpus_data(store, await run_in_threadpool(_verified, store, posted, as_of))


def _extracted(store: Store, posted: Posted) -> dict[str, Any]:
    extraction = extract_source(posted.source)
    row = extraction_row(posted.source, extraction, link_extraction(store, extraction))
    return row | {"notes": list(posted.notes)}


def _verified(store: Store, posted: Posted, as_of: str | None) -> dict[str, Any]:
    row = verification_row(verify_text(store, posted.source, as_of))
    return row | {"notes": list(posted.notes)}
