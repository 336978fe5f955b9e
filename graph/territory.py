"""Provinces in time: a body and a territory are two things, and "documents of Hải Phòng" can mean either.

*The body*: what the body of that name issued, since the day on which it took over others (before that, a body
of the same name was another). *Its predecessors too*: what it and those it came from issued. *The territory*: the
rules that may apply there: what is not known to be ended, of the body, of those it came from, and of those
that took over since.
Source: Luật 64/2025/QH15, Điều 54: rules of a merged unit go on in its old territory until replaced.
"""

from collections.abc import Collection
from functools import cache
from typing import Literal

from graph.browse import place_slug
from graph.facts import Document, read_documents
from graph.finding import PREFIX
from graph.iri import mint
from graph.moment import first_day, last_day
from graph.status import status_of
from graph.vocabulary import Queryable
from ontology.place import Place, place_of_slug, places

MERGED = "2025-07-01"
"""Day on which 63 provinces became 34. Source: Nghị quyết 202/2025/QH15."""

Sense = Literal["body", "predecessors", "territory"]


def old_territories() -> list[Place]:
    """The 63 provinces and cities as they were until the day before the mergers of 2025, by slug."""
    return [place for place in places() if exists_on(place, "2025-06-30")]


def present_provinces() -> list[Place]:
    """The 34 provinces and cities since then, by slug."""
    return [place for place in places() if place.until is None]


def exists_on(place: Place, day: str) -> bool:
    """Whether a place was there on a day, as far as recorded."""
    return (place.since is None or first_day(place.since) <= day) and (
        place.until is None or day < first_day(place.until)
    )


@cache
def predecessors(slug: str) -> tuple[str, ...]:
    """Slugs of all places whose territory came to one in whole or in part, near and far, sorted.

    >>> predecessors("hai-phong"), predecessors("ha-noi")
    (('hai-duong', 'hai-hung'), ('ha-tay',))
    """
    found: set[str] = set()
    waiting = [slug]
    while waiting:
        heir = waiting.pop()
        fresh = {place.slug for place in places() if heir in place.successors} - found
        found |= fresh
        waiting += sorted(fresh)
    return tuple(sorted(found))


def heirs(slug: str) -> tuple[str, ...]:
    """Slugs of all places that took over a place's territory, near and far, sorted."""
    found: set[str] = set()
    waiting = [slug]
    while waiting:
        place = place_of_slug(waiting.pop())
        fresh = set(place.successors) - found if place else set()
        found |= fresh
        waiting += sorted(fresh)
    return tuple(sorted(found))


@cache
def founded(slug: str, as_of: str | None = None) -> str | None:
    """ISO day from which the body of a place is the present one: when it last took over others; None if never.

    >>> founded("hai-phong"), founded("hai-phong", "2024"), founded("lang-son")
    ('2025-07-01', None, None)
    """
    place = place_of_slug(slug)
    days = [first_day(other.until) for other in places() if slug in other.successors and other.until]
    if place and place.since:
        days.append(first_day(place.since))
    end = last_day(as_of) if as_of else "9999"
    return max((day for day in days if day <= end), default=None)


def is_of_present_body(document: Document, as_of: str | None = None) -> bool:
    """Whether a local document is of the body that bears its province's name as of a date, not of one before."""
    if document.place_slug is None:
        return False
    day = founded(document.place_slug, as_of)
    return day is None or (document.date is not None and first_day(document.date) >= day)


def documents_of_place(
    store: Queryable,
    name: str,
    sense: Sense = "body",
    as_of: str | None = None,
    known: Collection[str] | None = None,
) -> list[Document]:
    """Documents of a province, in one of three senses, by place, date and path.

    Args:
        store: what to ask.
        name: the province, by name or slug; one that is no more may be meant.
        sense: see the head of this module.
        as_of: ISO prefix; what was issued after it is left out, and mergers after it have not happened.
        known: ids of sources whose words count for what is ended; None for all.

    Raises:
        QueryError: no province of that name, or no date.
    """
    slug = place_slug(name)
    before = [item for item in predecessors(slug) if _has_ended(item, as_of)]
    after = [item for item in heirs(slug) if _has_ended(slug, as_of)]
    slugs = {"body": [slug], "predecessors": [slug, *before], "territory": [slug, *before, *after]}[sense]
    found = [document for document in _documents(store, slugs) if _is_issued(document, as_of)]
    if sense == "body":
        found = [document for document in found if is_of_present_body(document, as_of)]
    if sense == "territory":
        found = [
            document
            for document in found
            if document.place_slug not in after or is_of_present_body(document, as_of)
        ]
        states = status_of(store, found, as_of, known)
        found = [document for document in found if states[document.iri].state != "superseded"]
    order = {item: number for number, item in enumerate(slugs)}
    return sorted(found, key=lambda item: (order[item.place_slug or slug], item.date or "9999", item.path))


def _has_ended(slug: str, as_of: str | None) -> bool:
    place = place_of_slug(slug)
    return bool(place and place.until and (as_of is None or first_day(place.until) <= last_day(as_of)))


def _is_issued(document: Document, as_of: str | None) -> bool:
    return as_of is None or document.date is None or first_day(document.date) <= last_day(as_of)


_PLACED = "?document a ph:Document ; ph:place ?place"


def _documents(store: Queryable, slugs: list[str]) -> list[Document]:
    terms = " ".join(f"<{mint('place', slug)}>" for slug in slugs)
    rows = store.query(f"{PREFIX}SELECT ?document WHERE {{ VALUES ?place {{ {terms} }} {_PLACED} }}")
    return list(read_documents(store, sorted(row["document"].value for row in rows)).values())
