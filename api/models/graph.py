"""What a picture is made of, as JSON."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Paths = Annotated[list[str], Field(max_length=5000, description="paths of documents (tw/nq/2013/25)")]


class PictureNode(BaseModel):
    """A document and where it stands.

    Dates are ISO prefixes, coordinates units of the canvas (x to the right, y downwards), what is not known null.
    """

    id: str = Field(description="path of the document")
    label: str = Field(description="two short lines")
    name: str = Field(description="how to cite it")
    shape: str = Field(description="by type, as vis-network calls shapes")
    group: str = Field(description="polity, or other")
    x: int
    y: int
    force: tuple[int, int] | None = Field(
        description="coordinates of the force layout; null for large pictures"
    )
    number: str | None
    title: str | None
    type: str | None
    type_slug: str | None
    date: str | None
    issuer: str | None
    polity: str | None
    level: str | None
    place: str | None
    place_slug: str | None
    degree: dict[Literal["up", "down"], dict[str, int]] | None = Field(
        description="documents in each drawn relation, whether shown or not; null for large pictures"
    )


class PictureEdge(BaseModel):
    """A relation and the best of what says so; `quote` is `[start, end)` of the source's text, in code points."""

    id: str
    subject: str = Field(alias="from")
    object: str = Field(alias="to")
    predicate: str
    label: str
    basis: str
    confidence: float = Field(ge=0, le=1)
    quote: str
    source: str
    source_name: str = Field(description="for people; of a catalogue's row the site where it was read")
    start: int
    end: int
    evidence: int = Field(ge=1, description="how many sources say so")


class Line(BaseModel):
    """How the line of a relation is drawn: told apart without colour."""

    predicate: str
    label: str
    drawn: bool
    implies: list[str] = Field(description="wider relations, itself included")
    dashes: list[int] = Field(description="pixels on, off, ...; empty: a whole line")
    head: str
    width: float


class Band(BaseModel):
    """The height at which the documents of a level begin in the layered layout."""

    level: str
    y: int


class Picture(BaseModel):
    """Documents, the relations among them, and where they stand."""

    centre: str | None = Field(description="path of the document that was asked for")
    truncated: bool = Field(description="whether documents within reach were left out")
    nodes: list[PictureNode]
    edges: list[PictureEdge]
    bands: list[Band]
    lines: list[Line]


class NeighbourRow(BaseModel):
    """A document near another one."""

    path: str
    name: str
    title: str | None
    place: str | None
    date: str | None
    predicate: str


class PlaceCount(BaseModel):
    """How many documents a place has; "" where none is known."""

    place: str
    count: int


class NeighbourPage(BaseModel):
    """Part of the documents in one relation to a document: `items` of `total` from `offset` on."""

    total: int
    offset: int
    items: list[NeighbourRow]
    places: list[PlaceCount] = Field(description="of all that fit, most first")


class PictureRequest(BaseModel):
    """Which documents to draw."""

    documents: Paths


class FileRequest(BaseModel):
    """What is on screen: documents, and the ids of the edges shown."""

    documents: Paths
    edges: Annotated[list[str], Field(max_length=100_000, description="`subject predicate object`")]
