"""The documents that implement one, of all provinces, side by side: the researcher's table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.ask import Implementing, list_implementing
from graph.facts import Document, read_documents, read_edges, words_of_sources
from graph.status import Status, status_of
from graph.vocabulary import Queryable, narrower, relation_kinds

SortKey = Literal["place", "date", "delay", "chain", "type", "cites"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One implementing document.

    Attributes:
        item: the document with its way to the one implemented, and evidence.
        delay: days from the issue of the one implemented to its own; None where either day is not known.
        cites: other documents it implements, is based on or cites, by label.
        status: its own, as of the date asked about.
    """

    item: Implementing
    delay: int | None
    cites: tuple[Document, ...]
    status: Status

    @property
    def chain(self) -> int:
        """How many steps it is away."""
        return len(self.item.steps)


def compare(
    store: Queryable,
    document: Document,
    level: str | None = "local",
    as_of: str | None = None,
    sources: Collection[str] | None = None,
    sort: SortKey = "place",
) -> list[Compared]:
    """The documents that implement one, with what can be compared; perhaps none.

    Args:
        store: what to ask.
        document: what is implemented.
        level: as for `list_implementing`.
        as_of: ISO prefix, taken to its end; None for all the corpus knows.
        sources: ids of sources whose words count; None for all.
        sort: what to sort by, then by place and path; what is not known comes last.

    Raises:
        QueryError: level or date is none.
    """
    items = list_implementing(store, document, level, as_of=as_of, sources=sources)
    kinds = relation_kinds(store)
    citing = narrower(kinds, ["implements", "cites"])
    upward = read_edges(store, sorted(item.document.iri for item in items), "up", citing)
    ends = {
        iri: sorted({edge.object for edge in edges if words_of_sources(edge, sources)} - {document.iri})
        for iri, edges in upward.items()
    }
    cited = read_documents(store, sorted({end for found in ends.values() for end in found}))
    states = status_of(store, [item.document for item in items], as_of, sources)
    rows = [
        Compared(
            item,
            _days(document.date, item.document.date),
            tuple(
                sorted((cited[end] for end in ends.get(item.document.iri, ()) if end in cited), key=_label)
            ),
            states[item.document.iri],
        )
        for item in items
    ]
    return sorted(
        rows,
        key=lambda row: (_sort_value(row, sort), row.item.document.place or "\uffff", row.item.document.path),
    )


def _label(document: Document) -> tuple[str, str]:
    return document.label, document.path


def _sort_value(row: Compared, key: SortKey) -> tuple[bool, str, int]:
    """What is not known comes last."""
    found = row.item.document
    text, number = {
        "place": (found.place, None),
        "date": (found.date, None),
        "type": (found.type, None),
        "delay": (None, row.delay),
        "chain": (None, row.chain),
        "cites": (None, -len(row.cites)),
    }[key]
    return text is None and number is None, text or "", number or 0


def _days(start: str | None, end: str | None) -> int | None:
    if start is None or end is None or len(start) < 10 or len(end) < 10:
        return None
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
