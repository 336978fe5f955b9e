"""What a store says of documents and of the relations between them, as values people can read."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from graph.iri import base_iri, mint_document, parse_document
from graph.vocabulary import NAMESPACE, Queryable, local_name

Direction = Literal["up", "down"]
"""Up: from a document to what it acts on (implements, replaces ...); down: to what acts on it."""

_PREFIXES = f"""
PREFIX ph: <{NAMESPACE}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
_FACTS = """
SELECT ?document ?property ?value ?label WHERE {
  VALUES ?document { %s }
  VALUES ?property {
    ph:number ph:type ph:issuedBy ph:title ph:dateIssued ph:dateEffective ph:term ph:polity ph:level ph:place
    ph:url ph:alias ph:variant rdfs:label
  }
  ?document a ph:Document ; ?property ?value .
  OPTIONAL { ?value rdfs:label|skos:prefLabel ?label }
}"""
_RECORDS = """
SELECT ?near ?far ?predicate ?basis ?confidence ?rule ?quote ?source ?start ?end ?provision ?effective WHERE {
  VALUES ?near { %s }
  ?relation ph:%s ?near ; ph:%s ?far ; ph:predicate ?predicate ; ph:basis ?basis ; ph:confidence ?confidence ;
    ph:quote ?quote ; ph:source ?source ; ph:start ?start ; ph:end ?end .
  OPTIONAL { ?relation ph:rule ?rule }
  OPTIONAL { ?relation ph:provision ?provision }
  OPTIONAL { ?relation ph:effectiveDate ?effective }
  FILTER EXISTS { %s }
}"""
_NAMES = """
SELECT ?source ?name WHERE { VALUES ?source { %s } ?source dcterms:identifier ?name }"""
# A text's own words can be looked up; a catalogue's sentence is ours.
_SURENESS = {"stated": 0, "reported": 1, "catalogued": 2, "inferred": 3}
_BATCH = 500


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
    wanted = list(dict.fromkeys(iris))
    values: dict[str, dict[str, list[Any]]] = {}
    labels: dict[str, str] = {}
    for batch in _batches(wanted):
        for row in store.query(_PREFIXES + _FACTS % batch):
            facts = values.setdefault(row["document"].value, {})
            value, label = row["value"].value, row["label"]
            known = facts.setdefault(local_name(row["property"].value), [])
            if value not in known:
                known.append(value)
            if label is not None and (label.language == "vi" or value not in labels):
                labels[value] = label.value
    return {iri: _document(iri, values[iri], labels) for iri in wanted if iri in values}


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
    near, far = ("subject", "object") if direction == "up" else ("object", "subject")
    direct = "?near ?predicate ?far" if direction == "up" else "?far ?predicate ?near"
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for batch in _batches(list(iris)):
        for row in store.query(_PREFIXES + _RECORDS % (batch, near, far, direct)):
            predicate = local_name(row["predicate"].value)
            if predicate in predicates:
                key = (row["near"].value, row["far"].value, predicate)
                found.setdefault(key, []).append(_evidence(row))
    names = _source_names(store, {item.source for items in found.values() for item in items})
    edges: dict[str, list[Edge]] = {}
    for (here, there, predicate), items in sorted(found.items()):
        evidence = tuple(sorted((_named(item, names) for item in items), key=_by_sureness))
        ends = (here, there) if direction == "up" else (there, here)
        edges.setdefault(here, []).append(Edge(ends[0], predicate, ends[1], evidence))
    return edges


def words_of_sources(edge: Edge, known: Collection[str] | None) -> Edge | None:
    """An edge with only the evidence of some sources; None where none of them speaks for it.

    Args:
        edge: any.
        known: ids of sources; None for all.
    """
    if known is None:
        return edge
    evidence = tuple(item for item in edge.evidence if item.source in known)
    return replace(edge, evidence=evidence) if evidence else None


def document_iri(path_or_iri: str) -> str:
    """The IRI of a document given by its path or its IRI."""
    return path_or_iri if path_or_iri.startswith(base_iri()) else mint_document(path_or_iri)


def _document(iri: str, facts: dict[str, list[Any]], labels: dict[str, str]) -> Document:
    def first(name: str) -> str | None:
        return min(facts[name]) if facts.get(name) else None

    def slug_of(name: str) -> str | None:
        return local_name(value) if (value := first(name)) else None

    def label_of(name: str) -> str | None:
        return labels.get(value, local_name(value)) if (value := first(name)) else None

    return Document(
        iri=iri,
        path=parse_document(iri) or iri,
        number=first("number"),
        type=label_of("type"),
        type_slug=slug_of("type"),
        date=first("dateIssued"),
        effective=first("dateEffective"),
        issuer=label_of("issuedBy"),
        title=first("title"),
        term=slug_of("term"),
        polity=slug_of("polity"),
        level=slug_of("level"),
        place=label_of("place"),
        place_slug=slug_of("place"),
        url=first("url"),
        aliases=tuple(sorted(facts.get("alias", ()))),
        variants=tuple(sorted(facts.get("variant", ()))),
        label=first("label") or first("number") or first("title") or iri,
    )


def _evidence(row: Any) -> Evidence:
    return Evidence(
        basis=local_name(row["basis"].value),
        confidence=float(row["confidence"].value),
        quote=row["quote"].value,
        source=local_name(row["source"].value),
        start=int(row["start"].value),
        end=int(row["end"].value),
        rule=row["rule"].value if row["rule"] is not None else None,
        provision=row["provision"].value if row["provision"] is not None else None,
        effective=row["effective"].value if row["effective"] is not None else None,
    )


def _named(evidence: Evidence, names: dict[str, str]) -> Evidence:
    return replace(evidence, source_name=names.get(evidence.source))


def _source_names(store: Queryable, sources: Collection[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for batch in _batches([f"{base_iri()}source/{source}" for source in sorted(sources)]):
        for row in store.query(_PREFIXES + _NAMES % batch):
            source, name = local_name(row["source"].value), row["name"].value
            names[source] = min(name, names.get(source, name))
    return names


def _by_sureness(evidence: Evidence) -> tuple[Any, ...]:
    return (_SURENESS.get(evidence.basis, 9), -evidence.confidence, evidence.source, evidence.start)


def _batches(iris: list[str]) -> Iterator[str]:
    """IRIs as SPARQL terms, some hundreds at a time; what could not stand in an IRI is left out."""
    terms = [f"<{iri}>" for iri in iris if not set(iri) & set(' <>"{}|^`\\\n\r\t')]
    for start in range(0, len(terms), _BATCH):
        yield " ".join(terms[start : start + _BATCH])
