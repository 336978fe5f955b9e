"""Write what documents are called, as a full-text index that forgives: titles, aliases, type and number.

The rows stand by the standing of their documents, so that the first so many that fit are the best so many, and
no question has to rank all that fit. Folded words find a name typed without marks; marked words, with the tone
at the end of each (so that `hoà` and `hòa` are one), tell which of those found are spelled just so.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import orjson

from graph.wanted import marked_words, words_of

_TABLES = """
CREATE TABLE name (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, folded TEXT NOT NULL, is_title INTEGER NOT NULL
);
CREATE VIRTUAL TABLE name_text USING fts5(
  folded, marked, number, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0", prefix='1 2'
);
CREATE TABLE frequency (word TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX name_folded ON name (folded);
INSERT INTO name_text (name_text) VALUES ('optimize');
"""
_BATCH = 5000


def write_names(folder: Path, database: sqlite3.Connection, standing: Iterable[int]) -> None:
    """Write the names of all documents, and in `name_documents.npy` whose each is.

    Args:
        folder: where to.
        database: the documents and nodes.
        standing: the documents, best first.
    """
    database.executescript(_TABLES)
    frequency: Counter[str] = Counter()
    documents = array("i")
    names: list[tuple[int, int, str, bool]] = []
    texts: list[tuple[int, str, str, str]] = []

    def flush() -> None:
        database.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", names)
        database.executemany(
            "INSERT INTO name_text (rowid, folded, marked, number) VALUES (?, ?, ?, ?)", texts
        )
        names.clear()
        texts.clear()

    for id_, (document, is_title, name, number) in enumerate(_names(database, standing)):
        words = words_of(name)
        frequency.update(set(words))
        documents.append(document)
        names.append((id_, document, " ".join(words), is_title))
        texts.append((id_, " ".join(words), " ".join(marked_words(name)), " ".join(words_of(number))))
        if len(names) == _BATCH:
            flush()
    flush()
    database.executemany("INSERT INTO frequency VALUES (?, ?)", sorted(frequency.items()))
    database.executescript(_INDEXES)
    np.save(folder / "name_documents.npy", np.array(documents, dtype=np.int32))


def _names(database: sqlite3.Connection, standing: Iterable[int]) -> Iterator[tuple[int, bool, str, str]]:
    """Document, whether its title follows (perhaps empty) or an alias, and with the title its type and number."""
    query = (
        "SELECT title, aliases, coalesce(label, slug, ''), coalesce(number, '') FROM"
        " (SELECT title, aliases, number, type FROM document WHERE id = ?) AS one LEFT JOIN node ON node.id = one.type"
    )
    cursor = database.cursor()
    for document in standing:
        title, aliases, kind, number = cursor.execute(query, (document,)).fetchone()
        names = dict.fromkeys([title or "", *(orjson.loads(aliases) if aliases else ())])
        for place, name in enumerate(names):
            yield document, not place, name, f"{kind} {number}" if number and not place else ""
