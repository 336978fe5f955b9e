"""Exports are read back by other programs and say the same."""

import csv
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from graph.build import build
from graph.errors import StoreError
from graph.export import COLUMNS, FORMATS, export_store
from graph.store import Store

TEXT = (
    "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành "
    "Chỉ thị số 28-CT/TU ngày 19/5/2022.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("export")
    (place / "a.txt").write_text(TEXT, encoding="utf-8")
    build([place / "a.txt"], place / "S")
    return place / "S"


def exported(folder: Path, form: str, output: Path) -> Path:
    with Store(folder) as store:
        export_store(store, form, output)
    return output


def test_nquads_are_the_sorted_graph(folder: Path, tmp_path: Path) -> None:
    lines = exported(folder, "nquads", tmp_path / "o.nq").read_text(encoding="utf-8").splitlines()
    with Store(folder) as store:
        assert lines == list(store.n_quads())


@pytest.mark.parametrize(
    ("form", "kind"), [("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)]
)
def test_rdf_notations_hold_the_default_graph(
    folder: Path, tmp_path: Path, form: str, kind: ox.RdfFormat
) -> None:
    data = exported(folder, form, tmp_path / "o").read_bytes()
    read = {
        (q.subject, q.predicate, q.object) for q in ox.parse(data, kind) if q.graph_name == ox.DefaultGraph()
    }
    with Store(folder) as store:
        assert read == {(q.subject, q.predicate, q.object) for q in store.quads()}


def test_the_table_holds_each_relation_with_its_quote(folder: Path, tmp_path: Path) -> None:
    with exported(folder, "csv", tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [tuple(rows[0])] == [COLUMNS]
    (row,) = [row for row in rows if row["predicate"] == "implements"]
    assert (row["subject"], row["object"]) == ("tu-hai-duong/ct/2022/28", "tw/nq/2013/25")
    assert row["quote"] == TEXT[int(row["start"]) : int(row["end"])]
    assert row["object_label"] == "Nghị quyết số 25-NQ/TW ngày 03/6/2013"


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graphs_hold_documents_and_relations(folder: Path, tmp_path: Path, form: str, read: object) -> None:
    graph = read(exported(folder, form, tmp_path / "o"))  # type: ignore[operator]
    assert graph.number_of_nodes() == 2
    assert graph.number_of_edges() == 1


def test_an_unknown_format_or_place_is_an_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="expected one of nquads"):
        exported(folder, "yaml", tmp_path / "o")
    with pytest.raises(StoreError, match="cannot be written"):
        exported(folder, "csv", tmp_path / "absent" / "o")
    assert list(tmp_path.iterdir()) == []
    assert set(FORMATS) == {"nquads", "turtle", "jsonld", "graphml", "gexf", "csv"}
