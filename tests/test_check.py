"""Checking: what was built passes; each planted fault is reported with its node and rule."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import build
from graph.check import check_graph, check_store
from graph.iri import mint, mint_document
from graph.nquads import PH
from graph.store import Store

TEXT = (
    "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành "
    "Chỉ thị số 28-CT/TU ngày 19/5/2022.\n"
)
LOCAL, CENTRAL = mint_document("tu-hai-duong/ct/2022/28"), mint_document("tw/nq/2013/25")
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("check")
    (place / "a.txt").write_text(TEXT, encoding="utf-8")
    (place / "b.txt").write_text("Các cấp ủy quán triệt Nghị quyết 17.\n", encoding="utf-8")
    build([place / "a.txt", place / "b.txt"], place / "S")
    return place / "S"


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[str]:
    with Store(folder) as store:
        return [line for line in store.n_quads() if f"<{PH[:-1]}> ." not in line]


def test_what_was_built_is_sound(folder: Path, lines: list[str]) -> None:
    with Store(folder) as store:
        assert check_store(store) == []
    assert check_graph("\n".join(lines)) == []


# what is planted (a pattern is dropped first), node, part of the rule
FAULTS = [
    (
        f"<{LOCAL}> <{PH}dateIssued>",
        f'<{LOCAL}> <{PH}dateIssued> "19/5/2022" .',
        LOCAL,
        "Document dateIssued",
    ),
    (None, f'<{LOCAL}> <{PH}dateIssued> "2021-01-01"^^<{XSD}date> .', LOCAL, "Document dateIssued"),
    (f"<{LOCAL}> <{PH}type>", "", LOCAL, "Document type"),
    (f"<{LOCAL}> <{PH}polity>", f"<{LOCAL}> <{PH}polity> <{PH}church> .", LOCAL, "Document polity"),
    (
        f"<{LOCAL}> <{PH}place>",
        f"<{LOCAL}> <{PH}place> <{mint('place', 'atlantis')}> .",
        LOCAL,
        "Document place",
    ),
    ("> <" + PH + "quote>", "", "/relation/", "quote"),
    ("> <" + PH + "basis>", "", "/relation/", "Relation basis"),
    ("> <" + PH + "object>", "", "/relation/", "Relation object"),
]


@pytest.mark.parametrize(
    ("dropped", "planted", "node", "rule"), FAULTS, ids=[f"{row[3]} {row[0]}"[:40] for row in FAULTS]
)
def test_a_planted_fault_is_reported(
    lines: list[str], dropped: str | None, planted: str, node: str, rule: str
) -> None:
    kept = [line for line in lines if not (dropped and dropped in line)]
    findings = check_graph("\n".join([*kept, planted]))
    assert any(node in finding.node and rule in finding.rule and finding.message for finding in findings), (
        findings
    )


def altered(folder: Path, tmp_path: Path, *planted: str, without: str = "") -> list[tuple[str, str]]:
    """Node and rule of the findings in a copy of the store with lines planted and dropped."""
    import shutil

    shutil.copytree(folder, tmp_path / "S")
    build_folder = next(path for path in (tmp_path / "S" / "builds").iterdir())
    with Store(folder) as store:
        kept = [line for line in store.n_quads() if not (without and without in line)]
    shutil.rmtree(build_folder / "rdf")
    rdf = ox.Store(str(build_folder / "rdf"))
    rdf.bulk_load("\n".join([*kept, *planted]), ox.RdfFormat.N_QUADS)
    rdf.flush()
    del rdf
    with Store(tmp_path / "S") as store:
        return [(finding.node, finding.rule) for finding in check_store(store)]


def test_an_edge_without_evidence_is_a_fault(folder: Path, tmp_path: Path) -> None:
    found = altered(folder, tmp_path, f"<{CENTRAL}> <{PH}supersedes> <{LOCAL}> .")
    assert (CENTRAL, "supersedes evidence") in found


def test_a_quote_that_is_not_in_the_text_is_a_fault(folder: Path, tmp_path: Path) -> None:
    with Store(folder) as store:
        (row,) = store.query("SELECT ?r ?q { ?r a ph:Relation ; ph:quote ?q }")
        node, quote = row["r"].value, row["q"]
    found = altered(folder, tmp_path, f'<{node}> <{PH}quote> "Thực hiện điều khác" .', without=str(quote))
    assert (node, "quote") in found


def test_a_relation_to_nothing_is_a_fault(folder: Path, tmp_path: Path) -> None:
    found = altered(
        folder, tmp_path, without=f"<{CENTRAL}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    )
    assert (LOCAL, "Relation ends") in found
