"""What the corpus holds besides documents: counts, types of documents, bodies, places."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from api.answer import CorpusRoute, accepts_json, corpus_data
from api.live import CurrentStore
from api.models.corpus import Bodies, DocumentTypes, Places, Stats
from api.openapi import BAD
from api.routes.parameters import DATE, PlaceName
from graph.ask import is_within
from graph.browse import place_slug
from graph.corpus_rows import body_rows, place_rows, stats_row, type_rows
from graph.rows import Row
from ontology.slug import fold

router = APIRouter(tags=["corpus"], route_class=CorpusRoute, dependencies=[Depends(accepts_json)])

Name = Annotated[
    str | None,
    Query(
        max_length=200,
        description="part of a name or another name, diacritics aside",
        examples=["hai duong"],
    ),
]
On = Annotated[
    str | None,
    Query(pattern=DATE, description="only what was there on this ISO date", examples=["2025-06-30"]),
]


@router.get("/stats", summary="What the graph holds", response_model=Stats)
def stats(store: CurrentStore) -> Response:
    """Counts of the live build."""
    return corpus_data(store, stats_row(store.manifest))


@router.get("/types", summary="Types of documents", response_model=DocumentTypes)
def types(store: CurrentStore) -> Response:
    """All types that the rules of form of the Party and the State name, with their source."""
    return _listed(store, type_rows())


@router.get("/places", summary="Provinces and cities, before and after their mergers", response_model=Places)
def places(store: CurrentStore, q: Name = None, on: On = None) -> Response:
    """Places by slug, with the dates between which each was there and what came before and after."""
    return _listed(store, [row for row in place_rows() if _bears(row, q) and _was_there(row, on)])


@router.get("/bodies", summary="Bodies that issued documents", response_model=Bodies, responses=BAD)
def bodies(
    store: CurrentStore,
    q: Name = None,
    place: PlaceName = None,
    polity: Literal["party", "state", "front"] | None = None,
    on: On = None,
) -> Response:
    """Bodies of the corpus by id, with the dates between which each was there and what took over."""
    slug = place_slug(place) if place else None
    return _listed(
        store,
        [
            row
            for row in body_rows(store)
            if _bears(row, q)
            and _was_there(row, on)
            and slug in (None, row["place"])
            and polity in (None, row["polity"])
        ],
    )


def _listed(store: CurrentStore, rows: list[Row]) -> Response:
    return corpus_data(store, {"total": len(rows), "items": rows})


def _bears(row: Row, words: str | None) -> bool:
    return words is None or any(fold(words) in fold(name) for name in (row["name"], *row["aliases"]))


def _was_there(row: Row, day: str | None) -> bool:
    """Whether a thing's dates allow that it was there on a day; those not recorded allow it."""
    if day is None:
        return True
    until = row["until"]
    return is_within(row["since"], day) and (until is None or not is_within(until, day))
