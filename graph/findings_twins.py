"""Two live documents of one body, of one type, with one title, the newer of which names the older nowhere.

Only candidates: titles that differ in a number or a year are two subjects, and short titles say too little.
"""

from collections.abc import Collection, Iterator

from graph.facts import Document, read_documents
from graph.finding import PREFIX, Finding, make_finding, values
from graph.moment import is_before
from graph.status import Status, status_of
from graph.vocabulary import Queryable
from graph.wanted import words_of

CANDIDATES = """
SELECT DISTINCT ?document WHERE {
  ?document ph:issuedBy ?body ; ph:type ?type ; ph:title ?title ; ph:dateIssued ?date .
}"""

_SAME = """
SELECT ?document ?other ?title WHERE {
  VALUES ?document { %s }
  ?document ph:issuedBy ?body ; ph:type ?type ; ph:title ?own .
  ?other ph:issuedBy ?body ; ph:type ?type ; ph:title ?title .
  FILTER(?other != ?document && LCASE(STR(?title)) = LCASE(STR(?own)))
}"""
_NAMED = """
SELECT ?newer ?older WHERE {
  VALUES ?newer { %s }
  ?newer ph:relatedTo ?older
}"""
_FEWEST_WORDS = 5
_LIVE = ("in-force", "partly-superseded")


def subject_of(document: Document) -> tuple[str, ...] | None:
    """The folded words of a document's title in order, numbers included; None where they are too few."""
    words = tuple(words_of(document.title))
    return words if len(words) >= _FEWEST_WORDS else None


def find_twins(
    store: Queryable, documents: Collection[Document], as_of: str | None, sources: Collection[str] | None
) -> Iterator[Finding]:
    """Findings of this kind in which some documents take part.

    Args:
        store: what to ask.
        documents: older or newer ones.
        as_of: ISO prefix; None for all the corpus knows.
        sources: ids of sources whose words count for what is live; None for all.
    """
    met = {document.iri: document for document in documents if subject_of(document)}
    pairs = _pairs(store, met)
    met.update(read_documents(store, sorted({iri for pair in pairs for iri in pair} - met.keys())))
    ordered = []
    for one, other in sorted(pairs):
        older, newer = (
            (met[one], met[other]) if is_before(met[one].date, met[other].date) else (met[other], met[one])
        )
        if is_before(older.date, newer.date) and (older.place_slug == newer.place_slug):
            ordered.append((older, newer))
    states = status_of(store, {d.iri: d for pair in ordered for d in pair}.values(), as_of, sources)
    naming = _naming(store, {newer.iri: newer for _, newer in ordered}.values())
    for older, newer in ordered:
        if (
            _is_live(states[older.iri])
            and _is_live(states[newer.iri])
            and (newer.iri, older.iri) not in naming
        ):
            yield make_finding("twins", "low", (older, newer), day=newer.date)


def _is_live(status: Status) -> bool:
    return status.state in _LIVE


def _pairs(store: Queryable, documents: dict[str, Document]) -> set[tuple[str, str]]:
    found = set()
    for batch in values(documents.values()):
        for row in store.query(PREFIX + _SAME % batch):
            one, other = sorted((row["document"].value, row["other"].value))
            found.add((one, other))
    return found


def _naming(store: Queryable, documents: Collection[Document]) -> set[tuple[str, str]]:
    return {
        (row["newer"].value, row["older"].value)
        for batch in values(documents)
        for row in store.query(PREFIX + _NAMED % batch)
    }
