"""What a corpus holds besides documents, as rows of plain values: counts, types, bodies, places."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.bodies import read_bodies
from graph.iri import mint
from graph.rows import Row
from graph.vocabulary import Queryable
from ontology.body import Body
from ontology.doctype import document_types
from ontology.place import Place, places

_COUNTS = (
    "documents", "texts", "quads", "mentions", "relations", "bases", "unresolved", "ambiguous", "pending",
)  # fmt: skip


def stats_row(manifest: Mapping[str, Any]) -> Row:
    """The counts of a build; null where its manifest does not tell."""
    return {name: manifest.get(name) for name in _COUNTS}


def type_rows() -> list[Row]:
    """All types of documents, as the ontology lists them."""
    return [
        {
            "iri": mint("type", kind.slug),
            "slug": kind.slug,
            "name": kind.name,
            "symbols": list(kind.symbols),
            "aliases": list(kind.aliases),
            "polity": kind.polity,
            "level": kind.level,
            "issuers": kind.issuers,
            "source": kind.source,
        }
        for kind in document_types()
    ]


def place_rows() -> list[Row]:
    """All places with their dates and what came before and after, by slug."""
    before = _predecessors((place.slug, place.successors) for place in places())
    return [_place_row(place, before.get(place.slug, [])) for place in places()]


def body_rows(store: Queryable) -> list[Row]:
    """The bodies of a store with their dates and what came before and after, by id."""
    bodies = read_bodies(store)
    before = _predecessors((body.id, body.successors) for body in bodies)
    return [_body_row(body, before.get(body.id, [])) for body in bodies]


def _place_row(place: Place, before: list[str]) -> Row:
    return {
        "iri": mint("place", place.slug),
        "slug": place.slug,
        "name": place.name,
        "kind": place.kind,
        "since": place.since,
        "until": place.until,
        "successors": [mint("place", heir) for heir in place.successors],
        "predecessors": [mint("place", slug) for slug in before],
        "code": place.code,
        "code_2025": place.code_2025,
        "aliases": list(place.aliases),
    }


def _body_row(body: Body, before: list[str]) -> Row:
    return {
        "iri": mint("body", body.id),
        "id": body.id,
        "name": body.name,
        "aliases": list(body.aliases),
        "polity": body.polity,
        "level": body.level,
        "place": body.place,
        "since": body.since,
        "until": body.until,
        "successors": [mint("body", heir) for heir in body.successors],
        "predecessors": [mint("body", id_) for id_ in before],
    }


def _predecessors(successions: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, heirs in successions:
        for heir in heirs:
            found.setdefault(heir, []).append(name)
    return found
