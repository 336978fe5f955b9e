"""One interactive page of a neighbourhood, drawn by pyvis: a single HTML file that works without network.

The only module that knows pyvis. Four things of it need care: even its in-line pages ask a public server for
Bootstrap (taken out here, and a content security policy keeps it so); `heading` goes in as raw HTML (not
used); a node `title` that holds "href" is shown as HTML (no titles are given: the panel shows what they
would); and its physics is slow (positions come from `graph.layout`).
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
import networkx as nx

from graph.layout import HEIGHT, WIDTH, bands, place_nodes
from graph.lookup import shown_date

_FILLS = {
    ("party", True): "#b3261e",
    ("party", False): "#f6c9c4",
    ("state", True): "#1f4e8c",
    ("state", False): "#c7dbf5",
    ("joint", True): "#6a3d9a",
    ("joint", False): "#e0d2ef",
    ("", True): "#5f6368",
    ("", False): "#e3e5e8",
}
"""Fill by polity and whether the document is of the centre: the deeper shade is the centre's."""

_STROKES = (
    "#9a7b00", "#607d8b", "#5d4037", "#455a64", "#558b2f", "#00897b", "#2e7d32", "#c62828",
    "#d84315", "#ad1457", "#6a1b9a", "#1565c0",
)  # fmt: skip
"""Edge colours, given out to the relations the vocabulary draws in the order of their names."""

_CAPTIONED = 14
"""More edges than this and captions would cover the picture: then only colours and the panel tell."""

_FOREIGN = re.compile(
    r"<(?:link|script)\b[^>]*\b(?:href|src)\s*=\s*[\"']?(?:https?:)?//[^>]*>(?:\s*</script>)?", re.I
)
_HEADING = re.compile(r"<center>.*?</center>|<!--.*?-->", re.S)


def draw_html(graph: "nx.MultiDiGraph[str]", title: str | None = None) -> str:
    """A whole HTML page that shows a graph made by `graph.project.neighbourhood`.

    Args:
        graph: what to draw; up to a few hundred nodes.
        title: heading of the page; default: the label of the centre.

    Returns:
        HTML that loads nothing from anywhere; Vietnamese; the same for the same graph.
    """
    labels = graph.graph.get("labels", {})
    centre: str = graph.graph.get("centre", "")
    heading = title or (graph.nodes[centre].get("label", centre) if centre in graph else "Phả hệ văn bản")
    strokes = _strokes(graph)
    page = _canvas(graph, strokes, labels)
    parts = _parts().render(
        heading=heading,
        centre=centre,
        truncated=graph.graph.get("truncated", False),
        nodes={iri: _node_facts(facts, labels) for iri, facts in graph.nodes(data=True)},
        edges=_edge_facts(graph, labels),
        polities=_legend_of_polities(graph, labels),
        relations=[(caption, stroke) for _, (caption, stroke) in sorted(strokes.items())],
    )
    head, _, body = parts.partition("<!-- body -->")
    page = page.replace("<html>", '<!DOCTYPE html>\n<html lang="vi">', 1).replace(
        "<head>", "<head>" + head, 1
    )
    page = page.replace("</body>", body + "</body>", 1)
    return page


def _canvas(
    graph: "nx.MultiDiGraph[str]", strokes: dict[str, tuple[str, str]], labels: dict[str, str]
) -> str:
    """Pyvis's own page, with what would be fetched from elsewhere taken out."""
    from pyvis.network import Network  # loads IPython: a fifth of a second that other commands need not pay

    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    positions = place_nodes(graph)
    centre: str = graph.graph.get("centre", "")
    for iri, facts in graph.nodes(data=True):
        x, y = positions[iri]
        network.add_node(iri, x=x, y=y, **_node_style(facts, is_centre=iri == centre))
    for level, nodes in bands(graph).items():
        left = min(positions[node][0] for node in positions) - WIDTH
        network.add_node(
            f"band:{level}", label=_capitalised(labels.get(level, level or "không rõ cấp")), shape="text",
            physics=False, fixed=True, x=left, y=positions[nodes[0]][1],
            font={"size": 20, "color": "#8a8f98"},
        )  # fmt: skip
    bends: dict[frozenset[str], int] = {}
    for number, (subject, object_, facts) in enumerate(_edges(graph)):
        caption, stroke = strokes[facts["predicate"]]
        pair = frozenset((subject, object_))
        bends[pair] = bends.get(pair, 0) + 1
        network.add_edge(
            subject, object_, id=f"e{number}", color={"color": stroke, "highlight": stroke, "hover": stroke},
            dashes=facts["basis"] not in ("stated", "catalogued"), width=1.6, arrows="to",
            label=caption if graph.number_of_edges() <= _CAPTIONED else "",
            font={"size": 12, "color": stroke, "strokeWidth": 4, "align": "middle"},
            smooth={"enabled": True, "type": "curvedCW", "roundness": 0.12 * bends[pair] - 0.06},
        )  # fmt: skip
    network.set_options(json.dumps(_OPTIONS))
    page = _HEADING.sub("", _FOREIGN.sub("", network.generate_html()))
    if foreign := _FOREIGN.search(page):
        raise RuntimeError(f"drawing: pyvis's page still asks for {foreign[0][:120]!r}; see graph/draw.py")
    return page


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "navigationButtons": False, "multiselect": False,
                    "keyboard": {"enabled": True, "bindToWindow": False}, "zoomSpeed": 0.6},
    "edges": {"selectionWidth": 2, "hoverWidth": 1},
    "nodes": {"margin": 8},
}  # fmt: skip


def _node_style(facts: dict[str, Any], *, is_centre: bool) -> dict[str, Any]:
    is_central = facts.get("level") == "central"
    fill = _FILLS.get((facts.get("polity", ""), is_central), _FILLS["", is_central])
    ink = "#ffffff" if is_central else "#202124"
    return {
        "label": _caption(facts),
        "shape": "box",
        "color": {"background": fill, "border": "#f9ab00" if is_centre else "#5f6368",
                  "highlight": {"background": fill, "border": "#f9ab00"},
                  "hover": {"background": fill, "border": "#202124"}},
        "borderWidth": 5 if is_centre else 1,
        "font": {"color": ink, "size": 15, "face": "sans-serif"},
        "widthConstraint": {"maximum": WIDTH - 40},
        "heightConstraint": {"minimum": HEIGHT // 3},
    }  # fmt: skip


def _caption(facts: dict[str, Any]) -> str:
    """Two short lines: what the document is called; where and when it is from."""
    name = facts.get("number") or facts.get("title") or facts.get("label") or ""
    if len(name) > 60:
        name = name[:58].rsplit(" ", 1)[0] + "…"
    below = [facts["place"]] if facts.get("place") else []
    if facts.get("date"):
        below.append(shown_date(facts["date"]))
    return "\n".join(part for part in (name, " · ".join(below)) if part)


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]


def _edges(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(graph.edges(data=True), key=lambda edge: (edge[1], edge[2]["predicate"], edge[0]))


def _strokes(graph: "nx.MultiDiGraph[str]") -> dict[str, tuple[str, str]]:
    """Caption and colour of each relation that occurs; the same colour in all pictures of a store."""
    captions = {facts["predicate"]: facts["caption"] for _, _, facts in graph.edges(data=True)}
    known = list(graph.graph.get("relations", ()))
    order = known + sorted(captions.keys() - set(known))
    return {name: (captions[name], _STROKES[order.index(name) % len(_STROKES)]) for name in sorted(captions)}


def _node_facts(facts: dict[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    """What the panel shows of a document: its label, and rows of Vietnamese heading and value."""
    rows = {
        "Loại": facts.get("type"),
        "Ngày ban hành": shown_date(facts["date"]) if facts.get("date") else None,
        "Cơ quan": facts.get("issuer"),
        "Trích yếu": facts.get("title"),
        "Cấp": _capitalised(labels.get(facts.get("level", ""), facts.get("level", ""))),
        "Địa phương": facts.get("place"),
        "IRI": facts.get("path"),
    }
    return {"label": facts.get("label", ""), "rows": [[name, value] for name, value in rows.items() if value]}


def _edge_facts(graph: "nx.MultiDiGraph[str]", labels: dict[str, str]) -> list[dict[str, Any]]:
    """What the table and the panel show of the edges, in the order of their ids `e0`, `e1`, ..."""

    def name(iri: str) -> str:
        facts = graph.nodes[iri]
        return str(facts.get("number") or facts.get("title") or facts.get("label") or iri)

    return [
        {
            "subject": subject,
            "object": object_,
            "subject_name": name(subject),
            "object_name": name(object_),
            "place": graph.nodes[subject].get("place", ""),
            "caption": facts["caption"],
            "basis": labels.get(facts["basis"], facts["basis"]),
            "confidence": f"{facts['confidence']:.2f}".replace(".", ","),
            # the sentences of a catalogue are its own: they quote nobody
            "quote": (" ".join(facts["quote"].split()))
            if facts["basis"] in ("catalogued", "inferred")
            else "“" + " ".join(facts["quote"].split()) + "”",
            "source": f"{facts['source']} [{facts['start']}–{facts['end']}]",  # noqa: RUF001
        }
        for subject, object_, facts in _edges(graph)
    ]


def _legend_of_polities(graph: "nx.MultiDiGraph[str]", labels: dict[str, str]) -> list[tuple[str, str, str]]:
    """Polity, deep fill, light fill: those that occur."""
    present = {facts.get("polity", "") for _, facts in graph.nodes(data=True)}
    return [
        (labels.get(polity, polity or "Không rõ"), _FILLS[polity, True], _FILLS[polity, False])
        for polity in ("party", "state", "joint", "")
        if polity in present
    ]


@cache
def _parts() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(files("graph").joinpath("draw.html").read_text(encoding="utf-8"))
