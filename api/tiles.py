"""A coverage as a picture of equal tiles, roughly where the provinces lie."""

from dataclasses import dataclass

from graph.rows import Row
from ontology.tile import tiles

SIZE = 46
"""Side of a tile, with its margin."""

_SIGNS = {"implemented": "●", "predecessor": "◐", "nothing-found": "○", "unknown": "?"}
_FILLS = {
    "implemented": "#1b7f4b",
    "predecessor": "#8a5a00",
    "nothing-found": "#5f6b7a",
    "unknown": "#d5dae1",
}
_INKS = {"implemented": "#ffffff", "predecessor": "#ffffff", "nothing-found": "#ffffff", "unknown": "#30363d"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One province of the picture.

    Attributes:
        x: left edge.
        y: upper edge.
        short: letters of its name.
        sign: the state without its colour.
        fill: colour of the state.
        ink: colour of letters on it.
        title: name, state and documents.
        path: path of its first document, or None.
    """

    x: int
    y: int
    short: str
    sign: str
    fill: str
    ink: str
    title: str
    path: str | None


def tile_picture(coverage: Row, era: str) -> list[Tile]:
    """The tiles of one list of provinces, from the north."""
    places = tiles()
    found = []
    for item in coverage["territories"]:
        if item["era"] != era:
            continue
        column, row = places[item["place"]]
        numbers = ", ".join(one["document"]["number"] or one["document"]["path"] for one in item["documents"])
        found.append(
            Tile(
                column * SIZE,
                row * SIZE,
                "".join(word[0] for word in item["name"].replace("-", " ").split()).upper()[:4],
                _SIGNS[item["state"]],
                _FILLS[item["state"]],
                _INKS[item["state"]],
                f"{item['name']}: {item['state_label']}" + (f" ({numbers})" if numbers else ""),
                item["documents"][0]["document"]["path"] if item["documents"] else None,
            )
        )
    return sorted(found, key=lambda tile: (tile.y, tile.x))
