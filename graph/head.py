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
from graph.letterhead import (
    BY_TYPE,
    OPENING,
    dateline,
    enacting_body,
    is_central,
    own_date,
    own_title,
    placed,
    read_letterhead,
)
from graph.own_type import commands, own_type, self_called_type
from graph.portal import Properties, read_properties
from graph.scope import issuer_of, main_place, scope_of
from graph.span import Span
from ontology.doctype import DocumentType, document_types, type_of_name
from ontology.slug import fold

_LETTERHEAD = re.compile(
    r"cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi\s{1,3}chu\s{1,3}nghia|dang\s{1,3}cong\s{1,3}san\s{1,3}viet\s{1,3}nam"
)
_SO_LINE = re.compile(
    r"(?:^|[\n|])[ ]{0,40}(?:(?:Bộ luật|Luật|Pháp lệnh|LUẬT|Nghị quyết)\s{1,3}(?:số|SỐ)(?=[^\n|]{1,32}[\n|])|S[ốỐo6ôóòõọ])[\s|]{0,3}:?[\s|]{0,6}(?=\d)"
)
_BLANK_NUMBER = re.compile(
    r"(?:^|[\n|])[ ]{0,40}(?:Số|SỐ)[ ]{0,3}:?[ .…_|]{2,40}[-/]\s?(?P<symbol>[A-ZĐa-z]{1,8})\s?[-/]?\s?(?P<body>[A-ZĐƯa-z]{0,12})"
)


_ENACTS = re.compile(r"(?:nhu\s{1,2}sau|sau\s{1,2}day)\s?:|\n\s{0,4}dieu\s{1,2}1\s?[.:]")


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
    own = _own_number(text, spans, opening) or _tabled_number(spans, table)
    titled = _first_line_type(text) if own is None else None
    blank = _BLANK_NUMBER.search(opening[:1500]) if own is None else None
    type_line = _find_type_line(text, opening, own) or titled
    if own is None and type_line is not None:
        own = _annexed_number(text, spans, type_line)
    consolidated = own is None and _CONSOLIDATED.search(text.folded, 0, 2 * OPENING) is not None
    annexed = _number_of_annex(text, spans) if own is None and not consolidated else None
    own = own or annexed
    letterhead = _LETTERHEAD.search(text.folded, 0, OPENING) is not None
    called = self_called_type(text)
    headed = type_line is not None and (letterhead or _heads(text, type_line))
    is_document = bool(own or blank or titled or headed or called or commands(text))
    if not is_document:
        return Head(False, place=main_place(text, None), date=dateline(text))
    kind = own_type(text, own, type_line, blank["symbol"] if blank else None, called, letterhead)
    kind = type_of_name("Văn bản hợp nhất") if consolidated and type_line else kind
    body_start = _body_start(text, type_line, own) if own is not annexed or own is None else 0
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
    issuer = told if joint else placed(issuer, place) or told or (table.issuer if table else None)
    issuer = issuer or enacting_body(text) or (BY_TYPE.get(kind.name) if kind else None)
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


def _own_number(text: Text, spans: list[Span], opening: str) -> Span | None:
    """The first number after a line that begins with "Số", or the number in the title line of a portal's text."""
    starts = [m.end() for m in _SO_LINE.finditer(opening)]
    numbered = [s for s in spans if s.number and not s.bare and s.start < OPENING]
    for at in starts:
        for span in numbered:
            if span.start <= at < span.end and not re.search(
                r"kem\s{1,2}theo", text.folded[max(0, at - 60) : at]
            ):
                return span
    first_line = re.match(r"\s*[^\n]{0,300}", opening)
    if first_line and (_LETTERHEAD.search(text.folded, 0, OPENING) or not starts):
        for span in numbered:
            lead = text.folded[: span.start].strip()
            if span.typed and span.start < 200 and lead == "" and _titled(text, span):
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
            and _LETTERHEAD.search(text.folded, 0, OPENING)
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


def _heads(text: Text, type_line: re.Match[str]) -> bool:
    """Whether a text begins with its type alone on a line and its title in capitals on the next."""
    after = re.compile(r"\s*([^\n]{12,})").match(text.clean, type_line.end("type"))
    return (
        not text.clean[: type_line.start("type")].strip(" \n|*")
        and not type_line["rest"].strip(" :.|*")
        and after is not None
        and after[1].isupper()
    )


def _tabled_number(spans: list[Span], table: Properties | None) -> Span | None:
    """The number in a portal's table of properties."""
    if table is None:
        return None
    return next((s for s in spans if s.number and not s.bare and s.start <= table.number_at < s.end), None)


def _first_line_type(text: Text) -> re.Match[str] | None:
    """The title as first line in small letters, above a preamble ("Quyết định về việc ...", then "Căn cứ ...")."""
    match = _type_line().match(text.folded)
    preamble = re.search(
        r"\n[ ]*Căn cứ[^\n]{10,}\n(?:.|\n)*\n[ ]*(?:Căn cứ|Theo đề nghị|Xét|Điều 1)", text.clean[:OPENING]
    )
    if match is None or preamble is None or re.match(r"\s*(?:so\s|\d)", match["rest"]):
        return None
    return match


def _annexed_number(text: Text, spans: list[Span], type_line: re.Match[str]) -> Span | None:
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


_CONSOLIDATED = re.compile(
    r"van\s{1,2}ban\s{1,2}(?:nay\s{1,2})?(?:duoc\s{1,2})?hop\s{1,2}nhat|duoc\s{1,2}sua\s{1,2}doi,\s{1,2}bo\s{1,2}sung\s{1,2}boi\s?:"
)
_ANNEX_OF = re.compile(r"\(\s?(?:da\s|duoc\s)?(?:ban\s{1,2}hanh\s{1,2})?kem\s{1,2}theo\s{1,2}$")


def _number_of_annex(text: Text, spans: list[Span]) -> Span | None:
    """The own number of a passage that says "Thông tư này" and prints an annex "(Kèm theo Thông tư số ...)"."""
    for span in spans:
        if span.number and not span.bare and span.typed and span.type is not None:
            annexed = _ANNEX_OF.search(text.folded, max(0, span.start - 40), span.start)
            if annexed and re.search(rf"\b{fold(span.type.name)}\s{{1,3}}nay\b", text.folded):
                return span
    return None


def _titled(text: Text, span: Span) -> bool:
    """Whether an opening line is the text's own title and no sentence about the document."""
    after = text.folded[span.end : span.end + 260].split("\n")[0]
    if re.search(r"\b(?:da|duoc|nham|thi)\b", after[:60]):
        return False
    following = text.folded[span.end : span.end + 900]
    return bool(re.search(r"\n\s*(?:can cu|dieu 1\b|\S.{0,60}\n\s*can cu)", following)) or bool(
        _LETTERHEAD.search(text.folded, 0, OPENING)
    )


def _find_type_line(text: Text, opening: str, own: Span | None) -> re.Match[str] | None:
    """The line that holds the type alone or begins the title, in capitals ("KẾ HOẠCH", "NGHỊ ĐỊNH CỦA CHÍNH PHỦ")."""
    for match in _type_line().finditer(text.folded, 0, len(opening)):
        words = text.clean[match.start("type") : match.end("type")]
        if fold(words) == "van ban" or fold(match["rest"]).strip().startswith("- van phong"):
            continue  # a section of the gazette
        if words.isupper() and (
            not match["rest"].strip(" :.|*")
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


def _body_start(text: Text, type_line: re.Match[str] | None, own: Span | None) -> int:
    """Where the preamble or the first sentence begins: at "Căn cứ", "Thực hiện", or the first long line after the type."""
    if type_line is None and re.match(
        r"\s*(?:can\s{1,2}cu|thuc\s{1,2}hien|thi\s{1,2}hanh|dieu\s{1,2}\d|[ivx1]\s?\.)\s", text.folded
    ):
        return 0
    if type_line is None and own is None:
        return 0
    at = type_line.end("type") if type_line else own.end if own else 0
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
    title = re.compile(r"[\s|*:]*[^\s|*]").match(text.clean, at)
    blank = re.compile(r"\n\s*\n|\n\s*[-_*]{3,}").search(text.clean, title.end() if title else at)
    return (
        blank.end()
        if blank and blank.start() - at < 1200
        else match.start() + 1
        if match
        else min(len(text.clean), at + 600)
    )
