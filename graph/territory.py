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
from graph.days import LAST, first_day, is_within, last_day
from graph.facts import Document, read_documents
from graph.finding import PREFIX
from graph.iri import mint
from graph.status import status_of
from graph.vocabulary import Queryable
from ontology.place import Place, earlier_places, later_places, place_of_slug, places

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
    """Whether a place was there on an ISO day, as far as recorded."""
    here = first_day(day)
    return (place.since is None or first_day(place.since) <= here) and (
        place.until is None or here < first_day(place.until)
    )


@cache
def founded(slug: str, as_of: str | None = None) -> int | None:
    """Day (`yyyymmdd`) from which the body of a place is the one there as of a date; None if not recorded.

    It is the day on which the place began, or last took over others.

    >>> founded("hai-phong"), founded("hai-phong", "2024"), founded("lang-son")
    (20250701, None, None)
    """
    place = place_of_slug(slug)
    begun = [other.until for other in places() if slug in other.successors and other.until]
    if place and place.since:
        begun.append(place.since)
    end = last_day(as_of) if as_of else LAST
    return max((day for day in map(first_day, begun) if day <= end), default=None)


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
    sources: Collection[str] | None = None,
) -> list[Document]:
    """Documents of a province, in one of three senses, by place, date and path.

    Args:
        store: what to ask.
        name: the province, by name or slug; one that is no more may be meant.
        sense: see the head of this module.
        as_of: ISO prefix; what was issued after it is left out, and mergers after it have not happened.
        sources: ids of sources whose words count for what is ended; None for all.

    Raises:
        QueryError: no province of that name, or no date.
    """
    slug = place_slug(name)
    before = [item for item in earlier_places(slug) if _has_ended(item, as_of)]
    after = [item for item in later_places(slug) if _has_ended(slug, as_of)]
    slugs = {"body": [slug], "predecessors": [slug, *before], "territory": [slug, *before, *after]}[sense]
    found = [document for document in _documents(store, slugs) if is_within(document.date, as_of)]
    if sense == "body":
        found = [document for document in found if is_of_present_body(document, as_of)]
    if sense == "territory":
        found = [
            document
            for document in found
            if document.place_slug not in after or is_of_present_body(document, as_of)
        ]
        states = status_of(store, found, as_of, sources)
        found = [document for document in found if states[document.iri].state != "superseded"]
    order = {item: number for number, item in enumerate(slugs)}
    return sorted(found, key=lambda item: (order[item.place_slug or slug], item.date or "9999", item.path))


def _has_ended(slug: str, as_of: str | None) -> bool:
    place = place_of_slug(slug)
    return bool(place and place.until and is_within(place.until, as_of))


_PLACED = "?document a ph:Document ; ph:place ?place"


def _documents(store: Queryable, slugs: list[str]) -> list[Document]:
    terms = " ".join(f"<{mint('place', slug)}>" for slug in slugs)
    rows = store.query(f"{PREFIX}SELECT ?document WHERE {{ VALUES ?place {{ {terms} }} {_PLACED} }}")
    return list(read_documents(store, sorted(row["document"].value for row in rows)).values())
