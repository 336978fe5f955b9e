"""What a store says of documents and of the relations between them, as values people can read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from graph.adjacency import Direction as Direction
from graph.index import DocumentIndex, document_index
from graph.iri import base_iri, mint_document
from graph.vocabulary import Queryable

_FACTS = """id, path, number, title, date, effective, url, label, aliases, variants,
  type, issuer, term, polity, level, place"""
_EVIDENCE = """edge, basis, confidence, quote, source, start, "end", rule, provision, effective"""
# A text's own words can be looked up; a catalogue's sentence is ours.
_SURENESS = {"stated": 0, "reported": 1, "catalogued": 2, "inferred": 3}


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the store knows it; labels in Vietnamese, dates as ISO prefixes, None where not known.

    Attributes:
        iri: its IRI.
        path: the part of the IRI after `doc/`.
        type: label of its type (`Nghị quyết`).
        issuer: label of the issuing body.
        term: slug of the Party term (`tw-11`).
        polity: party, state or joint.
        level: central, province, district or commune.
        place: name of the province.
        place_slug: its slug (`hai-duong`).
        variants: contradicting forms of number or date met in texts, sorted.
        label: how to cite it.
    """

    iri: str
    path: str
    number: str | None = None
    type: str | None = None
    type_slug: str | None = None
    date: str | None = None
    effective: str | None = None
    issuer: str | None = None
    title: str | None = None
    term: str | None = None
    polity: str | None = None
    level: str | None = None
    place: str | None = None
    place_slug: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so, and in which words; `quote` is `raw[start:end]` of the source's text.

    Attributes:
        source: id of the source.
        source_name: its name for people, or None.
        source_origin: where it came from, a file name or an address, or None.
    """

    basis: str
    confidence: float
    quote: str
    source: str
    start: int
    end: int
    rule: str | None = None
    provision: str | None = None
    effective: str | None = None
    source_name: str | None = None
    source_origin: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation of the graph with all that speaks for it.

    Attributes:
        subject: IRI of the document that acts.
        predicate: local name.
        object: IRI of the document acted on.
        evidence: best first, never empty.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def best(self) -> Evidence:
        """The best evidence: the document's own words before a report's before a list's, then by confidence."""
        return self.evidence[0]


def read_documents(store: Queryable, iris: Iterable[str]) -> dict[str, Document]:
    """The documents with these IRIs, by IRI in the order asked; what the store does not know is left out."""
    index = document_index(store)
    wanted = list(dict.fromkeys(iris))
    numbers = dict(zip(wanted, index.numbers_of(wanted), strict=True))
    found = documents_of(index, [number for number in numbers.values() if number is not None])
    return {iri: found[number] for iri, number in numbers.items() if number is not None}


def documents_of(index: DocumentIndex, numbers: Iterable[int]) -> dict[int, Document]:
    """Documents by their numbers, sorted by number."""
    nodes = index.nodes
    found = {}
    for row in index.select(_FACTS, "document", "id", numbers):
        id_, path, number, title, date, effective, url, label, aliases, variants, *held = row
        kind, issuer, term, polity, level, place = (None if node is None else nodes[node] for node in held)
        found[id_] = Document(
            iri=index.iri(path),
            path=path,
            number=number,
            type=kind and kind.label,
            type_slug=kind and kind.slug,
            date=date,
            effective=effective,
            issuer=issuer and issuer.label,
            title=title,
            term=term and term.slug,
            polity=polity and polity.slug,
            level=level and level.slug,
            place=place and place.label,
            place_slug=place and place.slug,
            url=url,
            aliases=tuple(orjson.loads(aliases)) if aliases else (),
            variants=tuple(orjson.loads(variants)) if variants else (),
            label=label,
        )
    return found


def read_edges(
    store: Queryable, iris: Collection[str], direction: Direction, predicates: Collection[str]
) -> dict[str, list[Edge]]:
    """The graph's edges at each of these documents, in one direction.

    Only edges that stand in the graph as `?x ph:implements ?y`: records below the threshold of confidence
    and those we merely infer are left out.

    Args:
        store: what to ask.
        iris: documents; at most a few thousand.
        direction: up: they are the subject; down: they are the object.
        predicates: local names, narrower ones listed too.

    Returns:
        By IRI of the near end, sorted by far end and predicate; documents without edges are absent.
    """
    index = document_index(store)
    numbers = sorted({number for number in index.numbers_of(iris) if number is not None})
    steps = index.adjacency.steps(numbers, direction, index.relations_named(predicates))
    known = edges_of(index, [step.edge for step in steps])
    edges: dict[str, list[Edge]] = {}
    for edge in known.values():
        edges.setdefault(edge.subject if direction == "up" else edge.object, []).append(edge)
    return edges


def edges_of(index: DocumentIndex, keys: Collection[int]) -> dict[int, Edge]:
    """Edges by their numbers (see `graph.adjacency`), with all that speaks for each."""
    ends = {key: index.adjacency.ends_of(key) for key in keys}
    documents = {number for _, *both in ends.values() for number in both}
    iris = dict(zip(sorted(documents), index.iris_of(documents), strict=True))
    rows = index.select(_EVIDENCE, "evidence", "edge", ends)
    sources = {
        row[0]: row[1:]
        for row in index.select("key, name, origin", "source", "key", {row[4] for row in rows})
    }
    evidence: dict[int, list[Evidence]] = {key: [] for key in ends}
    for edge, basis, confidence, quote, source, start, end, rule, provision, effective in rows:
        told = sources.get(source, (None, None))
        evidence[edge].append(
            Evidence(basis, confidence, quote, source, start, end, rule, provision, effective, *told)
        )
    return {
        key: Edge(
            iris[subject],
            index.relations[relation],
            iris[object_],
            tuple(sorted(evidence[key], key=_by_sureness)),
        )
        for key, (relation, subject, object_) in ends.items()
    }


def words_of_sources(edge: Edge, sources: Collection[str] | None) -> Edge | None:
    """An edge with only the evidence of some sources; None where none of them speaks for it.

    Args:
        edge: any.
        sources: their ids; None for all.
    """
    if sources is None:
        return edge
    evidence = tuple(item for item in edge.evidence if item.source in sources)
    return replace(edge, evidence=evidence) if evidence else None


def document_iri(path_or_iri: str) -> str:
    """The IRI of a document given by its path or its IRI."""
    return path_or_iri if path_or_iri.startswith(base_iri()) else mint_document(path_or_iri)


def _by_sureness(evidence: Evidence) -> tuple[Any, ...]:
    return (_SURENESS.get(evidence.basis, 9), -evidence.confidence, evidence.source, evidence.start)
