"""What the ontology says, as N-Quads lines: types, places, terms, bodies in use, and the vocabulary.

The first four are data and stand in the default graph; the vocabulary stands in the named graph of its own
IRI. Blank nodes of the Turtle files get canonical names, so that every build has the same.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from graph.iri import DEFAULT_BASE, base_iri, mint
from graph.nquads import PH, RDF_TYPE, VOCABULARY_GRAPH, date_literal, iri, line, literal, ph
from ontology.body import Body, bodies
from ontology.place import places
from ontology.term import terms

_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_ALIAS = "<http://www.w3.org/2004/02/skos/core#altLabel>"
_SUBPROPERTY = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"


def scheme_quads() -> Iterator[str]:
    """Types, places, terms and the vocabulary, as N-Quads lines."""
    yield from _turtle_lines("types.ttl", None)
    yield from _turtle_lines("phahe.ttl", VOCABULARY_GRAPH)
    for place in places():
        node = iri(mint("place", place.slug))
        yield line(node, RDF_TYPE, ph("Place"))
        yield line(node, _LABEL, literal(place.name, language="vi"))
        yield from _span(node, place.since, place.until)
        for heir in place.successors:
            yield line(node, ph("successor"), iri(mint("place", heir)))
    for term in terms():
        node = iri(mint("term", term.slug))
        yield line(node, RDF_TYPE, ph("Term"))
        yield line(node, _LABEL, literal(f"Khóa {term.roman}", language="vi"))
        yield from _span(node, term.start, term.end)


def body_lines(used: Iterable[Body]) -> Iterator[str]:
    """Bodies and those that came after them, as N-Quads lines."""
    known = {body.id: body for body in bodies()}
    waiting = {body.id: body for body in used}
    done: set[str] = set()
    while waiting:
        id_, body = waiting.popitem()
        done.add(id_)
        node = iri(mint("body", id_))
        yield line(node, RDF_TYPE, ph("Body"))
        yield line(node, _LABEL, literal(body.name, language="vi"))
        for alias in body.aliases:
            yield line(node, _ALIAS, literal(alias, language="vi"))
        yield line(node, ph("polity"), ph(body.polity))
        if body.level:
            yield line(node, ph("level"), ph(body.level))
        if body.place:
            yield line(node, ph("place"), iri(mint("place", body.place)))
        yield from _span(node, body.since, body.until)
        for heir in body.successors:
            yield line(node, ph("successor"), iri(mint("body", heir)))
            if heir in known and heir not in done:
                waiting[heir] = known[heir]


def _span(node: str, since: str | None, until: str | None) -> Iterator[str]:
    if since:
        yield line(node, ph("since"), date_literal(since))
    if until:
        yield line(node, ph("until"), date_literal(until))


def _turtle_lines(name: str, graph: str | None) -> Iterator[str]:
    """A Turtle file of the ontology with canonical blank nodes, its individuals under the base in use."""
    data = files("ontology").joinpath(name).read_bytes()
    target = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    parsed = ox.parse(data, ox.RdfFormat.TURTLE)
    dataset = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object, target) for quad in parsed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    base = base_iri()
    for quad in dataset:
        written = f"{quad} ."
        if base != DEFAULT_BASE:
            written = written.replace(f"<{DEFAULT_BASE}type/", f"<{base}type/")
        yield written


@cache
def vocabulary_triples() -> tuple[ox.Triple, ...]:
    """The vocabulary, in the order of its file."""
    parsed = ox.parse(files("ontology").joinpath("phahe.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    return tuple(quad.triple for quad in parsed)


@cache
def super_properties() -> dict[str, tuple[str, ...]]:
    """For each relation of the vocabulary those it implies, by local names, nearest first; transitive.

    >>> "supersedes" in super_properties()["replaces"]
    True
    """
    above: dict[str, set[str]] = {}
    for triple in vocabulary_triples():
        subject, object_ = getattr(triple.subject, "value", ""), getattr(triple.object, "value", "")
        if triple.predicate.value == _SUBPROPERTY and subject.startswith(PH) and object_.startswith(PH):
            above.setdefault(subject.removeprefix(PH), set()).add(object_.removeprefix(PH))
    closed: dict[str, tuple[str, ...]] = {}
    for name in above:
        found: list[str] = []
        waiting = sorted(above[name])
        while waiting:
            nearest = waiting.pop(0)
            if nearest not in found:
                found.append(nearest)
                waiting += sorted(above.get(nearest, ()))
        closed[name] = tuple(found)
    return closed
