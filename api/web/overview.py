"""What a store holds, counted once for each build: for the first page and the page about the corpus."""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from graph.facts import Document, read_documents
from graph.store import Store
from graph.vocabulary import local_name

_MOST_IMPLEMENTED = """
SELECT ?document (COUNT(DISTINCT ?rule) AS ?count) WHERE { ?rule ph:implements ?document }
GROUP BY ?document ORDER BY DESC(?count) ?document LIMIT 4"""
_NAMESAKES = """
SELECT ?number (COUNT(?document) AS ?count) WHERE { ?document ph:number ?number }
GROUP BY ?number HAVING(COUNT(?document) > 1) ORDER BY DESC(?count) ?number LIMIT 1"""
_PLACES = """
SELECT ?place ?name (COUNT(?document) AS ?count) WHERE { ?document ph:place ?place . ?place rdfs:label ?name }
GROUP BY ?place ?name ORDER BY DESC(?count) ?name LIMIT 40"""
_SUPERSEDED = """
SELECT ?document WHERE { ?by ph:supersedes ?document . ?document ph:number ?number ; ph:dateIssued ?date }
ORDER BY DESC(?date) ?document LIMIT 1"""
_LEVELS = """
SELECT ?level ?polity (COUNT(?document) AS ?count) WHERE { ?document ph:level ?level ; ph:polity ?polity }
GROUP BY ?level ?polity ORDER BY ?level ?polity"""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a store holds.

    Attributes:
        counts: by kind: local names of classes (`Document`), relations (`implements`) and bases (`stated`).
        implemented: documents with most documents that implement them directly, and how many.
        superseded: the youngest document that another supersedes, if any does.
        ambiguous: numbers that most documents bear, and how many bear each.
        places: slug, name and number of documents, most first.
        levels: level, polity and number of documents.
    """

    counts: dict[str, int]
    implemented: Sequence[tuple[Document, int]]
    superseded: Sequence[Document]
    ambiguous: Sequence[tuple[str, int]]
    places: Sequence[tuple[str, str, int]]
    levels: Sequence[tuple[str, str, int]]


_KEPT: WeakKeyDictionary[Store, Overview] = WeakKeyDictionary()


def overview_of(store: Store) -> Overview:
    """The overview of a build; slow for a large one the first time, then kept."""
    if store not in _KEPT:
        _KEPT[store] = _count(store)
    return _KEPT[store]


def _count(store: Store) -> Overview:
    implemented = {
        row["document"].value: int(row["count"].value)
        for row in store.query(_MOST_IMPLEMENTED)
        if row["document"]
    }
    documents = read_documents(store, implemented)
    return Overview(
        counts={local_name(row["kind"].value): int(row["count"].value) for row in store.run("counts")},
        implemented=[(document, implemented[iri]) for iri, document in documents.items()],
        superseded=list(
            read_documents(store, [row["document"].value for row in store.query(_SUPERSEDED)]).values()
        ),
        ambiguous=[(row["number"].value, int(row["count"].value)) for row in store.query(_NAMESAKES)],
        places=[
            (local_name(row["place"].value), row["name"].value, int(row["count"].value))
            for row in store.query(_PLACES)
        ],
        levels=[
            (local_name(row["level"].value), local_name(row["polity"].value), int(row["count"].value))
            for row in store.query(_LEVELS)
        ],
    )
