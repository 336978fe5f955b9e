"""What the passes of resolving have decided so far: clusters, their blocks, where each item went."""

from collections import defaultdict
from dataclasses import dataclass, field

from graph.cluster import Block, Cluster, Item
from graph.iri import is_party_scope
from graph.settle import MAX_CANDIDATES, Settled

OPEN = Settled(None)
"""Nothing known fits."""


@dataclass(slots=True)
class Decisions:
    """What the passes have found so far: clusters, in which block they stand, and where each item went."""

    clusters: list[Cluster] = field(default_factory=list)
    blocks: defaultdict[Block, list[Cluster]] = field(default_factory=lambda: defaultdict(list))
    open: dict[tuple[str, str], Settled] = field(default_factory=dict)

    def add(self, cluster: Cluster, block: Block | None) -> Cluster:
        """Keep a cluster, in its block if it bears a number."""
        self.clusters.append(cluster)
        if block is not None:
            self.blocks[block].append(cluster)
        return cluster

    def take(self, item: Item, settled: Settled) -> None:
        """Follow a decision."""
        if settled.cluster is None:
            self.open[item.key] = settled
        else:
            settled.cluster.add(item, settled.score)


def block_of(scope: str, kind: str, holder: Item | Cluster) -> Block | None:
    """The block of a number under a scope and a type; None without a number."""
    parts = holder.parts
    if parts is None:
        return None
    kind = "luat" if kind == "bo-luat" else kind
    return Block(scope, kind, parts.ordinal, parts.year, "" if is_party_scope(scope) else parts.body_key)


def listed(clusters: list[Cluster], reason: str) -> Settled:
    """An open reference with candidates that nothing tells apart, the earlier first."""
    ranked = sorted(
        clusters, key=lambda cluster: (cluster.date or "9999", cluster.scope, cluster.type, cluster.id or "")
    )
    return Settled(None, 0.0, tuple((cluster, 0.1, reason) for cluster in ranked[:MAX_CANDIDATES]))
