"""Two live documents of one body, of one type, with one title, the newer of which names the older nowhere.

Only candidates: titles that differ in a number or a year are two subjects, and short titles say too little.
"""

from collections.abc import Collection, Iterator

import pyoxigraph as ox

from graph.facts import Document, read_documents
from graph.finding import BATCH, PREFIX, Finding, make_finding, values
from graph.moment import is_before
from graph.status import Status, status_of
from graph.vocabulary import Queryable
from graph.wanted import words_of

_TITLES = "SELECT ?document ?title WHERE { ?document ph:title ?title }"
_SAME = """
SELECT ?other WHERE {
  VALUES ?title { %s }
  ?other ph:title ?title
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


def twin_candidates(store: Queryable) -> set[str]:
    """IRIs of documents that share their title with another, capitals aside."""
    bearing: dict[str, list[str]] = {}
    for row in store.query(PREFIX + _TITLES):
        bearing.setdefault(row["title"].value.lower(), []).append(row["document"].value)
    return {iri for iris in bearing.values() if len(iris) > 1 for iri in iris}


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
    asked = {document.iri for document in documents}
    groups: dict[tuple[object, ...], list[Document]] = {}
    for document in _of_same_title(store, documents):
        if (subject := subject_of(document)) and document.issuer and document.date:
            key = (subject, document.issuer, document.type_slug, document.place_slug)
            groups.setdefault(key, []).append(document)
    ordered = [
        (older, newer)
        for group in groups.values()
        for older in group
        for newer in group
        if is_before(older.date, newer.date) and asked.intersection((older.iri, newer.iri))
    ]
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


def _of_same_title(store: Queryable, documents: Collection[Document]) -> list[Document]:
    """All documents that bear the title of one of these, in capitals at its beginning or not, by IRI."""
    titles = {document.title for document in documents if document.title and subject_of(document)}
    spelled = {
        form
        for title in titles
        for form in (title, title[0].upper() + title[1:], title[0].lower() + title[1:])
    }
    terms = [str(ox.Literal(form, language="vi")) for form in sorted(spelled)]
    iris = {
        row["other"].value
        for start in range(0, len(terms), BATCH)
        for row in store.query(PREFIX + _SAME % " ".join(terms[start : start + BATCH]))
    }
    return list(read_documents(store, sorted(iris)).values())


def _naming(store: Queryable, documents: Collection[Document]) -> set[tuple[str, str]]:
    return {
        (row["newer"].value, row["older"].value)
        for batch in values(documents)
        for row in store.query(PREFIX + _NAMED % batch)
    }
