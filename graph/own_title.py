"""Read the title of a document from its own header: the words between its type and its preamble."""

import re

from graph.clean import Text
from graph.letterhead import OPENING
from graph.span import Span

_TITLE_END = re.compile(
    r"\n[\s|]*(?:[-_*]{3,}|\[|(?i:căn cứ|kính gửi)|Thực hiện|Để|Điều 1|I[.-]|Nhằm)|\n[ |]*(?=(?:ỦY BAN|HỘI ĐỒNG|CHÍNH PHỦ|BỘ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH|QUỐC HỘI|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|THỐNG ĐỐC|TỔNG|GIÁM ĐỐC)[^\n]*\n)"
)


def own_title(
    text: Text, type_line: re.Match[str] | None, body_start: int, own: Span | None
) -> tuple[str | None, tuple[int, int]]:
    """Title and its clean span: the words between the type and the preamble, or behind "V/v"."""
    about = re.search(r"(?:^|[\n|])[ |]{0,10}v/v:?\s", text.folded[:OPENING])
    if type_line is None and about:
        start = about.end()
        stop = re.search(r"\n\s*\n|\n(?=[A-ZĐ][^\n]{0,30}, ngày)|\|", text.clean[start : start + 500])
        end = start + (stop.start() if stop else 200)
        return " ".join(text.clean[start:end].split()).strip(" ./"), (start, end)
    if type_line is None:
        if own is not None and own.typed and own.start < 200:
            end = text.clean.find("\n", own.end)
            end = end if 0 < end - own.end < 600 else own.end
            return None, (own.end, end)
        return None, (0, 0)
    start = type_line.end("type")
    stop = _TITLE_END.search(text.clean, start, max(body_start, start) + 1)
    end = stop.start() if stop else max(body_start, start)
    first = re.compile(r"[^\s|*\-_:]").search(text.clean, start, end)
    blank = re.compile(r"\n[ ]*\n").search(text.clean, first.start(), end) if first else None
    end = blank.start() if blank else end
    words = " ".join(text.clean[start:end].split())
    words = re.sub(
        r"^(?:CỦA|của)\s(?:BAN THƯỜNG VỤ TỈNH ỦY|BAN CHẤP HÀNH [A-ZĐÀ-Ỹ ]+|[A-ZĐÀ-Ỹ ]{4,60}?)\s(?=về|Về|VỀ|[a-z])",
        "",
        words,
    )
    words = re.sub(r"\s(?:CỦA\s)?QUỐC HỘI (?:NƯỚC [A-ZĐÀ-Ỹ ]+ )?KHÓA [IVX]+,? KỲ HỌP.*$", "", words)
    words = re.sub(r"^(?:về việc|về)\s", "", words.strip(" *|-_."), flags=re.IGNORECASE)
    return (words[:500] or None), (start, end)
