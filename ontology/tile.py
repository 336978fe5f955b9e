"""A picture of provinces as equal tiles: where each stands, read from `tiles.toml`."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Column and row of each province of before July 2025, by slug; no two stand in one place.

    >>> tiles()["ha-noi"], len(tiles())
    ((1, 3), 63)
    """
    rows = tomllib.loads(files("ontology").joinpath("tiles.toml").read_text(encoding="utf-8"))["tiles"]
    return {slug: (column, row) for slug, (column, row) in rows.items()}
