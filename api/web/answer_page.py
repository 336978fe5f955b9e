"""The page of a question in plain Vietnamese: its answer, or what is missing for one, and the field to ask again."""

from typing import Any
from urllib.parse import quote

from fastapi import Request, Response

from api.pages import page
from api.tables import shown_excerpt
from graph.answer import answer_question
from graph.days import today
from graph.errors import AmbiguousReferenceError, UnknownReferenceError
from graph.question import NotUnderstoodError, is_understood, parse_question
from graph.rows import candidate_row
from graph.store import Store
from graph.suggest import suggest
from graph.wanted import parse_wanted
from ontology.question import question_forms


def answer_page(request: Request, store: Store, q: str) -> Response:
    """The page; 300 with candidates where several documents may be meant, 404 where none is, 400 where no form fits."""
    told: dict[str, Any] = {"answer": None, "candidates": [], "refused": None, "missing": None}
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
    except UnknownReferenceError:
        status, told["missing"] = 404, parse_question(q).ref
    except NotUnderstoodError:
        status, told["refused"] = 400, q
    answer = told["answer"]
    sparql = "#query=" + quote(answer.sparql) if answer else ""
    return page(
        request,
        "answer.html",
        status,
        q=q,
        forms=question_forms(),
        open_sparql=sparql,
        excerpt=shown_excerpt,
        number_of=_number,
        **told,
    )


def is_question(store: Store, words: str) -> bool:
    """Whether words typed into the search are a question that is understood, and no document's own title.

    `Kế hoạch thực hiện Luật ...` may be either; who typed the title of a document wants that document.
    """
    if not is_understood(words):
        return False
    wanted = parse_wanted(words)
    return not suggest(store, wanted.text.removeprefix(wanted.type_name or ""), 1)


def _number(label: str) -> str | None:
    """The number in a document's label: its first word with a digit in it.

    >>> _number("Quy chế số 03-QC/TU ngày 18/3/2021")
    '03-QC/TU'
    """
    return next((word for word in label.split() if any(map(str.isdigit, word))), None)
