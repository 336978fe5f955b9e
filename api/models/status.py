"""Whether a document stands as of a date, with the acts that say so."""

from typing import Literal

from pydantic import Field

from api.models.brief import BriefDocument
from api.models.record import IRI, IsoDate, Record
from api.models.relation import Evidence

State = Literal["in-force", "partly-superseded", "superseded", "not-yet-in-force", "unknown"]


class Act(Record):
    """What another document does to this one's force, and from when."""

    by: BriefDocument
    predicate: str = Field(examples=["replaces"])
    object: IRI
    from_: str | None = Field(
        alias="from",
        description="ISO date, or two joined by / between which it began",
        examples=["2021-07-30"],
    )
    reckoning: Literal["relation", "effective", "issued"] | None = Field(
        description="where that day was taken from"
    )
    reckoning_label: str | None = Field(description="the same in Vietnamese")
    evidence: list[Evidence]


class DocumentStatus(Record):
    """The status of a document; derived from relations and dates, never more than this corpus knows."""

    document: IRI
    state: State
    label: str = Field(description="the state in Vietnamese; documents of the Party have words of their own")
    as_of: IsoDate | None = Field(description="the date asked about; null: all that the corpus knows")
    since: str | None = Field(description="from when: ISO date, or two joined by /")
    reason: str = Field(examples=["superseded"])
    reason_label: str = Field(description="why, in Vietnamese")
    chain: list[Act] = Field(description="the acts that make the state, by date, on to the last successor")
    undated: list[Act] = Field(description="acts that cannot be placed before or after the date")
    later: list[Act] = Field(description="acts that hold only after the date")
    doubtful: list[Act] = Field(description="supersessions by documents older than this one; not counted")
