"""The forms that answers come in, and which of them a client would rather have."""

from collections.abc import Iterable
from functools import lru_cache

from api.negotiate import preferred
from graph.query_worker import GRAPHS, TABLES

# what clients also call them: the older name of a form, or a family it belongs to
_TABLE_NAMES = {
    **{name: name for name in TABLES},
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPH_NAMES = {
    **{name: name for name in GRAPHS},
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
}


@lru_cache(maxsize=512)
def table_form(accept: str | None) -> str | None:
    """The media type for the answer to a SELECT or ASK, or None where the client accepts none.

    >>> table_form("text/csv;q=0.5, application/json"), table_form("image/png")
    ('application/sparql-results+json', None)
    """
    return _TABLE_NAMES.get(preferred(accept, tuple(_TABLE_NAMES)) or "")


@lru_cache(maxsize=512)
def graph_form(accept: str | None) -> str | None:
    """The media type for a graph, or None where the client accepts none.

    >>> graph_form("application/rdf+xml, text/turtle;q=0.5"), graph_form(None)
    ('application/rdf+xml', 'text/turtle')
    """
    return _GRAPH_NAMES.get(preferred(accept, tuple(_GRAPH_NAMES)) or "")


def content_type(media_type: str) -> str:
    """A media type as a header says it: of text, the encoding belongs to it.

    >>> content_type("text/turtle"), content_type("application/n-triples")
    ('text/turtle; charset=utf-8', 'application/n-triples')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def accepted(values: Iterable[str]) -> str | None:
    """Several Accept headers as one; None where there is none."""
    return ", ".join(values) or None
