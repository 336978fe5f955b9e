"""The first page: a search field, example questions from the corpus itself, what the corpus holds."""

from fastapi import Request, Response

from api.pages import page
from api.web.overview import Overview, overview_of
from graph.question import is_understood
from graph.store import Store

_FORMS = {
    "local": "Văn bản địa phương nào thực hiện {label}?",
    "missing": "Tỉnh nào chưa có văn bản thực hiện {label}?",
    "status": "{label} còn hiệu lực không?",
}
"""Whole questions, in Vietnamese as they have to be."""


def home_page(request: Request, store: Store) -> Response:
    """The page."""
    overview = overview_of(store)
    counts = overview.counts
    return page(
        request,
        "home.html",
        questions=overview.implemented,
        asked=_asked(overview),
        ambiguous=overview.ambiguous,
        places=overview.places,
        tiles=[
            ("documents", counts.get("Document", 0)),
            ("texts", counts.get("Source", 0)),
            ("relations", counts.get("Relation", 0)),
            ("open", counts.get("UnresolvedMention", 0)),
        ],
    )


def _asked(overview: Overview) -> list[tuple[str, str]]:
    """Example questions about documents of this corpus, with their kinds; only those that are understood."""
    implemented = [document for document, _ in overview.implemented[:1]]
    about = {"local": implemented, "missing": implemented, "status": overview.superseded}
    asked = [
        (kind, _FORMS[kind].format(label=document.label))
        for kind, found in about.items()
        for document in found
    ]
    return [(kind, words) for kind, words in asked if is_understood(words)]
