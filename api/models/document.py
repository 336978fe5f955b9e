"""Documents: in lists, alone with their relations and status, as candidates."""

from pydantic import Field

from api.models.brief import BRIEF, BriefDocument, LevelName
from api.models.record import IRI, CorpusAnswer, IsoDate, example
from api.models.relation import Relation
from api.models.status import DocumentStatus


class LocatedDocument(BriefDocument):
    """A document with its address on this server."""

    model_config = example(**BRIEF, href="/documents/tw/nq/2013/25")

    href: str = Field(description="path of its address here", examples=["/documents/tw/nq/2013/25"])


class ResolvedDocument(LocatedDocument, CorpusAnswer):
    """The one document that a reference names."""

    model_config = example(**BRIEF, href="/documents/tw/nq/2013/25", corpus_version="2fc0a3b9a781d731")


class Candidate(BriefDocument):
    """A document that may be meant."""

    model_config = example(**BRIEF, score=0.65, why=["trùng số 25, loại Nghị quyết"], live=True)

    score: float = Field(ge=0, le=1, description="higher is likelier")
    why: list[str] = Field(description="reasons for and against, in Vietnamese")
    live: bool = Field(description="whether nothing that was asked speaks against it")


class LocatedCandidate(Candidate):
    """A document that may be meant, with its address on this server."""

    model_config = example(
        **BRIEF, score=0.65, why=["trùng số 25, loại Nghị quyết"], live=True, href="/documents/tw/nq/2013/25"
    )

    href: str = Field(description="path of its address here")


class Candidates(CorpusAnswer):
    """Documents that may be meant, likeliest first; perhaps none."""

    candidates: list[LocatedCandidate]


class Choices(CorpusAnswer):
    """300 Multiple Choices: several documents may be meant, and nothing that was asked decides."""

    title: str
    detail: str = Field(description="what would decide")
    candidates: list[LocatedCandidate]


class DocumentList(CorpusAnswer):
    """A page of a list of documents."""

    total: int = Field(ge=0, description="documents in the whole list")
    offset: int = Field(ge=0, description="as asked")
    next: int | None = Field(
        description="offset of the next page; null on the last, and where a cursor was given"
    )
    cursor: str | None = Field(description="what to give as cursor for the next page; null on the last")
    truncated: bool = Field(description="whether more documents may fit than were looked at")
    items: list[LocatedDocument]


class WholeDocument(CorpusAnswer):
    """All that is known of a document, its relations both ways and its status."""

    iri: IRI
    path: str
    number: str | None
    type: str | None
    type_slug: str | None
    date: IsoDate | None
    effective: IsoDate | None = Field(description="date from which it holds")
    issuer: str | None
    title: str | None
    term: str | None
    polity: str | None = Field(description="party, state, joint or front; documents of the Party are not law")
    level: LevelName | None
    place: str | None
    place_slug: str | None
    url: str | None
    aliases: list[str] = Field(description="other names by which texts cite it")
    variants: list[str] = Field(description="numbers and dates in print that contradict those kept")
    label: str = Field(description="short citation")
    citation: str = Field(description="full citation, in Vietnamese")
    href: str
    status: DocumentStatus
    relations: list[Relation] = Field(description="it is the subject or the object of each")
    truncated: bool = Field(description="whether some relations were left out; /lineage has them")
    documents: dict[str, BriefDocument] = Field(description="the documents at the far ends, by IRI")
