"""Status, differences, coverage and comparisons: a document in time, as data, tables and pages."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.answer import accepts_json, corpus_data
from api.as_known import sources_at
from api.csv_answer import MEDIA_TYPE, csv_answer, wants_csv
from api.live import CurrentStore
from api.models.in_time import Comparison, Coverage, Difference, StatusAnswer
from api.negotiate import wants_html
from api.openapi import AMBIGUOUS, BAD, NOT_HERE, Responses
from api.routes.parameters import DATE, AsOf, Direction, DocumentPath, Level, Ref
from api.tables_of_time import COMPARISON, COVERAGE, comparison_rows, coverage_rows
from api.web.comparison_page import comparison_page
from api.web.coverage_page import coverage_page
from api.web.difference_page import difference_page
from graph.ask import document_at, resolve_reference
from graph.compare import SortKey, compare
from graph.coverage import cover
from graph.days import today
from graph.diff import diff_lineage
from graph.held import sources_about
from graph.journal import known_since
from graph.rows import brief_row, status_row
from graph.status import status_of
from graph.time_rows import compared_row, coverage_row, difference_row

router = APIRouter(tags=["time"])

KnownAt = Annotated[
    str | None,
    Query(
        pattern=rf"^[0-9a-f]{{16}}$|{DATE}",
        description="count only sources known to the corpus at this build or ISO date",
        examples=["2026-11-28"],
    ),
]
Day = Annotated[str, Query(pattern=DATE, description="ISO date, taken to its end", examples=["2020"])]
TABLE: Responses = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}
"""That an endpoint gives a table, too."""

Format = Annotated[Literal["csv"] | None, Query(description="csv: a table, whatever the Accept header says")]


@router.get(
    "/status",
    summary="Does a document stand, as of a date?",
    response_model=StatusAnswer,
    responses=AMBIGUOUS | BAD | NOT_HERE,
)
def status(
    request: Request, store: CurrentStore, ref: Ref, as_of: AsOf = None, known_at: KnownAt = None
) -> Response:
    """Its state with the acts that make it; "in force" means that nothing in this corpus ends it."""
    accepts_json(request)
    document = resolve_reference(store, ref)
    found = status_of(store, [document], as_of or today(), sources_at(store.path, known_at))
    known = known_since(store.path, sources_about(store, document))
    told = {"known_since": known and {"build": known.build, "on": known.on}}
    return corpus_data(store, status_row(found[document.iri], document) | told)


@router.get(
    "/diff",
    summary="What changed in a lineage between two dates?",
    response_model=Difference,
    responses=AMBIGUOUS | BAD | NOT_HERE,
)
def diff(
    request: Request,
    store: CurrentStore,
    ref: Ref,
    start: Annotated[Day, Query(alias="from")],
    end: Annotated[Day, Query(alias="to")],
    direction: Direction = "both",
    known_at: KnownAt = None,
) -> Response:
    """Documents and relations added, and changes of status with the acts that caused them."""
    document = resolve_reference(store, ref)
    sources = sources_at(store.path, known_at)
    found = diff_lineage(store, document, start, end, direction, sources=sources)
    if wants_html(request):
        return difference_page(request, found)
    accepts_json(request)
    return corpus_data(store, difference_row(found))


@router.get(
    "/coverage/{path:path}",
    summary="In which provinces is a document implemented, as far as this corpus knows?",
    response_model=Coverage,
    responses=BAD | NOT_HERE | TABLE,
)
def coverage(
    request: Request,
    store: CurrentStore,
    path: DocumentPath,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    format: Format = None,  # noqa: A002 - the address says so
) -> Response:
    """The 63 provinces of before July 2025 and the 34 since, each in one of four states; no judgement."""
    document = document_at(store, path)
    found = cover(store, document, as_of or today(), sources_at(store.path, known_at))
    row = coverage_row(found)
    if wants_csv(request, format):
        return csv_answer(COVERAGE, coverage_rows(row))
    if wants_html(request):
        return coverage_page(request, store, found)
    accepts_json(request)
    return corpus_data(store, row)


@router.get(
    "/compare/{path:path}",
    summary="The documents that implement one, side by side",
    response_model=Comparison,
    responses=BAD | NOT_HERE | TABLE,
)
def comparison(
    request: Request,
    store: CurrentStore,
    path: DocumentPath,
    sort: Annotated[SortKey, Query(description="what to sort by")] = "place",
    level: Level = "local",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    format: Format = None,  # noqa: A002 - the address says so
) -> Response:
    """Date, type, days since the document, steps away, status, what else they cite."""
    document = document_at(store, path)
    date = as_of or today()
    found = compare(store, document, level, date, sources_at(store.path, known_at), sort)
    rows = [compared_row(item) for item in found]
    if wants_csv(request, format):
        return csv_answer(COMPARISON, comparison_rows(rows))
    if wants_html(request):
        return comparison_page(request, store, document, found, sort, date)
    accepts_json(request)
    return corpus_data(
        store, {"document": brief_row(document), "as_of": date, "total": len(rows), "items": rows}
    )
