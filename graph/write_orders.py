"""Write what documents are filtered and sorted by, one number for each document, as arrays in files.

facets.npy    by FACETS, the number of the node (type, body, place ...), -1 where not known
days.npy      first and last day of the date of issue as `yyyymmdd`, -1 where not known
orders.npy    by ORDERS, the documents in that order
standing.npy  how much a document weighs before any question is asked, 0 to 0.15
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.days import first_day, last_day

FACETS = ("type", "issuer", "term", "polity", "level", "place")
"""What a document shares with others."""

ORDERS = ("date", "-date", "number", "title", "standing")
"""Orders a list may have besides that of paths; who lacks a date, number or title stands last in its order."""

_CENTRAL = 0.05
"""Standing of a document of the centre: whoever asks by few words mostly means one."""

_ACTED_ON = 0.1
_MANY = 1000
"""Relations to a document from which on more of them add nothing to its standing."""


def write_standing(
    folder: Path, database: sqlite3.Connection, facets: NDArray[np.int32], acted_on: NDArray[Any]
) -> NDArray[np.float32]:
    """Write and return the standing of each document.

    Args:
        folder: where to.
        database: the nodes.
        facets: one row for each of FACETS.
        acted_on: how many relations each document is the object of.
    """
    central = database.execute("SELECT id FROM node WHERE kind = 'level' AND slug = 'central'").fetchone()
    is_central = facets[FACETS.index("level")] == (central[0] if central else -2)
    known = np.minimum(1.0, np.log1p(acted_on) / np.log1p(_MANY))
    standing: NDArray[np.float32] = (_CENTRAL * is_central + _ACTED_ON * known).astype(np.float32)
    np.save(folder / "facets.npy", facets)
    np.save(folder / "standing.npy", standing)
    return standing


def days_of(dates: Sequence[str | None]) -> NDArray[np.int32]:
    """First and last days of dates (ISO prefixes), as two rows; -1 for None."""
    days = [(-1, -1) if date is None else (first_day(date), last_day(date)) for date in dates]
    return np.ascontiguousarray(np.array(days, dtype=np.int32).reshape(-1, 2).T)


def by_standing(standing: NDArray[np.float32], days: NDArray[np.int32]) -> NDArray[np.int64]:
    """The documents by standing, highest first; of equals the newest first."""
    return np.lexsort((np.arange(len(standing)), -days[0], -standing))


def write_orders(
    folder: Path, database: sqlite3.Connection, days: NDArray[np.int32], standing: NDArray[np.int64]
) -> None:
    """Write the orders of documents.

    Args:
        folder: where to.
        database: the documents, their numbers and names.
        days: as `days_of` tells them.
        standing: the documents by standing.
    """
    paths, undated = np.arange(days.shape[1]), days[0] < 0
    orders = {
        "date": np.lexsort((paths, days[0], undated)),
        "-date": np.lexsort((paths, -days[0], undated)),
        "number": _by(
            database,
            "SELECT document.id FROM document LEFT JOIN number ON number.document = document.id ORDER BY"
            " ordinal IS NULL, cast(ordinal AS INTEGER), ordinal, number IS NULL, number, document.id",
        ),
        "title": _by(
            database, "SELECT document FROM name WHERE is_title ORDER BY folded = '', folded, document"
        ),
        "standing": standing,
    }
    np.save(folder / "days.npy", days)
    np.save(folder / "orders.npy", np.stack([orders[name].astype(np.int32) for name in ORDERS]))


def _by(database: sqlite3.Connection, query: str) -> NDArray[np.int64]:
    return np.fromiter((row[0] for row in database.execute(query)), dtype=np.int64)
