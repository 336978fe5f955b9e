"""Read the table of properties that law portals print above a text: number, type, date, issuer."""

import re
from dataclasses import dataclass

from graph.clean import Text
from graph.date import read_date
from graph.issuer import read_issuer
from ontology.doctype import DocumentType, type_of_name

_READ = 1500
"""How many code points from the start may hold the table."""
_IS = r"\s{0,2}:?[\s|]{0,6}"
_NUMBER = re.compile(
    rf"(?:^|[\n|])[ ]{{0,8}}(?:so\s?(?:hieu|/?\s?ky\s?hieu)|ky hieu)(?:\s(?:van ban|vb))?{_IS}(?=\d)"
)
_TYPE = re.compile(
    rf"(?:^|[\n|])[ ]{{0,8}}(?:loai (?:van ban|vb)|the loai|hinh thuc van ban){_IS}(?P<type>[a-z ]{{4,40}}?)\s{{0,2}}(?:[\n|]|$)"
)
_DATE = re.compile(rf"(?:^|[\n|])[ ]{{0,8}}(?:ngay (?:ban hanh|ky)|ky ngay){_IS}(?=\d|ngay)")
_ISSUER = re.compile(rf"(?:^|[\n|])[ ]{{0,8}}(?:noi|co quan) ban hanh{_IS}(?!tinh |thanh pho )(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Properties:
    """What the table says; None where it is silent.

    Attributes:
        number_at: clean offset of the number.
        type: the type of the document.
        date: ISO date.
        issuer: as printed.
    """

    number_at: int
    type: DocumentType
    date: str | None
    issuer: str | None


def read_properties(text: Text) -> Properties | None:
    """The table at the top of a text; None where none gives both number and type."""
    folded = text.folded
    number, kind = _NUMBER.search(folded, 0, _READ), _TYPE.search(folded, 0, _READ)
    known = type_of_name(kind["type"]) if kind else None
    if number is None or known is None:
        return None
    date, issuer = _DATE.search(folded, 0, _READ), _ISSUER.search(folded, 0, _READ)
    found = read_date(folded, date.end()) if date else None
    end = read_issuer(text, issuer.end(), _READ) if issuer else None
    return Properties(
        number.end(),
        known,
        found[0] if found else None,
        text.clean[issuer.end() : end] if issuer and end else None,
    )
