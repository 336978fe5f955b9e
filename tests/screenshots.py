"""Pictures of every page, on a desk and on a phone: `python -m tests.screenshots docs/pages` (`make screenshots`).

Made in the browser of the tests from a store of `data/`, so that they show what is there and not what was.
"""

import argparse
import tempfile
from pathlib import Path

from graph.ask import document_at
from graph.build import build
from graph.project import neighbourhood
from graph.store import Store
from tests.browser import chromium
from tests.conftest import REPOSITORY
from tests.visitor import Visitor, running, visiting

SIZES = {
    "desk": {"width": 1200, "height": 780, "deviceScaleFactor": 1, "mobile": False},
    "phone": {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True},
}
NOT_TAKEN = {("explorer-dark", "phone")}
"""Pictures that would show what another shows."""

R25, Q290 = "tw/nq/2013/25", "tw/qd/2010/290"
QUERY = "SELECT ?rule ?label WHERE { ?rule ph:implements ?document ; rdfs:label ?label } LIMIT 20"


def pages(store: Store) -> dict[str, str]:
    """Name of a picture and address of the page."""
    query = (
        "SELECT ?s ?start ?end { ?r ph:subject <https://w3id.org/phahe/doc/tu-hai-duong/ct/2022/28> ;"
        " ph:basis ph:reported ; ph:source ?s ; ph:start ?start ; ph:end ?end } ORDER BY ?r LIMIT 1"
    )
    [quoted] = store.query(query)
    source = quoted["s"].value.rpartition("/")[2]
    return {
        "home": "/",
        "search": "/resolve?q=Nghị quyết 25",
        "ask": f"/ask?q=Văn bản địa phương nào thực hiện {R25}?",
        "document": f"/documents/{R25}",
        "source": f"/sources/{source}?start={quoted['start'].value}&end={quoted['end'].value}#here",
        "place": "/places/hai-duong",
        "explorer": f"/explore?ref={R25}&hops=2",
        "explorer-dark": f"/explore?ref={R25}&hops=3",
        "coverage": f"/coverage/{R25}",
        "compare": f"/compare/{R25}?sort=delay",
        "changes": f"/diff?ref={Q290}&from=2015&to=2026",
        "findings": "/findings",
        "sparql": f"/sparql#query={QUERY}",
        "about": "/about",
    }


def take(visitor: Visitor, store: Store, folder: Path, drawing: Path) -> None:
    """All pictures, those of the file from disk among them."""
    for size, screen in SIZES.items():
        visitor.widen(screen)
        for name, path in pages(store).items():
            if (name, size) in NOT_TAKEN:
                continue
            visitor.prefer("dark" if name.endswith("dark") else "light")
            visitor.open(path)
            settle(visitor, name)
            visitor.browser.save_screenshot(str(folder / f"{name}-{size}.png"))
    visitor.widen(SIZES["desk"])
    visitor.prefer("light")
    visitor.browser.get(drawing.as_uri())
    settle(visitor, "explorer")
    visitor.run("document.getElementById('tab-legend').click()")
    visitor.browser.save_screenshot(str(folder / "drawing-desk.png"))


def settle(visitor: Visitor, name: str) -> None:
    """Wait for what a page still does after it was loaded."""
    if name.startswith("explorer"):
        visitor.wait(lambda: visitor.run("return window.explorer?.view"))
        visitor.run("return window.explorer.ready")
    if name == "explorer-dark":
        visitor.run("document.getElementById('tab-table').click()")
    if name == "sparql":
        visitor.wait(lambda: visitor.all("#table tbody tr"))
    visitor.run("return new Promise(done => setTimeout(done, 400))")


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        aside = Path(temporary)
        build([REPOSITORY / "data"], aside / "store")
        with (
            Store(aside / "store") as store,
            running(aside / "store") as address,
            chromium(aside / "b") as browser,
        ):
            from api.web.drawing_file import drawing_file

            graph = neighbourhood(store, document_at(store, R25), 2)
            drawing = aside / "hinh.html"
            drawing.write_text(drawing_file(store, graph, "Nghị quyết số 25-NQ/TW"), encoding="utf-8")
            with visiting(browser, address) as visitor:
                take(visitor, store, folder, drawing)


if __name__ == "__main__":
    main()
