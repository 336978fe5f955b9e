"""What the documents of a store are called, in memory: by number, by ordinal, by title.

Numbers are compared as people mean them (`05-ĐA/TU` is `5-đa/tu`), which SPARQL cannot do on the literals.
Each part is one pass over the store, made when it is first needed and kept as long as the store is open.
"""

from collections import Counter
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary, ref

from graph.iri import Number, number_parts, parse_document
from graph.vocabulary import NAMESPACE, Queryable
from graph.wanted import words_of

_NUMBERS = f"SELECT ?document ?number WHERE {{ ?document <{NAMESPACE}number> ?number }}"
_DOCUMENTS = f"SELECT ?document WHERE {{ ?document a <{NAMESPACE}Document> }}"
_TITLES = f"""SELECT ?document ?title WHERE {{
  {{ ?document <{NAMESPACE}title> ?title }} UNION {{ ?document <{NAMESPACE}alias> ?title }} }}"""


class DocumentIndex:
    """The names of one store's documents.

    Args:
        store: what to read; the index keeps no hold on it beyond its own life.
    """

    def __init__(self, store: Queryable) -> None:
        self._store = store

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All document paths, sorted."""
        found = (parse_document(row["document"].value) for row in self._store.query(_DOCUMENTS))
        return tuple(sorted(path for path in found if path))

    @cached_property
    def _numbered(self) -> dict[str, list[tuple[Number, str]]]:
        """Parts of the number and IRI of each numbered document, by ordinal."""
        found: dict[str, list[tuple[Number, str]]] = {}
        for row in self._store.query(_NUMBERS):
            if (parts := number_parts(row["number"].value)) is not None:
                found.setdefault(parts.ordinal, []).append((parts, row["document"].value))
        return {ordinal: sorted(items, key=lambda item: item[1]) for ordinal, items in found.items()}

    def with_ordinal(self, ordinal: str) -> list[str]:
        """IRIs of documents whose number begins with this ordinal, sorted."""
        return [iri for _, iri in self._numbered.get(ordinal, ())]

    def with_number(self, number: str) -> list[str]:
        """IRIs of documents that bear this number, in whatever spelling, sorted."""
        wanted = number_parts(number)
        if wanted is None:
            return []
        return [iri for parts, iri in self._numbered.get(wanted.ordinal, ()) if _key(parts) == _key(wanted)]

    def with_part_of_number(self, number: str) -> list[str]:
        """IRIs of documents whose number says all that this one says, and more (13/NĐ-CP: 13/2023/NĐ-CP)."""
        wanted = number_parts(number)
        if wanted is None:
            return []
        return [
            iri
            for parts, iri in self._numbered.get(wanted.ordinal, ())
            if wanted.year in (None, parts.year)
            and wanted.symbol_type in (None, parts.symbol_type)
            and (not wanted.body or wanted.body_key == parts.body_key)
        ]

    @cached_property
    def titles(self) -> list[tuple[str, tuple[str, ...]]]:
        """IRI and folded words of each title and alias, sorted; a document may stand here several times."""
        rows = self._store.query(_TITLES)
        return sorted((row["document"].value, tuple(words_of(row["title"].value))) for row in rows)

    @cached_property
    def frequency(self) -> Counter[str]:
        """In how many titles and aliases each word stands."""
        return Counter(word for _, words in self.titles for word in set(words))


def document_index(store: Queryable) -> DocumentIndex:
    """The index of a store, made once for each open store."""
    if (known := _INDEXES.get(store)) is None:
        known = _INDEXES[store] = DocumentIndex(_Weak(store))
    return known


class _Weak:
    """A store held weakly, so that the index does not keep open what it is the index of."""

    def __init__(self, store: Queryable) -> None:
        self._ref = ref(store)

    def query(self, text: str, /) -> Any:
        store = self._ref()
        if store is None:
            raise ReferenceError("the store of this index is closed")
        return store.query(text)


_INDEXES: "WeakKeyDictionary[Queryable, DocumentIndex]" = WeakKeyDictionary()


def _key(parts: Number) -> tuple[str, str | None, str | None, str]:
    return parts.ordinal, parts.year, parts.symbol_type, parts.body_key
