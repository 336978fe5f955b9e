"""The drawing: one file that opens from disk, the same picture each time; what the network says of documents."""

import re
from html import unescape
from pathlib import Path

import networkx as nx
import pytest

from api.web.drawing_file import _modules, _script, drawing_file
from graph.ask import document_at
from graph.draw import draw_network, line_styles, shape_of
from graph.layout import MOST_BY_FORCE, place_nodes, place_nodes_by_force
from graph.project import neighbourhood
from graph.store import Store
from graph.vocabulary import relation_kinds
from ontology.doctype import document_types
from tests.small_graph import make_store, memory_store
from tests.visitor import Visitor

R25 = "tw/nq/2013/25"


def around(hops: int = 2) -> "nx.MultiDiGraph[str]":
    store = memory_store()
    return neighbourhood(store, document_at(store, R25), hops)


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("hinh") / "kho")


def drawing(path: Path) -> str:
    with Store(path) as store:
        return drawing_file(store, neighbourhood(store, document_at(store, R25), 2), "Nghị quyết 25")


def test_one_small_file_that_names_nothing_to_load(small_store: Path) -> None:
    page = unescape(drawing(small_store))
    assert len(page.encode("utf-8")) < 2_000_000
    assert not re.search(r"<(?:link|script|img|iframe)\b[^>]*\s(?:src|href)\s*=", page)
    assert "default-src 'none'" in page
    assert "unsafe" not in page.partition("</head>")[0].partition("<style>")[0]
    assert '<html lang="vi">' in page


def test_the_same_graph_gives_the_same_file(small_store: Path) -> None:
    assert drawing(small_store) == drawing(small_store)


def test_the_modules_fit_into_one_scope() -> None:
    """Joined to one script, no two of them may bind the same name at the top."""
    bound: dict[str, str] = {}
    for text in _modules("explore/file.js", set()):
        for name in re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", text, re.MULTILINE):
            assert name not in bound, name
            bound[name] = text
    assert "Explorer" in bound
    assert not re.search(r"^(?:import|export)\b", _script(), re.MULTILINE)
    assert "</script" not in _script().lower()


def test_every_document_and_relation_is_drawn_with_its_words() -> None:
    graph = around()
    network = draw_network(graph)
    assert {node["id"] for node in network["nodes"]} == {path for _, path in graph.nodes(data="path")}
    assert len(network["edges"]) == graph.number_of_edges() == 5
    quotes = {edge["quote"] for edge in network["edges"]}
    assert "Huyện ủy Thanh Hà ban hành Kế hoạch số 12-KH/HU thực hiện Chỉ thị 28-CT/TU." in quotes
    assert draw_network(nx.MultiDiGraph()) == {"nodes": [], "edges": [], "bands": []}


def test_relations_are_told_apart_without_colour() -> None:
    drawn = [line for line in line_styles(relation_kinds(memory_store())) if line["drawn"]]
    assert len({(tuple(line["dashes"]), line["head"], line["width"]) for line in drawn}) == len(drawn)


def test_every_shape_is_of_types_that_there_are() -> None:
    slugs = {kind.slug for kind in document_types()}
    assert {shape_of(slug) for slug in slugs} >= {"dot", "diamond", "square", "star", "hexagon", "triangle"}


@pytest.mark.parametrize("place", [place_nodes, place_nodes_by_force])
def test_no_two_documents_stand_on_one_spot(place: object) -> None:
    graph = around(3)
    spots = place(graph)  # type: ignore[operator]
    assert spots.keys() == set(graph)
    assert len(set(spots.values())) == len(graph)
    assert spots == place(graph)  # type: ignore[operator]


def test_the_centre_stands_above_the_provinces_and_these_above_the_districts() -> None:
    graph = around()
    heights: dict[str, set[int]] = {}
    for iri, (_, y) in place_nodes(graph).items():
        heights.setdefault(graph.nodes[iri]["level"], set()).add(y)
    assert max(heights["central"]) < min(heights["province"])
    assert max(heights["province"]) < min(heights["district"])


def test_a_large_picture_has_no_force_layout() -> None:
    assert place_nodes_by_force(nx.path_graph(MOST_BY_FORCE + 1, nx.MultiDiGraph)) is None


def test_a_browser_draws_it_from_disk_without_network(
    visitor: Visitor, small_store: Path, tmp_path: Path
) -> None:
    (tmp_path / "hinh.html").write_text(drawing(small_store), encoding="utf-8")
    visitor.browser.get((tmp_path / "hinh.html").as_uri())
    visitor.wait(lambda: visitor.run("return window.explorer?.view?.nodes.length") == 6)
    assert "25-NQ/TW" in visitor.text("#panel")
    visitor.click("#tab-table")
    visitor.click("#table tbody[data-edge^='hu-thanh-ha'] td:nth-child(2) button")
    assert "Huyện ủy Thanh Hà ban hành" in visitor.text("#panel")
    visitor.click("#tab-legend")
    visitor.click("[data-filter='level:province']")
    assert len(visitor.shown()) == 2
    visitor.click("#undo")
    assert len(visitor.shown()) == 6
    assert visitor.run("return performance.getEntriesByType('resource').length") == 0
