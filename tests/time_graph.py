"""Small graphs about time, written as rows: documents with their dates, and what they do to each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import pyoxigraph as ox

from graph.facts import Document, document_iri, read_documents
from graph.iri import hash_of
from graph.prefixes import PREFIXES
from ontology.body import bodies
from tests.small_graph import BASE, PH, TYPES, MemoryStore, store_of, vocabulary, vocabulary_quads

RDF, RDFS, XSD = (PREFIXES[name] for name in ("rdf", "rdfs", "xsd"))


@dataclass(frozen=True)
class Doc:
    """A document of a made-up world; its type is that of its path."""

    path: str
    date: str | None = None
    number: str | None = None
    effective: str | None = None
    held: bool = True
    title: str | None = None
    level: str = "central"
    place: str | None = None
    issuer: str | None = None
    polity: str = "party"
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rel:
    """A relation of a made-up world, on the word of one source."""

    subject: str
    predicate: str
    object: str
    effective: str | None = None
    source: str = "nguon"
    confidence: float = 0.9


def world(documents: Iterable[Doc], relations: Iterable[Rel] = ()) -> MemoryStore:
    """A store in memory that says just this."""
    return store_of(chain(vocabulary_quads(), world_quads(documents, relations)))


def world_quads(documents: Iterable[Doc], relations: Iterable[Rel] = ()) -> Iterator[ox.Quad]:
    """All quads of such a world but the vocabulary's."""
    for document in documents:
        yield from _document(document)
    for relation in relations:
        yield from _relation(relation)


def documents_of(store: MemoryStore, *paths: str) -> list[Document]:
    """The documents with these paths, in this order."""
    return list(read_documents(store, [document_iri(path) for path in paths]).values())


def _document(item: Doc) -> Iterator[ox.Quad]:
    iri = f"{BASE}doc/{item.path}"
    kind = item.path.split("/")[1]
    yield _quad(iri, f"{RDF}type", ox.NamedNode(f"{PH}Document"))
    yield _quad(iri, f"{RDFS}label", ox.Literal(item.number or item.path, language="vi"))
    yield _quad(iri, f"{PH}polity", ox.NamedNode(f"{PH}{item.polity}"))
    yield _quad(iri, f"{PH}level", ox.NamedNode(f"{PH}{item.level}"))
    if kind in TYPES:
        yield _quad(iri, f"{PH}type", ox.NamedNode(f"{BASE}type/{kind}"))
    if item.number:
        yield _quad(iri, f"{PH}number", ox.Literal(item.number))
    if item.title:
        yield _quad(iri, f"{PH}title", ox.Literal(item.title, language="vi"))
    for name, date in (("dateIssued", item.date), ("dateEffective", item.effective)):
        if date:
            yield _quad(iri, PH + name, date_term(date))
    if item.issuer:
        body = f"{BASE}body/{item.issuer}"
        yield _quad(iri, f"{PH}issuedBy", ox.NamedNode(body))
        yield _quad(
            body, f"{RDFS}label", ox.Literal(_body_names().get(item.issuer, item.issuer), language="vi")
        )
    if item.place:
        yield _quad(iri, f"{PH}place", ox.NamedNode(f"{BASE}place/{item.place}"))
    for variant in item.variants:
        yield _quad(iri, f"{PH}variant", ox.Literal(variant, language="vi"))
    if item.held:
        source = f"{BASE}source/{hash_of(item.path)}"
        yield _quad(source, f"{RDF}type", ox.NamedNode(f"{PH}Source"))
        yield _quad(source, f"{PH}describes", ox.NamedNode(iri))


def _relation(item: Rel) -> Iterator[ox.Quad]:
    source = f"{BASE}source/{item.source}"
    record = f"{BASE}relation/{hash_of(source, item.subject, item.predicate, item.object)}"
    subject, object_ = (ox.NamedNode(f"{BASE}doc/{path}") for path in (item.subject, item.object))
    quote = f"{item.subject} {item.predicate} {item.object}"
    yield _quad(record, f"{RDF}type", ox.NamedNode(f"{PH}Relation"))
    yield _quad(record, f"{PH}subject", subject)
    yield _quad(record, f"{PH}predicate", ox.NamedNode(PH + item.predicate))
    yield _quad(record, f"{PH}object", object_)
    yield _quad(record, f"{PH}basis", ox.NamedNode(f"{PH}stated"))
    confidence = ox.Literal(str(item.confidence), datatype=ox.NamedNode(f"{XSD}decimal"))
    yield _quad(record, f"{PH}confidence", confidence)
    yield _quad(record, f"{PH}rule", ox.Literal("tay"))
    yield _quad(record, f"{PH}source", ox.NamedNode(source))
    yield _quad(record, f"{PH}start", ox.Literal(0))
    yield _quad(record, f"{PH}end", ox.Literal(len(quote)))
    yield _quad(record, f"{PH}quote", ox.Literal(quote))
    if item.effective:
        yield _quad(record, f"{PH}effectiveDate", date_term(item.effective))
    for name in vocabulary().get(item.predicate, (item.predicate, "relatedTo")):
        yield _quad(subject.value, PH + name, object_)


@cache
def _body_names() -> dict[str, str]:
    return {body.id: body.name for body in bodies()}


def date_term(date: str) -> ox.Literal:
    """An ISO prefix as a literal of the graph."""
    datatype = {10: "date", 7: "gYearMonth", 4: "gYear"}[len(date)]
    return ox.Literal(date, datatype=ox.NamedNode(XSD + datatype))


def _quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.DefaultGraph())
