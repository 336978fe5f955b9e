"""Find the own number of a document among the numbers it prints."""

import re

from graph.clean import Text
from graph.letterhead import OPENING
from graph.portal import Properties
from graph.span import Span
from ontology.doctype import type_of_name
from ontology.slug import fold

# a file whose lines are lost: "... Hạnh phúc Số: 76/2016/NQ-HĐND Lào Cai, ngày ...", "UBND TỈNH A ------- Số: 46/..."
_SO_INLINE = re.compile(
    r"(?:[Pp]húc|[A-ZĐÀ-Ỹ]{2}|[-_*]{2})[ ]{1,3}Số[ ]?:?[ ]{0,3}(?=\d)|NAM[ ]{1,3}SỐ[ ]?:?[ ]{0,3}(?=\d)"
)
LETTERHEAD = re.compile(
    r"cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi\s{1,3}chu\s{1,3}nghia|dang\s{1,3}cong\s{1,3}san\s{1,3}viet\s{1,3}nam"
)
_SO_LINE = re.compile(
    r"(?:^|[\n|])[ ]{0,40}(?:(?:Bộ luật|Luật|Pháp lệnh|LUẬT|Nghị quyết)\s{1,3}(?:số|SỐ)(?=[^\n|;,.]{1,32}[\n|])|S[ốỐo6ôóòõọ])[\s|]{0,3}:?[\s|]{0,6}(?=\d)"
)
# What a page may print above a title: the day it was put there.
_DATELINE = re.compile(
    r"(?:(?:(?:thu\s(?:hai|ba|tu|nam|sau|bay)|chu nhat),?\s*)?(?:ngay\s)?\d{1,2}[/-]\d{1,2}[/-]\d{4}[\d:,\s-]{0,12})?"
)
_ENACTS = re.compile(r"(?:nhu\s{1,2}sau|sau\s{1,2}day)\s?:|\n\s{0,4}dieu\s{1,2}1\s?[.:]")


def own_number(text: Text, spans: list[Span], opening: str) -> Span | None:
    """The first number after a line that begins with "Số", or the number in the title line of a portal's text."""
    starts = [m.end() for pattern in (_SO_LINE, _SO_INLINE) for m in pattern.finditer(opening)]
    numbered = [s for s in spans if s.number and not s.bare and s.start < OPENING]
    for at in starts:
        for span in numbered:
            if span.start <= at < span.end and not re.search(
                r"kem\s{1,2}theo", text.folded[max(0, at - 60) : at]
            ):
                return span
    first_line = re.match(r"\s*[^\n]{0,300}", opening)
    if first_line and (LETTERHEAD.search(text.folded, 0, OPENING) or not starts):
        for span in numbered:
            lead = text.folded[: span.start].strip()
            if span.typed and span.start < 200 and _DATELINE.fullmatch(lead) and _titled(text, span):
                return span
    heading = re.match(r"\s*([^\n]{10,400})", opening)
    if heading and heading[1].isupper() and _ENACTS.search(text.folded, 0, OPENING):
        # "KẾT LUẬN 127-KL/TW CỦA BỘ CHÍNH TRỊ VỀ ...", and then "... có ý kiến như sau:"
        for span in numbered:
            if span.typed and span.start == heading.start(1):
                return span
    # the number stands in a title in capitals: "NGHỊ ĐỊNH CỦA CHÍNH PHỦ SỐ 61/1998/NĐ-CP NGÀY ..."
    for span in numbered:
        line_start = opening.rfind("\n", 0, span.start) + 1
        line = opening[line_start : span.start]
        if (
            span.typed
            and opening[span.start : span.start + 8].isupper()
            and LETTERHEAD.search(text.folded, 0, OPENING)
        ) and (
            span.start - line_start < 3
            and not line.strip()
            and not re.search(
                r"(?:kem theo|thuc hien|trien khai)\s*\(?$",
                text.folded[max(0, span.start - 40) : span.start].rstrip(),
            )
        ):
            return span
    return None


def tabled_number(spans: list[Span], table: Properties | None) -> Span | None:
    """The number in a portal's table of properties."""
    if table is None:
        return None
    return next((s for s in spans if s.number and not s.bare and s.start <= table.number_at < s.end), None)


def annexed_number(text: Text, spans: list[Span], type_line: re.Match[str]) -> Span | None:
    """The own number as an annex of the text prints it: "(Ban hành kèm theo Quyết định số ...)"."""
    kind = type_of_name(" ".join(type_line["type"].split()))
    for span in spans:
        if (
            span.number
            and not span.bare
            and span.typed
            and kind
            and span.type
            and span.type.slug == kind.slug
        ):
            before = text.folded[max(0, span.start - 40) : span.start]
            if re.search(r"\(\s?(?:da\s)?ban\s{1,2}hanh\s{1,2}kem\s{1,2}theo\s{1,2}$", before):
                return span
    return None


_ANNEX_OF = re.compile(r"\(\s?(?:da\s|duoc\s)?(?:ban\s{1,2}hanh\s{1,2})?kem\s{1,2}theo\s{1,2}$")


def number_of_annex(text: Text, spans: list[Span]) -> Span | None:
    """The own number of a passage that says "Thông tư này" and prints an annex "(Kèm theo Thông tư số ...)"."""
    for span in spans:
        if span.number and not span.bare and span.typed and span.type is not None:
            annexed = _ANNEX_OF.search(text.folded, max(0, span.start - 40), span.start)
            if annexed and re.search(rf"\b{fold(span.type.name)}\s{{1,3}}nay\b", text.folded):
                return span
    return None


def _titled(text: Text, span: Span) -> bool:
    """Whether an opening line is the text's own title and no sentence about the document."""
    after = text.clean[span.end : span.end + 60].split("\n")[0].lower()
    if re.search(r"\b(?:đã|được|nhằm|thì)\b", after):
        return False
    following = text.folded[span.end : span.end + 900]
    return bool(re.search(r"\n[\s-]*(?:can cu|dieu 1\b|i\s?[-.]\s|\S.{0,60}\n\s*can cu)", following)) or bool(
        LETTERHEAD.search(text.folded, 0, OPENING)
    )
