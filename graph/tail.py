"""Read what stands around a mention: date, issuer, term, title, alias.

A Vietnamese citation runs `type, số, number, (ngày) date, của issuer (khóa term) về title`, in this order mostly,
each part optional; a report may put date and issuer before the verb instead ("Ngày 27-3-1990, Ban Chấp hành Trung
ương đã ra Nghị quyết 8b-NQ/HNTW").
"""

import re
from dataclasses import dataclass

from graph.clean import Text, fold_letters

_D = r"\d{1,2}"
_DATE = re.compile(
    rf"(?:(?:ngay|ngyay|ngdy)\s{{0,3}})?(?P<d>{_D})\s{{1,3}}thang\s{{0,3}}(?P<m>{_D})\s{{0,3}},?\s{{0,2}}nam\s{{0,3}}(?P<y>(?:19|20)\d\d)"
    rf"|(?:ngay\s{{0,3}})?(?P<d2>{_D})\s{{0,2}}[/.-]\s{{0,2}}(?P<m2>{_D})\s{{0,2}}[/.-]\s{{0,2}}(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_MONTH = re.compile(
    r"(?:thang\s{0,2})?(?P<m>\d{1,2})\s{0,2}(?:/|-|nam)\s{0,2}(?P<y>(?:19|20)\d\d)(?![\d/-])|thang\s{1,2}(?P<m2>\d{1,2})\s{1,2}nam\s{1,2}(?P<y2>(?:19|20)\d\d)"
)
_YEAR = re.compile(r"nam\s{1,2}(?P<y>(?:19|20)\d\d)\b")
_BEFORE_DATE = re.compile(
    r"(?P<lead>[\s,(*]{0,4})(?:duoc\s|cung\s|da\s)?(?:ban hanh|ky ban hanh|ky|ra|de|cong bo|thong qua)?[\s,(]{0,3}(?=ngay|\d{1,2}\s{0,2}[/.-]|thang|nam)"
)
_TERM = re.compile(r"[\s,(]{0,4}(?:dang\s{1,2})?khoa\s{0,2}(?P<term>[ivx]{1,5})\b\s?\)?")
_OF = re.compile(r"[\s,(]{0,4}(?:cua|do)\s{1,3}")
_ALIAS = re.compile(
    r"\s{0,3}\(?\s{0,2}(?:sau\s{1,2}day|duoi\s{1,2}day|tu\s{1,2}day)?\s{0,2}(?:duoc\s)?(?:viet|goi)\s{0,2}(?:chung\s|tat\s)?\s{0,2}(?:la|:)?\s{0,2}(?:tat\s{1,2}la\s{0,2})?:?\s{0,2}(?P<alias>[^)]{2,60})\)"
)
_ABOUT = re.compile(
    r"[\s,:-]{0,4}(?P<about>(?:ve\s{1,2}viec|v/v|ve|quy\s{1,2}dinh|huong\s{1,2}dan|ban\s{1,2}hanh|phe\s{1,2}duyet|sua\s{1,2}doi|trien\s{1,2}khai|thuc\s{1,2}hien|bai\s{1,2}bo)"
    r"(?=[\s:,])|(?=[“\"]))"
)
_QUOTES = {"“": "”", '"': '"', "«": "»", "'": "'"}
_TITLE_STOP = re.compile(
    r";|[.:!?](?=\s|$)|\n\s*\n|\)|(?:,|\bvà|\n)\s{0,2}(?=(?:các\s)?(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định|Hướng dẫn|Thông tư|Nghị định|Luật|Kế hoạch|Công văn|Thông báo|Quy chế|Đề án|Chương trình)\s(?:số\s)?\d)"
    r"|(?:,|\bvà)\s(?=(?:các\s)?(?:Nghị quyết (?:Đại hội|Trung ương|Hội nghị)|(?:Bộ l|L)uật [A-ZĐ]|Pháp lệnh [A-ZĐ]))"
    r"|,\s(?=(?:Tỉnh ủy|Thành ủy|Ban Thường vụ|Ban Chấp hành|Ủy ban|UBND|Hội đồng|HĐND|Huyện ủy|Đảng ủy|Bộ|Sở|Chính phủ|Thủ tướng|Chủ tịch|BTV|Thường trực|Ban Dân vận|Ban Tổ chức|tỉnh|huyện|thành phố|các|đến nay|đồng thời)\s)"
    r"|,\s(?=ngày\s\d{1,2})"
    r"|,?\s(?=(?:được|đã được|có hiệu lực|hết hiệu lực|thay thế|thì)\s)"
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What the words around a mention say of its document; None where they are silent.

    Attributes:
        end: clean offset where the citation ends (after date, issuer, term, alias; before the title).
        title_end: clean offset where its title ends (`end` without a title).
        date: ISO prefix.
        issuer: as printed, blanks folded, common abbreviations written out.
        term: Roman numeral of the Party term.
        title: as printed, without quotation marks and "về việc".
        alias: what the text says it will call the document.
    """

    end: int
    title_end: int
    date: str | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None
    alias: str | None = None


def read_date(folded: str, start: int, end: int | None = None) -> tuple[str, int] | None:
    """The date that begins at `start` of folded text: ISO prefix and where it ends, or None.

    >>> read_date("ngay 3 thang 6 nam 2013", 0)
    ('2013-06-03', 23)
    """
    limit = len(folded) if end is None else end
    match = _DATE.match(folded, start, limit)
    if match:
        day, month, year = (match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"])
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return f"{year}-{int(month):02d}-{int(day):02d}", match.end()
        return None
    match = _MONTH.match(folded, start, limit)
    if match:
        month, year = match["m"] or match["m2"], match["y"] or match["y2"]
        return (f"{year}-{int(month):02d}", match.end()) if 1 <= int(month) <= 12 else None
    match = _YEAR.match(folded, start, limit)
    return (match["y"], match.end()) if match else None


def read_tail(text: Text, at: int, limit: int) -> Tail:
    """Read on from the end of a mention, at most to `limit` (the next mention, or the end of the part)."""
    folded = text.folded
    date = issuer = term = alias = None
    footnote = re.compile(r"\d{1,2}(?=[,;.\s])").match(folded, at, limit)
    if footnote:
        at = footnote.end()  # `66-NQ/TW1`: the mark of a footnote, glued on
    for _ in range(7):
        if date is None or len(date) < 10:
            before = _BEFORE_DATE.match(folded, at, limit)
            if before and (folded[before.end()].isalpha() or "\n" not in before["lead"]):
                # a date on a new line without "ngày" belongs to something else
                found = read_date(folded, before.end(), limit)
                if found and (date is None or len(found[0]) > len(date)):
                    date, at = found[0], found[1]
                    if folded[at : at + 1] == ")":
                        at += 1
                    continue
        match = _ALIAS.match(folded, at, limit)
        if match and alias is None:
            alias = " ".join(text.clean[match.start("alias") : match.end("alias")].split()).strip("“”\"' .")
            at = match.end()
            continue
        match = _TERM.match(folded, at, limit)
        if match and term is None:
            term, at = match["term"].upper(), match.end()
            continue
        match = _OF.match(folded, at, limit)
        if match and issuer is None:
            end = read_issuer(text, match.end(), limit)
            if end is not None:
                issuer, at = printed_issuer(text, match.end(), end), end
                continue
        break
    title, title_end = _title(text, at, limit)
    return Tail(at, title_end, date, issuer, term, title, alias)


_HEAD = (
    r"(?:Ban|BCH|BTV|BCĐ|BCT|BBT|Bộ|Liên bộ|liên bộ|Tỉnh|Thành|Huyện|Thị|Quận|Đảng|Chi bộ|Quân ủy|Ủy ban|UBND|UBMTTQ|UBKT|UBTVQH|HĐND|HĐBT"
    r"|Hội|Chính phủ|Thủ|Chủ tịch|Phó|Quốc hội|Văn phòng|VPCP|Sở|Cục|Tổng|Vụ|Ngân hàng|Tòa|Viện|Kiểm toán|Thanh tra|Bảo hiểm"
    r"|Liên đoàn|Mặt trận|MTTQ|Trung ương|TW|T\.Ư|Đoàn|Giám đốc|Thường|Công an|Nhà nước|Kho bạc|Học viện|Trường|TANDTC|VKSNDTC|Trưởng|CHÍNH|BỘ|THỦ|BAN|ỦY|TỈNH|THÀNH|HỘI|QUỐC"
    r"|Chánh|Trung tâm|Hiệp|Nước|tỉnh ủy|thành ủy|huyện ủy|ủy ban nhân dân|bộ|chính phủ|thủ tướng|hội đồng nhân dân)"
)
_HEAD = _HEAD.replace(" ", r"\s{1,3}")
_ISSUER_START = re.compile(rf"(?:các\s|liên\s|Lãnh đạo\s|đồng chí\s)?{_HEAD}(?![a-zà-ỹđ])")
_TOKEN = re.compile(
    r"\s{1,3}(?:-\s{0,2})?([^\s,;:.()\[\]“”\"]+)|\s?-\s?([^\s,;:.()\[\]“”\"]+)|,\s([A-ZĐÀ-Ỹ][^\s,;:.()\[\]“”\"]*)"
)
_LOWER = frozenset(
    [
        "nhân",
        "dân",
        "tỉnh",
        "thành",
        "phố",
        "huyện",
        "quận",
        "thị",
        "xã",
        "phường",
        "trấn",
        "trung",
        "ương",
        "nhà",
        "nước",
        "thường",
        "vụ",
        "chấp",
        "hành",
        "kiểm",
        "tra",
        "cấp",
        "ủy",
        "đảng",
        "bộ",
        "trực",
        "bí",
        "thư",
        "chính",
        "trị",
        "phủ",
        "hội",
        "đồng",
        "quốc",
        "tướng",
        "lâm",
        "thời",
        "lâm",
        "dân",
        "vận",
        "tuyên",
        "giáo",
        "tổ",
        "chức",
        "nội",
        "đạo",
        "trưởng",
        "tịch",
        "liên",
        "khối",
        "cơ",
        "quan",
        "các",
    ]
)
_STOP = frozenset(
    [
        "về",
        "quy",
        "hướng",
        "sửa",
        "ngày",
        "được",
        "đã",
        "có",
        "tại",
        "theo",
        "là",
        "để",
        "khóa",
        "số",
        "năm",
        "thì",
        "nêu",
        "phê",
        "cho",
        "trong",
        "từ",
        "đến",
        "do",
        "với",
        "này",
        "như",
        "nhằm",
        "khi",
        "sẽ",
        "cũng",
        "phải",
        "đang",
        "vừa",
        "yêu",
        "triển",
        "thực",
        "thay",
        "bãi",
        "ghi",
        "trên",
        "gửi",
        "ký",
        "ra",
        "nay",
        "ban",
    ]
)
_AFTER_CAPITAL = r"\s{1,3}(?:dinh|dan|doi|hanh|duyet|viec|che)\b"
_NEW_LINE = frozenset(
    [
        "Căn",
        "Theo",
        "Xét",
        "Điều",
        "Thực",
        "Để",
        "Quyết",
        "Nghị",
        "Chỉ",
        "Ban",
        "Số",
        "Kính",
        "Về",
        "Trên",
        "Nhằm",
        "I",
        "II",
        "III",
    ]
)
_TYPE_AFTER_AND = re.compile(
    r"(?i:\s{1,3}(?:và|,)\s)(?:các\s)?(?i:Nghị quyết|Nghị định|Chỉ thị|Kết luận|Quyết định|Quy định|Hướng dẫn|Thông tư|Luật|Kế hoạch|Công văn|Thông báo|Quy chế|Đề án|Chương trình|Pháp lệnh|Báo cáo|Tờ trình|Điều lệ)\b"
)
_COMMA_NAMES = (
    "Văn hóa",
    "Lao động",
    "Nông nghiệp",
    "Khoa học",
    "Giao thông",
    "Văn hoá",
    "Tài nguyên",
    "Thể thao",
)


def read_issuer(text: Text, at: int, limit: int) -> int | None:
    """Where the body named at `at` ends, or None where none is named there.

    Bodies write the first syllable of each part with a capital ("Bộ Lao động - Thương binh và Xã hội"); a few words
    of rank and place stay small ("tỉnh", "nhân dân").
    """
    clean = text.clean
    start = _ISSUER_START.match(clean, at, limit)
    if start is None:
        return None
    end = start.end()
    capital_before = True
    acronym = start.group().isupper()
    while end < limit:
        if _TYPE_AFTER_AND.match(clean, end):
            break
        token = _TOKEN.match(clean, end, limit)
        if token is None:
            break
        word = token[1] or token[2] or token[3]
        if "\n" in token.group() and word[0].isupper() and (word.isupper() or word in _NEW_LINE):
            break
        if token[3] and not clean[at:end].rstrip().endswith(_COMMA_NAMES):
            break
        lowered = word.lower()
        if word[0].isupper() and lowered != "và":
            if word in ("Về", "Số", "V/v", "Quy", "Hướng", "Sửa", "Ban", "Phê") and re.match(
                _AFTER_CAPITAL, fold_letters(clean[token.end() : token.end() + 8])
            ):
                break
            if word in ("Về", "Số", "V/v") or re.fullmatch(r"\d.*", word):
                break
            end, capital_before, acronym = token.end(), True, word.isupper() and len(word) > 2
            continue
        if lowered == "và":
            following = _TOKEN.match(clean, token.end(), limit)
            if following is None or not (following[1] or following[2] or "x")[0].isupper():
                break
            end, capital_before = token.end(), False
            continue
        if lowered in _LOWER and not (False):
            end, capital_before = token.end(), False
            continue
        if capital_before and lowered not in _STOP and word[0].isalpha() and not acronym:
            end, capital_before = token.end(), False
            continue
        break
    return end


_EXPAND = (
    (re.compile(r"^BCH\b"), "Ban Chấp hành"),
    (re.compile(r"^BTV\b"), "Ban Thường vụ"),
    (re.compile(r"^BCT\b"), "Bộ Chính trị"),
    (re.compile(r"^BBT\b"), "Ban Bí thư"),
    (re.compile(r"^(?:Giám đốc|Bộ trưởng|Thứ trưởng|đồng chí|Lãnh đạo)\s(?=Sở|Bộ)"), ""),
    (re.compile(r"(?<=\s)(?:T\.Ư|TƯ|TW)\b"), "Trung ương"),
    (re.compile(r"\s(?:Đảng|các)$"), ""),
)


def printed_issuer(text: Text, start: int, end: int) -> str:
    """The body's name as printed in the raw text, blanks folded, common abbreviations written out."""
    raw_start, raw_end = text.raw_span(start, end)
    from unicodedata import normalize

    name = normalize("NFC", " ".join(text.raw[raw_start:raw_end].split()))
    for pattern, long in _EXPAND:
        name = pattern.sub(long, name)
    return name


def _title(text: Text, at: int, limit: int) -> tuple[str | None, int]:
    about = _ABOUT.match(text.folded, at, limit)
    if about is None:
        return None, at
    clean = text.clean
    start = about.start("about")
    quote = re.compile(r"(?:về việc|về)?\s{0,3}([“\"«])").match(clean, start)
    if quote:
        end = _closing(clean, quote.end(), quote[1], min(len(clean), start + 700))
        if end is not None:
            return _printed(clean, quote.end(), end), end + 1
    stop = _TITLE_STOP.search(clean, about.end(), min(len(clean), start + 500))
    end = stop.start() if stop else min(len(clean), start + 300)
    title = _printed(clean, start, end)
    title = re.sub(r"^(?:về việc|về|v/v)\s+", "", title, flags=re.IGNORECASE)
    return (title or None), end


def _closing(clean: str, at: int, opening: str, limit: int) -> int | None:
    """Where a quotation closes, counting those inside it; straight quotes do not nest."""
    closing = _QUOTES[opening]
    depth = 1
    for i in range(at, limit):
        sign = clean[i]
        if sign == closing:
            depth -= 1
            if depth == 0:
                return i
        elif sign == opening:
            depth += 1
        elif sign == "\n" and clean[i : i + 2] == "\n\n":
            break
    # nested quotes are often left open: take the last closing sign before the citation ends
    last = max(clean.find(closing, at, limit), -1)
    return last if last > 0 else None


def _printed(clean: str, start: int, end: int) -> str:
    return " ".join(clean[start:end].split()).strip(' “”"«»,;.-')


_VERB_BEFORE = re.compile(
    r"(?:da|vua|tiep tuc|cung|moi|co|se)?\s{0,2}(?:ky\s{1,2})?(?:ban\s{1,2}hanh|ra|thong\s{1,2}qua|phe\s{1,2}duyet|cong\s{1,2}bo|xay\s{1,2}dung|co|ky)\s{1,3}(?:cac\s)?$"
)
_DATE_BEFORE = re.compile(
    r"(?:ngay\s{0,2}|(?<=\()|^|\s)\d{1,2}(?:\s{0,2}[/.-]\s{0,2}|\s{1,2}thang\s{1,2})\d{1,2}(?:\s{0,2}[/.-]\s{0,2}|\s{1,2}nam\s{1,2})(?:19|20)\d\d"
)
_AT = re.compile(
    r"(?:de\s{1,2}nghi|y\s{1,2}kien|bao\s{1,2}cao|to\s{1,2}trinh|de\s{1,2}xuat|chi\s{1,2}dao|uy\s{1,2}quyen)[^;.]{0,40}?\s(?:cua\s{1,3})?(?=[^;.]{3,110}\stai\s{1,3}$)"
)


def read_before(text: Text, start: int, limit: int) -> tuple[str | None, str | None]:
    """Date and issuer that stand before the verb or before "tại"; `limit` is where the mention before ends."""
    low = max(limit, start - 170)
    clean, folded = text.clean, text.folded
    sentence = max(clean.rfind(sign, low, start) for sign in (". ", ";", "\n\n", ".\n"))
    low = max(low, sentence + 1)
    window = folded[low:start]
    verb = _VERB_BEFORE.search(window)
    if verb:
        date = None
        dates = list(_DATE_BEFORE.finditer(window, 0, verb.start()))
        if dates:
            lead = dates[-1].start() + (1 if window[dates[-1].start()].isspace() else 0)
            found = read_date(window, lead)
            date = found[0] if found and len(window[dates[-1].end() : verb.start()]) < 110 else None
        return date, _issuer_ending(text, low, low + verb.start())
    at = _AT.search(window)
    if at:
        end = start - 4
        begin = low + at.end()
        found_end = read_issuer(text, begin, end)
        if found_end is not None:
            return None, printed_issuer(text, begin, found_end)
    return None, None


def _issuer_ending(text: Text, low: int, end: int) -> str | None:
    """The body whose name ends right at `end` (blanks aside), read from the latest head that reaches it."""
    while end > low and text.clean[end - 1] in " \n,":
        end -= 1
    for match in reversed(list(_ISSUER_START.finditer(text.clean, low, end))):
        if match.start() and text.clean[match.start() - 1].isalnum():
            continue
        reach = read_issuer(text, match.start(), end)
        if reach == end or (
            reach is not None and re.fullmatch(r"\s?\(?\s?(?:khóa|Khóa)\s[IVX]+\s?\)?", text.clean[reach:end])
        ):
            earlier = [
                m
                for m in _ISSUER_START.finditer(text.clean, low, match.start())
                if not (m.start() and text.clean[m.start() - 1].isalnum())
                and read_issuer(text, m.start(), end) in (end, reach)
            ]
            first = earlier[0] if earlier else match
            return printed_issuer(text, first.start(), reach)
    return None
