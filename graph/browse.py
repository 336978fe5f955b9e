"""Lists of documents by what they are: number, type, issuer, place, level, date, words; sorted, page by page.

Filters are masks over all documents and orders are written with the build, so a page costs the same however
deep it lies, and its total is exact.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.days import checked_date, first_day
from graph.errors import QueryError
from graph.facts import Document, documents_of
from graph.index import DocumentIndex, document_index
from graph.iri import number_parts
from graph.lookup import MAX_READ, find_documents
from graph.names import find_names
from graph.vocabulary import Queryable
from graph.wanted import parse_wanted, type_slugs
from ontology.place import place_named, places
from ontology.slug import slug

LEVELS = ("central", "province", "district", "commune")
"""Levels a document may have; `local` stands for all but the first."""

SORTS = ("relevance", "date", "-date", "number", "title", "path")
"""Orders of a list. `date` is oldest first, `-date` newest first; who lacks what is sorted by stands last."""

MAX_FOUND = 20_000
"""Names looked at for the words of a question, those of the best known documents first."""

MAX_KEPT = 10_000
"""Documents shown to a caller's `keep`, in the order of the list."""

_BATCH = 500

Keep = Callable[[Sequence[Document]], Collection[str]]
"""Given some documents, the IRIs of those to keep: a filter by what is not stored, such as a status as of a day."""


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list.

    Attributes:
        total: documents in the whole list.
        documents: those of this page, in the order asked.
        next: cursor of the page after this; None on the last.
        truncated: whether more documents may fit than were looked at (`MAX_FOUND`, `MAX_KEPT`).
    """

    total: int
    documents: tuple[Document, ...]
    next: str | None = None
    truncated: bool = False


def browse_documents(
    store: Queryable,
    *,
    number: str | None = None,
    type: str | None = None,  # noqa: A002 - the vocabulary's word
    issuer: str | None = None,
    place: str | None = None,
    level: str | None = None,
    polity: str | None = None,
    since: str | None = None,
    until: str | None = None,
    words: str | None = None,
    keep: Keep | None = None,
    sort: str | None = None,
    limit: int = 50,
    offset: int = 0,
    after: str | None = None,
) -> Page:
    """Documents that fit all that is given.

    Args:
        store: what to ask.
        number: in any spelling.
        type: type by slug, symbol or name.
        issuer: body by slug or name.
        place: province by slug or name.
        level: see `LEVELS`.
        polity: party, state or joint.
        since: ISO prefix; documents that may have been issued on its first day or later. With a date of
            issue known by its year alone, any day of the year counts; who bears no date is left out.
        until: ISO prefix; documents that may have been issued before its first day: 2013 to 2014 is the year
            2013.
        words: a reference or words of a title, with or without marks.
        keep: what the caller keeps of the documents that fit.
        sort: see `SORTS`; by relevance where words are given, else by path.
        limit: most documents of the page.
        offset: how many to pass over, counted from `after` where that is given.
        after: cursor of the page before (`Page.next`).

    Raises:
        QueryError: a type, issuer, place, level, polity, date, number, order or cursor that is none.
    """
    index = document_index(store)
    order = _checked_sort(sort, words)
    fits = fitting_mask(index, _facets(index, type, issuer, place, level, polity))
    fits &= _issued_between(index, since, until)
    truncated = False
    if number is not None:
        if number_parts(number) is None:
            raise QueryError(f"number {number!r}: expected one like 25-NQ/TW or 13/2023/NĐ-CP")
        fits &= _among(index, index.bearing(number))
    found: NDArray[Any] = np.arange(index.count)
    if words:
        relevant, truncated = _relevant(store, index, words)
        fits &= _among(index, relevant)
        found = np.array(relevant, dtype=np.int64)
    if order in index.orders:
        found = index.orders[order]
    elif order == "path":
        found = np.arange(index.count)
    fitting = found[fits[found]]
    if keep is not None:
        truncated |= len(fitting) > MAX_KEPT
        fitting = _kept(index, fitting[:MAX_KEPT], keep)
    first = offset + (0 if after is None else _place_after(index, found, fitting, after, order))
    chosen = fitting[first : first + limit].tolist()
    documents = documents_of(index, chosen)
    is_last = first + limit >= len(fitting) or not chosen
    return Page(
        len(fitting),
        tuple(documents[item] for item in chosen),
        None if is_last else _cursor(order, documents[chosen[-1]].path),
        truncated,
    )


def _relevant(store: Queryable, index: DocumentIndex, words: str) -> tuple[list[int], bool]:
    """Documents that a reference or some words may mean, likeliest first, and whether a limit cut some off."""
    wanted = parse_wanted(words)
    if wanted.path is not None or wanted.number is not None or wanted.ordinal is not None:
        found = [candidate.document.iri for candidate in find_documents(store, words, MAX_READ)]
        return [number for number in index.numbers_of(found) if number is not None], len(found) == MAX_READ
    names = find_names(index, (wanted.all_words, wanted.words), wanted.marked, MAX_FOUND)
    # exact marks first; within that the order of the search
    ordered = sorted(names.names, key=lambda name: name not in names.marked)
    return list(dict.fromkeys(index.name_documents[ordered].tolist())), names.truncated


def _facets(
    index: DocumentIndex,
    type_: str | None,
    issuer: str | None,
    place: str | None,
    level: str | None,
    polity: str | None,
) -> dict[str, Collection[str]]:
    """By facet the slugs of which a document must have one; facets not asked for have none."""
    facets: dict[str, Collection[str]] = {"level": checked_levels(level)}
    if type_ is not None:
        facets["type"] = type_slugs(type_)
        if not facets["type"]:
            raise QueryError(f"type {type_!r}: unknown (see ontology/types.toml)")
    if place is not None:
        facets["place"] = (place_slug(place),)
    for facet, value in (("issuer", issuer), ("polity", polity)):
        if value is not None:
            facets[facet] = [
                node.slug
                for node in index.nodes
                if node.kind == facet and slug(value) in {node.slug, slug(node.label)}
            ]
            if not facets[facet]:
                raise QueryError(
                    f"{facet} {value!r}: no document of this corpus has it; give a slug or a name"
                )
    return facets


def fitting_mask(index: DocumentIndex, facets: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
    """Which documents have, of each facet with slugs, one of these."""
    fits = np.ones(index.count, dtype=np.bool_)
    for facet, slugs in facets.items():
        if slugs:
            is_wanted = np.zeros(len(index.nodes) + 1, dtype=np.bool_)  # the last stands for not known, -1
            is_wanted[index.nodes_with(facet, slugs)] = True
            fits &= is_wanted[index.facets[facet]]
    return fits


def _issued_between(index: DocumentIndex, since: str | None, until: str | None) -> NDArray[np.bool_]:
    fits = np.ones(index.count, dtype=np.bool_)
    first, last = index.days
    if bound := checked_date(since):
        fits &= last >= first_day(bound)
    if bound := checked_date(until):
        fits &= (first >= 0) & (first < first_day(bound))
    return fits


def _among(index: DocumentIndex, documents: Collection[int]) -> NDArray[np.bool_]:
    fits = np.zeros(index.count, dtype=np.bool_)
    fits[list(documents)] = True
    return fits


def _kept(index: DocumentIndex, fitting: NDArray[Any], keep: Keep) -> NDArray[Any]:
    kept: list[int] = []
    for start in range(0, len(fitting), _BATCH):
        batch = fitting[start : start + _BATCH].tolist()
        documents = documents_of(index, batch)
        iris = set(keep([documents[number] for number in batch]))
        kept += [number for number in batch if documents[number].iri in iris]
    return np.array(kept, dtype=np.int64)


def _checked_sort(sort: str | None, words: str | None) -> str:
    if sort is None:
        return "relevance" if words else "path"
    if sort not in SORTS:
        raise QueryError(f"sort {sort!r}: expected one of {', '.join(SORTS)}")
    if sort == "relevance" and not words:
        raise QueryError("sort 'relevance': needs words to be relevant to")
    return sort


def _cursor(order: str, path: str) -> str:
    """An opaque name of the place after a document: it holds in another build too, as long as the document is there."""
    return urlsafe_b64encode(orjson.dumps([order, path])).decode().rstrip("=")


def _place_after(
    index: DocumentIndex, found: NDArray[Any], fitting: NDArray[Any], cursor: str, order: str
) -> int:
    """How many of the fitting documents stand up to a cursor's place.

    Raises:
        QueryError: it is no cursor of a list in this order, or its document is not in the list any more.
    """
    try:
        asked, path = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        (number,) = index.numbers_of([index.iri(path)])
    except (ValueError, TypeError, AttributeError):
        raise QueryError(f"cursor {cursor!r}: expected one given as `next` of a list") from None
    places = np.flatnonzero(found == (-1 if number is None else number))
    if asked != order or not len(places):
        raise QueryError(
            f"cursor {cursor!r}: of another list, or one that has changed; begin anew without it"
        )
    before = np.isin(fitting, found[: int(places[0]) + 1])
    return int(np.count_nonzero(before))


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


def place_slug(place: str) -> str:
    """Slug of a province given by slug or name.

    Raises:
        QueryError: no province bears it.
    """
    known = next((item for item in places() if item.slug == slug(place)), None) or place_named(place)
    if known is None:
        raise QueryError(f"place {place!r}: no province of that name (see ontology/places.toml)")
    return known.slug
