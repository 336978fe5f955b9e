"""What numbers alone do not finish: documents that are cited by name too, and references torn between them.

A group of numbers is resolved by itself, perhaps on another machine; what it holds back for the names travels as
bytes. Of a catalogued document only its id travels, since everyone has the catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.cluster import Cluster
from graph.iri import Number
from graph.items import pack_item, unpack_item
from graph.settle import Settled


@dataclass(slots=True)
class Waiting:
    """Documents and open references that wait for the names.

    Attributes:
        clusters: catalogued documents and laws, with their references so far.
        open: references left open of which a candidate is among them, by source id and reference key.
    """

    clusters: list[Cluster] = field(default_factory=list)
    open: dict[tuple[str, str], Settled] = field(default_factory=dict)

    def take(self, other: "Waiting") -> None:
        """Add what another group holds back."""
        self.clusters += other.clusters
        self.open |= other.open


def pack_waiting(held: Waiting) -> bytes:
    """As JSON; `unpack_waiting` reversed."""
    places = {id(cluster): index for index, cluster in enumerate(held.clusters)}
    clusters = [
        (
            cluster.id,
            cluster.scope,
            cluster.type,
            _pack_number(cluster.parts),
            [(*item.key, pack_item(item).decode(), score) for item, score in cluster.items],
        )
        for cluster in held.clusters
    ]
    still_open = [
        (
            *key,
            [
                (places.get(id(cluster), cluster.path), score, why)
                for cluster, score, why in settled.candidates
            ],
        )
        for key, settled in held.open.items()
    ]
    return orjson.dumps((clusters, still_open))


def unpack_waiting(body: bytes, catalogue: Mapping[str, Cluster]) -> Waiting:
    """From JSON, with the catalogue's rows put back.

    Args:
        body: of `pack_waiting`.
        catalogue: documents by id; they are given their references here.
    """
    packed_clusters, packed_open = orjson.loads(body)
    clusters = []
    for id_, scope, kind, number, items in packed_clusters:
        cluster = catalogue[id_] if id_ else Cluster(scope, kind, _unpack_number(number))
        for source, key, item, score in items:
            cluster.add(unpack_item(source, key, item), score)
        clusters.append(cluster)
    still_open = {
        (source, key): Settled(
            None, 0.0, tuple((_candidate(place, clusters), score, why) for place, score, why in candidates)
        )
        for source, key, candidates in packed_open
    }
    return Waiting(clusters, still_open)


def _candidate(place: int | str, clusters: list[Cluster]) -> Cluster:
    # of a document that is finished its path is all that a candidate needs
    return clusters[place] if isinstance(place, int) else Cluster("", "", None, path=place)


def _pack_number(parts: Number | None) -> Any:
    return parts and (parts.ordinal, parts.year, parts.symbol_type, parts.body)


def _unpack_number(values: Any) -> Number | None:
    return Number(values[0], values[1], values[2], tuple(values[3])) if values else None
