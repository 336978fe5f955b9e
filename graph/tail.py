"""Read what stands around a mention: date, issuer, term, title, alias.

A Vietnamese citation runs `type, số, number, (ngày) date, của issuer (khóa term) về title`, in this order mostly,
each part optional; a report may put date and issuer before the verb instead ("Ngày 27-3-1990, Ban Chấp hành Trung
ương đã ra Nghị quyết 8b-NQ/HNTW").
"""

import re
from dataclasses import dataclass

from graph.clean import Text
from graph.date import read_date
from graph.issuer import issuer_ending, printed_issuer, read_issuer

_BEFORE_DATE = re.compile(
    r"(?P<lead>[\s,(*]{0,4})(?:duoc\s|cung\s|da\s)?(?:ban hanh|ky ban hanh|ky|ra|de|cong bo|thong qua)?[\s,(]{0,3}(?=ngay|\d{1,2}\s{0,2}[/.-]|thang|nam)"
)
_TERM = re.compile(r"[\s,(]{0,4}(?:dang\s{1,2})?khoa\s{0,2}(?P<term>[ivx]{1,5})\b\s?\)?")
# "của Ban Chấp hành ...", "Hội nghị lần thứ 6 Ban Chấp hành ..."
_PLENUM = r"(?:tai\s)?hoi\s{1,2}nghi\s{1,2}(?:lan\s{1,2}thu|trung\s{1,2}uong)\s{1,2}\w{1,6},?\s{1,2}(?:cua\s)?(?=ban\s|bch\b)"
_OF = re.compile(
    rf"[\s,(]{{0,4}}(?:(?:cua|do|(?:duoc\s)?ban\s{{1,2}}hanh\s{{1,2}}boi)\s{{1,3}}(?:{_PLENUM})?|{_PLENUM})"
)
_ALIAS = re.compile(
    r"\s{0,3}\(?\s{0,2}(?:sau\s{1,2}day|duoi\s{1,2}day|tu\s{1,2}day)?\s{0,2}(?:duoc\s)?(?:viet|goi)\s{0,2}(?:chung\s|tat\s)?\s{0,2}(?:la|:)?\s{0,2}(?:tat\s{1,2}la\s{0,2})?:?\s{0,2}(?P<alias>[^)]{2,60})\)"
)
_SHORT = re.compile(
    r"\s{0,3}\(\s?(?P<alias>[a-z]{2,8}(?:\s[a-z]{2,8}){1,3}\s(?:so\s)?\d{1,4})\s?\)"
)  # "(Quy hoạch 893)"
_ABOUT = re.compile(
    r"[\s,:-]{0,4}(?P<about>(?:ve\s{1,2}viec|v/v|ve|quy\s{1,2}dinh|huong\s{1,2}dan|ban\s{1,2}hanh|phe\s{1,2}duyet|sua\s{1,2}doi|trien\s{1,2}khai|thuc\s{1,2}hien|bai\s{1,2}bo)"
    r"(?=[\s:,])|(?=[“\"]))"
)
# a day that leaves its year to the reader ("ngày 24/11 của Ban Thường vụ Tỉnh ủy") dates nothing
_SAME_DAY = re.compile(
    r"[\s,(]{1,4}(?:(?:cung|ngay)\s{1,2}(?:ngay|hom do)\b|ngay\s{1,2}\d{1,2}[/.-]\d{1,2}(?![/.-]?\d))\)?"
)
_QUOTES = {"“": "”", '"': '"', "«": "»", "'": "'"}
_TITLE_STOP = re.compile(
    r";|[.:!?](?=\s|$)|\n\s*\n|\)|\s?\((?=(?:sau đây|dưới đây|từ đây|viết|gọi)\s)|(?:,|\bvà|\n)\s{0,2}(?=(?:các\s)?(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định|Hướng dẫn|Thông tư|Nghị định|Luật|Kế hoạch|Công văn|Thông báo|Quy chế|Đề án|Chương trình)\s(?:số\s)?\d)"
    r"|(?:,|\bvà)\s(?=(?:các\s)?(?:Nghị quyết (?:Đại hội|Trung ương|Hội nghị)|(?:Bộ l|L)uật [A-ZĐ]|Pháp lệnh [A-ZĐ]))"
    r"|,\s(?=(?:Tỉnh ủy|Thành ủy|Ban Thường vụ|Ban Chấp hành|Ủy ban|UBND|Hội đồng|HĐND|Huyện ủy|Đảng ủy|Bộ|Sở|Chính phủ|Thủ tướng|Chủ tịch|BTV|Thường trực|Ban Dân vận|Ban Tổ chức|tỉnh|huyện|thành phố|các|đến nay|đồng thời)\s)"
    r"|,\s(?=ngày\s\d{1,2})"
    # law portals: "... do Bộ Y tế ban hành", and under it a line of links
    r"|\s(?=do\s[A-ZĐ][^\n;|]{3,80}\sban hành\s*(?:\n|\Z))|\n(?=[^\n|]{1,40}\s\|\s)"
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
                if found and "," in before["lead"] and _starts_clause(text, found[1], limit):
                    break  # "..., ngày 10.12.2025 UBND tỉnh đã ban hành Kế hoạch ...": the date of what follows
                if found and (date is None or len(found[0]) > len(date)):
                    date, at = found[0], found[1]
                    if folded[at : at + 1] == ")":
                        at += 1
                    continue
        same_day = _SAME_DAY.match(folded, at, limit) if date is None else None
        if same_day:
            at = same_day.end()
        match = _ALIAS.match(folded, at)
        if match and alias is None:
            alias = _printed(text.clean, *match.span("alias"))
            if match.end() > limit:
                break  # an alias with a number is a mention itself
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
    short = _SHORT.match(folded, at) if alias is None else None
    if short is not None:
        alias = _printed(text.clean, *short.span("alias"))
    title, title_end = _title(text, at, limit)
    match = _ALIAS.match(folded, title_end) if alias is None else None
    if match is not None:
        alias = _printed(text.clean, *match.span("alias"))
        title_end = match.end() if match.end() <= limit else title_end
    return Tail(at, title_end, date, issuer, term, title, alias)


def _starts_clause(text: Text, at: int, limit: int) -> bool:
    """Whether a body and the verb of its issuing stand right behind a date."""
    blank = re.compile(r"[\s,]{1,4}").match(text.clean, at)
    end = read_issuer(text, blank.end(), limit) if blank else None
    return end is not None and _ISSUES.match(text.folded, end) is not None


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


_ISSUES = re.compile(
    r"\s{1,3}(?:da\s|vua\s)?(?:ky\s)?(?:ban\s{1,2}hanh|ra|thong\s{1,2}qua|phe\s{1,2}duyet|co|ky)\s"
)
_VERB_BEFORE = re.compile(
    r"(?:(?:da|vua|tiep tuc|cung luc|dong thoi|chinh thuc|kip thoi|cung|moi|co|se|chu dong|som|bieu quyet)\s{0,2}){0,3}(?:ky\s{1,2})?(?:ban\s{1,2}hanh|ra|thong\s{1,2}qua|phe\s{1,2}duyet|cong\s{1,2}bo|xay\s{1,2}dung|cu\s{1,2}the\s{1,2}hoa\s{1,2}(?:bang|thanh)|co|ky)\s{1,3}(?:cac\s(?:van\s{1,2}ban\s?:?\s*)?)?$"
)
_DATE_BEFORE = re.compile(
    r"(?:ngay\s{0,2}|(?<=\()|^|\s)\d{1,2}(?:\s{0,2}[/.-]\s{0,2}|\s{1,2}thang\s{1,2})\d{1,2}(?:\s{0,2}[/.-]\s{0,2}|\s{1,2}nam\s{1,2})(?:19|20)\d\d"
)
# "Thay mặt Bộ Chính trị, đồng chí A ... ký ban hành Quy định B": B is the Political Bureau's
_ON_BEHALF = re.compile(r"\bthay\s{1,2}mat\s{1,2}(?=bo\s|ban\s|ubnd\s|uy\s|chinh\s|hdnd\s|hoi\s)")
_AT = re.compile(
    r"(?:de\s{1,2}nghi|y\s{1,2}kien|bao\s{1,2}cao|to\s{1,2}trinh|de\s{1,2}xuat|chi\s{1,2}dao|uy\s{1,2}quyen)[^;.]{0,40}?\s(?:cua\s{1,3})?(?=[^;.]{3,110}\stai\s{1,3}$)"
)


_APPROVED = re.compile(
    r"\s(?:da|vua)\s{1,2}(?:phe duyet|ban hanh|thong qua|cong bo|quyet dinh|quy dinh|giao)\s"
)


def _approved_by(text: Text, low: int, start: int) -> str | None:
    """`Ủy ban nhân dân tỉnh Yên Bái đã phê duyệt khu vực cấm ... tại Quyết định A`: who issued A."""
    verbs = list(_APPROVED.finditer(text.folded, low, start))
    if not verbs or re.search(r"[;.]\s", text.clean[verbs[-1].end() : start]):
        return None
    return issuer_ending(text, low, verbs[-1].start())


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
        behalf = list(_ON_BEHALF.finditer(window, 0, verb.start()))
        signed = read_issuer(text, low + behalf[-1].end(), low + verb.start()) if behalf else None
        if behalf and signed is not None:
            return None, printed_issuer(text, low + behalf[-1].end(), signed)
        dates = list(_DATE_BEFORE.finditer(window, 0, verb.start()))
        if dates:
            lead = dates[-1].start() + (1 if window[dates[-1].start()].isspace() else 0)
            found = read_date(window, lead)
            date = found[0] if found and len(window[dates[-1].end() : verb.start()]) < 110 else None
        return date, issuer_ending(text, low, low + verb.start())
    if folded.endswith("tai ", low, start):
        found_issuer = _approved_by(text, max(limit, sentence + 1, start - 300), start)
        if found_issuer is not None:
            return None, found_issuer
    at = _AT.search(window)
    if at:
        end = start - 4
        begin = low + at.end()
        found_end = read_issuer(text, begin, end)
        if found_end is not None:
            return None, printed_issuer(text, begin, found_end)
    return None, None
