"""What changed in a document's lineage between two dates: what was added, replaced, amended, and by what.

A document's lineage at a date is `graph.ask.trace_lineage` with that date; the difference of two of them,
applied to the first, gives the second. Beside it stand the documents whose status changed, each with the acts
that changed it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from graph.ask import MAX_DEPTH, MAX_NODES, trace_lineage
from graph.days import LAST, checked_date, first_day, last_day
from graph.errors import QueryError
from graph.facts import Document, Edge
from graph.status import Act, Status, status_of
from graph.vocabulary import Queryable

RELATIONS = ("implements", "supersedes", "amends")
"""What a difference follows unless told otherwise."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A document that has another status at the later date.

    Attributes:
        document: which.
        before: its status at the earlier date.
        after: its status at the later date.
        cause: the acts upon it that the earlier status did not have, by date; empty where time alone changed it
            (it took effect).
    """

    document: Document
    before: Status
    after: Status
    cause: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a lineage differs at two dates; everything in the order of the lineages it stands in.

    Attributes:
        root: the document asked about.
        start: the earlier date, an ISO prefix taken to its end.
        end: the later one.
        added: documents only in the later lineage.
        removed: documents only in the earlier one; empty but where a limit cut a lineage short.
        edges_added: relations only in the later lineage.
        edges_removed: relations only in the earlier one.
        changes: documents of the later lineage whose status is another, by date of the first cause; those merely
            issued in between are only `added`.
        truncated: whether a limit left something out of either lineage.
    """

    root: Document
    start: str
    end: str
    added: tuple[Document, ...]
    removed: tuple[Document, ...]
    edges_added: tuple[Edge, ...]
    edges_removed: tuple[Edge, ...]
    changes: tuple[StatusChange, ...]
    truncated: bool


def diff_lineage(
    store: Queryable,
    document: Document,
    start: str,
    end: str,
    direction: Literal["up", "down", "both"] = "both",
    relations: Iterable[str] = RELATIONS,
    depth: int = MAX_DEPTH,
    max_nodes: int = MAX_NODES,
    sources: Collection[str] | None = None,
) -> Difference:
    """Compare a document's lineage at two dates.

    Args:
        store: what to ask.
        document: where both lineages begin.
        start: ISO prefix.
        end: ISO prefix, not before `start`.
        direction: as for `trace_lineage`.
        relations: local names; narrower ones follow.
        depth: most steps away.
        max_nodes: most documents of each lineage.
        sources: ids of sources; relations on the word of others are left out.

    Raises:
        QueryError: a date or relation that is none, or dates in the wrong order.
    """
    checked_date(start), checked_date(end)
    if last_day(end) < first_day(start):
        raise QueryError(f"dates {start!r}, {end!r}: the second lies before the first")
    names = tuple(relations)
    before, after = (
        trace_lineage(store, document, direction, names, depth, date, max_nodes, sources)
        for date in (start, end)
    )
    keys_before, keys_after = ({_key(edge) for edge in item.edges} for item in (before, after))
    nodes_before, nodes_after = ({node.iri for node in item.nodes} for item in (before, after))
    return Difference(
        document,
        start,
        end,
        added=tuple(node for node in after.nodes if node.iri not in nodes_before),
        removed=tuple(node for node in before.nodes if node.iri not in nodes_after),
        edges_added=tuple(edge for edge in after.edges if _key(edge) not in keys_before),
        edges_removed=tuple(edge for edge in before.edges if _key(edge) not in keys_after),
        changes=_changes(store, after.nodes, start, end, sources),
        truncated=before.truncated or after.truncated,
    )


def _key(edge: Edge) -> tuple[str, str, str]:
    return edge.subject, edge.predicate, edge.object


def _changes(
    store: Queryable, nodes: tuple[Document, ...], start: str, end: str, sources: Collection[str] | None
) -> tuple[StatusChange, ...]:
    before, after = (status_of(store, nodes, date, sources) for date in (start, end))
    found = []
    for node in nodes:
        old, new = before[node.iri], after[node.iri]
        is_news = old.reason == "not-issued" and new.state in ("in-force", "not-yet-in-force")
        if old.state != new.state and not is_news:
            had = {_key(act.edge) for act in old.chain}
            upon = (act for act in new.chain if act.edge.object == node.iri)
            cause = tuple(act for act in upon if _key(act.edge) not in had)
            found.append(StatusChange(node, old, new, cause))
    return tuple(sorted(found, key=_when))


def _when(change: StatusChange) -> tuple[int, str]:
    caused = (act.moment.first for act in change.cause if act.moment)
    own = first_day(change.after.since) if change.after.since else LAST
    return next(caused, own), change.document.path
