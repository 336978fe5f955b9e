"""What the corpus does not know: said with every answer, so that no model takes silence for absence."""

from collections.abc import Mapping
from typing import Any

_COUNTED = {
    "unresolved": "{n} references in the texts fit no document of this corpus",
    "ambiguous": "{n} references in the texts fit several documents and stay open",
    "pending": "{n} relations have an open end and are in no answer",
}


def known_gaps(manifest: Mapping[str, Any], *more: str) -> list[str]:
    """Sentences about what is missing: from this answer first, then from the corpus as a whole; never empty."""
    n_documents, n_texts = manifest.get("documents"), manifest.get("texts")
    general = (
        f"The corpus holds {n_documents} documents known from {n_texts} texts and lists;"
        " a document or relation that is not in it may well exist"
    )
    counted = [words.format(n=manifest[name]) for name, words in _COUNTED.items() if manifest.get(name)]
    return [*more, general, *counted]
