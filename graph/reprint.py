"""Recognise a document that a page reprints without its header: by the clause that enacts it, or by its announcement.

Portals and papers print a plan as "Thực hiện Nghị quyết A ..., Ban Thường vụ Tỉnh ủy ban hành Kế hoạch ... như sau:",
or announce "... đã ban hành Nghị quyết số 10-NQ/TU ... giới thiệu toàn văn". The text behind is the document.
"""

import re
from dataclasses import dataclass

from graph.clean import Text
from graph.issuer import issuer_ending
from graph.span import Span
from ontology.doctype import DocumentType, type_of_name

_READ = 4000
"""How many code points from the start may hold the clause."""
_OPENS = re.compile(
    r"(?:\A|\n)\s{0,8}(?:-\s)?(?=(?:thuc hien|thi hanh|can cu|de thuc hien|trien khai thuc hien)\s)"
)
_ENACTS = re.compile(
    r"(?:[^\n]|\n(?!\s*\n)){60,2500}?[\s,](?P<verb>ban hanh|xay dung|de nghi|yeu cau|huong dan)\s(?P<what>(?:[^\n.:;]|\n(?!\s*\n)){0,300}?)"
    r"(?:nhu sau|sau day|viec sau|noi dung sau|diem sau)\s?:"
)
_TYPE = re.compile(
    r"(?:ke hoach|chuong trinh(?: hanh dong)?|huong dan|chi thi|nghi quyet|quy dinh|quy che|thong bao|ket luan|de an|quyet dinh)\b"
)
_WHOLE = re.compile(
    r"\b(?:gioi thieu|dang tai|dang|cong bo|duoi day la|sau day la)\s(?:[a-z]+\s){0,3}toan van\b"
    r"|\n(?:toan van|noi dung)\s(?:chi thi|nghi quyet|ket luan|ke hoach|huong dan|quy dinh|thong bao|chuong trinh)\s(?:[a-z]+\s){0,3}nhu sau\s?:"
)


_ISSUED = re.compile(r"\b(?:ban hanh|ky|ra)\s\Z")


@dataclass(frozen=True, slots=True)
class Reprint:
    """A document found without its header.

    Attributes:
        type: its type, or None where the clause names none.
        own: its number or name as the page announces it, or None.
        start: clean offset from which the page speaks of it.
        issuer: who issues it by the clause, as printed, or None.
    """

    type: DocumentType | None
    own: Span | None
    start: int
    issuer: str | None = None


def is_announced(text: Text) -> bool:
    """Whether a page says that the whole text of a document follows."""
    return _WHOLE.search(text.folded, 0, 1500) is not None


def read_reprint(text: Text, spans: list[Span]) -> Reprint | None:
    """The document a text without header reprints, or None."""
    return _announced(text, spans) or _enacting(text)


def _announced(text: Text, spans: list[Span]) -> Reprint | None:
    whole = _WHOLE.search(text.folded, 0, 1500)
    if whole is None:
        return None
    titled = next((s for s in spans if s.name and whole.end() <= s.start <= whole.end() + 3), None)
    if titled is not None:  # "đăng toàn văn Nghị quyết Đại hội đại biểu Đảng bộ tỉnh ... lần thứ XI"
        return Reprint(titled.type, titled, 0)
    typed = [s for s in spans if s.number and s.typed and s.type is not None]
    named = [
        s for s in typed if whole.end() <= s.start <= whole.end() + 3
    ]  # "giới thiệu toàn văn Quy định số ..."
    before = [s for s in typed if s.end <= whole.start() <= s.end + 600]
    if not named and not before:
        return None
    own = named[0] if named else before[-1]
    same = [s for s in spans if s.number == own.number and s.start <= own.start]
    # date and issuer stand where the page names it first with them
    told = next(
        (s for s in reversed(same) if _ISSUED.search(text.folded, max(0, s.start - 30), s.start)), own
    )
    return Reprint(own.type, told, 0)  # the announcement speaks of it too: "Quy định này thay thế ..."


def _enacting(text: Text) -> Reprint | None:
    for opening in _OPENS.finditer(text.folded, 0, 1500):
        clause = _ENACTS.match(text.folded, opening.end(), _READ)
        # what follows are its sections; a report goes on in prose
        if clause is not None and _SECTION.match(text.folded, clause.end()):
            named = _TYPE.match(clause["what"])
            verb = clause.start("verb")
            issuer = issuer_ending(text, max(opening.end(), verb - 120), verb)
            return Reprint(type_of_name(named.group()) if named else None, None, opening.end(), issuer)
    return None


_SECTION = re.compile(r"\s*(?:[ivx]{1,4}\s?[.)/-]|\d{1,2}\.\d|\d{1,2}\s?[.)/-]|[a-z]\)|dieu \d|phan |[-+*])")
