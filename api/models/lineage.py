"""Lineages, paths, and the documents that implement one."""

from pydantic import Field

from api.models.brief import BriefDocument
from api.models.record import IRI, CorpusAnswer, IsoDate, Record
from api.models.relation import Basis, Evidence, Relation


class Lineage(CorpusAnswer):
    """What a document comes from, or what came of it."""

    root: IRI
    truncated: bool = Field(description="whether a limit of depth or of documents left something out")
    nodes: list[BriefDocument] = Field(description="root first, then by distance and path")
    edges: list[Relation] = Field(description="sorted by subject, predicate, object")
    ways: dict[str, list[int]] = Field(
        description="by IRI of each document the steps of its shortest way from the root, the root's own first:"
        " positions in `edges`"
    )


class Way(Record):
    """A document between, and the evidence that it implements the next."""

    document: BriefDocument
    predicate: str
    iri: IRI
    basis: Basis
    confidence: float = Field(ge=0, le=1)
    rule: str | None
    quote: str
    source: str
    source_iri: IRI
    source_name: str | None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    provision: str | None
    effective: IsoDate | None


class ImplementingDocument(Way):
    """A document that implements the one asked about, with the best evidence of its own relation."""

    also: list[Evidence] = Field(description="further evidence of the same relation")
    via: list[Way] = Field(description="documents between, in order; empty where it implements directly")


class Implementing(CorpusAnswer):
    """The documents that implement one: by place, level, date and path."""

    document: BriefDocument
    total: int = Field(ge=0)
    items: list[ImplementingDocument]
