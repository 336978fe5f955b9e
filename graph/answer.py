"""Answers to questions in plain Vietnamese: each runs its named query and says which.

Where a question asks for more than rows (whether a document stands, in which provinces something is missing),
the answer is derived as everywhere else (`graph.status`, `graph.coverage` ...), and the query shown is the one
that gives what it is derived from.
"""

from dataclasses import dataclass

from graph.answer_forms import ANSWERS
from graph.ask import resolve_reference
from graph.asked import Asked
from graph.question import Question, parse_question
from graph.rows import Row
from graph.vocabulary import Queryable


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered.

    Attributes:
        question: as it was understood.
        says: the answer in a sentence or a few, in Vietnamese.
        columns: headings of the rows, in Vietnamese; possibly none.
        rows: cells in the order of the columns; documents stand with their paths in `paths`.
        paths: of each row the path of the document it is about, or None.
        query: name of the named query.
        sparql: the query that was run, with what was asked put into it.
    """

    question: Question
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    paths: tuple[str | None, ...]
    query: str
    sparql: str


def answer_question(store: Queryable, text: str, today: str) -> Answer:
    """Answer a question.

    Args:
        store: what to ask.
        text: in Vietnamese, with or without marks.
        today: ISO day, for questions about what stands now.

    Raises:
        NotUnderstoodError: it fits no form.
        UnknownReferenceError: this corpus has no such document.
        AmbiguousReferenceError: several documents may be meant.
    """
    question = parse_question(text)
    document = resolve_reference(store, question.ref) if question.ref else None
    asked = Asked(store, question, document, today)
    says, columns, rows = ANSWERS[question.form.name](asked)
    return Answer(
        question,
        says,
        columns,
        tuple(cells for cells, _ in rows),
        tuple(path for _, path in rows),
        question.form.query,
        asked.sparql,
    )


def answer_row(answer: Answer) -> Row:
    """An answer as plain values."""
    return {
        "question": answer.question.text,
        "form": answer.question.form.name,
        "form_label": answer.question.form.label,
        "says": answer.says,
        "columns": list(answer.columns),
        "rows": [
            {"cells": list(cells), "path": path}
            for cells, path in zip(answer.rows, answer.paths, strict=True)
        ],
        "query": answer.query,
        "sparql": answer.sparql,
    }
