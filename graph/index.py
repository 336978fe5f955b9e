"""The read model of a build, opened: what the asking side answers from without SPARQL.

`graph.write_index` writes it. Everything is opened read-only and shared: arrays are mapped into memory and SQLite
reads through the page cache, so that further processes cost next to nothing. Safe for several threads, each of
which has a connection of its own.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency
from graph.errors import StoreError
from graph.iri import number_parts
from graph.vocabulary import Queryable
from graph.write_orders import FACETS, ORDERS


class Node(NamedTuple):
    """What documents share: a type, a body, a place.

    Attributes:
        kind: one of FACETS.
        slug: last part of its IRI.
        label: for people; the slug where the graph has none.
    """

    kind: str
    slug: str
    label: str


class DocumentIndex:
    """The documents of one build by what they are and how they are called. Inside, a document is a number.

    Args:
        folder: where `graph.write_index` wrote.

    Raises:
        StoreError: nothing is there, or not what was written.

    Attributes:
        adjacency: the edges.
        count: documents; they are numbered from 0 in the order of their paths.
        facets: by facet, the node of each document, -1 where not known.
        days: first and last day of issue of each document as `yyyymmdd`, -1 where not known.
        orders: by order, all documents.
        standing: of each document, 0 to 0.15.
        name_documents: whose each name is.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "index.sqlite"
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            meta = dict(self.rows("SELECT name, value FROM meta"))
            self.count = int(meta["documents"])
            self._start = f"{meta['base']}doc/"
            self.adjacency = Adjacency(folder, self.count)
            self.facets = dict(zip(FACETS, _read(folder / "facets.npy"), strict=True))
            self.days = _read(folder / "days.npy")
            self.orders = dict(zip(ORDERS, _read(folder / "orders.npy"), strict=True))
            self.standing = _read(folder / "standing.npy")
            self.name_documents = _read(folder / "name_documents.npy")
        except (OSError, KeyError, ValueError, StoreError) as error:
            self.close()
            raise StoreError(f"index {folder}: cannot be opened: {error}; build the store anew") from error

    def close(self) -> None:
        """Let go of the files; questions after this fail."""
        while self._connections:
            self._connections.pop().close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a question in SQL.

        Raises:
            StoreError: the store is closed, or its files cannot be read.
        """
        try:
            return self._connection().execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"index {self._path}: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # a build's files never change, so SQLite need not look for changes or locks
            uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            connection.execute("PRAGMA mmap_size = 1099511627776")
            connection.execute("PRAGMA cache_size = -256")
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def iri(self, path: str) -> str:
        """The IRI of a document by its path."""
        return path if "://" in path else self._start + path

    def path(self, iri: str) -> str:
        """The path of a document by its IRI; what is none of this base stays."""
        return iri.removeprefix(self._start)

    def numbers_of(self, iris: Iterable[str]) -> list[int | None]:
        """The numbers of documents by their IRIs, in the order given; None for what this graph does not have."""
        paths = [self.path(iri) for iri in iris]
        found: dict[str, int] = {}
        for start in range(0, len(paths), _BATCH):
            batch = paths[start : start + _BATCH]
            query = f"SELECT path, id FROM document WHERE path IN ({marks(batch)})"  # noqa: S608 - marks only
            found.update(self.rows(query, batch))
        return [found.get(path) for path in paths]

    def iris_of(self, numbers: Iterable[int]) -> list[str]:
        """The IRIs of documents by their numbers, sorted by number."""
        return [self.iri(path) for _, path in self.select("id, path", "document", "id", numbers)]

    def select(self, columns: str, table: str, key: str, values: Iterable[Any]) -> list[Any]:
        """Rows of a table whose key is among some values, by key."""
        found: list[Any] = []
        ordered = sorted(values)
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            query = f"SELECT {columns} FROM {table} WHERE {key} IN ({marks(batch)}) ORDER BY {key}"  # noqa: S608
            found += self.rows(query, batch)
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """All that documents share, by number."""
        rows = self.rows("SELECT kind, slug, coalesce(label, slug) FROM node ORDER BY id")
        return [Node(*row) for row in rows]

    @cached_property
    def relations(self) -> list[str]:
        """Local names of the relations that the graph has, by number."""
        rows = self.rows("SELECT name FROM relation WHERE number IS NOT NULL ORDER BY number")
        return [row[0] for row in rows]

    def relations_named(self, names: Iterable[str]) -> list[int]:
        """Numbers of relations, by name; those the graph has none of are left out."""
        wanted = set(names)
        return sorted(
            (number for number, name in enumerate(self.relations) if name in wanted),
            key=self.relations.__getitem__,
        )

    def nodes_with(self, kind: str, slugs: Iterable[str]) -> list[int]:
        """Numbers of nodes of one facet by their slugs; what no document has is left out."""
        wanted = set(slugs)
        return [number for number, node in enumerate(self.nodes) if node.kind == kind and node.slug in wanted]

    def paths_between(self, first: str, last: str) -> list[str]:
        """Paths from one on and before another, sorted."""
        query = "SELECT path FROM document WHERE path >= ? AND path < ? ORDER BY path"
        return [row[0] for row in self.rows(query, (first, last))]

    def bearing_ordinal(self, ordinal: str, type_slugs: Collection[str] = ()) -> list[int]:
        """Documents whose number begins with this ordinal, of some types where given."""
        if not type_slugs:
            return self._numbered("ordinal = ?", (ordinal,))
        types = self.nodes_with("type", type_slugs)
        return self._numbered(f"ordinal = ? AND type IN ({marks(types)})", (ordinal, *types))

    def bearing(self, number: str) -> list[int]:
        """Documents that bear this number, in whatever spelling."""
        wanted = number_parts(number)
        if wanted is None:
            return []
        condition = "ordinal = ? AND body = ? AND symbol IS ? AND year IS ?"
        return self._numbered(condition, (wanted.ordinal, wanted.body_key, wanted.symbol_type, wanted.year))

    def bearing_part(self, number: str) -> list[int]:
        """Documents whose number says all that this one says, and more (13/NĐ-CP: 13/2023/NĐ-CP)."""
        wanted = number_parts(number)
        if wanted is None:
            return []
        told = {"year": wanted.year, "symbol": wanted.symbol_type, "body": wanted.body_key or None}
        given = {name: value for name, value in told.items() if value is not None}
        condition = " AND ".join(["ordinal = ?", *(f"{name} = ?" for name in given)])
        return self._numbered(condition, (wanted.ordinal, *given.values()))

    def bearing_like(
        self, ordinal: str, scope: str | None, body: str | None, type_slugs: Collection[str] = ()
    ) -> list[int]:
        """Documents whose number begins with this ordinal, of one scope, one body, some types where given."""
        condition, values = "ordinal = ?", [ordinal]
        if body is not None:
            condition, values = f"{condition} AND body = ?", [*values, body]
        if scope is not None:
            # documents are numbered in the order of their paths, so those of a scope stand in a row
            condition += f" AND document >= {_FIRST_FROM} AND document < {_FIRST_FROM}"
            values += [f"{scope}/", f"{scope}0"]
        types = self.nodes_with("type", type_slugs)
        if type_slugs:
            condition += f" AND type IN ({marks(types)})"
        return self._numbered(condition, (*values, *types))

    def _numbered(self, condition: str, values: tuple[Any, ...]) -> list[int]:
        rows = self.rows(f"SELECT document FROM number WHERE {condition} ORDER BY document", values)  # noqa: S608 - of our own
        return [row[0] for row in rows]


_BATCH = 500
_FIRST_FROM = (
    "coalesce((SELECT id FROM document WHERE path >= ? ORDER BY path LIMIT 1),"
    " (SELECT max(id) + 1 FROM document))"
)


def document_index(store: Queryable) -> DocumentIndex:
    """The read model of an open store."""
    return store.index


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values, for SQL."""
    return ", ".join("?" * len(values))


def _read(path: Path) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, mmap_mode="r")
    return array
