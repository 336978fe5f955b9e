"""For a central document: in which provinces the corpus knows a rule that implements it, and where it cannot tell.

Four states, none of them a judgement of how a province works:

- *implemented*: a document of the provincial level, of the body that is responsible there now, implements it
  and is not known to be ended;
- *predecessor*: only a body that has since been merged issued one, and it still stands;
- *nothing-found*: no such document, although the corpus holds documents of that body from that time;
- *unknown*: it holds none of that body from then, so it cannot tell.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from graph.ask import Implementing, list_implementing
from graph.browse import fitting_mask
from graph.days import FIRST, LAST, checked_date, first_day, last_day
from graph.facts import Document
from graph.held import held_mask
from graph.index import document_index
from graph.status import Status, status_of
from graph.territory import MERGED, founded, old_territories, present_provinces
from graph.vocabulary import Queryable
from ontology.place import Place, earlier_places

State = Literal["implemented", "predecessor", "nothing-found", "unknown"]
STATES: tuple[State, ...] = ("implemented", "predecessor", "nothing-found", "unknown")
Era = Literal["old", "present"]


@dataclass(frozen=True, slots=True)
class Territory:
    """What the corpus knows of one province and one central document.

    Attributes:
        place: the province.
        era: `old`: as it was until 30 June 2025; `present`: as it is since.
        state: see the head of this module.
        documents: what makes the state, with evidence: the implementing documents that stand.
        ended: implementing documents that are known to be ended, with evidence.
        below: implementing documents of districts and communes there; they make no state.
        held: documents of its bodies, of the provincial level, issued since the central one, that the
            corpus holds.
    """

    place: Place
    era: Era
    state: State
    documents: tuple[Implementing, ...]
    ended: tuple[Implementing, ...]
    below: int
    held: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """A central document's coverage as of a date.

    Attributes:
        document: the central document.
        as_of: the date, or None for all the corpus knows.
        territories: the old ones by slug, then the present ones by slug; the latter only from the day of
            the mergers on.
        totals: number of provinces by era and state; every state is there.
    """

    document: Document
    as_of: str | None
    territories: tuple[Territory, ...]
    totals: dict[Era, dict[State, int]]


def cover(
    store: Queryable, document: Document, as_of: str | None = None, sources: Collection[str] | None = None
) -> Coverage:
    """The coverage of a document, directly or through other documents.

    Args:
        store: what to ask.
        document: what is implemented.
        as_of: ISO prefix, taken to its end; None for all the corpus knows.
        sources: ids of sources whose words count; None for all.

    Raises:
        QueryError: `as_of` is no date.
    """
    checked_date(as_of)
    items = list_implementing(store, document, "local", as_of=as_of, sources=sources)
    states = status_of(store, [item.document for item in items], as_of, sources)
    known_items = _Known(document, items, states, _held(store, document, as_of))
    is_merged = as_of is None or last_day(as_of) >= _MERGED_DAY
    rows = [known_items.old(place, is_merged) for place in old_territories()]
    if is_merged:
        rows += [known_items.present(place) for place in present_provinces()]
    totals: dict[Era, dict[State, int]] = {}
    for row in rows:
        totals.setdefault(row.era, dict.fromkeys(STATES, 0))[row.state] += 1
    return Coverage(document, as_of, tuple(rows), totals)


class _Known:
    """What is known of all provinces: implementing documents by place, and how many documents are held."""

    def __init__(
        self,
        document: Document,
        items: Iterable[Implementing],
        states: dict[str, Status],
        held: dict[str, list[int]],
    ) -> None:
        self._since = first_day(document.date) if document.date else FIRST
        self._standing: dict[str, list[Implementing]] = {}
        self._ended: dict[str, list[Implementing]] = {}
        self._below: Counter[str] = Counter()
        self._held = held
        for item in items:
            slug = item.document.place_slug
            if slug is None:
                continue
            if item.document.level != "province":
                self._below[slug] += 1
            elif states[item.document.iri].state == "superseded":
                self._ended.setdefault(slug, []).append(item)
            else:
                self._standing.setdefault(slug, []).append(item)

    def old(self, place: Place, is_merged: bool) -> Territory:
        """A territory as it was: ruled by its own body, or since the mergers by the one that took over."""
        heir = place.successors[0] if place.until else place.slug
        ancestors = [slug for slug in earlier_places(place.slug) if slug not in _MERGED_SLUGS]
        inherited = self._of(ancestors)
        held = len(self._held.get(place.slug, ()))
        if is_merged and _takes_part(heir):
            present = self._since_day(heir, _MERGED_DAY)
            before = self._before_day(place.slug, _MERGED_DAY)
            held = sum(day < _MERGED_DAY for day in self._held.get(place.slug, ()))
            held += sum(day >= _MERGED_DAY for day in self._held.get(heir, ()))
        else:
            day = founded(place.slug, "2025-06-30")
            present, before = self._since_day(place.slug, day), self._before_day(place.slug, day)
        return self._territory(place, "old", present, before + inherited, [place.slug, *ancestors], held)

    def present(self, place: Place) -> Territory:
        """A province as it is: its own body's documents, else those of the bodies that went into it."""
        slugs = [place.slug, *earlier_places(place.slug)]
        day = founded(place.slug)
        inherited = self._before_day(place.slug, day) + self._of(slugs[1:])
        held = sum(len(self._held.get(slug, ())) for slug in slugs)
        return self._territory(place, "present", self._since_day(place.slug, day), inherited, slugs, held)

    def _of(self, slugs: list[str]) -> list[Implementing]:
        return [item for slug in slugs for item in self._standing.get(slug, ())]

    def _since_day(self, slug: str, day: int | None) -> list[Implementing]:
        return [item for item in self._of([slug]) if day is None or self._earliest(item) >= day]

    def _before_day(self, slug: str, day: int | None) -> list[Implementing]:
        return [item for item in self._of([slug]) if day is not None and self._earliest(item) < day]

    def _earliest(self, item: Implementing) -> int:
        """The first day on which a document can have been issued: not before what it implements."""
        date = item.document.date
        return max(first_day(date) if date else FIRST, self._since)

    def _territory(
        self,
        place: Place,
        era: Era,
        present: list[Implementing],
        inherited: list[Implementing],
        slugs: list[str],
        held: int,
    ) -> Territory:
        state: State = (
            "implemented"
            if present
            else "predecessor"
            if inherited
            else "nothing-found"
            if held
            else "unknown"
        )
        ended = tuple(item for slug in slugs for item in self._ended.get(slug, ()))
        below = sum(self._below[slug] for slug in slugs)
        return Territory(place, era, state, tuple(present or inherited), ended, below, held)


_MERGED_DAY = first_day(MERGED)
_MERGED_SLUGS = frozenset(place.slug for place in old_territories() if place.until == MERGED)


def _takes_part(slug: str) -> bool:
    """Whether a present province was made of several on the day of the mergers."""
    return founded(slug) == _MERGED_DAY


def _held(store: Queryable, document: Document, as_of: str | None) -> dict[str, list[int]]:
    """First days of issue of the provincial documents held from the time after a document, by place."""
    index = document_index(store)
    first, last = index.days
    fits = held_mask(store) & fitting_mask(index, {"level": ("province",)}) & (first >= 0)
    fits &= (last >= (first_day(document.date) if document.date else FIRST)) & (
        first <= (last_day(as_of) if as_of else LAST)
    )
    places = index.facets["place"]
    found: dict[str, list[int]] = {}
    for node, day in zip(places[fits].tolist(), first[fits].tolist(), strict=True):
        if node >= 0:
            found.setdefault(index.nodes[node].slug, []).append(day)
    return found
