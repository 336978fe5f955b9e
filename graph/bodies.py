"""The bodies that a store tells of: those that issued its documents, and those that took over from them."""

from weakref import WeakKeyDictionary

from graph.nquads import PH
from graph.vocabulary import Queryable, local_name
from ontology.body import Body

_FACTS = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?body ?property ?value WHERE {{
  VALUES ?property {{
    rdfs:label skos:altLabel <{PH}polity> <{PH}level> <{PH}place> <{PH}since> <{PH}until> <{PH}successor>
  }}
  ?body a <{PH}Body> ; ?property ?value }}"""


def read_bodies(store: Queryable) -> tuple[Body, ...]:
    """All bodies, by id; read once for each open store. May be empty."""
    if (known := _KNOWN.get(store)) is None:
        facts: dict[str, dict[str, set[str]]] = {}
        for row in store.query(_FACTS):
            of_body = facts.setdefault(local_name(row["body"].value), {})
            of_body.setdefault(local_name(row["property"].value), set()).add(row["value"].value)
        known = _KNOWN[store] = tuple(_body(id_, facts[id_]) for id_ in sorted(facts))
    return known


def _body(id_: str, facts: dict[str, set[str]]) -> Body:
    def first(name: str) -> str | None:
        return min(facts[name]) if name in facts else None

    def named(name: str) -> str | None:
        return local_name(value) if (value := first(name)) else None

    return Body(
        id=id_,
        name=first("label") or id_,
        aliases=tuple(sorted(facts.get("altLabel", ()))),
        polity=named("polity") or "state",
        level=named("level"),
        place=named("place"),
        since=first("since"),
        until=first("until"),
        successors=tuple(sorted(map(local_name, facts.get("successor", ())))),
    )


_KNOWN: "WeakKeyDictionary[Queryable, tuple[Body, ...]]" = WeakKeyDictionary()
