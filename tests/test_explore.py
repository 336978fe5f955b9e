"""The explorer in a real browser: from a search to the picture, its filters, paths, files, keys and addresses."""

import csv
import io
import json
import time
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.visitor import DESK, PHONE, Visitor

R25 = "tw/nq/2013/25"
EXPLORE = f"/explore?ref={R25}"
HAI_DUONG = ("357-QC/TU", "28-CT/TU", "03-QC/TU", "05-ĐA/TU")


def test_the_reference_question_in_five_clicks(visitor: Visitor) -> None:
    """From "Nghị quyết 25" on the first page to the four documents of Hải Dương, each with the words that say so."""
    visitor.open("/")
    visitor.find(".hero input[name=q]").send_keys("Nghị quyết 25")
    visitor.click(".hero form.search .button")
    visitor.wait(lambda: visitor.all("table a.what"))
    row = next(link for link in visitor.all("table a.what") if link.get_attribute("href").endswith(R25))
    row.click()
    visitor.clicks += 1
    visitor.click("#down-implements .chips a[href*='hai-duong']")
    rows = [
        row.text
        for row in visitor.all("#down-implements tbody tr")
        if row.find_elements("css selector", "blockquote")
    ]
    for number in HAI_DUONG:
        assert any(number in row and "xem trong nguồn" in row for row in rows), number
    assert visitor.clicks <= 5
    # the words lead to their place in the text
    next(row for row in visitor.all("#down-implements tbody tr") if "28-CT/TU" in row.text).find_element(
        "css selector", ".says a").click()  # fmt: skip
    assert "25-NQ/TW" in "".join(mark.text for mark in visitor.all(".text mark"))


def test_a_question_typed_on_the_first_page(visitor: Visitor) -> None:
    """Its answer shows the words that say so, and the SPARQL, which runs on its own page."""
    visitor.open("/")
    visitor.find(".hero input[name=q]").send_keys("Văn bản của Hải Dương thực hiện tw/nq/2013/25?")
    visitor.click(".hero form.search .button")
    visitor.wait(lambda: visitor.all(".answer"))
    for number in HAI_DUONG:
        assert number in visitor.text("table.rows")
    assert "25-NQ/TW" in visitor.text("blockquote.quote")
    visitor.click("a[href*='/sparql#query=']")
    visitor.wait(lambda: "ph:implements" in (visitor.find("#query").get_attribute("value") or ""))
    visitor.click("#run")
    visitor.wait(lambda: visitor.all("#table tbody tr"))


def test_suggestions_as_one_types(visitor: Visitor) -> None:
    visitor.open("/")
    field = visitor.find(".hero input[name=q]")
    field.send_keys("dan chu o co so")
    visitor.wait(lambda: [item for item in visitor.all(".suggestions li") if item.is_displayed()])
    field.send_keys(Keys.ARROW_DOWN)
    assert visitor.find(".suggestions [aria-selected=true]").get_attribute("id") == field.get_attribute(
        "aria-activedescendant"
    )
    field.send_keys(Keys.ENTER)
    visitor.wait(lambda: "/documents/" in visitor.browser.current_url)


def test_from_a_document_to_its_picture(visitor: Visitor) -> None:
    visitor.open(f"/documents/{R25}")
    visitor.click(".actions a.button.strong")
    visitor.wait(lambda: visitor.run("return window.explorer?.view && window.explorer.view.nodes.length"))
    assert R25 in visitor.shown()
    assert "10 trong 10" in visitor.text("#panel")
    assert "11 văn bản, 10 quan hệ" in visitor.text("#counts")


def test_expanding_says_how_many_there_are_and_can_be_undone(visitor: Visitor) -> None:
    visitor.explore(EXPLORE)
    before = visitor.shown()
    visitor.run("window.explorer.choose('tu-hai-duong/ct/2022/28')")
    count = visitor.find("[data-expand='up:implements']").find_element("xpath", "../span[@class='count']")
    total = int(count.get_attribute("data-total"))
    assert count.get_attribute("data-shown") == "1"
    assert total > 1
    visitor.click("[data-expand='up:implements']")
    visitor.wait(lambda: len(visitor.shown()) == len(before) + total - 1)
    assert f"{total} trong {total}" in visitor.text("#panel")
    visitor.run("window.explorer.collapse('tu-hai-duong/ct/2022/28')")
    assert len(visitor.shown()) < len(before) + total
    visitor.click("#undo")
    visitor.click("#undo")
    visitor.wait(lambda: visitor.shown() == before)
    visitor.click("#redo")
    visitor.wait(lambda: len(visitor.shown()) == len(before) + total - 1)


def test_one_may_choose_whom_to_bring_in(visitor: Visitor) -> None:
    visitor.explore(f"/explore?ref={R25}&hops=0")
    assert visitor.shown() == [R25]
    visitor.click("[data-choose='down:implements']")
    visitor.wait(lambda: visitor.all(".choices li"))
    visitor.find(".chooser input[type=search]").send_keys("28-CT/TU\t")
    visitor.wait(lambda: len(visitor.all(".choices li")) == 1)
    visitor.click(".choices input")
    visitor.click("[data-add]")
    visitor.wait(lambda: visitor.shown() == ["tu-hai-duong/ct/2022/28", R25])


def test_filters_hide_and_say_how_much(visitor: Visitor) -> None:
    visitor.explore(f"{EXPLORE}&hops=2")
    everything = visitor.shown()
    visitor.click("#tab-legend")
    visitor.click("[data-filter='polity:state']")
    assert len(visitor.shown()) < len(everything)
    assert "bộ lọc đang ẩn" in visitor.text("#counts")
    visitor.click("#filter-reset")
    assert visitor.shown() == everything
    for select in (
        "[data-filter='basis:catalogued']",
        "[data-filter='level:central']",
        "[data-filter='relation:implements']",
    ):
        visitor.click(select)
    assert "0 quan hệ" in visitor.text("#counts")
    visitor.click("#filter-reset")
    visitor.select("#filter-place", "Hải Dương")
    visitor.wait(lambda: 2 < len(visitor.shown()) < len(everything))
    assert all(item == R25 or "hai-duong" in item for item in visitor.shown())


def test_the_slider_of_years_works_by_keys(visitor: Visitor) -> None:
    visitor.explore(EXPLORE)
    visitor.click("#tab-legend")
    slider = visitor.find("#as-of")
    slider.send_keys(Keys.HOME)
    visitor.wait(lambda: "2013" in visitor.text("#as-of-shown"))
    shown = visitor.run("return window.explorer.view.nodes.map(node => node.date)")
    assert all(date is None or date[:4] <= "2013" for date in shown)
    assert "asof=2013" in visitor.browser.current_url
    visitor.find("#as-of").send_keys(Keys.END)
    visitor.wait(lambda: len(visitor.shown()) == 11)


def test_a_path_between_two_documents(visitor: Visitor) -> None:
    visitor.explore(EXPLORE)
    visitor.run("window.explorer.choose('tu-hai-duong/ct/2022/28')")
    visitor.select("#path-to", "tu-hai-duong/qc/2022/357")
    assert "Đường đi gồm 2 quan hệ" in visitor.text("#status")
    assert visitor.run("return window.explorer.canvas.mark.nodes") == [
        "tu-hai-duong/ct/2022/28", R25, "tu-hai-duong/qc/2022/357"]  # fmt: skip
    # and to one that is not drawn yet: what lies between is brought in
    visitor.find("#path-elsewhere").send_keys("21-KL/TW")
    visitor.wait(lambda: [item for item in visitor.all(".path .suggestions li") if item.is_displayed()])
    visitor.find("#path-elsewhere").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    visitor.wait(lambda: "tw/kl/2021/21" in visitor.shown())
    visitor.wait(lambda: visitor.run("return window.explorer.canvas.mark?.nodes.at(-1)") == "tw/kl/2021/21")


def test_an_address_gives_the_same_picture_again(visitor: Visitor) -> None:
    visitor.explore(f"{EXPLORE}&hops=2")
    visitor.click("#layout-force")
    visitor.run("window.explorer.choose('tu-hai-duong/qc/2022/357')")
    visitor.click("#tab-legend")
    visitor.click("[data-filter='polity:state']")
    nodes, places, address = visitor.shown(), visitor.places(), visitor.browser.current_url
    visitor.explore(address.removeprefix(visitor.address))
    assert visitor.shown() == nodes
    assert visitor.places() == places
    assert "357-QC/TU" in visitor.text("#panel")
    # without the reference, the part after # alone says it all
    visitor.explore("/explore#" + address.partition("#")[2])
    assert visitor.shown() == nodes
    assert visitor.places() == places


def test_groups_are_folded_and_nothing_is_lost(visitor: Visitor) -> None:
    visitor.explore(EXPLORE)
    members = [item for item in visitor.shown() if "hai-duong" in item]
    visitor.select("#fold", "place")
    visitor.wait(lambda: "fold:place:Hải Dương" in visitor.shown())
    fold = visitor.run("return window.explorer.view.nodes.find(node => node.isFold)")
    assert fold["label"] == f"Hải Dương: {len(members)} văn bản"
    assert "11 văn bản, 10 quan hệ" in visitor.text("#counts")
    assert (
        visitor.run("return window.explorer.view.edges.reduce((sum, edge) => sum + (edge.count ?? 1), 0)")
        == 10
    )
    visitor.run("window.explorer.choose('fold:place:Hải Dương')")
    visitor.click("#unfold")
    visitor.wait(lambda: set(members) <= set(visitor.shown()))


def saved(visitor: Visitor, folder: Path, form: str) -> bytes:
    visitor.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )
    visitor.click(".tools details.menu summary")
    visitor.click(f"[data-save={form}]")
    path = folder / f"phahe.{form}"
    visitor.wait(path.exists)
    visitor.wait(lambda: path.stat().st_size and not list(folder.glob("*.crdownload")))
    time.sleep(0.05)
    return path.read_bytes()


def test_each_file_is_read_by_its_library(visitor: Visitor, tmp_path: Path) -> None:
    visitor.explore(EXPLORE)
    visitor.click("#tab-legend")
    visitor.select("#filter-place", "Hải Dương")
    visitor.wait(lambda: len(visitor.shown()) == 6)
    labels = {"Nghị quyết số 25-NQ/TW ngày 03/6/2013", "Đề án số 05-ĐA/TU"}

    for form, read in (
        ("graphml", nx.parse_graphml),
        ("gexf", lambda text: nx.read_gexf(io.BytesIO(text.encode()))),
    ):
        graph = read(saved(visitor, tmp_path, form).decode("utf-8"))
        assert (len(graph), graph.number_of_edges()) == (6, 5), form
        assert labels <= {data["label"] for _, data in graph.nodes(data=True)}

    rows = list(csv.DictReader(io.StringIO(saved(visitor, tmp_path, "csv").decode("utf-8"))))
    assert len(rows) == 5
    assert {row["object"] for row in rows} == {R25}
    assert all(row["quote"] and row["source_name"] for row in rows)

    things = json.loads(saved(visitor, tmp_path, "jsonld"))
    graph = things["@graph"] if isinstance(things, dict) else things
    assert sum("implements" in json.dumps(list(thing)) for thing in graph) == 5

    svg = ElementTree.fromstring(saved(visitor, tmp_path, "svg"))  # noqa: S314 - our own
    words = {text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert {"25-NQ/TW", "05-ĐA/TU"} <= words
    assert saved(visitor, tmp_path, "png").startswith(b"\x89PNG\r\n")


def press(visitor: Visitor, *keys: str) -> None:
    ActionChains(visitor.browser).send_keys(*keys).perform()


def focused(visitor: Visitor) -> str:
    return str(visitor.run("return document.activeElement.id"))


def test_all_by_keys(visitor: Visitor) -> None:
    """Reach the canvas with Tab, walk to a document, read its evidence, expand, undo, filter, without a mouse."""
    visitor.explore(EXPLORE)
    for _ in range(40):
        if focused(visitor) == "canvas":
            break
        press(visitor, Keys.TAB)
    assert focused(visitor) == "canvas"
    press(visitor, Keys.ARROW_DOWN)
    first = visitor.run("return window.explorer.state.chosen")
    assert first != R25
    assert visitor.text("#status"), "the document's name is told to who cannot see it"
    press(visitor, Keys.ARROW_RIGHT)
    assert visitor.run("return window.explorer.state.chosen") not in (R25, first)
    before = len(visitor.shown())
    visitor.run("window.explorer.choose('tu-hai-duong/ct/2022/28')")
    press(visitor, "e")
    visitor.wait(lambda: len(visitor.shown()) > before)
    press(visitor, "u")
    visitor.wait(lambda: len(visitor.shown()) <= before or press(visitor, "u"))
    press(visitor, "?")
    assert visitor.find("#help-text").is_displayed()
    press(visitor, Keys.ESCAPE)
    press(visitor, Keys.ENTER)
    visitor.wait(lambda: focused(visitor) == "panel")
    visitor.find("#tab-panel").send_keys(Keys.ARROW_RIGHT)
    assert focused(visitor) == "tab-legend"
    visitor.find("#tab-legend").send_keys(Keys.ARROW_RIGHT)
    assert len(visitor.all("#table tbody[data-edge]")) == 10, "the table says what the picture shows"
    press(visitor, Keys.TAB, Keys.TAB, Keys.ENTER)
    assert visitor.run("return window.explorer.state.chosen")


def test_a_row_of_the_table_shows_its_evidence(visitor: Visitor) -> None:
    visitor.explore(EXPLORE)
    visitor.click("#tab-table")
    visitor.click("#table tbody[data-edge^='tu-hai-duong/ct/2022/28'] td:nth-child(2) button")
    assert "25-NQ/TW" in visitor.text("#panel blockquote")
    assert visitor.find("#panel .says a").get_attribute("href").startswith(f"{visitor.address}/sources/")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages(visitor: Visitor, language: str) -> None:
    visitor.explore(f"{EXPLORE}&lang={language}")
    assert visitor.run("return document.documentElement.lang") == language
    assert ("Details" if language == "en" else "Chi tiết") in visitor.text("#tabs")
    assert ("implements" if language == "en" else "thực hiện") in visitor.text("#panel")
    # the choice is remembered, and what the picture shows goes along into the other language
    visitor.click("a[data-keeps-place]")
    visitor.wait(
        lambda: (
            visitor.run("return window.explorer?.view && document.documentElement.lang")
            not in (None, language)
        )
    )
    assert len(visitor.shown()) == 11
    visitor.open("/")
    assert visitor.run("return document.documentElement.lang") != language


def test_dark_by_the_system_and_by_choice(visitor: Visitor) -> None:
    def darkness() -> bool:
        colour = visitor.run("return getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(",")[:3]) < 200

    visitor.explore(EXPLORE)
    assert not darkness()
    light = visitor.run("return window.explorer.canvas.nodes.get(arguments[0]).color.background", R25)
    visitor.click("#theme")
    assert darkness()
    assert visitor.run("return window.explorer.canvas.nodes.get(arguments[0]).color.background", R25) != light
    visitor.open("/")
    assert darkness(), "the choice is remembered"
    visitor.click("#theme")
    assert not darkness()
    visitor.browser.delete_all_cookies()
    visitor.prefer("dark")
    visitor.open("/")
    assert darkness()


def test_on_a_phone_the_picture_has_most_of_the_screen(visitor: Visitor) -> None:
    visitor.widen(PHONE)
    visitor.explore(EXPLORE)
    stage = visitor.find(".stage").rect
    assert stage["height"] > 0.6 * PHONE["height"]
    assert stage["y"] + stage["height"] < PHONE["height"]
    assert not visitor.find("#fold").is_displayed()
    visitor.click("#tools")
    assert visitor.find("#fold").is_displayed()
    assert visitor.find("#tools").get_attribute("aria-expanded") == "true"
    assert not visitor.find("nav.site").is_displayed()
    visitor.click(".menu-button")
    assert visitor.find("nav.site a[href='/findings']").is_displayed()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_picture_begins_at_the_upper_edge(visitor: Visitor, size: dict[str, object]) -> None:
    """With its first level, whose heading and centre are in sight."""
    visitor.widen(size)
    visitor.explore(f"{EXPLORE}&hops=2")
    [top, centre] = visitor.run(
        "const { canvas, data } = window.explorer;"
        "const at = (y, x) => canvas.network.canvasToDOM({ x, y });"
        "const there = canvas.positions()[arguments[0]];"
        "return [at(Math.min(...data.bands.map(band => band.y)), 0).y, at(there.y, there.x)]",
        R25,
    )
    assert 20 < top < 110
    stage = visitor.find(".stage").size
    assert 0 < centre["x"] < stage["width"]
    assert 0 < centre["y"] < stage["height"]
