"""Strangers' words stay words: 200 hostile strings through every page and drawing, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from api.web.drawing_file import drawing_file
from graph.ask import document_at
from graph.build import build
from graph.project import neighbourhood
from graph.store import Store
from tests.hostile import CENTRE, STRINGS, hostile_quads, path_of
from tests.small_graph import make_store
from tests.visitor import Visitor, running, visiting

SOME = range(0, len(STRINGS), 23)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("hostile") / "store", list(hostile_quads()))


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with running(store) as url:
        yield url


@pytest.fixture
def guest(browser: Any, address: str) -> Iterator[Visitor]:
    with visiting(browser, address) as somebody:
        yield somebody


def as_read(words: str) -> str:
    """As a browser shows it: blanks and separators of lines joined."""
    return " ".join(words.replace("\u2028", " ").replace("\u2029", " ").split())


def assert_only_words(guest: Visitor, expected: list[str], where: str) -> None:
    assert not guest.run("return window.fired"), f"something ran on {where}"
    text = as_read(guest.run("return document.body.textContent"))
    missing = [words for words in expected if as_read(words) not in text]
    assert missing == [], f"not shown as text on {where}"
    ours = "document.querySelectorAll('main img, main iframe, main object, main video, main math, main style').length"
    assert guest.run(f"return {ours}") == 0, where


def test_there_are_200_different_ones() -> None:
    assert len(set(STRINGS)) == 200


def test_on_the_page_of_a_document_they_implement(guest: Visitor) -> None:
    for offset in (0, 100):
        guest.open(f"/documents/{CENTRE}?group=down-implements&offset={offset}")
        rows = guest.run(
            "return [...document.querySelectorAll('table.rows a.what')].map(link => link.textContent)"
        )
        assert len(rows) == 100
        assert_only_words(guest, rows, "the document's page")
    guest.open(f"/documents/{CENTRE}")
    assert_only_words(guest, [], "the document's page")


def test_as_number_title_issuer_source_of_a_document(guest: Visitor) -> None:
    for number in SOME:
        guest.open(f"/documents/{path_of(number)}")
        assert_only_words(guest, [STRINGS[number]], f"the page of {number}")
        guest.open(f"/bodies/thu-{number}")
        assert_only_words(guest, [STRINGS[number]], f"the page of body {number}")


def test_on_lists(guest: Visitor) -> None:
    guest.open("/places/hai-duong")
    assert_only_words(guest, [], "the page of a place")
    guest.open("/")
    assert_only_words(guest, [], "the first page")


def test_on_the_pages_of_time(guest: Visitor) -> None:
    for path in (
        f"/coverage/{CENTRE}",
        f"/compare/{CENTRE}",
        f"/compare/{CENTRE}?offset=100",
        f"/diff?ref={CENTRE}&from=2000&to=2100",
        "/findings",
        f"/findings?ref={path_of(1)}",
        f"/ask?q=Văn bản nào thực hiện {CENTRE}?",
    ):
        guest.open(path)
        assert_only_words(guest, [], path)
    rows = guest.run(
        "return [...document.querySelectorAll('table.rows a.what')].map(link => link.textContent)"
    )
    assert len(rows) == len(STRINGS)
    assert_only_words(guest, STRINGS, "the answer to a question")


def test_as_what_is_asked(guest: Visitor) -> None:
    for number in SOME:
        for words in (STRINGS[number], f"Chỉ thị {STRINGS[number]} còn hiệu lực không?"):
            guest.browser.get(f"{guest.address}/ask?q={quote(words)}")
            assert_only_words(guest, [], words)
            assert guest.run("return document.querySelector('input[name=q]').value").split() == words.split()


def test_in_the_explorer(guest: Visitor) -> None:
    guest.explore(f"/explore?ref={CENTRE}&cap=300#fold=none")
    guest.wait(lambda: guest.run("return window.explorer.view.nodes.length") == 201)
    for number in SOME:
        for id_ in (path_of(number), f"{path_of(number)} implements {CENTRE}"):
            guest.run("window.explorer.choose(arguments[0]); window.explorer.hover(arguments[0])", id_)
            assert_only_words(guest, [STRINGS[number]], "the panel")
    guest.run("window.explorer.choose('')")
    guest.click("#tab-legend")
    guest.click("#tab-table")
    guest.click("#table > p button")
    quotes = guest.run("return document.querySelectorAll('#table blockquote').length")
    assert quotes == 200
    assert_only_words(guest, STRINGS, "the table")
    for fold in ("issuer", "place"):
        guest.run("window.explorer.change({fold: arguments[0]})", fold)
        assert_only_words(guest, [], f"folds by {fold}")
    svg = guest.run(
        "window.explorer.change({fold: 'none'}); const e = window.explorer;"
        "return import(document.querySelector('script[src*=\"explore/page.js\"]').src.replace('page.js', 'save.js'))"
        ".then(save => save.svgOf(e.view, e.canvas.positions(), e.data.lines, 'x'))"
    )
    assert "<script" not in svg
    assert "onerror=" not in svg.replace("&lt;", "").split("<text")[0]
    assert_only_words(guest, [], "the saved SVG")


def test_as_a_question(guest: Visitor) -> None:
    """Each as what is searched for, on the page that gives candidates or says that there are none."""
    for words in STRINGS:
        guest.browser.get(f"{guest.address}/find?q={quote(words)}")
        assert not guest.run("return window.fired"), words
        assert guest.run("return document.querySelector('input[name=q]').value").split() == words.split()
    guest.browser.get(f"{guest.address}/resolve?q={quote(STRINGS[1])}xyz")
    assert_only_words(guest, [], "the page of what is not there")


def test_as_suggestions(guest: Visitor) -> None:
    guest.open("/")
    guest.find(".hero input[name=q]").send_keys("window fired")
    guest.wait(lambda: guest.all(".suggestions li"))
    assert_only_words(guest, [], "suggestions")


def test_in_the_file_from_disk(guest: Visitor, store: Path, tmp_path: Path) -> None:
    with Store(store) as opened:
        graph = neighbourhood(opened, document_at(opened, CENTRE), 1, 300)
        page = drawing_file(opened, graph, STRINGS[1])
    (tmp_path / "hinh.html").write_text(page, encoding="utf-8")
    guest.browser.get((tmp_path / "hinh.html").as_uri())
    guest.wait(lambda: guest.run("return window.explorer?.view?.nodes.length") == 201)
    guest.click("#tab-table")
    guest.click("#table > p button")
    assert_only_words(guest, STRINGS, "the file from disk")
    assert guest.run("return performance.getEntriesByType('resource').length") == 0


def test_as_names_and_words_of_files(browser: Any, tmp_path: Path) -> None:
    """Texts full of them, under names made of them, read, built and shown."""
    files = []
    for number, words in enumerate(STRINGS[::10]):
        name = "".join("_" if letter in "/\0" else letter for letter in words)[:80]
        file = tmp_path / f"{name}{number}.txt"
        file.write_text(f"{words}\nThực hiện Nghị quyết 25-NQ/TW {words}\n", encoding="utf-8")
        files.append(file)
    build(files, tmp_path / "store")
    with (
        Store(tmp_path / "store") as opened,
        running(tmp_path / "store") as url,
        visiting(browser, url) as guest,
    ):
        for id_ in opened.texts.ids("text"):
            guest.open(f"/sources/{id_}")
            assert_only_words(
                guest, [opened.texts.raw(id_), opened.texts.meta(id_).names[0]], "a source's page"
            )
        guest.open("/about")
        assert_only_words(guest, [], "the page about the corpus")
