"""The page that puts the documents which implement one side by side."""

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request, Response

from api.pages import page
from api.tables import shown_evidence
from api.web.cited_source import source_namer
from api.web.language import visitor_of
from api.web.paging import paging_of
from graph.compare import Compared, SortKey
from graph.facts import Document
from graph.store import Store
from ontology.status import state_label

_ROWS = 100
_COLUMNS: tuple[SortKey, ...] = ("place", "type", "date", "delay", "chain", "cites")


def comparison_page(
    request: Request, store: Store, document: Document, rows: Sequence[Compared], sort: SortKey, as_of: str
) -> Response:
    """The page; its columns' names lead to it sorted by them.

    Args:
        request: what is answered.
        store: where the documents are from.
        document: what is implemented.
        rows: all of them, sorted.
        sort: by what.
        as_of: ISO prefix.
    """
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name in ("level", "as_of", "known_at")
    ]
    language = visitor_of(request).language
    paging = paging_of(request, len(rows), _ROWS)
    return page(
        request,
        "comparison.html",
        document=document,
        rows=rows[paging.offset : paging.last],
        paging=paging,
        columns=[(name, "?" + urlencode([*kept, ("sort", name)])) for name in _COLUMNS],
        sort=sort,
        csv="?" + urlencode([*kept, ("sort", sort), ("format", "csv")]),
        as_of=as_of,
        state=lambda row: state_label(row.status.state, row.item.document.polity, language),
        source_of=source_namer(store),
        shown_evidence=shown_evidence,
    )
