"""The page of a thing that has none of its own: its facts as a list, with links to what they name."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox
from fastapi import Request, Response

from api.linked.forms import SUFFIXES
from api.pages import page
from graph.describe import KINDS
from graph.iri import base_iri
from graph.nquads import PH
from graph.scheme import vocabulary_triples
from graph.store import Store
from graph.vocabulary import local_name, vocabulary_labels

_TITLES = ("label", "prefLabel", "identifier", "quote")
_OTHERS = {
    "label": "Tên", "altLabel": "Tên khác", "prefLabel": "Tên", "identifier": "Tên nguồn", "notation": "Ký hiệu",
    "inScheme": "Thuộc bảng", "topConceptOf": "Đứng đầu bảng", "scopeNote": "Ghi chú", "source": "Nguồn",
}  # fmt: skip
"""Words for properties that are not of our vocabulary."""
_UNTOLD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Value(NamedTuple):
    """A value as a page shows it; `href` is an address here, or empty."""

    text: str
    href: str


def thing_page(
    request: Request, store: Store, kind: str, name: str, triples: Iterable[ox.Triple]
) -> Response:
    """The page of a thing, from its description."""
    iri = f"{base_iri()}{kind}/{name}"
    labels = vocabulary_labels(store)
    root = request.scope.get("root_path", "")
    facts: dict[str, list[Value]] = {}
    titles: dict[str, str] = {}
    for triple in triples:
        if str(getattr(triple.subject, "value", "")) != iri or triple.predicate.value == _UNTOLD:
            continue
        called = local_name(triple.predicate.value)
        shown = _shown(triple.object, labels, root)
        titles.setdefault(called, shown.text)
        facts.setdefault(labels.get(called) or _OTHERS.get(called, called), []).append(shown)
    title = next((titles[name] for name in _TITLES if name in titles), f"{kind}/{name}")
    return page(
        request,
        "thing.html",
        title=title,
        facts=sorted(facts.items()),
        iri=iri,
        here=f"{root}/{kind}/{name}",
        forms=[suffix for suffix in SUFFIXES if suffix not in (".html", ".anno.jsonld")],
    )


def ontology_page(request: Request) -> Response:
    """The vocabulary, each term at its own anchor."""
    terms: dict[str, dict[str, Any]] = {}
    for triple in vocabulary_triples():
        subject, value = str(getattr(triple.subject, "value", "")), getattr(triple.object, "value", "")
        if not subject.startswith(PH):
            continue
        term = terms.setdefault(subject.removeprefix(PH), {"labels": [], "definition": "", "above": []})
        said = local_name(triple.predicate.value)
        if said == "label":
            term["labels"].append(value)
        elif said == "definition":
            term["definition"] = value
        elif said in ("subPropertyOf", "subClassOf"):
            term["above"].append(local_name(value))
    return page(
        request,
        "ontology.html",
        iri=PH,
        terms=[{"name": name, **term} for name, term in sorted(terms.items())],
        forms=[".ttl", ".jsonld", ".nt"],
    )


def _shown(value: Any, labels: dict[str, str], root: str) -> Value:
    text = str(getattr(value, "value", value))
    if not isinstance(value, ox.NamedNode):
        return Value(text, "")
    if text.startswith(PH):
        name = text.removeprefix(PH)
        return Value(labels.get(name, name), f"{root}/ontology#{name}")
    path = text.removeprefix(base_iri())
    return Value(path, f"{root}/{path}") if path.split("/")[0] in KINDS and path != text else Value(text, "")


def facts_page(request: Request, title: str, facts: Sequence[tuple[str, str]]) -> Response:
    """A page of facts about what has no IRI of the corpus."""
    shown = [(label, [Value(text, "")]) for label, text in facts]
    return page(request, "thing.html", title=title, facts=shown, iri="", here="", forms=[])
