"""What resolving decides: the documents there are, which reference means which, and what stays open.

Plain values, equal for equal input whatever its order; `graph.resolve` makes them, `graph.state` writes them
down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_YEAR = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the graph.

    Attributes:
        path: of its IRI, after `doc/`; unique.
        number: canonical number, or None for a named document.
        type: type slug (`nq`, `luat`).
        title: best known, or None.
        date: ISO prefix, as precise as known, or None.
        effective: ISO date, or None.
        issuer: as the catalogue, the text itself or most texts name it, or None.
        scope: counter scope.
        place: slug of its province, or None.
        term: slug of its Party term, or None.
        polity, level: only where a catalogue says so, else None (the scope then tells).
        url: where it can be read, or None.
        aliases: other names, sorted.
        variants: numbers and dates in print that contradict, sorted (`ngày 2024-01-24`, `số 01-CT/TW`).
        sources: ids of the sources that speak of it, sorted.
    """

    path: str
    number: str | None
    type: str
    title: str | None = None
    date: str | None = None
    effective: str | None = None
    issuer: str | None = None
    scope: str = ""
    place: str | None = None
    term: str | None = None
    polity: str | None = None
    level: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """Its date, as precise as known; the year in its number where that contradicts; "" where unknown."""
        year = _YEAR.search(self.number or "")
        if year and not (self.date or "").startswith(year[1]):
            return year[1]
        return self.date or ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a reference may mean.

    Attributes:
        path: of the document.
        score: 0 to 1, higher is surer.
        reason: why, in Vietnamese, for people.
    """

    path: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference pinned to a document.

    Attributes:
        path: of the document.
        score: 0 to 1, how sure the identity is: 1 by full date or by a number that holds its year.
        day: of the document (`Document.day`), so that a text's relations can be stated without all documents.
    """

    path: str
    score: float = 1.0
    day: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference that stays open.

    Attributes:
        source: id of the text.
        key: of the reference in it.
        candidates: best first, possibly empty (nothing in this corpus fits).
    """

    source: str
    key: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """All decisions over a set of extractions.

    Attributes:
        documents: by path, in order of path.
        links: by (source id, reference key), in that order.
        unresolved: by (source id, reference key), in that order.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    links: Mapping[tuple[str, str], Link] = field(default_factory=dict)
    unresolved: Mapping[tuple[str, str], Unresolved] = field(default_factory=dict)

    def path(self, source: str, key: str) -> str | None:
        """The document a reference means, or None where that stays open."""
        link = self.links.get((source, key))
        return link.path if link else None
