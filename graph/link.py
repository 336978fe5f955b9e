"""What the references of one text mean among the documents of a store: by the very rules of a build.

The documents that a reference may mean are taken out of the store as a catalogue would list them, and
`graph.resolve` decides over them and the text's own references. So a number that several documents bear stays
open with its candidates, as it would in a build, and nothing here weighs anything by itself. The one
difference: a store's document counts as listed, though perhaps one text alone attests it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal
from weakref import WeakKeyDictionary

from graph.cluster import Item
from graph.facts import Document, documents_of, read_documents
from graph.index import DocumentIndex, document_index
from graph.iri import Number, is_party_scope, mint, type_segment
from graph.items import items_of
from graph.lookup import Candidate
from graph.model import Extraction, Reference
from graph.named import LAW_TYPES
from graph.resolve import catalogued, resolve_extractions
from graph.resolve_named import cluster_keys, item_key
from graph.vocabulary import NAMESPACE, Queryable
from ontology.doctype import document_types

State = Literal["known", "ambiguous", "unknown"]

_STORE = "store"
"""Stands for a source's id, where no hash can."""

_NAMED = f"""SELECT DISTINCT ?document WHERE {{
  {{ ?document <{NAMESPACE}alias> ?alias }} UNION
  {{ VALUES ?type {{ %s }} ?document <{NAMESPACE}type> ?type }} }}"""


@dataclass(frozen=True, slots=True)
class Linked:
    """What one reference of a text means in a store.

    Attributes:
        reference: as extracted.
        state: known: one document; ambiguous: several may be meant; unknown: the store has none that fits.
        document: where known, else None.
        score: 0 to 1, how sure the identity is; 0 unless known.
        candidates: where ambiguous, best first; else empty.
    """

    reference: Reference
    state: State
    document: Document | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()


def link_extraction(store: Queryable, extraction: Extraction) -> dict[str, Linked]:
    """Find the documents of a store that a text's references mean.

    Returns:
        By reference key, in the order of the text's references.
    """
    documents = _that_may_be_meant(store, list(items_of(extraction)))
    rows = tuple(_row(document) for document in documents.values())
    resolution = resolve_extractions([Extraction(_STORE, references=rows), extraction])
    found: dict[str, Linked] = {}
    for reference in extraction.references:
        key = (extraction.source, reference.key)
        link, still_open = resolution.links.get(key), resolution.unresolved.get(key)
        candidates = tuple(
            Candidate(documents[candidate.path], candidate.score, tuple(candidate.reason.split("; ")))
            for candidate in (still_open.candidates if still_open else ())
            if candidate.path in documents
        )
        if link is not None and link.path in documents:
            found[reference.key] = Linked(reference, "known", documents[link.path], link.score)
        else:
            state: State = "ambiguous" if candidates else "unknown"
            found[reference.key] = Linked(reference, state, candidates=candidates)
    return found


def _that_may_be_meant(store: Queryable, items: Iterable[Item]) -> dict[str, Document]:
    """Documents that some reference may mean, by path, sorted."""
    index = document_index(store)
    numbers: set[int] = set()
    named: list[Item] = []
    for item in items:
        if item.parts is None:
            named.append(item)
        else:
            numbers.update(_bearing(index, item, item.parts))
    documents = {document.path: document for document in documents_of(index, numbers).values()}
    if named:
        names = _names(store)
        documents |= {document.path: document for item in named for document in names.fitting(item)}
    return dict(sorted(documents.items()))


def _bearing(index: DocumentIndex, item: Item, parts: Number) -> list[int]:
    """Documents with an item's ordinal that no rule of resolving would leave out beforehand."""
    if item.scope is not None:
        # in a Party scope the scope says what the body would, and a wrong type sign is a slip
        body = None if is_party_scope(item.scope) or not parts.body else parts.body_key
        return index.bearing_like(parts.ordinal, item.scope, body)
    return index.bearing_like(parts.ordinal, None, parts.body_key or None, _slugs_of(item.type))


@cache
def _slugs_of(segment: str | None) -> frozenset[str]:
    """The types that have one segment in IRIs, laws and codes as one; none for None."""
    same = {"luat": "luat", "bo-luat": "luat"}
    return frozenset(
        kind.slug
        for kind in document_types()
        if segment is not None and same.get(kind.slug, type_segment(kind.slug)) == segment
    )


def _row(document: Document) -> Reference:
    """A document of a store as a catalogue would list it."""
    return Reference(
        key=document.path,
        id=document.path,
        number=document.number,
        type=document.type,
        date=document.date,
        issuer=document.issuer,
        title=document.title,
        scope=document.path.split("/")[0],
        place=document.place_slug,
        term=document.term,
        aliases=document.aliases,
        effective=document.effective,
    )


class _Names:
    """The documents that texts cite by name, by the keys of their names and by date."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_key: dict[str, list[Document]] = {}
        self._by_date: dict[str, list[Document]] = {}
        for document in documents:
            listed = Extraction(_STORE, references=(_row(document),))
            for key in cluster_keys(catalogued(document.path, list(items_of(listed)))):
                self._by_key.setdefault(key, []).append(document)
            if document.date:
                self._by_date.setdefault(document.date, []).append(document)

    def fitting(self, item: Item) -> Iterator[Document]:
        """Documents that bear the name an item gives, or bear another and are of its day."""
        key = item_key(item)
        if key is not None:
            yield from self._by_key.get(key, ())
            yield from self._by_date.get(item.date or "", ())


def _names(store: Queryable) -> _Names:
    """The named documents of a store, read once for each open store."""
    if (known := _KNOWN_NAMES.get(store)) is None:
        types = " ".join(f"<{mint('type', slug)}>" for slug in sorted(LAW_TYPES))
        iris = sorted(row["document"].value for row in store.query(_NAMED % types))
        known = _KNOWN_NAMES[store] = _Names(read_documents(store, iris).values())
    return known


_KNOWN_NAMES: "WeakKeyDictionary[Queryable, _Names]" = WeakKeyDictionary()
