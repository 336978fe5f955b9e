"""Find mentions: every place of a text that cites one definite document by number or by name.

Numbers are found by their kernel (a digit run, a sign, letters) and confirmed by the forms of `numbers.toml`; only
around them is anything costly done. Names are found by `graph.name`. The outcome is spans with what they print, not
yet documents: which spans mean one document is decided in `graph.gather`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.clean import Text
from graph.name import find_names
from graph.number import find_numbers, type_patterns
from graph.span import Span
from ontology.doctype import type_of_name
from ontology.form import number_rules

# Words after a bare number that make it a count and no document ("Kế hoạch 5 năm", "Chỉ thị 3 điểm"), by their
# letters: "Nghị định 168 quy định" counts no quarters (quý), "Quy định 24 bỏ cụm từ" no ministries (bộ).
_COUNTED = re.compile(
    r"\s{0,2}(?:năm|tháng|ngày|nhiệm|phần|điểm|triệu|tỷ|tỉ|nghìn|ngàn|đồng(?!\s(?:thời|ý|bộ))|ha|km|m2|người|nhóm|giải"
    r"|bước|mục|chương|điều(?!\schỉnh)|khoản|cấp|lần|kỳ|kì|khóa|khoá|quý|tỉnh|xã|huyện|bộ(?!\sphận)|tuần|giờ|văn|luật|nội"
    r"|nơi|loại|chỉ\stiêu|trang|bản|thủ\stục|dự\sán|nghị\squyết|chỉ\sthị|kết\sluận|đối\stượng|lĩnh\svực|cơ\squan"
    r"|đơn\svị|địa\sphương|hộ|phút|%|tiêu\schí)(?!\w)",
    re.IGNORECASE,
)
# The same in a text that has lost its marks.
_COUNTED_PLAIN = re.compile(
    r"\s{0,2}(?:nam|thang|ngay|nhiem|phan|diem|trieu|ty|nghin|ngan|dong|nguoi|nhom|giai|buoc|muc|chuong|dieu|khoan|cap"
    r"|lan|ky|khoa|tinh|huyen|tuan|gio|luat|loai|chi tieu|ban(?! hanh)|du an|tieu chi)\b"
)
_DATED = re.compile(r"\s{0,2}(?:ngay|nam)\b")
_DATED_FULLY = re.compile(r"\s{1,2}ngay\s{1,2}\d{1,2}(?:\s{0,2}[/.-]\s{0,2}|\s{1,2}thang\s{1,2})\d")


# Types whose bare number ("Nghị quyết 25") is a citation even without "số" before it.
_BARE_TYPES = frozenset(
    [
        "nghi quyet",
        "chi thi",
        "ket luan",
        "quyet dinh",
        "quy dinh",
        "quy che",
        "huong dan",
        "ke hoach",
        "chuong trinh",
        "chuong trinh hanh dong",
        "de an",
        "thong tri",
        "thong tu",
        "nghi dinh",
        "phap lenh",
        "quy hoach",
        "sac lenh",
        "cong dien",
        "thong tu lien tich",
    ]
)
# Those of them that the press writes with a small letter ("theo nghị định 168"); the others may be verbs.
_BARE_SMALL = frozenset({"nghi quyet", "nghi dinh", "thong tu", "chi thi"})
_MANY_BEFORE = re.compile(r"(?:\d|\b(?:cac|nhung|nhieu|moi|hai|ba))\s+$")
_SOME_BEFORE = re.compile(r"\b(?:mot so|nhieu)\s+$")
# Types whose bare number ("Biên bản số 02") is the number of a form or of a part, not of a document.
_NO_BARE = frozenset(
    {"bien ban", "du an", "hop dong", "phieu", "van ban", "giay moi", "giay gioi thieu", "phu luc"}
)
_BARE_SHORT = frozenset({"qd", "nq", "nd", "ct", "kl", "tt", "kh", "hd"})


_BARE_WINDOW = 80
"""How far before a bare ordinal its type word may begin, in code points."""


def find_mentions(text: Text) -> list[Span]:
    """All spans that cite a document.

    Returns:
        In text order and disjoint, possibly empty; offsets count code points of the clean text.
    """
    numbered = list(_disjoint(find_numbers(text)))
    taken = _Cover(numbered)
    bare = [span for span in _bare(text) if not taken.overlaps(span)]
    spans = list(_disjoint([*numbered, *bare]))
    taken = _Cover(spans)
    names = [span for span in find_names(text) if not taken.overlaps(span)]
    return _inherit_types(text, _number_names(text, list(_disjoint([*spans, *names]))))


_NUMBER_AFTER_NAME = re.compile(r"[\s,]{0,3}\(?\s?(?:luat\s{1,2})?so\s?:?\s{0,3}$")


def _number_names(text: Text, spans: list[Span]) -> list[Span]:
    """`Luật Đất đai số 31/2024/QH15` is one mention with name and number.

    Behind a law that amends others the number stands after its targets and still belongs to the law.
    """
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if span.number and not span.bare and last and last.name and not last.number:
            gap = text.folded[last.end : span.start if not span.typed else _digits(text, span)]
            if _NUMBER_AFTER_NAME.fullmatch(gap):
                owner = next(
                    (k for k in range(len(out) - 1, -1, -1) if out[k].amends >= len(out) - 1 - k > 0), None
                )
                if owner is None or text.folded.endswith("ban hanh ", 0, out[owner].start):
                    # "Quốc hội ban hành Luật sửa đổi ... của Luật B số 64/2006/QH11": the number is that of B
                    out[-1] = replace(last, end=span.end, number=span.number)
                else:
                    out[owner] = replace(out[owner], number=span.number)
                    out[-1] = replace(last, end=span.end)
                continue
        out.append(span)
    return out


def _digits(text: Text, span: Span) -> int:
    match = re.compile(r"\d").search(text.clean, span.start, span.end)
    return match.start() if match else span.start


def _bare(text: Text) -> Iterator[Span]:
    """Type and ordinal without a symbol: `Nghị quyết 25`, `Chỉ thị số 17`, `QĐ 749`."""
    clean, folded = text.clean, text.folded
    patterns = type_patterns()
    for match in patterns.ordinal.finditer(folded):
        low = max(0, match.start() - _BARE_WINDOW)
        before = patterns.bare.search(folded, low, match.start())
        if before is None:
            continue
        start = before.start()
        if before["type"] and " ".join(before["type"].split()) in _NO_BARE:
            continue
        has_so = bool(before["so"] and "so" in before["so"])
        end = match.end("rest")
        ordinal = folded[match.start() : end]
        word_end = before.end("type") if before["type"] else start
        if "\n" in folded[word_end : match.start()] and clean[end : end + 1] in (".", ")"):
            continue  # the mark of an item on the next line
        word = before["type"] or before["short"]
        if before["short"]:
            if before["short"] not in _BARE_SHORT or not clean[start : start + len(word)].isupper():
                continue
        elif not has_so and _SOME_BEFORE.search(folded, max(0, start - 12), start):
            continue  # "Bãi bỏ một số Nghị định1": a footnote
        elif not has_so and not _names_one(text, start, " ".join(word.split()), ordinal):
            continue
        if not has_so and f"{' '.join(word.split())} {ordinal}" in number_rules().programmes:
            continue
        dated = (_DATED if has_so else _DATED_FULLY).match(folded, match.end())
        if _counts(text, match.end()) and not dated:
            continue
        if not has_so and (len(ordinal) == 4 and ordinal[:2] in ("19", "20")):
            continue
        if not has_so and len(ordinal) == 1 and word.split()[0] not in ("nghi", "chi", "ket"):
            continue
        if not has_so and re.match(r"\s?(?:\+|x)\s?\d", folded[match.end() :]):
            continue
        kind = type_of_name(re.sub(r"\s+", " ", word))
        yield Span(start, end, number=ordinal, type=kind, typed=True, bare=True)
        for more in re.finditer(r"\d{1,4}", match["more"]):
            at = match.start("more") + more.start()
            if not _counts(text, at + len(more.group())):
                yield Span(at, at + len(more.group()), number=more.group(), type=kind, typed=False, bare=True)


def _names_one(text: Text, start: int, word: str, ordinal: str) -> bool:
    """Whether a type word and an ordinal without "số" name a document: with a capital, or as the press writes it."""
    if text.clean[start].isupper():
        return word in _BARE_TYPES
    return (
        word in _BARE_SMALL
        and len(ordinal) > 1
        and not _MANY_BEFORE.search(text.folded, max(0, start - 12), start)
    )


def _counts(text: Text, at: int) -> bool:
    """Whether the word at a place makes the number before it a count; a capital begins a line or a body's name."""
    word = re.compile(r"\s{0,2}").match(text.clean, at)
    if word is not None and text.clean[word.end() : word.end() + 2].istitle():
        return False
    if _COUNTED.match(text.clean, at):
        return True
    plain = _COUNTED_PLAIN.match(text.folded, at)
    return plain is not None and text.clean[at : plain.end()].isascii()


class _Cover:
    """Which places are taken, asked in any order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._taken = sorted((s.start, s.end) for s in spans)
        self._starts = [s for s, _ in self._taken]

    def overlaps(self, span: Span) -> bool:
        from bisect import bisect_left

        i = bisect_left(self._starts, span.end) - 1
        return i >= 0 and self._taken[i][1] > span.start


def _disjoint(spans: Iterable[Span]) -> Iterator[Span]:
    """Drop a span that overlaps a longer number, or one already taken."""
    end = -1
    for span in sorted(spans, key=lambda s: (s.start, -(s.end - s.start))):
        if span.start >= end:
            yield span
            end = span.end
        elif span.number and not span.bare and span.end > end:
            # its type word reaches back over the one before it: keep the number alone
            start = span.end - len(span.number)
            if start >= end:
                yield replace(span, start=start)
                end = span.end


def _inherit_types(text: Text, spans: list[Span]) -> list[Span]:
    """A number without type word takes that of the mention right before it, when the symbol agrees."""
    out: list[Span] = []
    for span in spans:
        if out and span.number and not span.typed and not span.bare:
            last = out[-1]
            gap = text.folded[last.end : span.start]
            if last.number and last.type and len(gap) < 90 and re.search(r"(?:,|;|va|so)[\s:]*$", gap):
                same = _suffix(last.number) == _suffix(span.number)
                if same or span.type is None:
                    span = replace(span, type=last.type)
        out.append(span)
    return out


def _suffix(number: str) -> str:
    return re.sub(r"^[\d.]+[a-h]?", "", number)
