"""The texts of a store: raw text, names and extraction of every source, by content hash, in SQLite.

Why beside the RDF and not in it: evidence is checked against the raw text (`quote == raw[start:end]`), an
unchanged text is not extracted again, and a build adds its sources to those already there. Raw texts are
compressed with zlib; nothing here holds more than one of them in memory.
"""

import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from graph.errors import StoreError
from graph.model import Claim, Extraction, Mention, Reference, Source

_TABLES = """
CREATE TABLE IF NOT EXISTS source (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, raw BLOB NOT NULL, length INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name (
  id TEXT NOT NULL, name TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (id, name, origin)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS extraction (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class SourceMeta:
    """What is known of a source besides its text.

    Attributes:
        id: content hash.
        kind: "text" or "catalogue".
        names: sorted, unique; every name under which this very text was read.
        origins: sorted, unique; may be empty.
        length: of the raw text, in code points.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    origins: tuple[str, ...]
    length: int


class Texts:
    """The sources of one store; a context manager.

    Args:
        path: the SQLite file.
        writable: False opens it for reading only, and it must exist.

    Raises:
        StoreError: the file is absent or is no such database.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        if not writable and not path.is_file():
            raise StoreError(f"store texts {path}: no such file; build the store first (phahe build)")
        mode = "rwc" if writable else "ro"
        try:
            # served from several threads of one process: SQLite serialises them itself
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False, timeout=60
            )
            if writable:
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")  # whole after a power cut, if not up to date
                self._db.executescript(_TABLES)
            else:
                self._db.execute("SELECT count(*) FROM source").fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"store texts {path}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; uncommitted writes are lost."""
        self._db.close()

    def add(self, source: Source) -> bool:
        """Keep a source, under one more name if its text is known; True if the text is new."""
        id_ = source.id
        self._db.execute(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?)", (id_, source.name, source.origin or "")
        )
        if self._db.execute("SELECT 1 FROM source WHERE id = ?", (id_,)).fetchone():
            return False
        raw = zlib.compress(source.raw.encode("utf-8", "surrogatepass"), 6)
        self._db.execute("INSERT INTO source VALUES (?, ?, ?, ?)", (id_, source.kind, raw, len(source.raw)))
        return True

    def add_extraction(self, extraction: Extraction, version: str) -> None:
        """Keep what a text says, as found by this version of the extractor."""
        self.add_packed(extraction.source, pack(extraction), version)

    def add_packed(self, id_: str, body: bytes, version: str) -> None:
        """Keep an extraction that a worker has packed already."""
        self._db.execute("INSERT OR REPLACE INTO extraction VALUES (?, ?, ?)", (id_, version, body))

    def replace_links(self, links: Iterable[tuple[str, dict[str, str]]]) -> None:
        """Keep which documents the references of each source mean: its id, and paths by key; forgets the rest."""
        self._db.execute("DELETE FROM links")
        rows = ((id_, orjson.dumps(paths)) for id_, paths in links)
        self._db.executemany("INSERT INTO links VALUES (?, ?)", rows)

    def remove(self, id_: str) -> None:
        """Forget a source with its names and its extraction."""
        for table in ("source", "name", "extraction", "links"):
            self._db.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))  # noqa: S608 - names of our own

    def commit(self) -> None:
        """Make what was added visible to other connections."""
        self._db.commit()

    def seal(self) -> None:
        """Finish writing: one file, no journal beside it."""
        self._db.commit()
        self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.commit()

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM source").fetchone()[0])

    def __contains__(self, id_: object) -> bool:
        return self._db.execute("SELECT 1 FROM source WHERE id = ?", (id_,)).fetchone() is not None

    def ids(self, kind: str | None = None) -> list[str]:
        """All source ids, or those of one kind (`text`, `catalogue`), sorted."""
        rows = self._db.execute("SELECT id FROM source WHERE kind = coalesce(?, kind) ORDER BY id", (kind,))
        return [row[0] for row in rows]

    def ids_between(self, first: str, last: str) -> list[str]:
        """Source ids from one to another, both included, sorted."""
        rows = self._db.execute("SELECT id FROM source WHERE id BETWEEN ? AND ? ORDER BY id", (first, last))
        return [row[0] for row in rows]

    def without_extraction(self, version: str) -> list[tuple[str, int]]:
        """Ids and lengths of the sources this version of the extractor has not read, longest first."""
        rows = self._db.execute(
            "SELECT source.id, length FROM source LEFT JOIN extraction ON extraction.id = source.id"
            " AND extraction.version = ? WHERE extraction.id IS NULL ORDER BY length DESC, source.id",
            (version,),
        )
        return [(row[0], row[1]) for row in rows]

    def _row(self, query: str, id_: str) -> tuple[Any, ...]:
        """The one row of an id, or StoreError."""
        row: tuple[Any, ...] | None = self._db.execute(query, (id_,)).fetchone()
        if row is None:
            raise StoreError(f"source {id_!r}: not in {self.path}")
        return row

    def raw(self, id_: str) -> str:
        """The raw text of a source.

        Raises:
            StoreError: the store has no such source.
        """
        row = self._row("SELECT raw FROM source WHERE id = ?", id_)
        return zlib.decompress(row[0]).decode("utf-8", "surrogatepass")

    def slice(self, id_: str, start: int, end: int) -> str:
        """The code points [start, end) of a source's raw text."""
        return self.raw(id_)[start:end]

    def source(self, id_: str) -> Source:
        """The source as it was first read, under the first of its names in sorted order."""
        meta = self.meta(id_)
        kind = "catalogue" if meta.kind == "catalogue" else "text"
        return Source(meta.names[0], self.raw(id_), meta.origins[0] if meta.origins else None, kind)  # type: ignore[arg-type]

    def meta(self, id_: str) -> SourceMeta:
        """Names, origins and length of a source.

        Raises:
            StoreError: the store has no such source.
        """
        row = self._row("SELECT kind, length FROM source WHERE id = ?", id_)
        names = self._db.execute("SELECT name, origin FROM name WHERE id = ?", (id_,)).fetchall()
        return SourceMeta(
            id_,
            row[0],
            tuple(sorted({name for name, _ in names})),
            tuple(sorted({origin for _, origin in names if origin})),
            row[1],
        )

    def extraction(self, id_: str) -> Extraction:
        """What a source says.

        Raises:
            StoreError: it was not extracted.
        """
        return unpack(self._row("SELECT body FROM extraction WHERE id = ?", id_)[0])

    def links(self, id_: str) -> dict[str, str]:
        """Paths of the documents that the references of a source mean, by key; open ones are absent."""
        row = self._db.execute("SELECT body FROM links WHERE id = ?", (id_,)).fetchone()
        paths: dict[str, str] = orjson.loads(row[0]) if row else {}
        return paths

    def extractions(self) -> Iterator[Extraction]:
        """All extractions, by source id; one at a time."""
        for id_ in self.ids():
            yield self.extraction(id_)


def pack(extraction: Extraction) -> bytes:
    """An extraction as compressed JSON; `unpack` reversed.

    >>> unpack(pack(Extraction("ab", date="2013"))) == Extraction("ab", date="2013")
    True
    """
    return zlib.compress(orjson.dumps(_without_surrogates(asdict(extraction))), 6)


def unpack(body: bytes) -> Extraction:
    """An extraction from compressed JSON."""
    data: dict[str, Any] = orjson.loads(zlib.decompress(body))
    return Extraction(
        source=data["source"],
        self_key=data["self_key"],
        references=tuple(
            Reference(**{**row, "aliases": tuple(row["aliases"])}) for row in data["references"]
        ),
        mentions=tuple(Mention(**row) for row in data["mentions"]),
        claims=tuple(Claim(**{**row, "predicate": sys.intern(row["predicate"])}) for row in data["claims"]),
        date=data["date"],
        place=data["place"],
    )


def scalar(text: str) -> str:
    """The text with lone surrogates replaced, one for one, so that it can be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
