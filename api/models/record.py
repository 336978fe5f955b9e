"""What all models share: no key that is not told of, every key there, an example each."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

IRI = Annotated[
    str, Field(description="the thing's IRI", examples=["https://w3id.org/phahe/doc/tw/nq/2013/25"])
]
IsoDate = Annotated[
    str, Field(description="ISO date as precise as known: year, year-month or day", examples=["2013-06-03"])
]
Version = Annotated[
    str,
    Field(
        description="hash of the graph's sorted N-Quads: which corpus says so", examples=["2fc0a3b9a781d731"]
    ),
]


class Record(BaseModel):
    """A JSON object with these keys and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


def example(**values: Any) -> ConfigDict:
    """The configuration of a model with an example of it."""
    return ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [values]})


class CorpusAnswer(Record):
    """An answer, with the version of the corpus it is of."""

    corpus_version: Version
