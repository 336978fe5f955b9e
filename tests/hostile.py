"""Strings that try to become markup, script or anything else than text; and a graph whose every word is one of them.

Each leaves a mark in the page if it runs: `window.fired`.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from tests.small_graph import BASE, PH, PREFIXES

MARK = "window.fired=1"

_SCRIPTS = [
    f"<script>{MARK}</script>", f"</script><script>{MARK}</script>", f"<img src=x onerror={MARK}>",
    f"<svg onload={MARK}>", f"<svg><script>{MARK}</script></svg>", f"<body onload={MARK}>",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'>", f"<a href=javascript:{MARK}>x</a>",
    f"<details open ontoggle={MARK}>", f"<input autofocus onfocus={MARK}>",
    f"<style>@import 'javascript:{MARK}'</style>",
    f"<object data=javascript:{MARK}>", f"<math><mi xlink:href=javascript:{MARK}>x</mi></math>",
    f"<video><source onerror={MARK}></video>", f"<template><script>{MARK}</script></template>",
    f"javascript:{MARK}", f"{{{{constructor.constructor('{MARK}')()}}}}", f"${{{MARK}}}", f"{{% raw %}}{MARK}",
    f"<meta http-equiv=refresh content=0;url=javascript:{MARK}>",
]  # fmt: skip
_AROUND = [
    ("", ""), ('">', ""), ("'>", ""), ("-->", "<!--"), ("</title>", ""), ("]]>", ""), ("</textarea>", ""),
    ('" autofocus onfocus="' + MARK + '" x="', ""), ("\u2028", "\u2029"), ("&lt;", "&#x3c;"),
]  # fmt: skip
STRINGS = [before + script + after for script in _SCRIPTS for before, after in _AROUND]
"""200 of them, all different."""

CENTRE = "tw/nq/2099/1"


def path_of(number: int) -> str:
    """The path of the document that bears a string everywhere."""
    return f"tu-hai-duong/ct/2099/{number}"


def hostile_quads() -> Iterator[ox.Quad]:
    """A document for each string: its number, title, label, alias, body, source and evidence are that string."""
    yield from _document(CENTRE, "01-NQ/TW", "thử", "Nghị quyết số 01-NQ/TW", "central")
    for number, words in enumerate(STRINGS):
        yield from _document(path_of(number), words, words, words, "province")
        iri = f"{BASE}doc/{path_of(number)}"
        yield _say(iri, f"{PH}alias", _words(words))
        yield _say(iri, f"{PH}url", ox.Literal(words))
        yield _say(iri, f"{PH}place", ox.NamedNode(f"{BASE}place/hai-duong"))
        body, source = f"{BASE}body/thu-{number}", f"{BASE}source/{number:016x}"
        yield _say(iri, f"{PH}issuedBy", ox.NamedNode(body))
        yield _say(body, f"{PREFIXES['rdfs']}label", _words(words))
        yield _say(source, f"{PREFIXES['rdf']}type", ox.NamedNode(f"{PH}Source"))
        yield _say(source, f"{PREFIXES['dcterms']}identifier", ox.Literal(words))
        record = f"{BASE}relation/{number:016x}"
        for name, value in (
            ("subject", ox.NamedNode(iri)), ("object", ox.NamedNode(f"{BASE}doc/{CENTRE}")),
            ("predicate", ox.NamedNode(f"{PH}implements")), ("basis", ox.NamedNode(f"{PH}stated")),
            ("confidence", ox.Literal("0.9", datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal"))),
            ("rule", ox.Literal(words)), ("provision", ox.Literal(words)), ("source", ox.NamedNode(source)),
            ("start", ox.Literal(0)), ("end", ox.Literal(len(words))), ("quote", ox.Literal(words)),
        ):  # fmt: skip
            yield _say(record, PH + name, value)
        yield _say(record, f"{PREFIXES['rdf']}type", ox.NamedNode(f"{PH}Relation"))
        for name in ("implements", "relatedTo"):
            yield _say(iri, PH + name, ox.NamedNode(f"{BASE}doc/{CENTRE}"))


def _document(path: str, number: str, title: str, label: str, level: str) -> Iterator[ox.Quad]:
    iri = f"{BASE}doc/{path}"
    yield _say(iri, f"{PREFIXES['rdf']}type", ox.NamedNode(f"{PH}Document"))
    yield _say(iri, f"{PREFIXES['rdfs']}label", _words(label))
    yield _say(iri, f"{PH}number", ox.Literal(number))
    yield _say(iri, f"{PH}title", _words(title))
    yield _say(iri, f"{PH}level", ox.NamedNode(PH + level))
    yield _say(iri, f"{PH}polity", ox.NamedNode(f"{PH}party"))
    yield _say(iri, f"{PH}type", ox.NamedNode(f"{BASE}type/ct"))


def _words(text: str) -> ox.Literal:
    return ox.Literal(text, language="vi")


def _say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.DefaultGraph())
