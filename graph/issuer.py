"""Read the names of bodies in running text, where no sign says how far a name goes."""

import re
from unicodedata import normalize

from graph.clean import Text, fold_letters
from ontology.body import is_central_name

_HEAD = (
    r"(?:Bộ(?=Chính trị)|Ban(?=Bí thư|Chấp hành)|Ban|BCH|BTV|BCĐ|BCT|BBT|Bộ|Liên bộ|liên bộ|Tỉnh|Thành|Huyện|Thị|Quận|Đảng|Chi bộ|Quân ủy|Ủy ban|UBND|UBMTTQ|UBKT|UBTVQH|HĐND|HĐBT"
    r"|Hội|Chính phủ|Thủ|Thống đốc|Chủ tịch|Phó|Quốc hội|Văn phòng|VPCP|Sở|Cục|Tổng|Vụ|Ngân hàng|Tòa|Viện|Kiểm toán|Thanh tra|Bảo hiểm"
    r"|Liên đoàn|Mặt trận|MTTQ|Trung ương|TW|T\.Ư|Đoàn|Giám đốc|Thường|Công an|Nhà nước|Kho bạc|Học viện|Trường|TANDTC|VKSNDTC|Trưởng|CHÍNH|BỘ|THỦ|BAN|ỦY|TỈNH|THÀNH|HỘI|QUỐC"
    r"|Chánh|Phòng|LĐLĐ|Trung tâm|Hiệp|Nước|tỉnh ủy|thành ủy|huyện ủy|ủy ban nhân dân|bộ|chính phủ|thủ tướng|hội đồng nhân dân|(?:tỉnh|huyện|thành phố|thị xã|quận)(?= [A-ZĐÀ-Ỹ]))"
)
_HEAD = _HEAD.replace(" ", r"\s{1,3}")
ISSUER_START = re.compile(rf"(?:các\s|liên\s|Lãnh đạo\s|đồng chí\s)?{_HEAD}(?![a-zà-ỹđ])")
_GLUED = re.compile(r"(?:Bộ\s?Chính\s{1,3}trị|Ban\s?Bí\s{1,3}thư|Ban\s?Chấp\s{1,3}hành)(?!\w)")
_TOKEN = re.compile(
    r"\s{1,3}(?:-\s{0,2})?([^\s,;:.()\[\]“”\"]+)|\s?-\s?([^\s,;:.()\[\]“”\"]+)|,\s([A-ZĐÀ-Ỹ][^\s,;:.()\[\]“”\"]*)"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LOWER = _words(
    """
    nhân dân tỉnh thành phố huyện quận thị xã phường trấn trung ương nhà nước thường vụ chấp hành kiểm tra cấp ủy
    đảng bộ trực bí thư sự chính trị phủ hội đồng quốc tướng lâm thời vận tuyên giáo tổ chức nội đạo trưởng tịch
    liên khối cơ quan các
    """
)
_STOP = _words(
    """
    về quy hướng sửa ngày được đã có tại theo là để khóa số năm thì nêu phê cho trong từ đến do với này như nhằm
    khi sẽ cũng phải đang vừa yêu triển thực thay bãi ghi trên gửi ký ra nay ban tiếp tục cụ quán đề tham nhấn
    khẳng xác vẫn luôn tập
    """
)
_AND_BUSINESSES = re.compile(r"\s{1,3}và\s{1,3}doanh nghiệp(?!\w)")
_AFTER_CAPITAL = r"\s{1,3}(?:dinh|dan|doi|hanh|duyet|viec|che)\b"
_CLAUSE_CAPITALS = re.compile(
    r"\s{1,3}(?:THỰC HIỆN|TRIỂN KHAI|VỀ|QUY ĐỊNH|HƯỚNG DẪN|SỬA ĐỔI|BAN HÀNH|PHÊ DUYỆT|THAY THẾ|BÃI BỎ|NGÀY|SỐ)(?!\w)"
)
_NEW_LINE = _words(
    """
    Căn Theo Xét Điều Thực Để Quyết Nghị Chỉ Ban Số Kính Về Trên Nhằm I II III
    """
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
    start = ISSUER_START.match(clean, at, limit)
    if start is None:
        return None
    end = start.end()
    glued = _GLUED.match(clean, at, limit)
    end = glued.end() if glued else end
    capital_before = True
    acronym = start.group().isupper()
    while end < limit:
        if _TYPE_AFTER_AND.match(clean, end):
            break
        token = _TOKEN.match(clean, end, limit)
        if token is None:
            break
        word = token[1] or token[2] or token[3]
        if word[0].isupper() and token.group().count("\n") > 1:
            break
        if word[0].islower() and token.group().lstrip().startswith("-"):
            break  # "của Chính phủ - văn bản đã thay Nghị định B"
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
            if word.isupper() and _CLAUSE_CAPITALS.match(clean, token.start()):
                break  # "CỦA TỈNH ỦY HẢI DƯƠNG THỰC HIỆN NGHỊ QUYẾT ..."
            if word in ("Về", "Số", "V/v") or re.fullmatch(r"\d.*", word):
                break
            end, capital_before, acronym = token.end(), True, word.isupper() and len(word) > 2
            continue
        businesses = _AND_BUSINESSES.match(clean, end, limit) if clean.endswith("cơ quan", at, end) else None
        if businesses:  # "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"
            end, capital_before = businesses.end(), False
            continue
        if lowered == "và":
            following = _TOKEN.match(clean, token.end(), limit)
            if following is None or not (following[1] or following[2] or "x")[0].isupper():
                break
            end, capital_before = token.end(), False
            continue
        small = capital_before and lowered not in _STOP and word[0].isalpha() and not acronym
        if lowered in _LOWER or small:
            end, capital_before = token.end(), False
            continue
        break
    return _joint_end(text, at, _known_end(clean, at, end, limit), limit)


_JOINT = re.compile(r",\s{1,2}Ban\s{1,2}Bí\s{1,2}thư(?!\w)")
_BOARD = re.compile(r"Ban\s(?!Chấp|Thường|Bí)\S")
_BOARD_OF = re.compile(
    r"\s{1,2}của\s{1,2}(?=Chính phủ|Trung ương|Quốc hội|Bộ Chính trị|Hội đồng nhân dân|HĐND|Tỉnh ủy|Thành ủy)"
)


def _joint_end(text: Text, at: int, end: int, limit: int) -> int:
    """Where a name ends that goes on behind a sign or "của": "Bộ Chính trị, Ban Bí thư", "Ban Pháp chế của HĐND tỉnh"."""
    name = " ".join(text.clean[at:end].split())
    if name == "Bộ Chính trị":
        following = _JOINT.match(text.clean, end, limit)
        return following.end() if following else end
    of = _BOARD_OF.match(text.clean, end, limit) if _BOARD.match(name) else None
    return (read_issuer(text, of.end(), limit) or end) if of else end


_OF_PROVINCE = re.compile(r"^(?:Giám đốc )?Sở ")
"""A department of a province is named as its ministry is."""


def _known_end(clean: str, at: int, end: int, limit: int) -> int:
    """Where a known body's name ends whose small letters hide it ("Bộ Nông nghiệp và Phát triển nông thôn")."""
    reach, known = end, end
    for _ in range(4):
        token = _TOKEN.match(clean, reach, limit)
        if token is None or not token[1] or not token[1][0].islower():
            break
        reach = token.end()
        if is_central_name(_OF_PROVINCE.sub("Bộ ", " ".join(clean[at:reach].split()))):
            known = reach
    return known


_EXPAND = (
    (re.compile(r"^(Bộ|Ban)(?=Chính|Bí|Chấp)"), r"\1 "),
    (re.compile(r"^BCH\b"), "Ban Chấp hành"),
    (re.compile(r"^BTV\b"), "Ban Thường vụ"),
    (re.compile(r"^BCT\b"), "Bộ Chính trị"),
    (re.compile(r"^BBT\b"), "Ban Bí thư"),
    (re.compile(r"^(?:Giám đốc|Bộ trưởng|Thống đốc|Thứ trưởng|đồng chí|Lãnh đạo)\s(?=Sở|Bộ|Ngân hàng)"), ""),
    (re.compile(r"(?<=\s)(?:T\.Ư|TƯ|TW)\b"), "Trung ương"),
    (re.compile(r"\s(?:Đảng|các)$"), ""),
)


def printed_issuer(text: Text, start: int, end: int) -> str:
    """The body's name as printed in the raw text, blanks folded, common abbreviations written out."""
    raw_start, raw_end = text.raw_span(start, end)
    name = normalize("NFC", " ".join(text.raw[raw_start:raw_end].split()))
    for pattern, long in _EXPAND:
        name = pattern.sub(long, name)
    return name


def issuer_ending(text: Text, low: int, end: int) -> str | None:
    """The body whose name ends right at `end` (blanks aside), read from the latest head that reaches it."""
    while end > low and text.clean[end - 1] in " \n,":
        end -= 1
    for match in reversed(list(ISSUER_START.finditer(text.clean, low, end))):
        if match.start() and text.clean[match.start() - 1].isalnum():
            continue
        reach = read_issuer(text, match.start(), end)
        if reach == end or (
            reach is not None and re.fullmatch(r"\s?\(?\s?(?:khóa|Khóa)\s[IVX]+\s?\)?", text.clean[reach:end])
        ):
            earlier = [
                m
                for m in ISSUER_START.finditer(text.clean, low, match.start())
                if not (m.start() and text.clean[m.start() - 1].isalnum())
                and read_issuer(text, m.start(), end) in (end, reach)
            ]
            first = earlier[0] if earlier else match
            return printed_issuer(text, first.start(), reach)
    return None
