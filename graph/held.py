"""Which documents the corpus holds, rather than only knows from others' words: their text, or a catalogue row.

A catalogue row gives an address or a day of effect, which no citation does.
"""

from collections.abc import Collection
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graph.facts import Document
from graph.index import DocumentIndex, document_index
from graph.vocabulary import NAMESPACE, Queryable, local_name

_DESCRIBED = "SELECT DISTINCT ?document WHERE {{ {} ?source <{}describes> ?document }}"
_ABOUT = "SELECT DISTINCT ?source WHERE {{ ?source <{1}describes>|<{1}mentions> <{0}> }}"
_CATALOGUED = "SELECT id FROM document WHERE url IS NOT NULL OR effective IS NOT NULL"


def held_among(store: Queryable, documents: Collection[Document]) -> set[str]:
    """IRIs of those of some documents that the corpus holds."""
    held = {document.iri for document in documents if document.url or document.effective}
    rest = " ".join(f"<{document.iri}>" for document in documents if document.iri not in held)
    if rest:
        held |= _described(store, f"VALUES ?document {{ {rest} }}")
    return held


def sources_about(store: Queryable, document: Document) -> set[str]:
    """Ids of the sources that are a document's text or mention it."""
    rows = store.query(_ABOUT.format(document.iri, NAMESPACE))
    return {local_name(row["source"].value) for row in rows}


def held_mask(store: Queryable) -> NDArray[np.bool_]:
    """Of every document of a store, by its number, whether the corpus holds it; found once for each open store."""
    index = document_index(store)
    if (known := _MASKS.get(index)) is None:
        known = np.zeros(index.count, dtype=np.bool_)
        numbers = index.numbers_of(sorted(_described(store, "")))
        known[[number for number in numbers if number is not None]] = True
        known[[row[0] for row in index.rows(_CATALOGUED)]] = True
        _MASKS[index] = known
    return known


def _described(store: Queryable, among: str) -> set[str]:
    return {row["document"].value for row in store.query(_DESCRIBED.format(among, NAMESPACE))}


_MASKS: WeakKeyDictionary[DocumentIndex, NDArray[np.bool_]] = WeakKeyDictionary()
