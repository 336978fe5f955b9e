"""Parameters that several endpoints share."""

from typing import Annotated, Literal

from fastapi import Query

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
