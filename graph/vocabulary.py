"""The relations a store knows, read from the vocabulary it carries: what they imply, how they are called.

No other module of the asking side names single relation types, save the defaults of a question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from graph.errors import QueryError

if TYPE_CHECKING:
    from graph.index import DocumentIndex

NAMESPACE = "https://w3id.org/phahe/ontology#"
"""Namespace of the vocabulary (`ph:`)."""

ROOT = "relatedTo"
"""Local name of the property that every relation between documents implies."""


class Queryable(Protocol):
    """What the asking side needs of a store: `graph.store.Store`, or whatever answers the same way."""

    @property
    def index(self) -> "DocumentIndex":
        """The read model."""

    def query(self, text: str, /) -> Any:
        """Pyoxigraph's QuerySolutions, QueryBoolean or QueryTriples."""


@dataclass(frozen=True, slots=True)
class RelationKind:
    """One relation between documents, as the vocabulary describes it.

    Attributes:
        name: local name (`implements`).
        label: caption in Vietnamese, or the local name where there is none.
        implied: local names of the relations it implies, itself included.
        drawn: whether it is an edge of pictures and projections.
    """

    name: str
    label: str
    implied: frozenset[str]
    drawn: bool


def relation_kinds(store: Queryable) -> dict[str, RelationKind]:
    """All relations between documents, by local name, sorted; empty where the store carries no vocabulary."""
    rows = store.index.rows(
        "SELECT name, coalesce(label, name), implied, is_drawn FROM relation WHERE implied IS NOT NULL ORDER BY name"
    )
    return {
        name: RelationKind(name, label, frozenset(orjson.loads(implied)), bool(is_drawn))
        for name, label, implied, is_drawn in rows
    }


def vocabulary_labels(store: Queryable) -> dict[str, str]:
    """Vietnamese labels of all in the vocabulary, by local name: relations, bases, levels, polities."""
    return dict(store.index.rows("SELECT name, label FROM word ORDER BY name"))


def narrower(kinds: dict[str, RelationKind], names: Iterable[str]) -> frozenset[str]:
    """The named relations and all that imply them.

    Raises:
        QueryError: the vocabulary has no relation of that name.
    """
    wanted = set(names)
    for name in sorted(wanted - set(kinds)):
        raise QueryError(f"relation {name!r}: unknown (known: {', '.join(kinds)}; see ontology/phahe.ttl)")
    return frozenset(kind.name for kind in kinds.values() if kind.implied & wanted)


def local_name(iri: str) -> str:
    """What stands after the last `#` or `/`.

    >>> local_name("https://w3id.org/phahe/ontology#implements")
    'implements'
    """
    return iri.replace("#", "/").rsplit("/", 1)[-1]
