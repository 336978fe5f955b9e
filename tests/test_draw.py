"""The drawing: one file, nothing foreign, strangers' words as text only; looked at in a real browser."""

import re
import time
from pathlib import Path

import networkx as nx
import pytest

from graph.ask import document_at
from graph.draw import draw_html
from graph.project import neighbourhood
from tests.browser import chromium, complaints_of, requests_of
from tests.small_graph import memory_store

EVIL = "</script><img src=x onerror=\"document.title='fired'\"><a href=javascript:alert(1)>href</a>"


def drawing() -> str:
    store = memory_store()
    return draw_html(neighbourhood(store, document_at(store, "tw/nq/2013/25"), 2))


def hostile() -> str:
    """A graph whose every word tries to become markup."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(centre="urn:a", truncated=True, labels={"party": EVIL})
    for node in ("urn:a", "urn:b"):
        graph.add_node(node, label=EVIL, number=EVIL, title=EVIL, polity="party", level="central", place=EVIL)
    facts = {"predicate": "implements", "caption": EVIL, "basis": EVIL, "confidence": 0.9, "quote": EVIL,
             "source": EVIL, "start": 0, "end": 1, "rule": EVIL}  # fmt: skip
    graph.add_edge("urn:b", "urn:a", key="implements", **facts)
    return draw_html(graph)


def test_one_small_file_that_names_nothing_to_load() -> None:
    page = drawing()
    assert len(page.encode("utf-8")) < 2_000_000
    assert not re.search(r"<(?:link|script|img|iframe)\b[^>]*(?:src|href)\s*=", page)
    assert "cdn.jsdelivr" not in page
    assert "cdnjs" not in page
    assert "default-src 'none'" in page
    assert '<html lang="vi">' in page


def test_the_same_graph_gives_the_same_page() -> None:
    assert drawing() == drawing()


def test_the_table_shows_every_edge_with_its_quote() -> None:
    page = drawing()
    assert page.count("<tr tabindex") == 5
    assert "Huyện ủy Thanh Hà ban hành Kế hoạch số 12-KH/HU thực hiện Chỉ thị 28-CT/TU." in page


def test_strangers_words_are_never_markup() -> None:
    page = hostile()
    assert "<img src=x" not in page
    assert "<a href=javascript" not in page


def test_an_empty_graph_is_drawn_too() -> None:
    assert "Phả hệ văn bản" in draw_html(nx.MultiDiGraph())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "drawing.html").write_text(drawing(), encoding="utf-8")
    (folder / "hostile.html").write_text(hostile(), encoding="utf-8")
    return folder


def test_a_browser_draws_it_without_network(pages: Path, tmp_path: Path) -> None:
    with chromium(tmp_path) as browser:
        page = (pages / "drawing.html").as_uri()
        browser.get(page)
        time.sleep(0.3)
        assert requests_of(browser) == {page}
        assert complaints_of(browser) == []
        drawn = browser.execute_script("return nodes.getIds()")
        assert len([node for node in drawn if not node.startswith("band:")]) == 6
        assert "25-NQ/TW" in browser.find_element("id", "panel").text
        row = next(
            row for row in browser.find_elements("css selector", "tr[data-edge]") if "12-KH/HU" in row.text
        )
        row.click()
        panel = browser.find_element("id", "panel").text
        assert "Huyện ủy Thanh Hà ban hành" in panel
        # a click on a node's place on the canvas shows that node
        browser.execute_script(
            "const id = nodes.getIds().find(id => id.endsWith('tu-hung-yen/ct/2022/28'));"
            "network.body.emitter.emit('click', {nodes: [id], edges: [], pointer: {}})"
        )
        assert "Hưng Yên" in browser.find_element("id", "panel").text

        browser.get((pages / "hostile.html").as_uri())
        time.sleep(0.3)
        for row in browser.find_elements("css selector", "tr[data-edge]"):
            row.click()
        assert browser.title != "fired"
        assert browser.find_elements("css selector", "img, aside a") == []
        assert "onerror" in browser.find_element("id", "panel").text, "shown as text"
