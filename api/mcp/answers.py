"""The shapes of the tools' answers: those of the HTTP API, with candidates and known gaps beside."""

from typing import Generic, TypeVar

from pydantic import Field

from api.models.corpus import Stats
from api.models.document import Candidate, WholeDocument
from api.models.in_time import Coverage
from api.models.lineage import Implementing, Lineage
from api.models.record import CorpusAnswer, Record
from api.models.text import VerifiedText

T = TypeVar("T", bound=Record)

__all__ = [
    "Answer",
    "Corpus",
    "Coverage",
    "Found",
    "Implementing",
    "Lineage",
    "Queried",
    "Verified",
    "WholeDocument",
]


class Gaps(CorpusAnswer):
    """An answer with what the corpus does not know."""

    known_gaps: list[str] = Field(description="what is missing; tell it where it bears on the question")


class Answer(Gaps, Generic[T]):
    """An answer about one document, or the documents that may be meant: never a pick among them."""

    answer: T | None = Field(description="null where several documents may be meant")
    candidates: list[Candidate] = Field(
        description="where several may be meant, likeliest first: ask the user, or again with the IRI of one;"
        " else empty"
    )


class Found(Gaps):
    """Documents that may be meant, likeliest first; perhaps none."""

    candidates: list[Candidate]


class Verified(Gaps):
    """The citations of a text with their verdicts."""

    answer: VerifiedText


class Corpus(Gaps):
    """What the corpus holds."""

    answer: Stats


class Queried(Gaps):
    """What a SPARQL query found."""

    columns: list[str] = Field(description="variables of a SELECT, in order; else empty")
    rows: list[dict[str, str]] = Field(description="of a SELECT: values by variable, those unbound left out")
    boolean: bool | None = Field(description="of an ASK")
    graph: str | None = Field(description="of a CONSTRUCT or DESCRIBE: Turtle")
