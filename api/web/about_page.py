"""The page about the corpus: what it holds, on whose word, and what it does not know."""

from typing import Any

from fastapi import Request, Response

from api.pages import page
from api.web.language import visitor_of
from api.web.overview import overview_of
from graph.store import Store
from graph.vocabulary import relation_kinds, vocabulary_labels

_BASES = ("stated", "reported", "catalogued", "inferred")
_ROWS = 50


def about_page(request: Request, store: Store) -> Response:
    """The page."""
    overview = overview_of(store)
    return page(
        request,
        "about.html",
        overview=overview,
        manifest=store.manifest,
        relations=[
            (name, overview.counts[name]) for name in relation_kinds(store) if name in overview.counts
        ],
        bases=[(name, overview.counts.get(name, 0)) for name in _BASES],
        open_mentions=_open_mentions(store),
        labels=vocabulary_labels(store, visitor_of(request).language),
    )


def _open_mentions(store: Store) -> list[dict[str, Any]]:
    """The first citations left open: quote, source, its name, place; by source and place in the text."""
    found: dict[str, dict[str, Any]] = {}
    for row in store.run("unresolved"):
        name = row["mention"].value
        if name not in found:
            if len(found) == _ROWS:
                break
            source = row["source"].value.rpartition("/")[2]
            found[name] = {
                "quote": row["quote"].value,
                "source": source,
                "source_name": row["sourceName"].value if row["sourceName"] else source,
                "start": row["start"].value,
                "end": row["end"].value,
                "candidates": 0,
            }
        found[name]["candidates"] += row["document"] is not None
    return list(found.values())
