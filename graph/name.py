"""Find documents cited by name: the Constitution, the Party Charter, plenum and congress resolutions, and laws."""

import re
from collections.abc import Iterator

from graph.clean import Text
from graph.law_name import find_laws
from graph.scan import matches, word_pattern
from graph.span import Span
from ontology.doctype import type_of_name

_ROMAN = "[ivxl]{1,6}"
_COUNT = rf"(?:\d{{1,2}}|{_ROMAN}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?:\s(?:mot|hai|ba|bon|lam|sau))?)"
_TERM = rf"(?:\s?,?\s?\(?\s?(?:dang\s)?khoa\s{{1,2}}(?:{_ROMAN}|\d{{1,2}})\b\s?\)?)"
_CENTRE = r"(?:(?:ban\s{0,2}chap\s{0,2}hanh|bch)\s{0,3})?(?:trung\s{0,2}uong|t\.?\s?u\.?|tw)"
_PLENUM_NAME = (
    rf"(?:(?:cua\s)?hoi\s{{1,2}}nghi\s{{1,3}})?(?:"
    rf"(?:trung\s{{1,2}}uong|t\.?u\.?|tw)\s{{0,2}}(?:lan\s{{1,2}}thu\s{{1,2}})?(?P<a>{_COUNT})\b(?:,?\s{_CENTRE}(?:\sdang)?)?{_TERM}?"
    rf"|lan\s{{1,2}}thu\s{{1,2}}(?P<b>{_COUNT})\s?,?\s(?:cua\s)?{_CENTRE}\s{{0,2}}(?:dang)?{_TERM}?"
    rf"|(?P<c>{_COUNT})\s{_CENTRE}\s{{0,2}}(?:dang)?{_TERM})"
)
_PLENUMS = (
    word_pattern("nghi", r"\s{0,2}quyet\s{1,3}" + _PLENUM_NAME),
    word_pattern("ket", r"\s{1,2}luan\s{1,3}" + _PLENUM_NAME),
)
_CONGRESS_NAME = (
    r"\s{1,3}(?:cua\s)?dai\s{1,2}hoi(?!\s{1,2}dong)(?P<middle>(?:\s{1,3}(?!lan\b|khoa\b)"
    rf"[a-z0-9.]+){{0,12}}?),?\s{{1,3}}(?:(?:lan\s{{1,2}}thu|khoa)\s{{1,3}})?(?P<count>{_ROMAN}|(?<=thu\s)(?:{_COUNT})|\d{{1,2}}(?=\s(?:cua\s)?dang\b))\b(?P<after>(?:\s(?:cua\s)?dang\b(?!\s(?:bo|uy))(?:\scong san viet nam)?)?)"
)
_CONGRESSES = (
    word_pattern("nghi", r"\s{1,2}quyet" + _CONGRESS_NAME),
    word_pattern("van", r"\s{1,2}kien" + _CONGRESS_NAME),
)
# "Nghị quyết Đại hội lần thứ XVII (nhiệm kỳ 2020-2025) Đảng bộ thành phố Hà Nội": whose congress it was
_OF_PARTY_UNIT = re.compile(
    r"(?:\s\([^)\n]{5,40}\))?,?\s(?:của\s)?[Đđ]ảng bộ\s(?:tỉnh|[Tt]hành phố|TP\.?|huyện|quận|thị xã|xã|phường|Khối)(?:\s[A-ZĐÀ-Ỹ][^\s,;.:()“”\"]*){0,4}"
)
_OF_ORGANISATION = re.compile(
    r",?\s(?:của\s)?(?:(?:Công đoàn|Hội\s(?:Nông dân|Cựu chiến binh|LHPN|Liên hiệp Phụ nữ)|MTTQ|Mặt trận Tổ quốc)\sViệt Nam"
    r"|Đoàn\s(?:TNCS|Thanh niên Cộng sản)\sHồ Chí Minh)(?![a-zà-ỹđ])"
)
# The Party's charter, and those of the Front and the organisations in it that have but one each.
_CHARTER = word_pattern(
    "dieu",
    r"\s{1,2}le\s{1,2}(?:dang(?:\s{1,2}cong\s{1,2}san\s{1,2}viet\s{1,2}nam)?\b(?!\s(?:bo|uy|vien))"
    r"|doan\s{1,2}(?:tncs|thanh\s{1,2}nien\s{1,2}cong\s{1,2}san)\s{1,2}ho\s{1,2}chi\s{1,2}minh\b"
    r"|(?:cong\s{1,2}doan|mttq|mat\s{1,2}tran\s{1,2}to\s{1,2}quoc|hoi\s{1,2}(?:nong\s{1,2}dan|cuu\s{1,2}chien\s{1,2}binh|lhpn|lien\s{1,2}hiep\s{1,2}phu\s{1,2}nu))"
    r"\s{1,2}viet\s{1,2}nam\b(?!\s(?:tinh|thanh pho|huyen)))",
)
_CONSTITUTION = word_pattern(
    "hien",
    r"\s{1,2}phap(?:\s{1,3}nuoc\s{1,3}cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi\s{1,3}chu\s{1,3}nghia\s{1,3}viet\s{1,3}nam"
    r"|(?=\s{1,2}(?:(?:nam\s{1,2})?(?:19|20)\d\d\b|ngay\s{1,2}\d)))",
)
_RULES = word_pattern(
    "quy",
    r"\s{1,2}che\s{1,2}(?:bau\s{1,2}cu\s{0,2}trong\s{1,2}dang\b|lam\s{1,2}viec\s{1,2}cua\s{1,2}(?=ban|bo\s|trung uong|tinh uy|huyen uy|thanh uy|dang uy|u?y ban kiem tra)"
    rf"(?:(?:[^;.:()\"“”\n]|\n(?!\s*[\n*+-])){{5,140}}?(?:khoa\s{{1,2}}{_ROMAN}\b|\(khoa\s{{1,2}}{_ROMAN}\))|[^;.:()\"“”]{{5,120}}?(?=\s?[;.]|\s{{0,2}}(?:“|\"))))",
)


def find_names(text: Text) -> Iterator[Span]:
    """Spans of documents cited by name, in order of kind, not of place; they may overlap numbers.

    Yields:
        Spans with `name` and `type`; for an amending law with `amends` set, followed by its targets.
    """
    folded = text.folded
    for match in matches(_CONGRESSES, folded):
        if _is_congress(text, match):
            local = (
                None
                if match["after"]
                else _OF_PARTY_UNIT.match(text.clean, match.end())
                or _OF_ORGANISATION.match(text.clean, match.end())
            )
            yield _named(text, match.start(), local.end() if local else match.end(), "Nghị quyết")
    for match in matches(_PLENUMS, folded):
        plural = text.folded[max(0, match.start() - 5) : match.start()].split()[-1:] in (["cac"], ["nhung"])
        if not plural and (text.clean[match.start()].isupper() or "khoa" in match.group()):
            kind = "Kết luận" if match.group()[0] == "k" else "Nghị quyết"
            yield _named(text, match.start(), _close(text, match), kind)
    for pattern, kind in ((_CHARTER, "Điều lệ"), (_CONSTITUTION, "Hiến pháp"), (_RULES, "Quy chế")):
        for match in pattern.finditer(folded):
            if text.clean[match.start()].isupper() or "Đảng" in text.clean[match.start() : match.end()]:
                yield _named(text, match.start(), match.end(), kind)
    yield from find_laws(text)


def _named(text: Text, start: int, end: int, kind: str) -> Span:
    name = " ".join(text.clean[start:end].split())
    return Span(start, end, name=name, type=type_of_name(kind), typed=True)


def _is_congress(text: Text, match: re.Match[str]) -> bool:
    start, count = match.span("count")
    numeral = text.clean[start:count]
    if not (numeral.isupper() or numeral.isdigit() or "thu" in text.folded[start - 5 : start]):
        return False
    return text.clean[match.start()].isupper() and "cac cap" not in match["middle"]


def _close(text: Text, match: re.Match[str]) -> int:
    """The end of a plenum's name: its term's closing bracket belongs to it, a lone blank does not."""
    end = match.end()
    while end > match.start() and text.clean[end - 1] in " \n,(":
        end -= 1
    if match.group().count("(") < match.group().count(")"):
        end -= 1
    return end
