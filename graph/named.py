"""Names as keys: when two ways of naming a document without a number are the same name.

Laws go by their title, letter for letter once folded: "Luật sửa đổi, bổ sung một số điều của Luật Đất đai" is
never "Luật Đất đai". Plenum and congress resolutions go by what they count: "Nghị quyết Hội nghị lần thứ tư
Ban Chấp hành Trung ương khóa XII" and "Nghị quyết Trung ương 4 (khóa XII)" have one key.
"""

import re
from functools import lru_cache

from graph.iri import type_of_word
from ontology.slug import fold

LAW_TYPES = frozenset({"luat", "bo-luat", "phap-lenh", "hien-phap"})
"""Types whose documents are cited by name, and whose counter is the National Assembly's."""

_WORDS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_COUNT = r"(\d{1,2}|[ivx]{1,6}|(?:muoi )?(?:nhat|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)|muoi)"
_PLENUM = re.compile(
    r"(?:hoi nghi (?:ban chap hanh )?(?:trung uong )?(?:dang )?lan thu|hoi nghi trung uong(?: lan thu)?"
    rf"|trung uong(?: lan thu)?) {_COUNT}\b"
    rf"|hoi nghi {_COUNT} (?:ban chap hanh )?trung uong"
)
_CONGRESS = re.compile(
    rf"dai hoi\b(?P<middle>.*?)\b(?:(?:lan thu|khoa) (?P<nth>{_COUNT})|(?P<roman>[ivx]{{1,6}}|\d{{1,2}}))\b"
)
_PLACE_BEHIND = re.compile(
    r"(dai hoi\b.*?) ?\b((?:lan thu |khoa )?(?:[ivx]{1,6}|\d{1,2}))(?: nhiem ky \d{4} \d{4})? (?:cua )?((?:dang bo|cong doan|hoi (?:nong dan|cuu chien binh|lien hiep phu nu)|mat tran to quoc|doan (?:tncs|thanh nien))\b.*)$"
)
"""A congress whose Party unit or organisation stands behind its number ("Đại hội lần thứ XVII Đảng bộ tỉnh A")."""
_CONGRESS_WORDS = re.compile(r"\b(?:dai bieu|toan quoc|lan|cua|dang cong san viet nam)\b")
_UNIT = re.compile(
    r"\b(?:dang bo|tinh|thanh pho|huyen|xa|quan|phuong|phu nu|lhpn|doan|cong doan|nong dan|cuu chien binh|mat tran|hoi|thi dua)\b"
)
"""Whose congress it is, where it is not the Party's."""
_ORGANISATION = re.compile(r"\b(?:phu nu|doan|cong doan|nong dan|cuu chien binh|mat tran|hoi|thi dua)\b")
_TERM = re.compile(r"khoa ([ivx]{1,6}|\d{1,2})\b")
_ABBREVIATIONS = {
    "bch": "ban chap hanh", "tw": "trung uong", "hdnd": "hoi dong nhan dan", "ubnd": "uy ban nhan dan",
    "mttq": "mat tran to quoc", "bhxh": "bao hiem xa hoi", "bhyt": "bao hiem y te",
    "gtgt": "gia tri gia tang",
    "tndn": "thu nhap doanh nghiep", "tncn": "thu nhap ca nhan", "vbqppl": "van ban quy pham phap luat",
    "cbcc": "can bo cong chuc", "tp": "thanh pho", "tncs": "thanh nien cong san", "lhpn": "lien hiep phu nu",
}  # fmt: skip
_STATE = re.compile(r" ?(?:cua )?nuoc cong hoa xa hoi chu nghia viet nam$")
_BOILERPLATE = frozenset(
    ["sua", "doi", "bo", "sung", "mot", "so", "cac", "dieu", "cua", "luat", "bo", "phap", "lenh", "va"]
)
_CHARTER = re.compile(r"^(?:dieu le )?dang(?: cong san viet nam)?$")
_AMENDING = re.compile(r"^sua doi\b")


def number_of_words(text: str) -> int | None:
    """A count written as digits, Roman numeral or folded words, or None.

    >>> [number_of_words(text) for text in ("4", "xiii", "muoi ba", "tu", "x")]
    [4, 13, 13, 4, 10]
    """
    if text.isdigit():
        return int(text)
    if re.fullmatch(r"[ivx]+", text):
        values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    if text == "muoi":
        return 10
    if text.startswith("muoi "):
        return 10 + _WORDS.get(text[5:], 0) if text[5:] in _WORDS else None
    return _WORDS.get(text)


@lru_cache(maxsize=16384)
def plain_name(name: str) -> str:
    """A name folded, without signs, abbreviations written out, T.Ư as trung ương.

    >>> plain_name("Luật Tổ chức HĐND và UBND")
    'luat to chuc hoi dong nhan dan va uy ban nhan dan'
    """
    folded = re.sub(r"\bt\. ?[uw]\b\.?", "trung uong", fold(name))
    words = re.findall(r"[^\W_]+", folded)
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


@lru_cache(maxsize=16384)
def name_key(type_slug: str | None, name: str, term: str | None = None) -> str | None:
    """What a name comes down to; equal keys are one name.

    Args:
        type_slug: of the type word; found at the beginning of the name where None.
        name: with or without its type word.
        term: slug of a Party term named with it (`tw-12`).

    Returns:
        `luat|dat dai`, `plenum|nq|4|12`, `congress|13`, or None where the name tells too little (a plenum of
        no term).

    >>> name_key("luat", "Luật Đất đai")
    'luat|dat dai'
    >>> name_key("nq", "Nghị quyết Hội nghị lần thứ tư BCH T.Ư Đảng khóa XII")
    'plenum|nq|4|12'
    >>> name_key("nq", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng")
    'congress|13'
    """
    plain = plain_name(name)
    kind, rest = split_type(plain)
    if type_slug is not None and kind != type_slug and {kind, type_slug} != {"luat", "bo-luat"}:
        kind, rest = type_slug, plain  # "Luật Quy hoạch" cited as "Quy hoạch": the name is no type word
    kind = type_slug or kind
    if kind is None:
        return None
    if _CHARTER.match(plain):
        return "dieu-le|dang"
    if kind in LAW_TYPES:
        rest = _STATE.sub("", rest)
        group = "luat" if kind == "bo-luat" else kind
        return f"{group}|{rest}" if rest or kind == "hien-phap" else None
    rest = _PLACE_BEHIND.sub(r"\1 \3 \2", rest)
    named = _TERM.search(plain)
    count = str(number_of_words(named[1])) if named else (term or "").removeprefix("tw-") or None
    if (plenum := _PLENUM.search(rest)) and "dai hoi" not in rest:
        nth = number_of_words(plenum[1] or plenum[2])
        return f"plenum|{kind}|{nth}|{count}" if nth and count else None
    if congress := _CONGRESS.search(rest):
        nth = number_of_words(congress["nth"] or congress["roman"])
        where = " ".join(
            _CONGRESS_WORDS.sub(" ", congress["middle"]).replace("tinh dang bo", "dang bo tinh").split()
        )
        place = f"|{where}" if _UNIT.search(where) else ""
        return f"congress|{nth}{place}" if nth else None
    return f"{kind}|{rest}" if rest else None


def plenum_key(name: str) -> str | None:
    """The key of a plenum's resolution or conclusion that names its term; None for other names.

    >>> plenum_key("Nghị quyết Trung ương 4 (khóa XI)") == plenum_key("Nghị quyết Hội nghị lần thứ 4 BCH T.Ư khóa XI")
    True
    """
    key = name_key(None, name) if "khoa" in fold(name) else None
    return key if key is not None and key.startswith("plenum|") else None


def congress_key(name: str) -> str | None:
    """The key of a congress's resolution; None for other names.

    >>> congress_key("Nghị quyết Đại hội lần thứ XVII Đảng bộ tỉnh Hải Dương")
    'congress|17|dang bo tinh hai duong'
    >>> congress_key("Nghị quyết Đại hội XIII của Đảng")
    'congress|13'
    """
    key = name_key("nq", name) if "dai hoi" in plain_name(name) else None
    return key if key is not None and key.startswith("congress|") else None


def is_of_organisation(name: str) -> bool:
    """Whether a name is a congress's of the Front or of an organisation in it, and so no Party document.

    >>> is_of_organisation("Nghị quyết Đại hội đại biểu Phụ nữ toàn quốc lần thứ XIII")
    True
    """
    key = congress_key(name)
    return key is not None and _ORGANISATION.search(key.rpartition("|")[2]) is not None


def split_type(plain: str) -> tuple[str | None, str]:
    """The type slug of a plain name's first words, and the rest.

    >>> split_type("luat dat dai")
    ('luat', 'dat dai')
    """
    words = plain.split()
    for length in (3, 2, 1):
        kind = type_of_word(" ".join(words[:length])) if len(words) >= length else None
        if kind is not None:
            return kind, " ".join(words[length:])
    return None, plain


def is_amending(key: str) -> bool:
    """Whether a key is the name of an amending law."""
    return _AMENDING.match(key.partition("|")[2]) is not None


def is_near(one: str, other: str) -> bool:
    """Whether two keys are one name but for words left out, of the same type and both amending or neither."""
    if one.partition("|")[0] != other.partition("|")[0] or is_amending(one) != is_amending(other):
        return False
    a, b = (set(key.partition("|")[2].split()) - _BOILERPLATE for key in (one, other))
    return bool(a and b) and len(a & b) / len(a | b) >= 0.7
