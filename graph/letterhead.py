"""Read the letterhead: who issued a text, when and from where, and its title."""

import re

from graph.clean import Text
from graph.date import read_date
from graph.issuer import printed_issuer, read_issuer
from graph.scope import body_symbol, main_place
from graph.span import Span
from ontology.body import body_named, body_of_symbol
from ontology.place import place_of_slug
from ontology.slug import fold

OPENING = 3000
"""How many code points from the start may hold the head."""

_PLACE_DATE = re.compile(
    r"(?<!\w)(?P<place>[A-ZĐÀ-Ỹ](?:[^\n,|;: -]|-(?!-)|[ ](?![ ]{2})){1,28}?),?\s{0,3}ngày[ \n]{0,4}\d{1,2}[ \n]{0,4}(?:th[áà]ng|/|-)[ \n]{0,4}\d{1,2}[ \n]{0,4}(?:n[ăãâ]m|/|-)[ \n]{0,4}\d{4}"
)
_BODY_LINE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|THỊ ỦY|QUẬN ỦY|BAN CHẤP HÀNH|BỘ CHÍNH TRỊ|BAN BÍ THƯ|CHÍNH PHỦ"
    r"|THỦ TƯỚNG CHÍNH PHỦ|QUỐC HỘI|ỦY BAN THƯỜNG VỤ QUỐC HỘI|CHỦ TỊCH NƯỚC|BỘ |NGÂN HÀNG|TÒA ÁN|VIỆN KIỂM SÁT|KIỂM TOÁN|THANH TRA|BAN |THƯỜNG TRỰC |VĂN PHÒNG|SỞ |ỦY BAN|HỘI ĐỒNG|CÔNG AN|TỔNG |CỤC )"
)


def is_central(scope: str | None, issuer: str | None) -> bool:
    """Whether a document is one of the Centre's, by its number or else by its issuer."""
    if scope is not None:
        return scope == "vn" or scope.endswith("tw")
    body = body_named(issuer) if issuer else None
    return body is not None and body.level == "central"


def of_organisation(issuer: str | None, own: Span | None) -> str | None:
    """Of "BAN CHẤP HÀNH TRUNG ƯƠNG" above a number of the Youth Union or the like, that union's committee; else None."""
    if issuer is None or own is None or not issuer.startswith("Ban Chấp hành Trung ương"):
        return None
    body = body_of_symbol(body_symbol(own.number) or "")
    union = body is not None and body.polity == "front" and body.name.startswith("Trung ương ")
    return f"Ban Chấp hành {body.name}" if union and body is not None else None


def placed(issuer: str | None, place: str | None) -> str | None:
    """A bare "Ủy ban nhân dân" of a letterhead, completed by the province its dateline names."""
    known = place_of_slug(place) if place else None
    if issuer is None or known is None:
        return issuer
    bare = re.fullmatch(
        r"(Ủy ban nhân dân|Hội đồng nhân dân|Tỉnh ủy|Thành ủy|UBND|HĐND)(?:\s(?:tỉnh|thành phố))?", issuer
    )
    if bare is None:
        return issuer
    return f"{bare[1]} {known.name}" if bare[1].endswith("ủy") else f"{bare[1]} {known.kind} {known.name}"


def own_date(text: Text, own: Span | None, body_start: int) -> str | None:
    """The date of the dateline ("Hà Nội, ngày ..."), or the one behind the own number in a title; ISO or None."""
    top = text.clean[: max(body_start, 400)]
    for match in _PLACE_DATE.finditer(top):
        line_start = top.rfind("\n", 0, match.start()) + 1
        before = top[line_start : match.start()]
        columns = before.endswith(("   ", "|", "| ", "--- ", "___ "))
        alone = re.fullmatch(r"(?i)(?:số\s?:?[^;]{0,40})?[\s|]*", before.strip(" |*-_"))
        if (columns or alone) and re.fullmatch(
            r"(?!Căn cứ|Theo|Luật|Bộ luật|Pháp lệnh|Nghị|Quyết|Thông|Chỉ|Kế|Thực)(?:TP\.?\s?)?[^\d\s][^\d,;:()/]*",
            match["place"],
        ):
            at = match.start() + match.group().find("ngày")
            found = read_date(text.folded, at)
            if found:
                return found[0]
    beside = _PLACE_DATE.match(top, own.end + 1) if own is not None else None
    if beside is not None:  # lines lost: "Số: 76/2016/NQ-HĐND Lào Cai, ngày 15 tháng 12 năm 2016"
        found = read_date(text.folded, beside.start() + beside.group().find("ngày"))
        if found:
            return found[0]
    if own is not None:
        after = re.compile(r"[\s,(]{0,4}(?:ngay\s|,)").match(text.folded, own.end)
        if after:
            found = read_date(text.folded, re.compile(r"[\s,(]{0,4}").match(text.folded, own.end).end())  # type: ignore[union-attr]
            if found:
                return found[0]
    passed = list(PASSED.finditer(text.folded, max(0, len(text.folded) - 20_000)))
    found = read_date(text.folded, passed[-1].end()) if passed else None
    return found[0] if found else None


# "Luật này được Quốc hội khóa XV, kỳ họp thứ 5 thông qua ngày 19 tháng 6 năm 2023."
PASSED = re.compile(
    r"(?:luat|nghi quyet|phap lenh)\s{1,2}nay\s{1,2}(?:da\s{1,2})?duoc\s{1,2}[^.;]{6,140}?thong\s{1,2}qua\s{1,2}(?=ngay)"
)


def dateline(text: Text) -> str | None:
    """The date of an article: one that stands alone on a line near the top, with a weekday or an hour perhaps."""
    opened = _PLACE_DATE.match(text.clean.lstrip())
    if opened:
        found = read_date(text.folded.lstrip(), opened.group().find("ngày"))
        if found:
            return found[0]
    for line in re.finditer(r"[^\n]{6,60}", text.folded[:600]):
        match = re.search(
            r"\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d|ngay\s\d{1,2}\sthang\s\d{1,2}\snam\s\d{4}", line.group()
        )
        if match and len(line.group()) - len(match.group()) < 30:
            found = read_date(line.group(), match.start())
            if found and len(found[0]) == 10:
                return found[0]
    return None


def read_letterhead(
    text: Text, own: Span | None, type_line: re.Match[str] | None, head_words: str, letterhead: bool
) -> tuple[str | None, str | None]:
    """Issuer as printed (capitals brought down) and province of the header."""
    place = main_place(text, head_words[:700]) if (own or letterhead) else None
    candidates: list[str] = []
    if type_line is not None:
        after = text.clean[type_line.end("type") : type_line.end("type") + 160]
        of = re.match(r"\s{0,3}(?:CỦA|của)\s([^\n]{4,80})", after)
        if of:
            candidates.append(re.split(r"\sSỐ\s|\ssố\s|\s-|,", of[1])[0])
    top = re.sub(r"(?<=TỈNH|UYỆN|HÀNH)\n(?=ỦY\b)", " ", head_words[:1800])
    joined = re.sub(
        r"\n(?!(?:TỈNH|HUYỆN|QUẬN|THỊ|THÀNH) ỦY)(?=(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|NHÂN DÂN|DÂN|TRUNG ƯƠNG|VÀ|HĐND|TỐI CAO|CHÍNH|PHỦ)\s?[A-ZĐÀ-Ỹ -]*(?:\n|\||$))",
        " ",
        top,
    )
    joined = re.sub(r"(?<=ỦY)\n(?=BAN\s)|(?<=HỘI)\n(?=ĐỒNG\s)|(?<=BỘ)\n(?=[A-ZĐÀ-Ỹ]{2})", " ", joined)
    unit = None if own and _OF_COMMITTEE.search(own.number or "") else _unit(joined)
    for line in re.split(r"[\n|]|[ ]{3,}", joined):
        line = re.sub(r"\s\(KHÓA [IVX]+\)$", "", " ".join(line.split()).strip(" *-_."))
        if _BODY_LINE.match(line) and line.upper() == line and len(line) < 90:
            candidates.append(re.split(r"\s(?:CỘNG HÒA|ĐẢNG CỘNG|SỐ:?)\b", line)[0].strip())
        elif _BODY_TITLE.fullmatch(line):
            candidates.append(line)
    if own is not None and not candidates:
        of = re.compile(
            r"\s{0,3}(?:ngày[^;\n]{4,30}?)?\s{0,3}(?:của|(?:do|ban hành bởi))\s{1,2}(?=[A-ZĐ])"
        ).match(text.clean, own.end)
        end = read_issuer(text, of.end(), of.end() + 120) if of else None
        if of and end:
            candidates.append(printed_issuer(text, of.end(), end))
    best = _fullest(candidates, place)
    return (_signed(text, best) or _of_board(candidates) or unit or best, place)


_OF_COMMITTEE = re.compile(r"[-/](?:UBND|UB|HĐND)(?:$|[-.&])")
_UNIT = re.compile(
    r"(?:^|[\n|])[ *]*(?P<over>(?:ỦY BAN NHÂN DÂN|BỘ|ĐẢNG ỦY|ĐẢNG BỘ|HUYỆN ỦY|THÀNH ỦY|THỊ ỦY|QUẬN ỦY|TỈNH ỦY|SỞ|HỘI|LIÊN ĐOÀN|TỈNH ĐOÀN) [^\n|]{2,60}?|ỦY BAN NHÂN DÂN|UBND [^\n|]{2,60}?)[ ]*\n[ *]*"
    r"(?P<unit>(?:SỞ|PHÒNG|CHI CỤC|CỤC|TỔNG CỤC|VĂN PHÒNG|THANH TRA|TRUNG TÂM|ĐẢNG ỦY|CHI BỘ|HUYỆN ỦY|THỊ ỦY|QUẬN ỦY|BAN QUẢN LÝ|BAN DÂN TỘC|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|BAN THƯỜNG TRỰC)(?: [^\n|]{2,60}?)?)[ ]*(?=[\n|])"
)


def _unit(top: str) -> str | None:
    """Of two lines "ỦY BAN NHÂN DÂN TỈNH LÀO CAI / SỞ CÔNG THƯƠNG" the lower one issues: Sở Công Thương tỉnh Lào Cai."""
    lines = _UNIT.search(top)
    if lines is None or not lines.group().isupper():
        return None
    over, unit = lines["over"].strip(), lines["unit"].strip()
    place = re.search(r"\b(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ)\s.+", over)
    if unit in ("HUYỆN ỦY", "THỊ ỦY", "QUẬN ỦY"):
        return f"{_lower(unit)} {_lower(place.group().split(' ', 1)[1])}" if place else None
    if unit in ("VĂN PHÒNG", "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "BAN THƯỜNG TRỰC"):
        return f"{_lower(unit)} {_lower(over)}"
    local = place and over.startswith(("ỦY BAN", "UBND")) and not unit.startswith("BAN QUẢN")
    return f"{_lower(unit)} {_lower(place.group())}" if local and place else _lower(unit)


BY_TYPE = {"Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}
"""Who alone may issue a type. Source: Hiến pháp 2013, Điều 70 và 74."""

_ENACTING = re.compile(
    r"\n[ ]{0,4}(?=(?:Bộ trưởng|Thống đốc|Chính phủ|Quốc hội|Tổng|Chánh án|Viện trưởng|Thủ tướng)\s)"
)


_SIGNERS = {
    "TM. CHÍNH PHỦ": "Chính phủ", "THỐNG ĐỐC": "Ngân hàng Nhà nước Việt Nam", "THỦ TƯỚNG": "Thủ tướng Chính phủ",
    "TỔNG KIỂM TOÁN": "Kiểm toán nhà nước",
}  # fmt: skip
"""Whose document it is, by who signs."""
_SIGNED_BY = re.compile(
    r"(?:^|[\n|])[ ]{0,8}(?:(?P<who>TM\. CHÍNH PHỦ)|(?:KT\. ?)?(?P<head>THỐNG ĐỐC|THỦ TƯỚNG|TỔNG KIỂM TOÁN)[A-ZĐÀ-Ỹ ]*(?=[\n|]))"
)


def enacting_body(text: Text) -> str | None:
    """The body of an enacting clause ("Bộ trưởng Bộ Tài chính ban hành Thông tư ...") or of who signs; or None."""
    for line in _ENACTING.finditer(text.clean, 0, 2 * OPENING):
        end = read_issuer(text, line.end(), line.end() + 160)
        if end is not None and re.compile(r"\s{1,3}ban\s{1,3}hanh\s").match(text.folded, end):
            return printed_issuer(text, line.end(), end)
    signed = _SIGNED_BY.search(text.clean)
    return _SIGNERS[signed["who"] or signed["head"]] if signed else None


# "Ủy ban nhân dân tỉnh Long An" alone on a line, as files without capitals have it
_BODY_TITLE = re.compile(
    r"(?:Ủy ban nhân dân|Hội đồng nhân dân)\s(?:tỉnh|thành phố|huyện|quận|thị xã)(?:\s[^\s,;:.]{1,8}){1,4}"
)
_SIGNED = re.compile(
    r"\n[ |]*(?:T/M|TM\.|TM)\s{1,2}(?P<organ>BỘ CHÍNH TRỊ|BAN BÍ THƯ|BAN THƯỜNG VỤ|BAN CHẤP HÀNH)(?P<of>[^\n|]{0,40})"
)
_ENACTS = re.compile(
    r"\n[ |]*(?P<organ>BỘ CHÍNH TRỊ|BAN BÍ THƯ|BAN THƯỜNG VỤ|Bộ Chính trị|Ban Bí thư|Ban Thường vụ)(?P<of>[^\n|]{0,40}?)"
    r"\s(?:QUYẾT ĐỊNH|QUY ĐỊNH|quyết định|quy\s?định|ban hành)\b"
)


def _signed(text: Text, letterhead: str | None) -> str | None:
    """The organ in whose name a Party document is signed or enacted; its letterhead names only the committee."""
    party = letterhead is not None and re.match(
        r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ủy|Ban Chấp hành Trung ương", letterhead
    )
    if not party or letterhead is None:
        return None
    match = _SIGNED.search(text.clean, max(0, len(text.clean) - 3000)) or _ENACTS.search(
        text.clean, 0, OPENING
    )
    if match is None:
        return None
    organ = _lower(match["organ"]).replace("Bộ chính trị", "Bộ Chính trị")
    if organ in ("Bộ Chính trị", "Ban Bí thư"):
        return organ
    committee = re.search(r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ủy.*", letterhead)
    return f"{organ} {committee.group()}" if organ == "Ban Thường vụ" and committee else None


def _of_board(candidates: list[str]) -> str | None:
    """A board under its committee: "TỈNH ỦY NINH THUẬN / BAN TUYÊN GIÁO" is Ban Tuyên giáo Tỉnh ủy Ninh Thuận."""
    if len(candidates) < 2:
        return None
    committee, board = _lower(candidates[0]), candidates[1]
    if not re.fullmatch(r"(?:BAN (?!CHẤP|THƯỜNG|BÍ)[A-ZĐÀ-Ỹ ]{4,30}|ỦY BAN KIỂM TRA|VĂN PHÒNG)", board):
        return None
    if re.match(r"(?:Tỉnh|Thành|Huyện|Thị|Quận) ủy", committee):
        return f"{_board_name(board)} {committee}"
    if committee.startswith("Ban Chấp hành Trung ương"):
        return f"{_board_name(board)} Trung ương"
    return None


def _board_name(board: str) -> str:
    """A board's name with a capital on each part: "BAN TUYÊN GIÁO" is Ban Tuyên giáo."""
    known = _lower(board)
    return known if known.upper() != known and "Giáo" not in known else "Ban " + board[4:].capitalize()


_WORDS = {
    "ỦY BAN NHÂN DÂN": "Ủy ban nhân dân", "HỘI ĐỒNG NHÂN DÂN": "Hội đồng nhân dân", "TỈNH ỦY": "Tỉnh ủy", "THÀNH ỦY": "Thành ủy",
    "HUYỆN ỦY": "Huyện ủy", "THỊ ỦY": "Thị ủy", "QUẬN ỦY": "Quận ủy", "ĐẢNG ỦY": "Đảng ủy", "BAN THƯỜNG VỤ": "Ban Thường vụ",
    "BAN CHẤP HÀNH": "Ban Chấp hành", "TRUNG ƯƠNG": "Trung ương", "BỘ CHÍNH TRỊ": "Bộ Chính trị", "BAN BÍ THƯ": "Ban Bí thư",
    "THỦ TƯỚNG CHÍNH PHỦ": "Thủ tướng Chính phủ", "CHÍNH PHỦ": "Chính phủ", "THÀNH PHỐ": "thành phố", "TỈNH": "tỉnh",
    "QUỐC HỘI": "Quốc hội", "HUYỆN": "huyện", "QUẬN": "quận", "THỊ XÃ": "thị xã", "VĂN PHÒNG": "Văn phòng", "BAN TỔ CHỨC": "Ban Tổ chức",
    "BAN TUYÊN GIÁO": "Ban Tuyên giáo", "BAN DÂN VẬN": "Ban Dân vận", "ỦY BAN KIỂM TRA": "Ủy ban Kiểm tra", "ỦY BAN THƯỜNG VỤ": "Ủy ban Thường vụ",
    "NHÀ NƯỚC": "Nhà nước", "TÀI CHÍNH": "Tài chính", "NỘI VỤ": "Nội vụ", "ĐẢNG BỘ": "Đảng bộ", "XÃ": "xã", "PHƯỜNG": "phường",
}  # fmt: skip


def _fullest(candidates: list[str], place: str | None) -> str | None:
    """The candidate to believe: the issuing organ of the title over the letterhead, completed by its place."""
    if not candidates:
        return None
    lowered = [_lower(candidate) for candidate in candidates]
    best = lowered[0]
    for other in lowered[1:]:
        if fold(other).startswith(fold(best)) and len(other) > len(best):
            best = other
    if re.fullmatch(
        r"(?:Ban Thường vụ|Ban Chấp hành|Thường trực)\s(?:Tỉnh ủy|Thành ủy|Đảng bộ tỉnh)|Tỉnh ủy|Thành ủy",
        best,
    ):
        for other in lowered:
            completed = re.search(r"(?:Tỉnh ủy|Thành ủy|tỉnh|thành phố)\s([A-ZĐÀ-Ỹ].+)", other)
            if completed:
                return f"{best} {completed[1]}"
    return best


def _lower(name: str) -> str:
    """A name in capitals brought down: known phrases in their spelling, other words capitalised."""
    if name.upper() != name:
        return name
    known = body_named(name)
    if known is not None:
        return known.name
    for capital, small in _WORDS.items():
        name = re.sub(rf"(?<!\w){capital}(?!\w)", small, name)
    return " ".join(
        w.capitalize() if w.isupper() and len(w) > 1 and w not in ("UBND", "HĐND") else w
        for w in name.split()
    )
