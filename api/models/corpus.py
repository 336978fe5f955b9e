"""What the corpus holds: counts, types of documents, bodies, places."""

from typing import Literal

from pydantic import Field

from api.models.record import IRI, CorpusAnswer, IsoDate, Record, example


class Stats(CorpusAnswer):
    """Counts of the live build; null where the build does not tell."""

    documents: int | None
    texts: int | None
    quads: int | None
    mentions: int | None
    relations: dict[str, int] | None = Field(description="records by predicate")
    bases: dict[str, int] | None = Field(description="records by basis")
    unresolved: int | None = Field(description="references that nothing in the corpus fits")
    ambiguous: int | None = Field(description="references that several documents fit")
    pending: int | None = Field(description="relations with an open end, in no edge")


class DocumentType(Record):
    """A type of document that a rule of form names."""

    model_config = example(
        iri="https://w3id.org/phahe/type/nq", slug="nq", name="Nghị quyết", symbols=["NQ"], aliases=["NQ"],
        polity="both", level="any", issuers="Party committees; the Government", source="36-HD/VPTW (2018)",
    )  # fmt: skip

    iri: IRI
    slug: str
    name: str
    symbols: list[str] = Field(description="signs in numbers, the usual one first")
    aliases: list[str]
    polity: Literal["party", "state", "both"]
    level: Literal["central", "any"]
    issuers: str
    source: str = Field(description="the documents and articles that name it")


class DocumentTypes(CorpusAnswer):
    """All types, Party and State."""

    total: int
    items: list[DocumentType]


class Place(Record):
    """A province or a city under the centre, as a territory."""

    model_config = example(
        iri="https://w3id.org/phahe/place/hai-duong", slug="hai-duong", name="Hải Dương", kind="tỉnh",
        since="1997-01-01", until="2025-07-01", successors=["https://w3id.org/phahe/place/hai-phong"],
        predecessors=[], code="30", code_2025=None, aliases=[],
    )  # fmt: skip

    iri: IRI
    slug: str
    name: str
    kind: str = Field(examples=["tỉnh"])
    since: IsoDate | None = Field(description="from which it has been there, where recorded")
    until: IsoDate | None = Field(description="first date on which it is there no more")
    successors: list[IRI] = Field(description="places its territory went to, on `until`")
    predecessors: list[IRI] = Field(description="places whose territory it took in")
    code: str | None = Field(description="number in the statistical office's list before 01/7/2025")
    code_2025: str | None = Field(description="number in the list since then")
    aliases: list[str]


class Places(CorpusAnswer):
    """Places, by slug."""

    total: int
    items: list[Place]


class Body(Record):
    """A body that issued documents of the corpus, or took over from one that did."""

    model_config = example(
        iri="https://w3id.org/phahe/body/btv-tu-hai-duong", id="btv-tu-hai-duong",
        name="Ban Thường vụ Tỉnh ủy Hải Dương", aliases=[], polity="party", level="province", place="hai-duong",
        since=None, until="2025-07-01", successors=["https://w3id.org/phahe/body/btv-tu-hai-phong"],
        predecessors=[],
    )  # fmt: skip

    iri: IRI
    id: str
    name: str
    aliases: list[str]
    polity: str
    level: str | None
    place: str | None = Field(description="slug of its province")
    since: IsoDate | None
    until: IsoDate | None
    successors: list[IRI] = Field(description="bodies that took over, on `until`")
    predecessors: list[IRI] = Field(description="bodies it took over from")


class Bodies(CorpusAnswer):
    """Bodies, by id."""

    total: int
    items: list[Body]
