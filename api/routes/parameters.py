"""Parameters that several endpoints share."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Query

AsOf = Annotated[
    str | None,
    Query(
        pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        description="leave out what was issued or took effect after this ISO date",
    ),
]
Depth = Annotated[int, Query(ge=1, le=50, description="most steps away")]
Level = Annotated[
    Literal["central", "province", "district", "commune", "local"] | None,
    Query(description="local: all below the centre"),
]
MaxNodes = Annotated[int, Query(ge=1, le=5000, description="most documents")]
Ref = Annotated[
    str,
    Query(
        min_length=1, max_length=2000, description="25-NQ/TW, Nghị quyết 25, an IRI or the beginning of one"
    ),
]
Relations = Annotated[
    tuple[str, ...], Query(alias="relation", description="relations to follow, narrower ones too; repeatable")
]


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """Which of the documents that implement one are asked for."""

    level: Level = None
    place: str | None = None
    direct: bool = False
    as_of: AsOf = None


@dataclass(frozen=True, slots=True)
class _Trace:
    """Which way a lineage is followed, and how far."""

    direction: Literal["up", "down", "both"] = "up"
    relation: Relations = ("implements", "supersedes")
    depth: Depth = 10
    as_of: AsOf = None
    max_nodes: MaxNodes = 500


Narrowed = Annotated[_Narrowed, Depends()]
Trace = Annotated[_Trace, Depends()]
