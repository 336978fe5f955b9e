"""Questions in plain Vietnamese."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.answer import accepts_json, corpus_data
from api.live import CurrentStore
from api.models.in_time import PlainAnswer
from api.negotiate import wants_html
from api.openapi import AMBIGUOUS, BAD, NOT_HERE
from api.web.answer_page import answer_page
from graph.answer import answer_question, answer_row
from graph.days import today

router = APIRouter(tags=["questions"])

Question = Annotated[
    str,
    Query(
        max_length=500,
        description="a question in Vietnamese, with or without marks",
        examples=["Văn bản nào thay thế Quyết định 290-QĐ/TW?"],
    ),
]


@router.get(
    "/ask",
    summary="A question in plain Vietnamese",
    response_model=PlainAnswer,
    responses=AMBIGUOUS | BAD | NOT_HERE,
)
def ask(request: Request, store: CurrentStore, q: Question = "") -> Response:
    """Answered by rule from a closed set of forms, with the SPARQL that was run; else refused (400)."""
    if wants_html(request):
        return answer_page(request, store, q)
    accepts_json(request)
    return corpus_data(store, answer_row(answer_question(store, q, today())))
