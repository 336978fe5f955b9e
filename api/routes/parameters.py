"""Parameters that several endpoints share, each with its bounds and examples.

What the OpenAPI document says a parameter may be is the narrow form; the endpoints take wider ones (`Hải Dương`
for `hai-duong`, `Nghị quyết` for `nq`) and answer 400 where a value means nothing.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query

from graph.scheme import super_properties
from graph.vocabulary import ROOT
from ontology.doctype import document_types
from ontology.place import places

DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
"""An ISO date, year-month or year."""

AsOf = Annotated[
    str | None,
    Query(
        pattern=DATE,
        description="leave out what was issued or took effect after this ISO date",
        examples=["2022-12-31", "2014"],
    ),
]
Depth = Annotated[int, Query(ge=1, le=50, description="most steps away", examples=[3])]
Direct = Annotated[bool, Query(description="leave out those that implement through another document")]
Direction = Annotated[
    Literal["up", "down", "both"],
    Query(description="up: what it acts on; down: what acts on it; both: ancestors and descendants"),
]
Level = Annotated[
    Literal["central", "province", "district", "commune", "local"] | None,
    Query(description="local: all below the centre", examples=["province"]),
]
MaxNodes = Annotated[int, Query(ge=1, le=5000, description="most documents", examples=[100])]
DocumentPath = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        description="path of the document's IRI: scope, type, year, number",
        examples=["tw/nq/2013/25"],
    ),
]


def named_reference(example: str, alias: str | None = None) -> Any:
    """A parameter that names a document as people do."""
    return Query(
        alias=alias,
        min_length=1,
        max_length=2000,
        description="25-NQ/TW, Nghị quyết 25, an IRI or the beginning of one",
        examples=[example],
    )


Ref = Annotated[str, named_reference("Nghị quyết số 25-NQ/TW ngày 03/6/2013")]


def _one_of(values: list[str], example: str) -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "enum": values}, {"type": "null"}], "examples": [example]}


@cache
def _relation_names() -> list[str]:
    return [ROOT, *sorted(name for name, above in super_properties().items() if ROOT in above)]


PlaceName = Annotated[
    str | None,
    Query(
        max_length=100,
        description="province, by slug or name",
        json_schema_extra=_one_of([place.slug for place in places()], "hai-duong"),
    ),
]
TypeName = Annotated[
    str | None,
    Query(
        max_length=100,
        description="type of document, by slug, symbol or name",
        json_schema_extra=_one_of([kind.slug for kind in document_types()], "nq"),
    ),
]
Relations = Annotated[
    tuple[str, ...],
    Query(
        alias="relation",
        max_length=30,
        description="relations to follow, narrower ones too; repeatable",
        json_schema_extra={"items": {"type": "string", "enum": _relation_names()}},
        examples=[["implements"]],
    ),
]


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """Which of the documents that implement one are asked for."""

    level: Level = None
    place: PlaceName = None
    direct: Direct = False
    as_of: AsOf = None


@dataclass(frozen=True, slots=True)
class _Trace:
    """Which way a lineage is followed, and how far."""

    direction: Direction = "up"
    relation: Relations = ("implements", "supersedes")
    depth: Depth = 10
    as_of: AsOf = None
    max_nodes: MaxNodes = 500


@dataclass(frozen=True, slots=True)
class _Listed:
    """Which documents a list holds, in which order, and which part of it is asked for."""

    q: Annotated[
        str | None,
        Query(
            max_length=2000,
            description="a reference or words of a title, with or without diacritics",
            examples=["dan van"],
        ),
    ] = None
    number: Annotated[
        str | None, Query(max_length=100, description="number, in any spelling", examples=["25-NQ/TW"])
    ] = None
    type: TypeName = None
    issuer: Annotated[
        str | None,
        Query(
            max_length=200,
            description="issuing body, by slug or name; one that issued documents of this corpus",
            json_schema_extra=_one_of(["bch-tw", "bct", "cp", "qh"], "bch-tw"),
        ),
    ] = None
    place: PlaceName = None
    level: Level = None
    polity: Annotated[
        Literal["party", "state"] | None, Query(description="documents of the Party are not law")
    ] = None
    since: Annotated[
        str | None, Query(pattern=DATE, description="issued on this date or later", examples=["2013"])
    ] = None
    until: Annotated[
        str | None, Query(pattern=DATE, description="issued before this date", examples=["2014"])
    ] = None
    status: Annotated[
        Literal["in-force", "partly-superseded", "superseded", "not-yet-in-force", "unknown"] | None,
        Query(description="status as of `as_of`, as far as this corpus knows"),
    ] = None
    as_of: Annotated[
        str | None,
        Query(pattern=DATE, description="date of the status; without it all that is known counts"),
    ] = None
    sort: Annotated[
        Literal["date", "-date", "number", "title", "path"] | None,
        Query(description="-date: newest first; without it likeliest first where `q` is given, else by path"),
    ] = None
    limit: Annotated[int, Query(ge=1, le=500)] = 50
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0
    cursor: Annotated[
        str | None,
        Query(
            max_length=400,
            description="`cursor` of the page before, with the same question; beats deep offsets",
        ),
    ] = None


Listed = Annotated[_Listed, Depends()]
Narrowed = Annotated[_Narrowed, Depends()]
Trace = Annotated[_Trace, Depends()]
