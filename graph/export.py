"""Export a store to files other programs read: RDF in three notations, a table of relations, graphs to draw.

N-Quads come sorted, so that two exports of equal stores are equal bytes; of the others the order is not
promised.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox

from graph.errors import StoreError
from graph.iri import parse_document
from graph.nquads import PH
from graph.project import project_graph
from graph.store import Store

COLUMNS = (
    "subject", "subject_label", "predicate", "object", "object_label", "basis", "confidence", "rule",
    "provision", "effective", "source", "start", "end", "quote",
)  # fmt: skip
"""Columns of the table of relations; documents by the path of their IRI."""

_RELATIONS = f"""
SELECT ?subject ?subject_label ?predicate ?object ?object_label ?basis ?confidence ?rule ?provision ?effective
       ?source ?start ?end ?quote WHERE {{
  ?relation a <{PH}Relation> ; <{PH}subject> ?subject ; <{PH}predicate> ?predicate ; <{PH}object> ?object ;
    <{PH}basis> ?basis ; <{PH}confidence> ?confidence ; <{PH}rule> ?rule ; <{PH}source> ?source ;
    <{PH}start> ?start ; <{PH}end> ?end ; <{PH}quote> ?quote .
  ?subject rdfs:label ?subject_label . ?object rdfs:label ?object_label .
  OPTIONAL {{ ?relation <{PH}provision> ?provision }}
  OPTIONAL {{ ?relation <{PH}effectiveDate> ?effective }}
}} ORDER BY ?subject ?predicate ?object ?source"""


def export_store(store: Store, form: str, output: Path) -> None:
    """Write a store to a file, whole or not at all.

    Args:
        store: opened.
        form: one of `FORMATS`.
        output: replaced if it exists.

    Raises:
        StoreError: the format is unknown, or the file cannot be written.
    """
    write = _WRITERS.get(form)
    if write is None:
        raise StoreError(f"format {form!r}: unknown; expected one of {', '.join(FORMATS)}")
    aside = output.with_name(f".{output.name}.tmp")
    try:
        write(store, aside)
        aside.replace(output)
    except OSError as error:
        raise StoreError(f"{output}: cannot be written ({error.strerror or error})") from error
    finally:
        aside.unlink(missing_ok=True)


def _nquads(store: Store, output: Path) -> None:
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in store.n_quads())


def _rdf(form: ox.RdfFormat) -> Callable[[Store, Path], None]:
    def write(store: Store, output: Path) -> None:
        with output.open("wb") as file:
            store.dump(file, form)

    return write


def _csv(store: Store, output: Path) -> None:
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in store.query(_RELATIONS):
            writer.writerow([_cell(row[column]) for column in COLUMNS])


def _cell(term: Any) -> str:
    """A cell: the path of a document, the local name of a term, the id of a source, or the words."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return parse_document(term.value) or term.value.rpartition("#")[2].rpartition("/")[2]
    return str(term.value)


def plain_graph(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """The graph itself, its values as XML formats take them: lists joined, nothing empty, no control characters."""
    for data in (
        *(data for _, data in graph.nodes(data=True)),
        *(data for _, _, data in graph.edges(data=True)),
    ):
        for name in list(data):
            value = data[name]
            if value is None:
                del data[name]
            elif not isinstance(value, str | int | float):
                data[name] = (
                    "; ".join(map(str, value)) if isinstance(value, list | tuple | set) else str(value)
                )
            if isinstance(data.get(name), str):
                data[name] = "".join(
                    letter if letter >= " " or letter in "\t\n" else " " for letter in data[name]
                )
    return graph


def _graphml(store: Store, output: Path) -> None:
    nx.write_graphml(plain_graph(project_graph(store)), output, encoding="utf-8")


def _gexf(store: Store, output: Path) -> None:
    nx.write_gexf(plain_graph(project_graph(store)), output, encoding="utf-8")


_WRITERS: dict[str, Callable[[Store, Path], None]] = {
    "nquads": _nquads,
    "turtle": _rdf(ox.RdfFormat.TURTLE),
    "jsonld": _rdf(ox.RdfFormat.JSON_LD),
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
}
FORMATS = tuple(_WRITERS)
"""What a store can be exported to."""
