"""Walks along the edges of the read model: breadth first, one round at a time, with limits, safe in cycles.

Documents and edges are numbers here (`graph.adjacency`); who asks turns the few that are left into values.
"""

from collections.abc import Collection, Iterable

from graph.adjacency import Direction, Step
from graph.days import last_day
from graph.index import DocumentIndex


class Walk:
    """The documents a walk has met, and the rounds that meet more.

    Args:
        index: the documents and their edges.
        root: where the walk begins.
        relations: local names of what is followed.
        as_of: ISO prefix; documents issued and relations effective after it are not there. What bears no date
            is.
        max_nodes: most documents, the root included; None for no limit.
        sources: ids of sources; relations on the word of others are not there. None for all.

    Attributes:
        known: all documents met, root first, then by round and path.
        truncated: whether the limit left one out.
    """

    def __init__(
        self,
        index: DocumentIndex,
        root: int,
        relations: Iterable[str],
        as_of: str | None = None,
        max_nodes: int | None = None,
        sources: Collection[str] | None = None,
    ) -> None:
        self._index = index
        self._relations = index.relations_named(relations)
        self._bound = None if as_of is None else last_day(as_of)
        self._max_nodes = max_nodes
        self._sources = sources
        self.known: dict[int, None] = {root: None}
        self.truncated = False

    def advance(
        self, frontier: Collection[int], direction: Direction, *, is_last: bool = False
    ) -> list[Step]:
        """Walk one round: the edges at the frontier, both of whose ends are then known.

        Args:
            frontier: documents met before.
            direction: which way to go from them.
            is_last: meet no more documents, but say so (`truncated`) if there are any.

        Returns:
            By frontier, far end and relation.
        """
        adjacency, bound = self._index.adjacency, self._bound
        steps = adjacency.steps(frontier, direction, self._relations)
        if bound is not None:
            steps = [step for step in steps if adjacency.is_effective(step.edge, bound)]
        if self._sources is not None:
            told = self._index.select("edge, source", "evidence", "edge", {step.edge for step in steps})
            spoken = {edge for edge, source in told if source in self._sources}
            steps = [step for step in steps if step.edge in spoken]
        issued, limit = self._index.days[0], len(self.known) if is_last else self._max_nodes
        for far in sorted({step.far for step in steps} - self.known.keys()):
            if bound is not None and issued[far] > bound:
                continue
            if limit is not None and len(self.known) >= limit:
                self.truncated = True
                break
            self.known[far] = None
        return [step for step in steps if step.far in self.known]
