"""The read model as files: the same for the same graph, shared, whole or not there at all."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyoxigraph as ox
import pytest

from graph.ask import document_at, list_implementing, trace_lineage
from graph.browse import browse_documents
from graph.errors import StoreError
from graph.facts import read_documents
from graph.index import DocumentIndex
from graph.nquads import write_sorted
from graph.store import Store, live_build
from graph.write_index import write_index
from tests.small_graph import BASE, DOCUMENTS, LABEL, PH, TYPE, make_store, memory_store, quads


def write(folder: Path, lines: list[str]) -> Path:
    folder.mkdir()
    write_sorted(lines, folder / "graph.nq", folder)
    write_index(folder / "graph.nq", folder / "index")
    return folder / "index"


def test_the_same_graph_makes_the_same_index(tmp_path: Path) -> None:
    lines = [f"{quad} ." for quad in quads()]
    one, other = write(tmp_path / "a", lines), write(tmp_path / "b", lines[::-1])
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_documents_are_numbered_by_path(tmp_path: Path) -> None:
    index = memory_store().index
    paths = sorted(row[0] for row in DOCUMENTS)
    assert index.iris_of(range(index.count)) == [f"{BASE}doc/{path}" for path in paths]
    assert index.paths_between("tw/", "tx") == [path for path in paths if path.startswith("tw/")]
    assert index.numbers_of([f"{BASE}doc/tw/nq/2013/25", f"{BASE}doc/x"])[1] is None


def test_what_the_facts_of_sparql_are_the_facts_of_the_index_are() -> None:
    """Every fact the graph states of a document, asked in SPARQL, against the document as it is read."""
    store = memory_store()
    for iri, document in read_documents(store, [f"{BASE}doc/{row[0]}" for row in DOCUMENTS]).items():
        facts: dict[str, str] = {}
        labels: dict[str, str] = {}
        for row in store.query(
            f"SELECT ?p ?v ?label {{ <{iri}> ?p ?v OPTIONAL {{ ?v rdfs:label|skos:prefLabel ?label }} }}"
        ):
            name = row["p"].value.removeprefix(PH)
            facts[name] = row["v"].value
            labels[name] = row["label"].value if row["label"] else row["v"].value
        assert document.label == facts[LABEL]
        assert (document.number, document.title, document.date) == (
            facts["number"],
            facts["title"],
            facts.get("dateIssued"),
        )
        assert (document.type, document.issuer, document.place) == (
            labels["type"],
            labels.get("issuedBy"),
            labels.get("place"),
        )
        assert document.level == facts["level"].removeprefix(PH)


def test_threads_share_a_store(tmp_path: Path) -> None:
    with Store(make_store(tmp_path / "S")) as store:
        document = document_at(store, "tw/nq/2013/25")
        questions: list[Callable[[], object]] = [
            lambda: list_implementing(store, document),
            lambda: browse_documents(store, words="dân vận"),
            lambda: trace_lineage(store, document, "both"),
        ]
        expected = [question() for question in questions]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda ask: ask(), questions * 20)) == expected * 20
        # files stay open: what was opened before its folder went is still read
        live = live_build(tmp_path / "S")
        assert live is not None
        shutil.rmtree(live / "index")
        assert list_implementing(store, document) == expected[0]


@pytest.mark.parametrize("missing", ["index.sqlite", "up_starts.npy", "facets.npy", "name_documents.npy"])
def test_an_index_that_is_not_whole_is_refused(tmp_path: Path, missing: str) -> None:
    index = write(tmp_path / "a", [f"{quad} ." for quad in quads()])
    (index / missing).unlink()
    with pytest.raises(StoreError, match="build the store anew"):
        DocumentIndex(index)


def test_a_graph_without_relations_or_without_documents_has_an_index(tmp_path: Path) -> None:
    iri = ox.NamedNode(f"{BASE}doc/tw/nq/2013/25")
    lone = ox.Quad(iri, ox.NamedNode(TYPE), ox.NamedNode(f"{PH}Document"))
    index = DocumentIndex(write(tmp_path / "lone", [f"{lone} ."]))
    assert (index.count, len(index.adjacency), index.iris_of([0])) == (1, 0, [iri.value])
    empty = DocumentIndex(write(tmp_path / "empty", []))
    assert (empty.count, len(empty.adjacency), empty.iris_of([0])) == (0, 0, [])


def test_arrays_are_mapped_not_read() -> None:
    index = memory_store().index
    for array in (*index.orders.values(), *index.facets.values(), index.days, index.standing):
        assert isinstance(array, np.memmap)


def test_a_build_of_another_layout_is_replaced_by_the_same_graph(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "S")
    live = live_build(folder)
    assert live is not None
    manifest = live / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"schema": 2', '"schema": 1'), "utf-8")
    with pytest.raises(StoreError, match="layout 1"):
        Store(folder)
    make_store(folder)
    with Store(folder) as store:
        assert store.path == folder
        assert store.index.count == len(DOCUMENTS)
