"""A document as lists and pictures give it."""

from typing import Literal

from pydantic import Field

from api.models.record import IRI, IsoDate, Record, example

LevelName = Literal["central", "province", "district", "commune"]

BRIEF = {
    "iri": "https://w3id.org/phahe/doc/tw/nq/2013/25",
    "path": "tw/nq/2013/25",
    "number": "25-NQ/TW",
    "type": "Nghị quyết",
    "date": "2013-06-03",
    "issuer": "Ban Chấp hành Trung ương Đảng",
    "title": "Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới",
    "place": None,
    "level": "central",
    "term": "tw-11",
    "url": "https://example.org/nghi-quyet-25-nq-tw",
    "citation": "Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng “Tăng cường và đổi mới sự"
    " lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới”",
}
"""The document of the examples."""


class BriefDocument(Record):
    """A document as lists give it; what is not known is null."""

    model_config = example(**BRIEF)

    iri: IRI
    path: str = Field(description="what follows doc/ in the IRI", examples=["tw/nq/2013/25"])
    number: str | None = Field(description="number with its signs; no identity", examples=["25-NQ/TW"])
    type: str | None = Field(description="type of document, in Vietnamese", examples=["Nghị quyết"])
    date: IsoDate | None = Field(description="date of issue")
    issuer: str | None = Field(description="issuing body", examples=["Ban Chấp hành Trung ương Đảng"])
    title: str | None = Field(description="title (trích yếu)", examples=["công tác dân vận"])
    place: str | None = Field(description="province", examples=["Hải Dương"])
    level: LevelName | None = Field(description="level of the issuing body")
    term: str | None = Field(description="slug of the Party term", examples=["tw-11"])
    url: str | None = Field(description="address where it can be read, where known")
    citation: str = Field(description="how to cite it, in Vietnamese")
