"""Lists of documents by what they are: number, type, place, level, words; page by page."""

from dataclasses import dataclass

from graph.errors import QueryError
from graph.facts import Document, read_documents
from graph.index import document_index
from graph.iri import mint, mint_document, number_parts
from graph.lookup import find_documents
from graph.vocabulary import NAMESPACE, Queryable
from graph.wanted import type_slugs
from ontology.place import place_named, places
from ontology.slug import slug

LEVELS = ("central", "province", "district", "commune")
"""Levels a document may have; `local` stands for all but the first."""

_MAX_FOUND = 400


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list.

    Attributes:
        total: documents in the whole list.
        documents: those of this page; by path, or likeliest first where words were given.
    """

    total: int
    documents: tuple[Document, ...]


def browse_documents(
    store: Queryable,
    *,
    number: str | None = None,
    type: str | None = None,  # noqa: A002 - the vocabulary's word
    place: str | None = None,
    level: str | None = None,
    words: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """Documents that fit all that is given.

    Args:
        store: what to ask.
        number: in any spelling.
        type: type by slug, symbol or name.
        place: province by slug or name.
        level: see `LEVELS`.
        words: a reference or words of a title.
        limit: most documents of the page.
        offset: how many to pass over.

    Raises:
        QueryError: a type, place, level or number that is none.
    """
    conditions = _conditions(type, place, level)
    if words:
        iris = [candidate.document.iri for candidate in find_documents(store, words, _MAX_FOUND)]
    elif number is not None:
        if number_parts(number) is None:
            raise QueryError(f"number {number!r}: expected one like 25-NQ/TW or 13/2023/NĐ-CP")
        iris = document_index(store).with_number(number)
    else:
        iris = [mint_document(path) for path in document_index(store).paths]
    if conditions:
        query = f"SELECT ?document WHERE {{ ?document a <{NAMESPACE}Document> . {' '.join(conditions)} }}"
        fitting = {row["document"].value for row in store.query(query)}
        iris = [iri for iri in iris if iri in fitting]
    chosen = iris[offset : offset + limit]
    return Page(len(iris), tuple(read_documents(store, chosen).values()))


def checked_levels(level: str | None) -> tuple[str, ...]:
    """The levels a word stands for; none for None.

    Raises:
        QueryError: it is no level.
    """
    if level is None:
        return ()
    if level == "local":
        return LEVELS[1:]
    if level not in LEVELS:
        raise QueryError(f"level {level!r}: expected one of {', '.join(LEVELS)}, local")
    return (level,)


def _conditions(type_: str | None, place: str | None, level: str | None) -> list[str]:
    conditions = []
    if type_ is not None:
        slugs = type_slugs(type_)
        if not slugs:
            raise QueryError(f"type {type_!r}: unknown (see ontology/types.toml)")
        values = " ".join(f"<{mint('type', item)}>" for item in sorted(slugs))
        conditions.append(f"VALUES ?type {{ {values} }} ?document <{NAMESPACE}type> ?type .")
    if place is not None:
        conditions.append(f"?document <{NAMESPACE}place> <{mint('place', place_slug(place))}> .")
    if levels := checked_levels(level):
        values = " ".join(f"<{NAMESPACE}{item}>" for item in levels)
        conditions.append(f"VALUES ?level {{ {values} }} ?document <{NAMESPACE}level> ?level .")
    return conditions


def place_slug(place: str) -> str:
    """Slug of a province given by slug or name.

    Raises:
        QueryError: no province bears it.
    """
    known = next((item for item in places() if item.slug == slug(place)), None) or place_named(place)
    if known is None:
        raise QueryError(f"place {place!r}: no province of that name (see ontology/places.toml)")
    return known.slug
