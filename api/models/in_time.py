"""Status on its own, differences of lineages, coverage of provinces, comparisons, answers to questions."""

from typing import Literal

from pydantic import Field

from api.models.brief import BriefDocument
from api.models.finding import RegimeRule
from api.models.lineage import ImplementingDocument
from api.models.record import CorpusAnswer, IsoDate, Record
from api.models.relation import Relation
from api.models.status import Act, DocumentStatus, State

CoverageState = Literal["implemented", "predecessor", "nothing-found", "unknown"]
Era = Literal["old", "present"]


class KnownSince(Record):
    """The build with which the corpus first held a source that speaks of a document."""

    build: str = Field(description="version of the build")
    on: IsoDate = Field(description="day on which it went live")


class StatusAnswer(DocumentStatus, CorpusAnswer):
    """Whether a document stands as of a date, and since when the corpus knows of it."""

    known_since: KnownSince | None = Field(description="null where the journal does not tell")


class StatusChange(Record):
    """A document whose status is another at the later date."""

    document: BriefDocument
    before: DocumentStatus
    after: DocumentStatus
    cause: list[Act] = Field(description="acts upon it that came between; empty where time alone changed it")


class Difference(CorpusAnswer):
    """What changed in a lineage between two dates."""

    document: BriefDocument
    from_: IsoDate = Field(alias="from")
    to: IsoDate
    added: list[BriefDocument]
    removed: list[BriefDocument] = Field(description="empty but where a limit cut a lineage short")
    edges_added: list[Relation]
    edges_removed: list[Relation]
    changes: list[StatusChange]
    truncated: bool


class Territory(Record):
    """What the corpus knows of one province; never how it works."""

    place: str = Field(examples=["hai-duong"])
    name: str = Field(examples=["Hải Dương"])
    era: Era = Field(description="old: as it was until 30 June 2025; present: since")
    state: CoverageState
    state_label: str
    held: int = Field(ge=0, description="provincial documents from that time that the corpus holds")
    below: int = Field(ge=0, description="implementing documents of districts and communes")
    documents: list[ImplementingDocument] = Field(description="what makes the state")
    ended: list[ImplementingDocument] = Field(description="implementing documents known to be ended")


class Coverage(CorpusAnswer):
    """For a central document, each old and each present province in one of four states."""

    document: BriefDocument
    as_of: IsoDate | None
    totals: dict[Era, dict[CoverageState, int]]
    denominators: dict[Era, int]
    regime: RegimeRule | None = Field(description="the rule for merged territories on that date")
    territories: list[Territory]


class ComparedDocument(ImplementingDocument):
    """An implementing document with what can be compared."""

    delay: int | None = Field(description="days since the issue of the document implemented")
    chain: int = Field(ge=1, description="steps away")
    cites: list[BriefDocument] = Field(description="other documents it implements, is based on or cites")
    status: State


class Comparison(CorpusAnswer):
    """The documents that implement one, side by side."""

    document: BriefDocument
    as_of: IsoDate
    total: int = Field(ge=0)
    items: list[ComparedDocument]


class AnswerRow(Record):
    """A row of an answer."""

    cells: list[str]
    path: str | None = Field(description="path of the document it is about")


class PlainAnswer(CorpusAnswer):
    """The answer to a question in plain Vietnamese."""

    question: str
    form: str = Field(description="which kind of question it was taken for", examples=["superseded_by"])
    form_label: str
    says: str = Field(description="the answer, in Vietnamese")
    columns: list[str]
    rows: list[AnswerRow]
    query: str = Field(description="name of the named query", examples=["acts"])
    sparql: str = Field(description="the query that was run; POST it to /sparql")
