"""Which document acts on which, by relation, as arrays in files that all processes share through the page cache.

For each direction one compressed sparse row matrix over (relation, document): the far ends of relation `p` at
document `d` are `ends[starts[p * n + d] : starts[p * n + d + 1]]`. One row for each relation, not one matrix for
all: parallel relations between two documents stay apart, and a walk reads only the relations it follows.

An edge is named by one number, `(p * n + subject) * n + object`: the key under which its evidence stands.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Direction = Literal["up", "down"]
"""Up: from a document to what it acts on (implements, replaces ...); down: to what acts on it."""

Ints = NDArray[np.int64]

_SMALL = 48
"""Documents of a round up to which plain Python is faster than numpy; most lineages never have more."""


class Step(NamedTuple):
    """An edge as a walk meets it: the document it stands at, the one it leads to, and its number."""

    near: int
    far: int
    edge: int


class Adjacency:
    """The edges of one build, read-only.

    Args:
        folder: where `write_adjacency` wrote.
        n_documents: documents of the build.
    """

    def __init__(self, folder: Path, n_documents: int) -> None:
        self.n_documents = n_documents
        self._starts = {way: _read(folder / f"{way}_starts.npy") for way in ("up", "down")}
        self._ends = {way: _read(folder / f"{way}_ends.npy") for way in ("up", "down")}
        # numpy makes an object of every single number it hands out; a memoryview does not
        self._views = {way: (self._starts[way].data, self._ends[way].data) for way in self._ends}
        self._late = _read(folder / "late_edges.npy")
        self._late_days = _read(folder / "late_days.npy")

    def __len__(self) -> int:
        """Edges, parallel ones counted each."""
        return len(self._ends["up"])

    def steps(self, documents: Collection[int], direction: Direction, relations: Sequence[int]) -> list[Step]:
        """The edges at some documents, in one direction.

        Args:
            documents: in the order wanted.
            direction: up: they are the subject; down: they are the object.
            relations: numbers of relations, in the order wanted.

        Returns:
            By document in the order given, far end, relation in the order given; perhaps empty.
        """
        if len(documents) > _SMALL:
            return self._many_steps(documents, direction, relations)
        starts, ends = self._views[direction]
        count, is_up = self.n_documents, direction == "up"
        found: list[Step] = []
        for near in documents:
            here = []
            for place, relation in enumerate(relations):
                row = relation * count + near
                for far in ends[starts[row] : starts[row + 1]]:
                    edge = row * count + far if is_up else (relation * count + far) * count + near
                    here.append((far, place, edge))
            if len(relations) > 1:
                here.sort()
            found += [Step(near, far, edge) for far, _, edge in here]
        return found

    def _many_steps(
        self, documents: Collection[int], direction: Direction, relations: Sequence[int]
    ) -> list[Step]:
        """The same at once for many documents."""
        nears = np.fromiter(documents, dtype=np.int64, count=len(documents))
        starts, ends = self._starts[direction], self._ends[direction]
        columns = []
        for place, relation in enumerate(relations):
            rows = relation * self.n_documents + nears
            first, counts = starts[rows].astype(np.int64), (starts[rows + 1] - starts[rows]).astype(np.int64)
            order = np.repeat(np.arange(len(nears)), counts)
            # of each document its places in `ends`: its first one, and as many after it as it has edges
            within = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
            fars = ends[np.repeat(first, counts) + within].astype(np.int64)
            subjects, objects = (nears[order], fars) if direction == "up" else (fars, nears[order])
            edges = (relation * self.n_documents + subjects) * self.n_documents + objects
            columns.append((order, fars, np.full(len(order), place), edges))
        if not columns:
            return []
        order, fars, places, edges = (np.concatenate(column) for column in zip(*columns, strict=True))
        by = np.lexsort((places, fars, order))
        return list(map(Step, nears[order[by]].tolist(), fars[by].tolist(), edges[by].tolist()))

    def ends_of(self, key: int) -> tuple[int, int, int]:
        """Relation, subject and object of an edge by its number."""
        row, object_ = divmod(key, self.n_documents)
        relation, subject = divmod(row, self.n_documents)
        return relation, subject, object_

    def is_effective(self, key: int, last_day: int) -> bool:
        """Whether an edge does not certainly begin to hold after a day (a number `yyyymmdd`)."""
        place = int(np.searchsorted(self._late, key))
        if place == len(self._late) or self._late[place] != key:
            return True
        return bool(self._late_days[place] <= last_day)

    def keys(self, relations: Iterable[int]) -> list[int]:
        """The numbers of all edges of these relations, ascending."""
        starts, found = self._starts["up"], []
        for relation in sorted(relations):
            first, last = relation * self.n_documents, (relation + 1) * self.n_documents
            counts = np.diff(starts[first : last + 1])
            rows = np.repeat(np.arange(first, last, dtype=np.int64), counts)
            ends = self._ends["up"][starts[first] : starts[last]]
            found += (rows * self.n_documents + ends).tolist()
        return found


def write_adjacency(
    folder: Path, n_documents: int, n_relations: int, keys: Ints, effective: Iterable[tuple[int, int]]
) -> None:
    """Write the arrays that `Adjacency` reads.

    Args:
        folder: where to.
        n_documents: documents are numbered from 0 below this.
        n_relations: likewise.
        keys: numbers of the edges, ascending, unique.
        effective: (edge, first day it holds) of those edges of which every record tells one, by edge.
    """
    rows, objects = np.divmod(keys, max(1, n_documents))
    relations, subjects = np.divmod(rows, max(1, n_documents))
    _write_rows(folder, "up", n_documents * n_relations, rows, objects)
    down = relations * n_documents + objects
    order = np.lexsort((subjects, down))
    _write_rows(folder, "down", n_documents * n_relations, down[order], subjects[order])
    late = np.array(list(effective), dtype=np.int64).reshape(-1, 2)
    np.save(folder / "late_edges.npy", np.ascontiguousarray(late[:, 0]))
    np.save(folder / "late_days.npy", np.ascontiguousarray(late[:, 1]))


def _write_rows(folder: Path, way: str, n_rows: int, rows: Ints, ends: Ints) -> None:
    """One matrix: where each row begins, and its far ends."""
    starts = np.zeros(n_rows + 1, dtype=np.int64 if len(ends) >= 2**31 else np.int32)
    np.cumsum(np.bincount(rows, minlength=n_rows), out=starts[1:])
    np.save(folder / f"{way}_starts.npy", starts)
    np.save(folder / f"{way}_ends.npy", ends.astype(np.int32))


def _read(path: Path) -> NDArray[np.int64]:
    """An array that lies in a file; its pages are read when touched, and are the same memory in all processes."""
    array: NDArray[np.int64] = np.asarray(np.load(path, mmap_mode="r"))
    return array
