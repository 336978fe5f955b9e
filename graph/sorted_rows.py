"""Rows on disk, added in any order and read back by key: what a build holds between two of its steps.

SQLite sorts them, on disk where they are many. Measured on 2 million rows of 250 bytes, in CPU seconds and peak
memory: SQLite 9.6 and 143 MB, DuckDB through Arrow 7.8 and 685 MB, runs merged in Python 12.4 and 70 MB; SQLite needs
no further library.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.errors import StoreError


class RowWriter:
    """Writes a file of rows; a context manager that sorts them at its end.

    Args:
        path: the file; one that is there is replaced.
        key: how many of the columns, the first ones, are the key: unique and in order.
        columns: how many there are.
        cache_mb: memory that sorting may use, megabytes.
    """

    def __init__(self, path: Path, key: int, columns: int, cache_mb: int = 64) -> None:
        self.path = path
        path.unlink(missing_ok=True)
        self._names = ", ".join(f"c{number}" for number in range(columns))
        self._key = ", ".join(f"c{number}" for number in range(key))
        self._insert = f"INSERT INTO unsorted VALUES ({', '.join('?' * columns)})"  # noqa: S608 - marks only
        self._db = sqlite3.connect(path)
        # what is cut off here is made anew: no journal is needed
        self._db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{cache_mb * 1000};"
            f" CREATE TABLE unsorted ({self._names});"
        )

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows of text, numbers or bytes."""
        self._db.executemany(self._insert, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._sort()
        self._db.close()

    def _sort(self) -> None:
        self._db.execute(f"CREATE TABLE row ({self._names}, PRIMARY KEY ({self._key})) WITHOUT ROWID")
        try:
            query = f"INSERT INTO row SELECT * FROM unsorted ORDER BY {self._key}"  # noqa: S608 - names of our own
            self._db.execute(query)
        except sqlite3.IntegrityError as error:
            raise StoreError(
                f"{self.path.name}: two rows of one key ({error}); nothing was changed"
            ) from error
        self._db.execute("DROP TABLE unsorted")
        self._db.commit()


class Rows:
    """A file of sorted rows, for reading; several processes may."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM row").fetchone()[0])

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """All rows, in order of the key."""
        yield from self._db.execute("SELECT * FROM row")

    def with_first(self, value: str) -> Iterator[tuple[Any, ...]]:
        """Rows whose first column is this, in order of the key."""
        yield from self._db.execute("SELECT * FROM row WHERE c0 = ?", (value,))

    def between(self, first: str, last: str) -> Iterator[tuple[Any, ...]]:
        """Rows whose first column lies from one value to another, both included, in order of the key."""
        yield from self._db.execute("SELECT * FROM row WHERE c0 BETWEEN ? AND ?", (first, last))

    def counts(self) -> list[tuple[str, int]]:
        """Each value of the first column with its number of rows, in order."""
        return list(self._db.execute("SELECT c0, count(*) FROM row GROUP BY c0"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def in_batches(counts: Iterable[tuple[str, int]], limit: int) -> Iterator[list[str]]:
    """Values one after another in batches whose counts add up to a limit, or one value each where it has more.

    >>> list(in_batches([("a", 2), ("b", 2), ("c", 9), ("d", 1)], 4))
    [['a', 'b'], ['c'], ['d']]
    """
    batch: list[str] = []
    total = 0
    for value, count in counts:
        if batch and total + count > limit:
            yield batch
            batch, total = [], 0
        batch.append(value)
        total += count
    if batch:
        yield batch
