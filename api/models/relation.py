"""Relations between documents, and the words that bear each out."""

from typing import Literal

from pydantic import Field

from api.models.record import IRI, IsoDate, Record, example

Basis = Literal["stated", "reported", "catalogued", "inferred"]

EVIDENCE = {
    "iri": "https://w3id.org/phahe/relation/5f19de7d2fe48eaf",
    "basis": "reported",
    "confidence": 0.8,
    "rule": "report-issued",
    "quote": "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành Chỉ thị số 28-CT/TU",
    "source": "582d2c6fb19a074b",
    "source_iri": "https://w3id.org/phahe/source/582d2c6fb19a074b",
    "source_name": "bao-cao-hai-duong-dan-van",
    "source_origin": "bao-cao-hai-duong-dan-van.txt",
    "start": 120,
    "end": 218,
    "provision": None,
    "effective": None,
}
"""The evidence of the examples."""


class Evidence(Record):
    """Who says that a relation holds, and in which words: `quote` is the source's text from start to end."""

    model_config = example(**EVIDENCE)

    iri: IRI = Field(description="the record of this evidence")
    basis: Basis = Field(
        description="who says so: the document itself, another text, a list, or a conclusion"
    )
    confidence: float = Field(ge=0, le=1, description="how sure the reading is; no probability")
    rule: str | None = Field(description="the cue that fired")
    quote: str
    source: str = Field(description="id of the source: hash of its text")
    source_iri: IRI = Field(description="the source; it tells where the text came from")
    source_name: str | None
    source_origin: str | None = Field(description="where the source came from: a file name or an address")
    start: int = Field(ge=0, description="code points into the source's text as decoded")
    end: int = Field(ge=0, description="exclusive")
    provision: str | None = Field(description="article or clause that says so", examples=["Điều 3"])
    effective: IsoDate | None = Field(description="date from which the relation holds")


class Relation(Record):
    """A relation between two documents with all its evidence, best first."""

    model_config = example(
        subject="https://w3id.org/phahe/doc/tu-hai-duong/ct/2022/28",
        predicate="implements",
        object="https://w3id.org/phahe/doc/tw/nq/2013/25",
        evidence=[EVIDENCE],
    )

    subject: IRI = Field(description="the document that acts")
    predicate: str = Field(description="local name in the vocabulary", examples=["implements"])
    object: IRI = Field(description="the document acted on")
    evidence: list[Evidence]
