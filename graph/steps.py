"""What has been done of a build, so that it is gone on with after a crash and nothing is done or counted twice.

A step either is done, with what it told, or is done again from its beginning; reading is noted file by file, and
extraction keeps each text's result. The notes are written after the files they tell of.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import orjson

from graph.load import STEPS


class ReadFile(NamedTuple):
    """A file that was read to its end.

    Attributes:
        skipped: (what, why) that could not be read.
        warnings: what was read but not quite as it stands.
    """

    skipped: list[tuple[str, str]]
    warnings: list[str]


class Steps:
    """The notes of a build in progress; a context manager.

    Args:
        folder: of the build in progress.
    """

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / STEPS, isolation_level=None)
        self._db.executescript(
            "PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS step (name TEXT PRIMARY KEY, told BLOB);"
            "CREATE TABLE IF NOT EXISTS file (name BLOB PRIMARY KEY, state TEXT, told BLOB);"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def once(self, name: str, do: Callable[[], Any]) -> Any:
        """What a step tells, as JSON has it; it is done only where it has not been."""
        row = self._db.execute("SELECT told FROM step WHERE name = ?", (name,)).fetchone()
        if row is not None:
            return orjson.loads(row[0])
        told = do()
        self._db.execute("INSERT INTO step VALUES (?, ?)", (name, orjson.dumps(told)))
        return told

    def read_file(self, name: bytes, state: str) -> ReadFile | None:
        """What was noted of a file when it was read in this state; None where it was not."""
        query = "SELECT told FROM file WHERE name = ? AND state = ?"
        row = self._db.execute(query, (name, state)).fetchone()
        if row is None:
            return None
        skipped, warnings = orjson.loads(row[0])
        return ReadFile([(what, why) for what, why in skipped], warnings)

    def note_file(self, name: bytes, state: str, told: ReadFile) -> None:
        """Note that a file was read to its end."""
        self._db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (name, state, orjson.dumps(tuple(told)))
        )
