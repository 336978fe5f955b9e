"""The page of what changed in a document's lineage between two dates."""

from fastapi import Request, Response

from api.pages import page
from api.tables import shown_evidence
from api.web.language import visitor_of
from graph.diff import Difference
from graph.facts import Document
from graph.status import Status
from ontology.status import state_label


def difference_page(request: Request, found: Difference) -> Response:
    """The page, with fields to ask about other dates."""
    language = visitor_of(request).language

    def state(status: Status, document: Document) -> str:
        return state_label(status.state, document.polity, language)

    return page(request, "difference.html", found=found, state=state, shown_evidence=shown_evidence)
