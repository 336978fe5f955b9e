"""Clusters: the references of one block that mean one document, told apart by date.

A block is everything that bears one number in one counter: scope, type, ordinal, body and, where the number
holds it, the year. Party counters restart with each committee term, State counters with each year, so within
a block two dates of one term (or year) are one document with a slip in print, and dates further apart are two
documents. Source: Hướng dẫn 36-HD/VPTW of 2018, II.1.3 (Party); Nghị định 30/2020/NĐ-CP, Điều 15 (State).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.iri import Number, is_party_scope
from graph.model import Reference
from ontology.term import term_of_date


class Block(NamedTuple):
    """One number in one counter; `body` is empty for Party scopes, whose scope says it."""

    scope: str
    type: str
    ordinal: str
    year: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """A reference with what its text tells about it.

    Attributes:
        source: id of the text.
        reference: as extracted.
        scope: counter scope, or None.
        type: type slug, or None.
        parts: of its number, or None for a named document.
        is_self: whether it is the text itself.
        cited: the citing text's own date (ISO prefix), or None.
        place: of the citing text, or None.
        not_before: a day the citing text was not written before, by what it cites, or None.
    """

    source: str
    reference: Reference
    scope: str | None
    type: str | None
    parts: Number | None
    is_self: bool
    cited: str | None
    place: str | None
    not_before: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Source id and reference key: unique, and the order in which items are kept."""
        return self.source, self.reference.key

    @property
    def date(self) -> str | None:
        """The reference's date."""
        return self.reference.date


@dataclass(slots=True, eq=False)
class Cluster:
    """References that mean one document; grows while a resolution is made.

    Attributes:
        scope, type, parts: what its path is minted from.
        id: the path a catalogue gives it, or None.
        rows: its catalogue rows.
        items: its references in texts, with how sure each is.
        name: key of a named document, or None.
        path: once minted.
    """

    scope: str
    type: str
    parts: Number | None
    id: str | None = None
    rows: list[Item] = field(default_factory=list)
    items: list[tuple[Item, float]] = field(default_factory=list)
    name: str | None = None
    path: str = ""
    _date: str | None = None
    _n_dated: int = -1

    def add(self, item: Item, score: float = 1.0) -> None:
        """Count a reference in."""
        self.items.append((item, score))

    @property
    def date(self) -> str | None:
        """Its date: the catalogue's, the text's own, most texts', the earliest; the fullest form of it."""
        if self._n_dated != len(self.items):
            self._date = best_date(
                [row.date for row in self.rows], [item for item, _ in self.items]
            ) or _path_year(self.id)
            self._n_dated = len(self.items)
        return self._date

    @property
    def is_strong(self) -> bool:
        """Whether more than one careless text vouches for it."""
        return bool(self.rows) or any(item.is_self for item, _ in self.items) or self.n_sources > 1

    @property
    def n_sources(self) -> int:
        """How many texts speak of it."""
        return len({item.source for item, _ in self.items})

    @property
    def term(self) -> str | None:
        """Slug of its Party term, by date or as named, or None."""
        if not is_party_scope(self.scope):
            return None
        if self.date and (slug := term_slug(self.date)):
            return slug
        named = Counter(item.reference.term for item, _ in self.items if item.reference.term)
        return min(named, key=lambda term: (-named[term], term)) if named else None

    @property
    def titles(self) -> tuple[str, ...]:
        """What it is called, for topics: catalogued title and aliases, else the best title of the texts."""
        rows = [name for row in self.rows for name in (row.reference.title, *row.reference.aliases) if name]
        if rows:
            return tuple(sorted(set(rows)))
        title = best_title([item for item, _ in self.items])
        return (title,) if title else ()

    def has_date(self, prefix: str) -> bool:
        """Whether some form of its date begins so, or is a beginning of it."""
        dates = {self.date} | {item.date for item, _ in self.items} | {row.date for row in self.rows}
        return any(date is not None and date.startswith(prefix) for date in dates)


def best_date(catalogued: Sequence[str | None], items: Iterable[Item]) -> str | None:
    """The date among several: the catalogue's, then a text's own, then most sources', then the earliest.

    A shorter date gives way to a fuller one that begins with it.
    """
    own: Counter[str] = Counter()
    said: dict[str, set[str]] = {}
    for item in items:
        if item.date:
            said.setdefault(item.date, set()).add(item.source)
            if item.is_self:
                own[item.date] += 1
    listed = sorted({date for date in catalogued if date}, key=lambda date: (-len(date), date))
    best = listed[0] if listed else None
    if best is None:
        votes = own or Counter({date: len(sources) for date, sources in said.items()})
        full = {date: votes[date] for date in votes if len(date) == 10} or dict(votes)
        best = min(full, key=lambda date: (-full[date], -len(date), date)) if full else None
    if best is not None and len(best) < 10:
        fuller = [date for date in said if date.startswith(best)]
        best = min(fuller, key=lambda date: (-len(date), -len(said[date]), date)) if fuller else best
    return best


def best_title(items: Sequence[Item]) -> str | None:
    """The title among several: the text's own, then the longest among the most frequent."""
    own = sorted({item.reference.title for item in items if item.is_self and item.reference.title})
    if own:
        return max(own, key=lambda title: (len(title), title))
    votes: Counter[str] = Counter()
    for title, _ in {(item.reference.title, item.source) for item in items if item.reference.title}:
        votes[title] += 1
    return max(votes, key=lambda title: (votes[title], len(title), title)) if votes else None


def _path_year(path: str | None) -> str | None:
    segments = path.split("/") if path else []
    is_year = len(segments) == 4 and len(segments[2]) == 4 and segments[2].isdigit()
    return segments[2] if is_year else None


def term_slug(date: str) -> str | None:
    """Slug of the Party term of a date; None before the first known, or for a year that two terms share.

    >>> term_slug("2013-06-03"), term_slug("2013"), term_slug("2021")
    ('tw-11', 'tw-11', None)
    """
    term = term_of_date(date)
    return term.slug if term else None


def is_same_period(scope: str, one: str, other: str) -> bool:
    """Whether a counter cannot have restarted between two full dates.

    The Centre's counters restart with the term. A province's restart at its own congress, some months before
    the national one, on a day we do not know: there only dates of one year count, and in a congress year
    (2010, 2015, 2020 ...) only slips of one digit.
    """
    if not is_party_scope(scope):
        return one[:4] == other[:4]
    if scope.split("-")[0].endswith("tw"):
        terms = term_slug(one), term_slug(other)
        return terms[0] == terms[1] if all(terms) else one[:4] == other[:4]
    if one[:4] != other[:4]:
        return False
    return int(one[:4]) % 5 != 0 or is_slip(one, other)


def is_slip(one: str, other: str) -> bool:
    """Whether one full date may be a slip of the pen for the other.

    One digit differs (the year by one at most), or day and month are swapped.

    >>> is_slip("2025-01-24", "2024-01-24"), is_slip("2022-03-01", "2022-01-03")
    (True, True)
    >>> is_slip("2003-03-12", "2013-06-03")
    False
    """
    if abs(int(one[:4]) - int(other[:4])) > 1:
        return False
    if one[:4] == other[:4] and (one[5:7], one[8:10]) == (other[8:10], other[5:7]):
        return True
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def cluster_dated(block: Block, catalogued: Sequence[Cluster], items: Sequence[Item]) -> list[Cluster]:
    """Put the fully dated references of a block to its catalogued documents, and make clusters of the rest.

    Args:
        block: says the counter.
        catalogued: the block's catalogued documents; references are added to them.
        items: references of the block with full dates, in any order.

    Returns:
        The clusters made, in order of date.
    """
    by_date: dict[str, list[Item]] = {}
    for item in items:
        by_date.setdefault(item.date or "", []).append(item)
    groups: list[Cluster] = []
    dates: list[str] = []
    listed = sorted(
        ((cluster, cluster.date or "") for cluster in catalogued), key=lambda pair: pair[0].id or ""
    )
    for date in sorted(by_date):
        home = _home(block.scope, date, listed)
        if home is not None:
            for item in by_date[date]:
                home.add(item, 1.0 if (home.date or "")[:10] == date else 0.9)
            continue
        for index, other in enumerate(dates):
            if is_same_period(block.scope, date, other):
                for item in by_date[date]:
                    groups[index].add(item)
                break
        else:
            group = Cluster(block.scope, block.type, by_date[date][0].parts)
            for item in by_date[date]:
                group.add(item)
            groups.append(group)
            dates.append(date)
    return _absorb_slips(groups, listed)


def _home(scope: str, date: str, listed: Sequence[tuple[Cluster, str]]) -> Cluster | None:
    """The catalogued document a date belongs to, or None."""
    for cluster, known in listed:
        if known == date:
            return cluster
    near = [cluster for cluster, known in listed if len(known) == 10 and is_same_period(scope, date, known)]
    slips = [cluster for cluster in near if cluster.date and is_slip(date, cluster.date)]
    partial = [cluster for cluster, known in listed if known and len(known) < 10 and date.startswith(known)]
    for choice in (partial, slips, near):
        if len(choice) == 1:
            return choice[0]
    return None


def _absorb_slips(groups: list[Cluster], listed: Sequence[tuple[Cluster, str]]) -> list[Cluster]:
    """A date that a single text gives, one year off a well-attested one, is a slip for it."""
    strong = [cluster for cluster, _ in listed] + [group for group in groups if group.is_strong]
    kept: list[Cluster] = []
    moves: list[tuple[Cluster, Cluster]] = []
    for group in groups:
        date = group.date or ""
        homes = [
            home
            for home in strong
            if home is not group and home.date and len(home.date) == 10 and home.date[5:] == date[5:]
            and abs(int(home.date[:4]) - int(date[:4])) == 1 and _may_cross(home, date)
        ]  # fmt: skip
        if not group.is_strong and len(homes) == 1:
            moves.append((group, homes[0]))
        else:
            kept.append(group)
    for group, home in moves:
        for item, _ in group.items:
            home.add(item, 0.85)
    return kept


def _may_cross(home: Cluster, date: str) -> bool:
    """The Centre's numbers of two terms are never one document, however alike their dates."""
    if not home.scope.split("-")[0].endswith("tw"):
        return True
    return home.term is not None and home.term == term_slug(date)
