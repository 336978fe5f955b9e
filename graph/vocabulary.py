"""The relations a store knows, read from the vocabulary it carries: what they imply, how they are called.

No other module of the asking side names single relation types, save the defaults of a question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from graph.errors import QueryError

NAMESPACE = "https://w3id.org/phahe/ontology#"
"""Namespace of the vocabulary (`ph:`)."""

_KINDS = f"""
PREFIX ph: <{NAMESPACE}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?property ?super ?label ?drawn WHERE {{
  GRAPH ?vocabulary {{
    ?property rdfs:subPropertyOf ?super .
    OPTIONAL {{ ?property rdfs:label ?label }}
    OPTIONAL {{ ?property ph:drawn ?drawn }}
  }}
}}"""

_LABELS = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?label WHERE {{
  GRAPH ?vocabulary {{ ?term rdfs:label ?label }}
  FILTER(STRSTARTS(STR(?term), "{NAMESPACE}") && LANG(?label) = "%s")
}}"""

ROOT = "relatedTo"
"""Local name of the property that every relation between documents implies."""


class Queryable(Protocol):
    """What the asking side needs of a store: `graph.store.Store`, or whatever answers SPARQL the same way."""

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
    supers: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    drawn: set[str] = set()
    for row in store.query(_KINDS):
        name, above = local_name(row["property"].value), local_name(row["super"].value)
        if not row["property"].value.startswith(NAMESPACE):
            continue
        if row["super"].value.startswith(NAMESPACE):
            supers.setdefault(name, set()).add(above)
        if row["label"] is not None and (row["label"].language == "vi" or name not in labels):
            labels[name] = row["label"].value
        if row["drawn"] is not None and row["drawn"].value == "true":
            drawn.add(name)
    implied = {name: _closure(name, supers) for name in sorted({*supers, ROOT} if supers else ())}
    return {
        name: RelationKind(name, labels.get(name, name), frozenset(above), name in drawn)
        for name, above in implied.items()
        if ROOT in above
    }


def vocabulary_labels(store: Queryable, language: Literal["vi", "en"] = "vi") -> dict[str, str]:
    """Labels of all in the vocabulary, by local name: relations, bases, levels, polities."""
    return {local_name(row["term"].value): row["label"].value for row in store.query(_LABELS % language)}


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


def _closure(name: str, supers: dict[str, set[str]]) -> set[str]:
    seen, pending = {name}, [name]
    while pending:
        for above in supers.get(pending.pop(), ()):
            if above not in seen:
                seen.add(above)
                pending.append(above)
    return seen
