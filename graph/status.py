"""Whether a document stands, as of a date: derived from relations and dates each time, never stored.

The rules, in this order:

1. Issued after the date, or not yet effective: *not yet in force*.
2. Another document supersedes it by then: *superseded*. What ended later itself does not bring it back: where
   B repealed A and C repealed B, A stays superseded, and the chain goes on to C.
3. A supersession that cannot be dated: *unknown*, and the relation is named, not guessed. The same where the
   superseding document was itself ended before its act took hold, and where two supersede each other.
4. Suspended: *unknown*, since no source tells when that ends.
5. Amended by then: *partly superseded*. An amendment that cannot be dated: *unknown*.
6. Its own date is not known, or the corpus holds neither its text nor a catalogue row: *unknown*.
7. Else *in force*, which means: nothing in this corpus ends it. More no corpus can say.

The day from which an act on another document holds is the one the relation itself gives, else the day the
acting document takes effect, else the day it was issued; which of them is told. A legal document of the
State (its number bears its year) takes effect some time after its issue; where that day is not known it
lies within some months (`effect_within` of `ontology/statuses.toml`), and a date in between decides nothing.
A document that is certainly older than what it is said to end is no evidence; it is listed as doubtful.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from graph.days import LAST, checked_date, first_day, last_day
from graph.facts import Document, Edge, read_documents, read_edges, words_of_sources
from graph.held import held_among
from graph.iri import number_parts
from graph.moment import Moment, is_before, moment_of, moments_of, months_after
from graph.vocabulary import Queryable, narrower, relation_kinds
from ontology.status import effect_within

State = Literal["in-force", "partly-superseded", "superseded", "not-yet-in-force", "unknown"]
Reckoning = Literal["relation", "effective", "issued"]

_ENDS, _CHANGES, _STOPS = "supersedes", "amends", "suspends"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Act:
    """What one document does to another's force, and from when.

    Attributes:
        edge: the relation, its subject acts; with evidence.
        by: the acting document.
        moment: from when it holds, or None where nothing tells.
        reckoning: where that day was taken from, or None.
    """

    edge: Edge
    by: Document
    moment: Moment | None
    reckoning: Reckoning | None

    def holds(self, as_of: str | None) -> bool | None:
        """Whether it holds as of a date; None where that cannot be told. Without a date all do."""
        if as_of is None:
            return True
        return self.moment.has_come(as_of) if self.moment else None


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a document stands as of a date, and what says so.

    Attributes:
        document: its IRI.
        state: see the head of this module.
        as_of: the date asked about, or None for all the corpus knows.
        reason: why, by its name in `ontology/statuses.toml`.
        since: from when it has been in this state: an ISO prefix, or two days joined by `/` between which that
            began; None where not known.
        chain: acts that make the state, by date: those upon the document first, then those upon the documents
            that superseded it, and so on to the last.
        undated: acts upon it that cannot be placed before or after the date; without a date asked about, those
            that bear none themselves.
        later: acts upon it that hold only after the date, by date.
        doubtful: supersessions by documents older than this one; not counted.
    """

    document: str
    state: State
    as_of: str | None
    reason: str
    since: str | None = None
    chain: tuple[Act, ...] = ()
    undated: tuple[Act, ...] = ()
    later: tuple[Act, ...] = ()
    doubtful: tuple[Act, ...] = ()


def status_of(
    store: Queryable,
    documents: Iterable[Document],
    as_of: str | None = None,
    sources: Collection[str] | None = None,
) -> dict[str, Status]:
    """The status of documents as of a date, by IRI in the order given.

    Args:
        store: what to ask.
        documents: any number; they are read in batches.
        as_of: ISO prefix, taken to its end; None counts every relation of the corpus, dated or not.
        sources: ids of sources; relations on the word of others are left out.

    Raises:
        QueryError: `as_of` is no date.
    """
    bound = checked_date(as_of)
    asked = {document.iri: document for document in documents}
    found: dict[str, Status] = {}
    iris = list(asked)
    for start in range(0, len(iris), _BATCH):
        part = {iri: asked[iri] for iri in iris[start : start + _BATCH]}
        acts = _read_acts(store, part, sources)
        held = held_among(store, part.values())
        for iri, document in part.items():
            found[iri] = _derive(document, acts, iri in held, bound)
    return found


@dataclass(slots=True)
class _Acts:
    """All acts that may matter for some documents: upon them, and upon what superseded them, to the end."""

    upon: dict[str, tuple[Act, ...]]
    ends: frozenset[str]
    changes: frozenset[str]

    def ending(self, iri: str) -> list[Act]:
        return [act for act in self.upon.get(iri, ()) if act.edge.predicate in self.ends]


def _read_acts(store: Queryable, asked: dict[str, Document], sources: Collection[str] | None) -> _Acts:
    kinds = relation_kinds(store)
    ends, changes = narrower(kinds, [_ENDS]), narrower(kinds, [_CHANGES])
    upon: dict[str, tuple[Act, ...]] = {}
    known = dict(asked)
    predicates = ends | changes | narrower(kinds, [_STOPS])
    frontier: Collection[str] = asked
    while frontier:
        fresh = _round(store, {iri: known[iri] for iri in frontier}, predicates, known, sources)
        upon.update(fresh)
        following = {act.by.iri for acts in fresh.values() for act in acts if act.edge.predicate in ends}
        frontier = sorted(following - upon.keys() - set(frontier))
        predicates = ends
    return _Acts(upon, ends, changes)


def _round(
    store: Queryable,
    upon: dict[str, Document],
    predicates: frozenset[str],
    known: dict[str, Document],
    sources: Collection[str] | None,
) -> dict[str, tuple[Act, ...]]:
    """The acts upon some documents; those who act are added to `known`."""
    told = {
        iri: [edge for item in found if (edge := words_of_sources(item, sources)) is not None]
        for iri, found in read_edges(store, sorted(upon), "down", predicates).items()
    }
    missing = {edge.subject for edges in told.values() for edge in edges} - known.keys()
    known.update(read_documents(store, sorted(missing)))
    acts: dict[str, tuple[Act, ...]] = {}
    for iri, edges in told.items():
        found = [_act(edge, known[edge.subject]) for edge in edges if edge.subject in known]
        if found:
            acts[iri] = tuple(sorted(found, key=_order))
    return acts


def _act(edge: Edge, by: Document) -> Act:
    told = moments_of(item.effective for item in edge.evidence if item.effective)
    if told is not None:
        return Act(edge, by, told, "relation")
    start = start_of(by)
    return Act(edge, by, start, None if start is None else "effective" if by.effective else "issued")


def start_of(document: Document) -> Moment | None:
    """From when a document itself holds, by its effective date or else its date of issue; None if unknown.

    Where only the year in its number is known (47/2024/QH15), it was issued in that year.
    """
    if document.effective:
        return moment_of(document.effective)
    number = number_parts(document.number) if document.number else None
    year = number.year if number and document.polity != "party" else None
    date = document.date or year
    if date is None:
        return None
    issued = moment_of(date)
    return Moment(issued.first, months_after(issued.last, effect_within())) if year else issued


def _order(act: Act) -> tuple[int, int, str, str]:
    moment = act.moment
    return (
        moment.first if moment else LAST,
        moment.last if moment else LAST,
        act.by.path,
        act.edge.predicate,
    )


def _derive(document: Document, acts: _Acts, is_held: bool, as_of: str | None) -> Status:
    doubtful = tuple(act for act in acts.ending(document.iri) if is_before(act.by.date, document.date))
    upon = [act for act in acts.upon.get(document.iri, ()) if act not in doubtful]
    came = [act for act in upon if act.holds(as_of)]
    undated = tuple(act for act in upon if act.holds(as_of) is None or act.moment is None)
    later = tuple(act for act in upon if act.holds(as_of) is False)

    def status(state: State, reason: str, chain: Iterable[Act] = (), since: str | None = None) -> Status:
        return Status(document.iri, state, as_of, reason, since, tuple(chain), undated, later, doubtful)

    if _certainly_after(document.date, as_of):
        return status("not-yet-in-force", "not-issued")
    ended = [act for act in came if act.edge.predicate in acts.ends]
    if ended:
        chain = _chain(document, ended, acts, as_of)
        if any(act.by.iri == document.iri for act in chain):
            return status("unknown", "circular", chain)
        taken = [act for act in ended if not _is_lapsed(act, acts, as_of)]
        if not taken:
            return status("unknown", "lapsed", chain)
        return status("superseded", "superseded", chain, taken[0].moment.shown if taken[0].moment else None)
    if any(act.edge.predicate in acts.ends for act in undated):
        return status("unknown", "undated")
    if _certainly_after(document.effective, as_of):
        return status("not-yet-in-force", "not-effective")
    stopped = [
        act for act in dict.fromkeys((*came, *undated)) if act.edge.predicate not in acts.ends | acts.changes
    ]
    if stopped:
        return status("unknown", "suspended", stopped)
    changed = [act for act in came if act.edge.predicate in acts.changes]
    if changed:
        since = changed[0].moment.shown if changed[0].moment else None
        return status("partly-superseded", "amended", changed, since)
    if undated:
        return status("unknown", "undated")
    if not is_held:
        return status("unknown", "only-cited")
    start = start_of(document)
    if as_of is not None and (start is None or not start.has_come(as_of)):
        return status("unknown", "no-date")
    return status("in-force", "none-known", (), start.shown if start else None)


def _certainly_after(date: str | None, as_of: str | None) -> bool:
    return date is not None and as_of is not None and first_day(date) > last_day(as_of)


def _is_lapsed(act: Act, acts: _Acts, as_of: str | None) -> bool:
    """Whether who acts was itself ended before its act took hold, so that it never did."""
    return act.moment is not None and any(
        other.holds(as_of) and other.moment is not None and other.moment.last < act.moment.first
        for other in acts.ending(act.by.iri)
        if not is_before(other.by.date, act.by.date)
    )


def _chain(document: Document, ended: list[Act], acts: _Acts, as_of: str | None) -> list[Act]:
    """The acts that ended a document, then those that ended these, each once, to the last."""
    chain = list(ended)
    seen = {document.iri}
    frontier = [act.by for act in ended]
    while frontier:
        news = {by.iri: by for by in frontier if by.iri not in seen}
        seen |= news.keys()
        step = [
            act
            for by in news.values()
            for act in acts.ending(by.iri)
            if act.holds(as_of) and not is_before(act.by.date, by.date)
        ]
        chain += sorted(step, key=_order)
        frontier = [act.by for act in step]
    return chain
