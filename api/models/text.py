"""What a posted text says, linked to the graph, and what its citations are worth."""

from typing import Literal

from pydantic import Field

from api.models.brief import BriefDocument
from api.models.document import Candidate
from api.models.record import CorpusAnswer, IsoDate, Record, example
from api.models.relation import Basis
from api.models.status import DocumentStatus

TEXT = (
    "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành Chỉ thị số 28-CT/TU ngày"
    " 19/5/2022. Quyết định số 290-QĐ/TW ngày 25/02/2010 của Bộ Chính trị vẫn được viện dẫn."
)
"""The text of the examples."""

LinkState = Literal["known", "ambiguous", "unknown"]
Verdict = Literal["known", "superseded", "partly-superseded", "not-yet-in-force", "ambiguous", "unknown"]


class PostedText(Record):
    """A text to read."""

    model_config = example(text=TEXT, name="bao-cao")

    text: str = Field(min_length=1, max_length=5_000_000, pattern=r"\S", description="the text itself")
    name: str = Field("text", min_length=1, max_length=200, description="what to call it in the answer")


class Link(Record):
    """What a reference means in the graph; never picked where several documents may be meant."""

    state: LinkState
    document: BriefDocument | None = Field(description="where known")
    score: float = Field(ge=0, le=1, description="how sure the identity is; 0 unless known")
    candidates: list[Candidate] = Field(description="where ambiguous, best first")


class Mention(Record):
    """A span of the text that cites a document."""

    start: int = Field(ge=0, description="code points into the text as decoded")
    end: int = Field(ge=0, description="exclusive")
    text: str


class KeyedMention(Mention):
    """A mention with the key of the document it cites."""

    document: str | None = Field(description="key among `documents`")


class SpokenDocument(Record):
    """A document as the text speaks of it."""

    number: str | None
    type: str | None
    date: IsoDate | None
    issuer: str | None
    title: str | None
    iri: str | None = Field(description="the IRI that the text alone gives it")
    link: Link = Field(description="what it is in the graph")


class SpokenRelation(Record):
    """A relation between two documents of the text, with the words that say so."""

    subject: str = Field(description="key among `documents`")
    predicate: str
    narrower: str | None = Field(None, description="the narrower relation, where the text says it")
    object: str
    basis: Basis
    confidence: float = Field(ge=0, le=1)
    rule: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    provision: str | None
    effective: IsoDate | None


class ExtractedText(CorpusAnswer):
    """All that a text says: the documents it speaks of, where, and how they relate."""

    source: str = Field(description="name of the text")
    id: str = Field(description="hash of the text: the id of a source")
    date: IsoDate | None = Field(description="the text's own date")
    place: str | None = Field(description="slug of the province that publishes it")
    self: str | None = Field(description="key of the document the text itself is, if it is one")
    documents: dict[str, SpokenDocument]
    mentions: list[KeyedMention] = Field(description="in text order, disjoint")
    relations: list[SpokenRelation]
    doubtful: list[SpokenRelation] = Field(description="relations that the dates contradict")
    notes: list[str] = Field(description="what was guessed or replaced while the text was read")


class VerifiedCitation(Link):
    """A cited document with its verdict."""

    number: str | None
    type: str | None
    date: IsoDate | None
    title: str | None
    verdict: Verdict = Field(description="unknown: not in this corpus, which says nothing about the world")
    mentions: list[Mention]
    status: DocumentStatus | None = Field(description="where known: as of the date, with its cause")


class VerifiedText(CorpusAnswer):
    """The citations of a text, in order of first mention."""

    source: str
    id: str
    date: IsoDate | None
    as_of: IsoDate | None
    counts: dict[str, int] = Field(description="citations by verdict")
    citations: list[VerifiedCitation]
    notes: list[str]
