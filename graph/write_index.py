"""Make the read model of a graph: from its sorted N-Quads, in one pass, into files that are then only read.

    index/index.sqlite    documents, names (full text), numbers, evidence, sources, the vocabulary's relations
    index/*.npy           edges by relation (`graph.adjacency`), what documents can be filtered and sorted by

Quads of one subject stand together in a sorted file, so one subject at a time is held, plus a number for each
document. Documents are numbered from 0 by path. Equal graphs give equal content.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyoxigraph as ox

from graph.adjacency import Ints, write_adjacency
from graph.days import first_day
from graph.iri import base_iri, number_parts, parse_document
from graph.nquads import PH, RDF_TYPE
from graph.vocabulary import ROOT, local_name
from graph.write_names import write_names
from graph.write_orders import FACETS, by_standing, days_of, write_orders, write_standing

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_LABELS = (f"{_RDFS}label", "http://www.w3.org/2004/02/skos/core#prefLabel")
_SUBPROPERTY = f"{_RDFS}subPropertyOf"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"
_TYPE = RDF_TYPE[1:-1]
_IS_DOCUMENT = f" {RDF_TYPE} <{PH}Document> .".encode()

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, label TEXT);
CREATE TABLE document (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, number TEXT, title TEXT, date TEXT, effective TEXT, url TEXT,
  label TEXT NOT NULL, aliases TEXT, variants TEXT,
  type INTEGER, issuer INTEGER, term INTEGER, polity INTEGER, level INTEGER, place INTEGER
);
CREATE TABLE number (
  document INTEGER PRIMARY KEY, ordinal TEXT NOT NULL, year TEXT, symbol TEXT, body TEXT NOT NULL, type INTEGER
);
CREATE TABLE evidence (
  edge INTEGER NOT NULL, basis TEXT NOT NULL, confidence REAL NOT NULL, quote TEXT NOT NULL, source TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, rule TEXT, provision TEXT, effective TEXT
);
CREATE TABLE source (key TEXT PRIMARY KEY, name TEXT NOT NULL, origin TEXT) WITHOUT ROWID;
CREATE TABLE relation (name TEXT PRIMARY KEY, number INTEGER, label TEXT, implied TEXT, is_drawn INTEGER) WITHOUT ROWID;
CREATE TABLE word (name TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE UNIQUE INDEX document_path ON document (path);
CREATE INDEX number_parts ON number (ordinal, body, symbol, year);
CREATE INDEX evidence_edge ON evidence (edge);
"""
_BATCH = 5000

Facts = dict[str, list[Any]]


def write_index(quads: Path, folder: Path) -> None:
    """Write the read model of a graph.

    Args:
        quads: sorted N-Quads, in our shape.
        folder: made; must not exist.
    """
    folder.mkdir()
    database = sqlite3.connect(folder / "index.sqlite")
    try:
        # made aside and thrown away after a crash: no journal
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;")
        database.executescript(_TABLES)
        writer = _Writer(database, _document_numbers(quads))
        for subject, group in groupby(
            ox.parse(path=str(quads), format=ox.RdfFormat.N_QUADS), attrgetter("subject")
        ):
            writer.add(subject.value, group)
        writer.finish(folder)
        database.executescript("ANALYZE")
    finally:
        database.close()


def _document_numbers(quads: Path) -> dict[str, int]:
    """Each document's IRI with its number, which follows the order of paths."""
    with quads.open("rb") as file:
        iris = [line[1 : line.index(b">")].decode() for line in file if line.rstrip().endswith(_IS_DOCUMENT)]
    iris.sort(key=_path)
    return {iri: number for number, iri in enumerate(iris)}


def _path(iri: str) -> str:
    return parse_document(iri) or iri


class _Writer:
    """What one pass over the quads gathers, and writes as it goes."""

    def __init__(self, database: sqlite3.Connection, documents: dict[str, int]) -> None:
        self._database = database
        self._documents = documents
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._nodes: dict[str, int] = {}
        self._labels: dict[str, str] = {}
        self._relations: dict[str, int] = {}
        self._direct, self._recorded = array("q"), array("q")
        self._vocabulary: dict[str, Facts] = {}
        self._facets = np.full((len(FACETS), len(documents)), -1, dtype=np.int32)
        self._dates: list[str | None] = [None] * len(documents)

    def add(self, subject: str, quads: Iterable[ox.Quad]) -> None:
        """Take all quads of one subject."""
        document = self._documents.get(subject)
        facts: Facts = {}
        words: Facts = {}
        for quad in quads:
            predicate, value = quad.predicate.value, quad.object
            if isinstance(quad.graph_name, ox.NamedNode):
                words.setdefault(predicate, []).append(value)
            elif document is not None and (far := self._document(value)) is not None:
                if predicate.startswith(PH):
                    self._direct.append(self._key(document, predicate, far))
            else:
                facts.setdefault(predicate, []).append(value)
        if words and subject.startswith(PH):
            self._vocabulary[local_name(subject)] = words
        if document is not None:
            self._add_document(document, subject, facts)
        elif f"{PH}subject" in facts and f"{PH}object" in facts:
            self._add_record(facts)
        elif _IDENTIFIER in facts:
            origin = min(_values(facts, f"{PH}origin"), default=None)
            self._put("source", (local_name(subject), min(_values(facts, _IDENTIFIER)), origin))
        elif label := _label([value for name in _LABELS for value in facts.get(name, ())]):
            self._labels[subject] = label

    def _document(self, value: Any) -> int | None:
        return self._documents.get(value.value) if isinstance(value, ox.NamedNode) else None

    def _key(self, subject: int, predicate: str, object_: int) -> int:
        """The number of an edge, as in `graph.adjacency`."""
        relation = self._relations.setdefault(local_name(predicate), len(self._relations))
        return (relation * len(self._documents) + subject) * len(self._documents) + object_

    def _add_document(self, id_: int, iri: str, facts: Facts) -> None:
        def first(name: str) -> str | None:
            return min(_values(facts, PH + name), default=None)

        def several(name: str) -> bytes | None:
            values = sorted(set(_values(facts, PH + name)))
            return orjson.dumps(values) if values else None

        number, title, date = first("number"), first("title"), first("dateIssued")
        nodes = [self._node(facet, first(_PROPERTIES.get(facet, facet))) for facet in FACETS]
        self._facets[:, id_] = nodes
        self._dates[id_] = date
        label = min(_values(facts, _LABELS[0]), default=None) or number or title or iri
        named = (number, title, date, first("dateEffective"), first("url"), label)
        by_name = dict(zip(FACETS, (None if node < 0 else node for node in nodes), strict=True))
        self._put(
            "document",
            (
                id_, _path(iri), *named, several("alias"), several("variant"),
                *(by_name[name] for name in ("type", "issuer", "term", "polity", "level", "place")),
            ),
        )  # fmt: skip
        if number and (parts := number_parts(number)) is not None:
            row = (id_, parts.ordinal, parts.year, parts.symbol_type, parts.body_key, by_name["type"])
            self._put("number", row)

    def _node(self, kind: str, iri: str | None) -> int:
        """The number of what documents share (a type, a body), given at first sight; -1 for none."""
        if iri is None:
            return -1
        if iri not in self._nodes:
            self._nodes[iri] = len(self._nodes)
            self._put("node", (self._nodes[iri], kind, local_name(iri), None))
        return self._nodes[iri]

    def _add_record(self, facts: Facts) -> None:
        def one(name: str) -> str | None:
            return min(_values(facts, PH + name), default=None)

        subject, object_ = (self._documents.get(one(name) or "") for name in ("subject", "object"))
        predicate, basis, source, quote = (one(name) for name in ("predicate", "basis", "source", "quote"))
        if subject is None or object_ is None or predicate is None or basis is None or source is None:
            return
        edge = self._key(subject, predicate, object_)
        self._recorded.append(edge)
        self._put(
            "evidence",
            (
                edge, local_name(basis), float(one("confidence") or 0), quote or "", local_name(source),
                int(one("start") or 0), int(one("end") or 0), one("rule"), one("provision"), one("effectiveDate"),
            ),
        )  # fmt: skip

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        rows = self._rows.setdefault(table, [])
        rows.append(row)
        if len(rows) == _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self._rows[table]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names
            rows.clear()

    def finish(self, folder: Path) -> None:
        """Write what only the end of the pass tells."""
        self._add_vocabulary()
        for name, value in (("base", base_iri()), ("documents", str(len(self._documents)))):
            self._put("meta", (name, value))
        for table in self._rows:
            self._flush(table)
        labels = [(label, self._nodes[iri]) for iri, label in self._labels.items() if iri in self._nodes]
        self._database.executemany("UPDATE node SET label = ? WHERE id = ?", labels)
        self._database.executescript(_INDEXES)
        # an edge stands in the graph and has a record; super-properties stand there without one
        edges: Ints = np.intersect1d(_unique(self._direct), _unique(self._recorded), assume_unique=True)
        count = len(self._documents)
        write_adjacency(folder, count, len(self._relations), edges, self._effective())
        acted_on = np.bincount(edges % max(1, count), minlength=count)
        standing, days = write_standing(folder, self._database, self._facets, acted_on), days_of(self._dates)
        order = by_standing(standing, days)
        write_names(folder, self._database, order.tolist())
        write_orders(folder, self._database, days, order)

    def _effective(self) -> Iterator[tuple[int, int]]:
        """Edges of which every record tells from when it holds, with the first such day."""
        rows = self._database.execute(
            "SELECT edge, group_concat(effective, ' ') FROM evidence WHERE edge IN"
            " (SELECT edge FROM evidence WHERE effective IS NOT NULL)"
            " GROUP BY edge HAVING count(*) = count(effective) ORDER BY edge"
        )
        for edge, dates in rows:
            yield edge, min(first_day(date) for date in dates.split())

    def _add_vocabulary(self) -> None:
        """The relations between documents, what they imply, and the words for all that the vocabulary has."""
        above = {
            name: {local_name(iri) for iri in _values(words, _SUBPROPERTY) if iri.startswith(PH)}
            for name, words in self._vocabulary.items()
            if _SUBPROPERTY in words
        }
        if above:
            above.setdefault(ROOT, set())
        relations = {name: higher for name in above if ROOT in (higher := _closure(name, above))}
        for name in sorted({*relations, *self._relations}):
            words = self._vocabulary.get(name, {})
            implied = orjson.dumps(sorted(relations[name])) if name in relations else None
            is_drawn = "true" in _values(words, f"{PH}drawn")
            row = (name, self._relations.get(name), _label(words.get(_LABELS[0], [])), implied, is_drawn)
            self._put("relation", row)
        for name, words in sorted(self._vocabulary.items()):
            labels = [value.value for value in words.get(_LABELS[0], ()) if value.language == "vi"]
            if labels:
                self._put("word", (name, min(labels)))


_PROPERTIES = {"issuer": "issuedBy"}
"""Properties whose name is not that of the facet."""


def _values(facts: Facts, predicate: str) -> list[str]:
    return [value.value for value in facts.get(predicate, ())]


def _label(values: list[Any]) -> str | None:
    """The Vietnamese label, or any; None where there is none."""
    found = sorted((getattr(value, "language", None) != "vi", value.value) for value in values)
    return found[0][1] if found else None


def _closure(name: str, above: dict[str, set[str]]) -> set[str]:
    seen, pending = {name}, [name]
    while pending:
        for higher in above.get(pending.pop(), ()):
            if higher not in seen:
                seen.add(higher)
                pending.append(higher)
    return seen


def _unique(keys: "array[int]") -> Ints:
    return np.unique(np.frombuffer(keys, dtype=np.int64)) if keys else np.empty(0, dtype=np.int64)
