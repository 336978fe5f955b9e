"""Findings for review: what two sources say that asks for a second look."""

from typing import Literal

from pydantic import Field

from api.models.brief import BriefDocument
from api.models.record import CorpusAnswer, IsoDate, Record
from api.models.relation import Relation

KindName = Literal["resting", "chronology", "authority", "cycle", "twins", "unseen", "contradiction"]
Severity = Literal["high", "medium", "low"]


class RegimeRule(Record):
    """The rule that reigned on a day."""

    law: str = Field(description="number of the document that holds it", examples=["64/2025/QH15"])
    provision: str = Field(examples=["khoản 2 Điều 57"])
    words: str = Field(description="what it says, in our words, in Vietnamese")


class Finding(Record):
    """Something to be reviewed; never a verdict."""

    id: str = Field(description="the same in every build", pattern="^[0-9a-f]{16}$")
    kind: KindName
    kind_label: str = Field(description="the kind in Vietnamese")
    severity: Severity = Field(description="how much hangs on it, not how sure it is")
    severity_label: str
    words: str = Field(description="one sentence in Vietnamese")
    day: IsoDate | None = Field(description="day that gave rise to it")
    regime: RegimeRule | None = Field(description="the rule of that day, where known")
    documents: list[BriefDocument] = Field(description="the one to be reviewed first")
    edges: list[Relation] = Field(description="the relations that give rise to it, with evidence")
    mark: Literal["seen", "wrong"] | None = Field(description="what somebody said of it")
    note: str | None


class Findings(CorpusAnswer):
    """Findings, most severe first."""

    as_of: IsoDate
    total: int = Field(ge=0, description="findings that fit, on all pages")
    offset: int = Field(ge=0)
    next: int | None = Field(description="offset of the next page")
    hidden: int = Field(ge=0, description="marked seen or wrong and not shown")
    skipped: dict[str, int] = Field(description="pairs that the data leave open, by kind")
    items: list[Finding]
