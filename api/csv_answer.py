"""Tables over HTTP: RFC 4180, one line for each row, with a header."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from api.negotiate import preferred
from api.tables import csv_text

MEDIA_TYPE = "text/csv"


def wants_csv(request: Request, form: str | None) -> bool:
    """Whether a table is asked for, by the address or by the Accept header."""
    accept = request.headers.get("accept")
    offered = ["application/json", "text/html", MEDIA_TYPE]
    return form == "csv" or preferred(accept, offered) == MEDIA_TYPE


def csv_answer(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """A table; lists in a cell are joined by ` | `."""
    return Response(
        csv_text(columns, rows), headers={"Vary": "Accept"}, media_type=f"{MEDIA_TYPE}; charset=utf-8"
    )
