"""The first page: a search field, example questions from the corpus itself, what the corpus holds."""

from fastapi import Request, Response

from api.pages import page
from api.web.overview import overview_of
from graph.store import Store


def home_page(request: Request, store: Store) -> Response:
    """The page."""
    overview = overview_of(store)
    counts = overview.counts
    return page(
        request,
        "home.html",
        questions=overview.implemented,
        ambiguous=overview.ambiguous,
        places=overview.places,
        tiles=[
            ("documents", counts.get("Document", 0)),
            ("texts", counts.get("Source", 0)),
            ("relations", counts.get("Relation", 0)),
            ("open", counts.get("UnresolvedMention", 0)),
        ],
    )
