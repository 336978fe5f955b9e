"""Questions in plain Vietnamese."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.answer import accepts_json, corpus_data
from api.as_known import today
from api.live import CurrentStore
from api.models.in_time import PlainAnswer
from api.negotiate import wants_html
from api.openapi import AMBIGUOUS, BAD, NOT_HERE
from api.pages import page
from graph.answer import answer_question, answer_row
from graph.errors import AmbiguousReferenceError, UnknownReferenceError
from graph.question import NotUnderstoodError, parse_question
from graph.rows import candidate_row
from ontology.question import question_forms

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
        return _page(request, store, q)
    accepts_json(request)
    return corpus_data(store, answer_row(answer_question(store, q, today())))


def _page(request: Request, store: CurrentStore, q: str) -> Response:
    """The answer, what is missing for one, or examples; always with the field to ask again."""
    told: dict[str, Any] = {"answer": None, "candidates": [], "refused": None}
    status = 200
    try:
        if q.strip():
            told["answer"] = answer_question(store, q, today())
    except AmbiguousReferenceError as error:
        ref = parse_question(q).ref or ""
        status = 300
        told["candidates"] = [
            candidate_row(item) | {"question": q.replace(ref, item.document.path)}
            for item in error.candidates
        ]
    except UnknownReferenceError as error:
        status, told["refused"] = 404, str(error)
    except NotUnderstoodError:
        status, told["refused"] = 400, "Câu hỏi này chưa hiểu được. Hãy hỏi theo một trong các dạng dưới đây."
    return page(request, "answer.html", status, q=q, forms=question_forms(), **told)
