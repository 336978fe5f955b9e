"""Verify the citations of a text: which cited documents this corpus knows, and whether they still stood.

Each document that the text cites gets one verdict. *Known*, and as of the date asked about nothing in the
corpus ends it; *superseded*, wholly or in part, with the acts that say so; *ambiguous*, with the documents it
may mean; *unknown here*, which says nothing about the world.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.extract import extract_source
from graph.link import Linked, link_extraction
from graph.model import Mention, Source
from graph.status import Status, status_of
from graph.vocabulary import Queryable

Verdict = Literal["known", "superseded", "partly-superseded", "not-yet-in-force", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One document as a text cites it.

    Attributes:
        linked: what it is cited as, and what that means in the store.
        mentions: where, in text order; never empty.
        status: its status as of the date; None unless known.
    """

    linked: Linked
    mentions: tuple[Mention, ...]
    status: Status | None

    @property
    def verdict(self) -> Verdict:
        """The one word for it; a known document whose status cannot be told is known."""
        if self.status is None:
            return self.linked.state
        state = self.status.state
        return "known" if state == "in-force" or state == "unknown" else state


@dataclass(frozen=True, slots=True)
class Verification:
    """A text's citations.

    Attributes:
        source: the text.
        date: its own date, ISO prefix, or None.
        as_of: the date its citations were held against: the one asked about, or None for all that is known.
        citations: in order of first mention; the text's own number is none. May be empty.
    """

    source: Source
    date: str | None
    as_of: str | None
    citations: tuple[Citation, ...]


def verify_text(store: Queryable, source: Source, as_of: str | None = None) -> Verification:
    """Hold what a text cites against a store.

    Args:
        store: what to ask.
        source: the text; it need not be in the store.
        as_of: ISO prefix; None counts all that the corpus knows, however late.

    Raises:
        QueryError: `as_of` is no date.
    """
    extraction = extract_source(source)
    linked = link_extraction(store, extraction)
    known = [item.document for item in linked.values() if item.document is not None]
    statuses = status_of(store, known, as_of)

    def citations() -> Iterator[Citation]:
        for key, item in linked.items():
            mentions = tuple(mention for mention in extraction.mentions if mention.document == key)
            if key != extraction.self_key and mentions:
                status = statuses[item.document.iri] if item.document else None
                yield Citation(item, mentions, status)

    found = sorted(citations(), key=lambda citation: citation.mentions[0].start)
    return Verification(source, extraction.date, as_of, tuple(found))
