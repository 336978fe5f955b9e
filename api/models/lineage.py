"""Lineages, paths, and the documents that implement one."""

from typing import Literal

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


class PathStep(Record):
    """One step of a path, with the relation that makes it."""

    direction: Literal["up", "down"] = Field(
        description="up: the document before acts on the one after; down: it is acted on"
    )
    edge: Relation
    document: BriefDocument = Field(description="where the step leads")


class Path(Record):
    """A way from one document to another."""

    length: int = Field(ge=0)
    steps: list[PathStep]


class Paths(CorpusAnswer):
    """The shortest paths between two documents; all of one length, none where there is no path."""

    from_: BriefDocument = Field(alias="from")
    to: BriefDocument
    truncated: bool = Field(
        description="whether a limit left paths out, or ended the search before it found any"
    )
    paths: list[Path]


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
    source_origin: str | None
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
