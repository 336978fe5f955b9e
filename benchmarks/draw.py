"""How soon a picture stands, beside plain pyvis on the same graph: `python benchmarks/draw.py [--nodes 1000 5000]`.

Needs Chromium and its driver. Both are measured in the same headless browser, from the request to the moment when
nothing moves any more: of plain pyvis the physics it starts with, of the explorer the first drawing, since its
positions come from the server. Then the explorer's picture is panned and its frames are counted. Plain pyvis is
given at most `--patience` seconds.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generate_graph import make_store
from pyvis.network import Network

from graph.ask import document_at
from graph.project import DocumentGraph, neighbourhood
from graph.store import Store
from tests.browser import chromium
from tests.visitor import Visitor, running

SEED = 7
HOPS = 6
PANNED = 2.0
"""Seconds of panning."""

_DRAWN = """
requestAnimationFrame(function look() {
  const canvas = document.getElementById('canvas');
  if (!window.explorer?.view || !canvas?.dataset.nodes) { requestAnimationFrame(look); return; }
  requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); }));
});"""
_STABLE = "<script>network.once('stabilized', () => { window.stable = performance.now(); });</script></body>"
_PAN = """
const [seconds, done] = arguments;
const canvas = document.getElementById('canvas');
const start = performance.now();
const send = (type, x) => canvas.querySelector('canvas').dispatchEvent(new PointerEvent(
  type, { bubbles: true, button: 0, pointerId: 1, isPrimary: true, clientX: x, clientY: 170, offsetX: x, offsetY: 3 }));
let frames = 0;
send('pointerdown', 600);
(function step() {
  const spent = (performance.now() - start) / 1000;
  if (spent >= seconds) { send('pointerup', 600); done(frames / spent); return; }
  frames += 1;
  send('pointermove', 600 + 200 * Math.sin(spent * 3));
  requestAnimationFrame(step);
})();"""


def plain_pyvis(graph: DocumentGraph, folder: Path) -> tuple[float, Path]:
    """Seconds to write the page that pyvis makes by itself, and the page; its own defaults, physics and all."""
    started = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    for iri, facts in graph.nodes(data=True):
        network.add_node(iri, label=facts.get("number") or facts["label"])
    for subject, object_, facts in graph.edges(data=True):
        network.add_edge(subject, object_, label=facts["caption"])
    page = network.generate_html()
    path = folder / f"pyvis-{len(graph)}.html"
    path.write_text(page.replace("</body>", _STABLE), encoding="utf-8")
    return time.perf_counter() - started, path


def until_stable(visitor: Visitor, page: Path, patience: float) -> float | None:
    """Seconds from the request until plain pyvis stands still; None where patience ends first."""
    # while it is busy the browser answers nobody: the driver must not wait longer than we would
    visitor.browser.command_executor.client_config.timeout = patience
    visitor.browser.set_page_load_timeout(patience)
    started = time.monotonic()
    try:
        visitor.browser.get(page.as_uri())
        while time.monotonic() - started < patience:
            if found := visitor.run("return window.stable"):
                return float(found) / 1000
            time.sleep(0.2)
    except Exception as error:  # the browser is too busy to answer its driver: the same as not yet stable
        print(f"  (the browser did not answer: {type(error).__name__})", file=sys.stderr)
    return None


def until_drawn(visitor: Visitor, address: str) -> tuple[float, float]:
    """Seconds from the request until the explorer's picture stands, and frames a second while it is panned."""
    visitor.browser.get("about:blank")
    visitor.browser.get(address)
    drawn = visitor.wait(lambda: visitor.run("return window.drawn"), 60)
    frames = visitor.browser.execute_async_script(_PAN, PANNED)
    return float(drawn) / 1000, float(frames)


def measure(counts: list[int], patience: float, most: int, folder: Path) -> Iterator[dict[str, Any]]:
    """A row of figures for each size; plain pyvis only up to a size."""
    make_store(max(counts) * 2, SEED, folder / "store")
    with Store(folder / "store") as store:
        query = "SELECT ?d (COUNT(?x) AS ?n) { ?x ph:implements ?d } GROUP BY ?d ORDER BY DESC(?n) ?d LIMIT 1"
        centre = document_at(store, next(iter(store.query(query)))["d"].value)
        graphs = {count: neighbourhood(store, centre, HOPS, count) for count in counts}
    with running(folder / "store") as address:
        for count, graph in graphs.items():
            pyvis_made, page = plain_pyvis(graph, folder)
            # a browser each: what one page leaves behind must not slow the other
            with chromium(folder / f"ours-{count}") as browser:
                browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _DRAWN})
                visitor = Visitor(browser, address)
                where = f"{address}/explore?ref={centre.path}&hops={HOPS}&cap={count}"
                until_drawn(visitor, f"{where}#fold=none")  # the first picture of a server loads libraries
                ours, frames = until_drawn(visitor, f"{where}#fold=none")
                folded, folded_frames = until_drawn(visitor, f"{where}#fold=place")
            stable = None
            if is_tried := count <= most:
                with chromium(folder / f"pyvis-{count}") as browser:
                    stable = until_stable(Visitor(browser, ""), page, patience)
            yield {
                "nodes": len(graph),
                "edges": graph.number_of_edges(),
                "explorer_seconds": round(ours, 2),
                "explorer_frames": round(frames),
                "folded_seconds": round(folded, 2),
                "folded_frames": round(folded_frames),
                "pyvis_made_seconds": round(pyvis_made, 2),
                "pyvis_stable_seconds": stable and round(stable, 1),
                "times_sooner": round((stable or patience) / ours) if is_tried else None,
                "patience_ended": is_tried and stable is None,
            }


def main() -> None:
    """Print a line for each size, as words or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--patience", type=float, default=120, help="seconds that plain pyvis is given")
    parser.add_argument(
        "--pyvis-most", type=int, default=1000, help="largest picture plain pyvis is asked for"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for row in measure(options.nodes, options.patience, options.pyvis_most, Path(folder)):
            print(json.dumps(row) if options.json else _line(row, options.patience), flush=True)


def _line(row: dict[str, Any], patience: float) -> str:
    line = (
        f"{row['nodes']} documents, {row['edges']} relations: explorer {row['explorer_seconds']} s,"
        f" panned at {row['explorer_frames']} frames/s (folded {row['folded_seconds']} s,"
        f" {row['folded_frames']} frames/s); plain pyvis {row['pyvis_made_seconds']} s to write"
    )
    if row["times_sooner"] is None:
        return line
    stable = row["pyvis_stable_seconds"] or f"over {patience:.0f}"
    more = "at least " if row["patience_ended"] else ""
    return f"{line}, {stable} s until stable: {more}{row['times_sooner']} times sooner"


if __name__ == "__main__":
    main()
