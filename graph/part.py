"""The part of a graph on a server that one question is about, fetched by SPARQL and asked like a store of ours.

Questions about a reference need the documents that may be meant, what they descend from and what descends from them:
those are fetched, a step of the walk a query, and made into a read model of their own. So the answers are those of
`graph.ask`, word for word, whatever the server makes of property paths, regular expressions or dates.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.index import DocumentIndex
from graph.iri import base_iri, mint_document, number_parts
from graph.nquads import write_sorted
from graph.scheme import scheme_quads
from graph.vocabulary import NAMESPACE
from graph.wanted import parse_wanted, words_of
from graph.write_index import write_index

_VALUES = 200
"""IRIs of one query: a walk asks few, and no server refuses so many."""
MAX_STEPS = 12
MAX_DOCUMENTS = 5_000
"""Documents beyond which the walk stops; a lineage shows far fewer."""

_CANDIDATES = "SELECT DISTINCT ?document WHERE {{ ?document a ph:Document ; {triples} FILTER ({condition}) }}"
_NAMES = """SELECT ?document ?name WHERE {
  { ?document ph:title ?name } UNION { ?document ph:alias ?name } }"""
_STEP = "SELECT DISTINCT ?next WHERE {{ VALUES ?near {{ {near} }} VALUES ?relation {{ {relations} }} %s }}"
_DOWN, _UP = _STEP % "?next ?relation ?near", _STEP % "?near ?relation ?next"
_FACTS = "SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {near} }} ?s ?p ?o }}"
_RECORDS = "SELECT ?s ?p ?o WHERE {{ VALUES ?near {{ {near} }} ?s ph:subject ?near ; a ph:Relation ; ?p ?o }}"


class Part:
    """What a question is about; a context manager that `graph.ask` takes for a store.

    Args:
        endpoint: where the graph is.
        ref: what the user named: a number, a bare ordinal, a path, an IRI, words of a title.
        relations: what to walk along, local names; empty: the candidates only.

    Raises:
        StoreError: the server cannot be reached, or has no whole graph of ours.

    Attributes:
        index: the read model of this part.
    """

    def __init__(self, endpoint: Endpoint, ref: str, relations: Sequence[str]) -> None:
        self._endpoint = endpoint
        endpoint.version  # noqa: B018 - says what is wrong with the graph there
        candidates = list(self._candidates(ref))
        documents = self._walk(candidates, relations)
        self._folder = TemporaryDirectory(prefix="phahe-part-")
        folder = Path(self._folder.name)
        lines = chain(scheme_quads(), self._lines(documents))
        write_sorted(lines, folder / "part.nq", folder)
        write_index(folder / "part.nq", folder / "index")
        self.index = DocumentIndex(folder / "index")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the part."""
        self.index.close()
        self._folder.cleanup()

    def query(self, text: str, /) -> Any:
        """Ask the whole graph."""
        return self._endpoint.query(text)

    def _candidates(self, ref: str) -> Iterator[str]:
        """IRIs of the documents that a reference may mean."""
        wanted = parse_wanted(ref)
        parts = number_parts(wanted.number) if wanted.number else None
        ordinal = parts.ordinal if parts else wanted.ordinal
        if wanted.path is not None:
            path = wanted.path.removeprefix("doc/").rstrip("/")
            scope = "/".join(path.split("/")[:2])
            condition = f'STRSTARTS(STR(?document), "{mint_document(scope)}")'
            yield from self._column(_CANDIDATES.format(triples="ph:number ?number .", condition=condition))
            yield mint_document(path)
        elif ordinal is not None:
            digits = "".join(
                f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in ordinal
            )
            condition = f'REGEX(STR(?number), "^0*{digits.replace(".", "[.]")}([^0-9]|$)")'
            yield from self._column(_CANDIDATES.format(triples="ph:number ?number .", condition=condition))
        else:
            # no server folds đ and tone marks as people type: all names are read, those that hold a word are kept
            asked = set(wanted.all_words)
            for row in self._endpoint.query(_NAMES):
                if asked & set(words_of(row["name"].value)):
                    yield row["document"].value

    def _walk(self, candidates: Iterable[str], relations: Sequence[str]) -> list[str]:
        """The candidates, and all that is reached from them, up and down each by itself."""
        along = " ".join(f"<{NAMESPACE}{name}>" for name in relations)
        found = dict.fromkeys(candidates)
        for question in (_DOWN, _UP) if relations else ():
            seen = dict.fromkeys(candidates)
            near = list(seen)
            for _ in range(MAX_STEPS):
                reached = self._each(question, near, relations=along)
                near = [row["next"].value for row in reached if row["next"].value not in seen]
                near = list(dict.fromkeys(near))
                seen.update(dict.fromkeys(near))
                if not near or len(seen) > MAX_DOCUMENTS:
                    break
            found.update(seen)
        return list(found)

    def _lines(self, documents: list[str]) -> Iterator[str]:
        """What is stated of the documents, of the relations among them, of their issuers and sources."""
        known = set(documents)
        start = f"{base_iri()}doc/"
        others: set[str] = set()
        records: dict[str, list[Any]] = {}
        for row in self._each(_FACTS, documents):
            is_link = isinstance(row["o"], ox.NamedNode)
            if not is_link or not row["o"].value.startswith(start) or row["o"].value in known:
                yield _line(row)
            if is_link and "/body/" in row["o"].value:
                others.add(row["o"].value)
        for row in self._each(_RECORDS, documents):
            records.setdefault(row["s"].value, []).append(row)
        for rows in records.values():
            ends = [row["o"].value for row in rows if row["p"].value == f"{NAMESPACE}object"]
            if ends and ends[0] in known:
                yield from map(_line, rows)
                others.update(row["o"].value for row in rows if row["p"].value == f"{NAMESPACE}source")
        for row in self._each(_FACTS, sorted(others)):
            if not row["o"].value.startswith(start):
                yield _line(row)

    def _each(self, question: str, near: Sequence[str], **words: str) -> Iterator[Any]:
        """Rows of a question about some IRIs, some at a time."""
        for at in range(0, len(near), _VALUES):
            values = " ".join(f"<{iri}>" for iri in near[at : at + _VALUES])
            yield from self._endpoint.query(question.format(near=values, **words))

    def _column(self, question: str) -> Iterator[str]:
        for row in self._endpoint.query(question):
            yield row["document"].value


def _line(row: Any) -> str:
    return f"{row['s']} {row['p']} {row['o']} ."
