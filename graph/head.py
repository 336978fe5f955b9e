"""Read a text's own header: is it a document itself, and with which number, type, date, issuer, title and place.

Real tops are messy: gazette columns flattened line by line, portal tables with `|`, blank numbers of drafts, the
title in front of the letterhead. So nothing here relies on line order; each fact is looked for by its own marks in
the opening, and a text without such marks (a news article) has none. A passage cut out of a document is one as well
when it calls itself "Quyết định này".
"""

import re
from dataclasses import dataclass
from functools import cache

from graph.clean import Text
from graph.consolidated import base_place, is_consolidated
from graph.issuer import issuer_ending
from graph.letterhead import (
    BY_TYPE,
    OPENING,
    dateline,
    enacting_body,
    is_central,
    of_organisation,
    own_date,
    placed,
    read_letterhead,
)
from graph.own_number import LETTERHEAD, annexed_number, number_of_annex, own_number, tabled_number
from graph.own_title import own_title
from graph.own_type import commands, own_type, self_called_type
from graph.portal import read_properties
from graph.reprint import Reprint, is_announced, read_reprint
from graph.scope import issuer_of, main_place, scope_of
from graph.span import Span
from graph.tail import read_before, read_tail
from ontology.doctype import DocumentType, document_types, type_of_name
from ontology.slug import fold

_BLANK_NUMBER = re.compile(
    r"(?:^|[\n|])[ ]{0,40}(?:Số|SỐ)[ ]{0,3}:?[ .…_|]{2,40}[-/]\s?(?P<symbol>[A-ZĐa-z]{1,8})\s?[-/]?\s?(?P<body>[A-ZĐƯa-z]{0,12})"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a text says it is.

    Attributes:
        is_document: whether it is a document (or a passage of one) rather than a report about documents.
        number: its own canonical number, or None (draft, passage, article).
        type: its type, or None.
        date: ISO date, or None.
        issuer: the body that issued it, as printed, or None.
        title: what it is about, or None.
        title_span: clean span of the title, (0, 0) without one.
        scope: counter scope, or None.
        place: slug of the province it speaks from, or None; also of an article.
        body_start: clean offset where the body (preamble, articles) begins.
    """

    is_document: bool
    number: str | None = None
    type: DocumentType | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    title_span: tuple[int, int] = (0, 0)
    scope: str | None = None
    place: str | None = None
    body_start: int = 0


@cache
def _type_line() -> re.Pattern[str]:
    names = sorted(
        {
            fold(name)
            for t in document_types()
            for name in (t.name, *t.aliases)
            if len(name) > 4 or fold(name) in ("luat", "lenh")
        },
        key=len,
        reverse=True,
    )
    words = "|".join(r"\s{1,3}".join(map(re.escape, name.split())) for name in names)
    return re.compile(
        rf"(?:^|(?<=\n)|(?<=\|)|(?<=\*))[ |*]{{0,30}}(?P<type>{words})(?P<rest>[^\n|]{{0,200}})"
    )


def read_head(text: Text, spans: list[Span]) -> Head:
    """The header of a text.

    Args:
        text: the text.
        spans: its mentions, in text order (the own number is among them).
    """
    opening = text.clean[:OPENING]
    table = read_properties(text)
    own = own_number(text, spans, opening) or tabled_number(spans, table)
    merged = is_consolidated(text) and not (own and own.number and "VBHN" in own.number)
    own = None if merged else own
    titled = _first_line_type(text) if own is None else None
    blank = _BLANK_NUMBER.search(opening[:1500]) if own is None else None
    type_line = _find_type_line(text, opening, own) or titled
    if own is None and type_line is not None and not merged:
        own = annexed_number(text, spans, type_line)
    annexed = number_of_annex(text, spans) if own is None and not merged else None
    own = own or annexed
    letterhead = LETTERHEAD.search(text.folded, 0, OPENING) is not None
    called = self_called_type(text)
    headed = type_line is not None and (letterhead or _heads(text, type_line))
    is_document = bool(own or blank or titled or headed or called or commands(text))
    # "Quy định này" may stand in the announcement
    only_called = not (own or blank or titled or headed or letterhead) and is_announced(text)
    reprint = None if is_document and not only_called else read_reprint(text, spans)
    if reprint is not None:
        return _reprinted(text, reprint)
    if not is_document:
        return Head(False, place=main_place(text, None), date=dateline(text))
    kind = own_type(text, own, type_line, blank["symbol"] if blank else None, called, letterhead)
    kind = type_of_name("Văn bản hợp nhất") if merged and type_line else kind
    body_start = _body_start(text, type_line, own) if own is not annexed or own is None else 0
    base = base_place(text) if kind is not None and kind.symbol == "VBHN" else None
    body_start = body_start if base is None else min(body_start, base)
    head_words = text.clean[: max(body_start, 400) if own or letterhead else 400]
    if table is not None and own is not None and own.start <= table.number_at < own.end and not letterhead:
        kind = table.type
    date = own_date(text, own, body_start) or (table.date if table else None)
    issuer, place = read_letterhead(text, own, type_line, head_words, letterhead)
    # a portal puts its own title line above the letterhead
    first = next((s for s in spans if own and s.start < 200 and s.typed and s.number == own.number), own)
    title, title_span = own_title(text, type_line, body_start, first)
    place = place or main_place(text, None)
    told = issuer_of(own.number if own else None, place)
    joint = told is not None and " - " in told  # a joint letterhead runs over lines and columns
    issuer = (
        told
        if joint
        else of_organisation(issuer, own)
        or placed(issuer, place)
        or told
        or (table.issuer if table else None)
    )
    issuer = issuer or enacting_body(text) or _commander(text) or (BY_TYPE.get(kind.name) if kind else None)
    scope, scope_place = scope_of(own.number, issuer, "", place) if own and own.number else (None, None)
    if is_central(scope, issuer):
        place = scope_place = None  # "Hà Nội, ngày ..." is where the Centre signs, not whom it speaks for
    return Head(
        True,
        number=own.number if own else None,
        type=kind,
        date=date,
        issuer=issuer,
        title=title,
        title_span=title_span,
        scope=scope,
        place=scope_place or place,
        body_start=body_start,
    )


def _reprinted(text: Text, reprint: Reprint) -> Head:
    """The header of a document that a page reprints without one."""
    own, place = reprint.own, main_place(text, None)
    tail = read_tail(text, own.end, own.end + 200) if own else None
    before = read_before(text, own.start, 0) if own else (None, None)
    issuer = (tail.issuer if tail else None) or before[1] or reprint.issuer
    return Head(
        True,
        number=own.number if own else None,
        type=reprint.type,
        date=(tail.date if tail else None) or before[0],
        issuer=issuer,
        title=own.name if own else None,
        scope=scope_of(own.number, issuer, "", place)[0] if own else None,
        place=place,
        body_start=reprint.start,
    )


_OPENS = re.compile(r"\n[ ]*(?:-\s)?(?:Căn cứ|Thực hiện|Để|Triển khai|Thi hành)\s")
"""How a preamble begins."""


def _heads(text: Text, type_line: re.Match[str]) -> bool:
    """Whether a text begins with its type alone on a line, and goes on with a title in capitals or a preamble."""
    after = re.compile(r"\s*([^\n]{12,})").match(text.clean, type_line.end("type"))
    return (
        not text.clean[: type_line.start("type")].strip(" \n|*")
        and not type_line["rest"].strip(" :.|*")
        and after is not None
        and (after[1].isupper() or _OPENS.search(text.clean, after.end(), after.end() + 400) is not None)
    )


_COMMANDS = re.compile(
    r"[\s,](?:yeu cau|(?:chi thi|huong dan|thong bao)(?!\s(?:so|ve)\b)|ban hanh)\s[^.;:]{5,300}?(?:nhu sau|(?:nay|noi dung|viec|viec cu the) sau(?: day)?)\s?:"
)
"""The clause that enacts a directive: "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành ... những nội dung sau:"."""


def _commander(text: Text) -> str | None:
    """Who speaks in the clause that enacts a directive."""
    clause = _COMMANDS.search(text.folded, 0, OPENING)
    return issuer_ending(text, max(0, clause.start() - 120), clause.start()) if clause else None


def _first_line_type(text: Text) -> re.Match[str] | None:
    """The title as first line in small letters, above a preamble ("Quyết định về việc ...", then "Căn cứ ...")."""
    match = _type_line().match(text.folded)
    if match is None or re.match(r"\s*(?:so\s|\d)", match["rest"]):
        return None
    preamble = re.search(
        r"\n[ ]*Căn cứ[^\n]{10,}\n(?:.|\n)*\n[ ]*(?:Căn cứ|Theo đề nghị|Xét|Điều 1)", text.clean[:OPENING]
    )
    about = re.match(r"\s*(?:ve|v/v|cua)\s", match["rest"])
    if preamble is not None or (
        about and _OPENS.match(text.clean, match.end()) and _COMMANDS.search(text.folded, 0, OPENING)
    ):
        return match
    return None


_FOOTNOTE = re.compile(r"[\[(]?\d{1,2}[\])]?[ |*]*")
"""A footnote's mark glued to the type ("THÔNG TƯ1")."""


def _find_type_line(text: Text, opening: str, own: Span | None) -> re.Match[str] | None:
    """The line that holds the type alone or begins the title, in capitals ("KẾ HOẠCH", "NGHỊ ĐỊNH CỦA CHÍNH PHỦ")."""
    for match in _type_line().finditer(text.folded, 0, len(opening)):
        words = text.clean[match.start("type") : match.end("type")]
        if fold(words) == "van ban" or match["rest"].lstrip().startswith("-"):
            continue  # a section of the gazette: "VĂN BẢN HỢP NHẤT - BỘ Y TẾ"
        if words.isupper() and (
            not match["rest"].strip(" :.|*")
            or _FOOTNOTE.fullmatch(match["rest"])
            or text.clean[match.start("rest") : match.end("rest")].lstrip()[:3].isupper()
        ):
            if fold(match["rest"].strip()).startswith(("nay", "so ")) and own is None:
                continue
            if match["rest"].strip(" ").endswith(":") or match["rest"].strip() == ":":
                continue
            return match
    return None


# The lines in capitals that follow the type.
_CAPITALS = re.compile(r"\s*\n(?:[^a-zà-ỹđ\n]{12,}\n\s*)+(?=[A-ZĐÀ-Ỹ][^\n]{0,12}[a-zà-ỹđ]{2})")
_PREAMBLE = re.compile(
    r"\n[ |*\-+]{0,20}(?P<word>can\s{0,3}cu|thuc\s{1,3}hien|de\s{1,3}(?:thuc|cu|trien|tiep)|dieu\s{1,2}1\b|nham|tiep\s{1,2}tuc\s{1,2}thuc"
    r"|trien\s{1,2}khai|i\s?[.-]|trong\s|nhung\s|ngay\s|kinh\s{1,2}gui|thi\s{1,2}hanh)"
)


_INLINE = re.compile(r"\s(?P<word>Căn cứ)\s(?=Luật|Nghị|Hiến|Điều lệ|Quy|Quyết|Chỉ)")
"""A preamble in a file whose lines are lost."""


def _body_start(text: Text, type_line: re.Match[str] | None, own: Span | None) -> int:
    """Where the preamble or the first sentence begins: at "Căn cứ", "Thực hiện", or the first long line after the type."""
    if type_line is None and re.match(
        r"\s*(?:can\s{1,2}cu|thuc\s{1,2}hien|thi\s{1,2}hanh|dieu\s{1,2}\d|[ivx1]\s?\.)\s", text.folded
    ):
        return 0
    if type_line is None and own is None:
        return 0
    at = type_line.end("type") if type_line else own.end if own else 0
    if (
        own is not None
        and own.typed
        and own.start < 60
        and own.end < at
        and _OPENS.search(text.clean, own.end, at)
    ):
        at = own.end  # the title line of a page; the line in capitals behind the preamble enacts
    match = None
    for candidate in _PREAMBLE.finditer(text.folded, at, min(len(text.folded), OPENING + at)):
        word = text.clean[candidate.start("word") : candidate.start("word") + 3]
        if (
            word[:1].islower()
            or (word[:2].isupper() and word[:1] not in "IVX")
            or not text.clean[at : candidate.start()].strip(" \n|*:-_")
        ):
            continue  # the title itself begins so, or runs on in capitals
        match = candidate
        break
    capitals = _CAPITALS.match(text.clean, at)
    if capitals and match and match.start() > capitals.end() + 150:
        return capitals.end()  # a title in capitals, and then prose
    if match and match.start() - at < 700:
        return match.start() + 1
    if "\n" not in text.clean[at : at + 700].rstrip() and (
        inline := _INLINE.search(text.clean, at, at + OPENING)
    ):
        return inline.start("word")
    title = re.compile(r"[\s|*:]*[^\s|*]").match(text.clean, at)
    blank = re.compile(r"\n\s*\n|\n\s*[-_*]{3,}").search(text.clean, title.end() if title else at)
    return (
        blank.end()
        if blank and blank.start() - at < 1200
        else match.start() + 1
        if match
        else min(len(text.clean), at + 600)
    )
