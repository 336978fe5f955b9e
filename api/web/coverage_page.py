"""The page of a coverage: two pictures of equal tiles, roughly where the provinces lie, and the same as a table."""

from dataclasses import dataclass

from fastapi import Request, Response

from api.pages import page
from api.tables import shown_evidence
from api.web.cited_source import source_namer
from graph.coverage import STATES, Coverage, Era, Territory
from graph.store import Store
from ontology.regime import regime_on
from ontology.tile import tiles

_SIGNS = {"implemented": "●", "predecessor": "◐", "nothing-found": "○", "unknown": "?"}
"""States told without colour."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One province of a picture.

    Attributes:
        column: from the west, from 0.
        row: from the north, from 0.
        territory: what is known of it.
    """

    column: int
    row: int
    territory: Territory


def coverage_page(request: Request, store: Store, coverage: Coverage) -> Response:
    """The page."""
    return page(
        request,
        "coverage.html",
        document=coverage.document,
        coverage=coverage,
        regime=regime_on("territory", coverage.as_of or "9999"),
        maps={era: tile_map(coverage, era) for era in coverage.totals},
        states=STATES,
        signs=_SIGNS,
        source_of=source_namer(store),
        shown_evidence=shown_evidence,
    )


def tile_map(coverage: Coverage, era: Era) -> list[Tile]:
    """The tiles of one list of provinces, from the north, each row from the west."""
    places = tiles()
    found = [Tile(*places[item.place.slug], item) for item in coverage.territories if item.era == era]
    return sorted(found, key=lambda tile: (tile.row, tile.column))
