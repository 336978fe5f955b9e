"""Errors: RFC 9457 problem details."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """What went wrong, in one shape whatever it was. Problems of some types have further keys."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "https://w3id.org/phahe/problem/not-in-corpus",
                    "title": "Not in this corpus",
                    "status": 404,
                    "detail": "reference '99-NQ/TW': not in this corpus; try: phahe find WORDS",
                    "instance": "/v1/resolve",
                }
            ]
        },
    )

    type: str = Field(description="IRI of the type of problem; it can be followed")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="one line: thing, value, what was expected, where to look")
    instance: str = Field(description="path that was asked")
    errors: list[dict[str, Any]] | None = Field(None, description="each malformed parameter")


class ProblemType(BaseModel):
    """What a type of problem means."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str = Field(description="in Vietnamese")
    meaning: str
