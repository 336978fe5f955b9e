"""Findings for review: as data, a table, a page, and feeds that tell of new ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from weakref import WeakKeyDictionary

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from api.answer import accepts_json, corpus_data
from api.as_known import sources_at
from api.csv_answer import csv_answer, wants_csv
from api.feeds import ATOM, JSON_FEED, atom_feed, json_feed
from api.live import CurrentStore
from api.models.finding import Findings, KindName, Severity
from api.negotiate import preferred, wants_html
from api.openapi import AMBIGUOUS, BAD, NOT_HERE
from api.routes.in_time import Format, KnownAt
from api.routes.parameters import AsOf
from api.tables_of_time import FINDINGS, finding_rows
from api.web.findings_page import findings_page
from graph.ask import resolve_reference
from graph.days import today
from graph.finding import Finding
from graph.findings import Findings as FoundAll
from graph.findings import find_findings
from graph.findings_marks import MARKS, Mark, read_marks
from graph.rows import Row
from graph.store import Store
from graph.time_rows import finding_row
from ontology.finding import SEVERITIES

router = APIRouter(tags=["time"])

_STRING: dict[str, Any] = {"schema": {"type": "string"}}
_TEXT: dict[str, Any] = {ATOM: _STRING, JSON_FEED: {"schema": {"type": "object"}}}

_FED = 200
"""Entries of a feed."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which findings are asked for."""

    ref: Annotated[str | None, Query(max_length=2000, description="only those about this document")] = None
    kind: Annotated[tuple[KindName, ...], Query(description="only these kinds; repeatable")] = ()
    severity: Annotated[Severity | None, Query(description="only this severity and those above it")] = None
    as_of: AsOf = None
    known_at: KnownAt = None
    marked: Annotated[bool, Query(description="show those marked seen or wrong, too")] = False


Asked = Annotated[_Asked, Depends()]


@dataclass(frozen=True, slots=True)
class _Found:
    as_of: str
    items: list[Finding]
    marks: dict[str, Mark]
    hidden: int
    skipped: dict[str, int]

    def rows(self, items: Sequence[Finding]) -> list[Row]:
        return [finding_row(item, self.marks.get(item.id)) for item in items]


@router.get(
    "/findings",
    summary="What should be reviewed",
    response_model=Findings,
    responses=AMBIGUOUS | BAD | NOT_HERE | {200: {"content": _TEXT | {"text/csv": _STRING}}},
)
def findings(
    request: Request,
    store: CurrentStore,
    asked: Asked,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    format: Format = None,  # noqa: A002 - the address says so
) -> Response:
    """Findings with the words of the sources on both ends, most severe first; none is a verdict.

    As Atom (`application/atom+xml`) or JSON Feed (`application/feed+json`), too.
    """
    found = _find(store, asked)
    feed = preferred(
        request.headers.get("accept"), ["application/json", "text/html", "text/csv", ATOM, JSON_FEED]
    )
    if feed in (ATOM, JSON_FEED):
        return _feed(request, store, found, "atom" if feed == ATOM else "json")
    if wants_csv(request, format):
        return csv_answer(FINDINGS, finding_rows(found.rows(found.items)))
    if wants_html(request):
        about = resolve_reference(store, asked.ref) if asked.ref else None
        return findings_page(request, store, found.items, found.as_of, about, found.hidden, found.skipped)
    chosen = found.items[offset : offset + limit]
    after = offset + limit if offset + limit < len(found.items) else None
    accepts_json(request)
    told: dict[str, Any] = {
        "as_of": found.as_of,
        "total": len(found.items),
        "offset": offset,
        "next": after,
        "hidden": found.hidden,
        "skipped": found.skipped,
        "items": found.rows(chosen),
    }
    return corpus_data(store, told)


@router.get(
    "/findings/feed.{form}",
    summary="Findings as a feed",
    response_class=Response,
    responses=AMBIGUOUS | BAD | NOT_HERE | {200: {"content": _TEXT}},
)
def feed(request: Request, store: CurrentStore, asked: Asked, form: Literal["atom", "json"]) -> Response:
    """Atom (RFC 4287) or JSON Feed 1.1, for feed readers that send no Accept header."""
    return _feed(request, store, _find(store, asked), form)


def _find(store: Store, asked: _Asked) -> _Found:
    documents = [resolve_reference(store, asked.ref)] if asked.ref else None
    as_of = asked.as_of or today()
    if documents is None and asked.known_at is None:
        found = _whole(store, asked.kind, as_of)
    else:
        found = find_findings(store, documents, asked.kind, as_of, sources_at(store.path, asked.known_at))
    worst = SEVERITIES[: SEVERITIES.index(asked.severity) + 1] if asked.severity else SEVERITIES
    marks = read_marks(store.path / MARKS)
    items = [item for item in found.items if item.severity in worst]
    shown = [item for item in items if asked.marked or item.id not in marks]
    return _Found(as_of, shown, marks, len(items) - len(shown), dict(+found.skipped))


def _whole(store: Store, kinds: tuple[str, ...], as_of: str) -> FoundAll:
    """The findings of a whole build as of a day: found once, since every page of them asks for all."""
    known = _FOUND.setdefault(store, {})
    if (kinds, as_of) not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[kinds, as_of] = find_findings(store, kinds=kinds, as_of=as_of)
    return known[kinds, as_of]


_KEPT = 16
_FOUND: WeakKeyDictionary[Store, dict[tuple[tuple[str, ...], str], FoundAll]] = WeakKeyDictionary()


def _feed(request: Request, store: Store, found: _Found, form: Literal["atom", "json"]) -> Response:
    rows = found.rows(found.items[:_FED])
    base = str(request.base_url).rstrip("/")
    if form == "atom":
        return Response(atom_feed(base, rows, store.built), media_type=ATOM, headers={"Vary": "Accept"})
    body = orjson.dumps(json_feed(base, rows, store.built))
    return Response(body, media_type=JSON_FEED, headers={"Vary": "Accept"})
