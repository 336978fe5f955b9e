"""Find mentions: every place of a text that cites one definite document by number or by name.

Numbers are found by their kernel (a digit run, a sign, letters) and confirmed by the forms of `numbers.toml`; only
around them is anything costly done. Names are found by `graph.name`. The outcome is spans with what they print, not
yet documents: which spans mean one document is decided in `graph.gather`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from graph.clean import Text
from graph.name import find_names
from graph.span import Span
from ontology.body import body_of_symbol
from ontology.doctype import DocumentType, document_types, type_of_name, type_of_symbol
from ontology.form import NumberForm, compact_number, number_rules
from ontology.slug import fold

# Where a number may begin: digits, perhaps a letter, a sign or a blank, then letters or a year.
_KERNEL = re.compile(
    r"(?<![\d/,.])(?<![A-Z]-)\d{1,5}(?:\.\d{1,3})?[a-h]?"
    r"(?:\s{0,2}[-/]\s{0,3}(?=[A-Za-zĐđƯÔ]|(?:19|20)\d\d\b)|\s(?=(?:NQ|CT|KL|QĐ|HD|TB|CTr)\s?/))"
)
_ORDINAL = r"\d{1,5}(?:\.\d{1,3})?[a-h]?"
_LIST_BEFORE = re.compile(rf"(?P<list>{_ORDINAL}(?:\s?,\s?{_ORDINAL})*)\s?(?:,|va|,\s?va)\s{{0,2}}$")
_SO = r"(?:\s{0,3}(?:so|s6))?[\s:.]{0,4}"
# Words after a bare number that make it a count and no document ("Kế hoạch 5 năm", "Chỉ thị 3 điểm").
_COUNTED = re.compile(
    r"\s{0,2}(?:nam|thang|ngay|nhiem|phan|diem|trieu|ty|nghin|ngan|dong|ha|km|m2|nguoi|nhom|giai|buoc|muc|chuong|dieu"
    r"|khoan|cap|lan|ky|khoa|quy|tinh|xa|huyen|bo|tuan|gio|van|luat|noi|loai|chi tieu|trang|ban|thu tuc|du an"
    r"|nghi quyet|chi thi|ket luan|muc tieu|doi tuong|linh vuc|co quan|don vi|dia phuong|ho|phut|%|tieu chi)\b"
)


@dataclass(frozen=True, slots=True)
class _Types:
    before: re.Pattern[str]
    far: re.Pattern[str]
    bare: re.Pattern[str]


@cache
def _types() -> _Types:
    """Patterns of type words over folded text, longest first; blanks between their words may be missing."""
    names = {fold(name) for t in document_types() for name in (t.name, *t.aliases)}
    short = {name for name in names if len(name) <= 4 and " " not in name and name not in ("luat", "lenh")}
    words = "|".join(
        r"\s{0,3}".join(map(re.escape, n.split())) for n in sorted(names - short, key=len, reverse=True)
    )
    abbreviations = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
    kinds = rf"(?:{words})|\b(?:{abbreviations})"
    joint = r"(?:\s{1,3}(?:lien\s{1,2}tich|lien\s{1,2}bo|hanh\s{1,2}dong))?"
    return _Types(
        before=re.compile(rf"(?P<type>{kinds}){joint}(?P<so>{_SO})$"),
        far=re.compile(rf"(?P<type>\b(?:{words})){joint}\b[^;:.,()\d\"“”]{{0,70}}?\bso[\s:]{{0,3}}$"),
        bare=re.compile(
            rf"(?<![a-z0-9])(?:(?P<type>{words}){joint}(?P<so>\s{{1,3}}so[\s:]{{1,3}}|\s{{1,3}})|(?P<short>{abbreviations})\s?)"
            rf"(?P<ordinal>\d{{1,4}}[a-h]?)(?P<more>(?:\s?,\s?\d{{1,4}}|\s(?:va)\s\d{{1,4}})*)(?![\w%]|[.,:]\d|\s{{0,2}}[-/]\s{{0,2}}[0-9a-z])"
        ),
    )


_LAW_BEFORE = re.compile(r"(?:luat|phap\s{1,2}lenh)\s[^;.\d]{3,115}\bso\s{1,3}$")
# A line that begins with "Số:" prints the text's own number, whatever its symbols.
_OWN_LINE = re.compile(r"(?:^|[\n|])[ ]{0,40}so[\s|]{0,3}:?[\s|]{0,6}$")
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
# Types whose bare number ("Biên bản số 02") is the number of a form or of a part, not of a document.
_NO_BARE = frozenset(
    {"bien ban", "du an", "hop dong", "phieu", "van ban", "giay moi", "giay gioi thieu", "phu luc"}
)
_BARE_SHORT = frozenset({"qd", "nq", "nd", "ct", "kl", "tt", "kh", "hd"})


def find_mentions(text: Text) -> list[Span]:
    """All spans that cite a document.

    Returns:
        In text order and disjoint, possibly empty; offsets count code points of the clean text.
    """
    numbered = list(_disjoint(_numbers(text)))
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
                if owner is None:
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


def _numbers(text: Text) -> Iterator[Span]:
    rules = number_rules()
    clean, folded = text.clean, text.folded
    past = -1
    for kernel in _KERNEL.finditer(clean):
        start = kernel.start()
        if start < past:
            continue
        for form in rules.forms:
            match = form.pattern.match(clean, start)
            if match is None:
                continue
            for span in _confirm(clean, folded, form, match):
                past = max(past, span.end)
                yield span
            if past > start:
                break


def _confirm(clean: str, folded: str, form: NumberForm, match: re.Match[str]) -> Iterator[Span]:
    """The spans of a matched number, or none: with its type word, and the shorter numbers of its list."""
    rules = number_rules()
    start, end = match.span()
    symbol = match.groupdict().get("type")
    if symbol and symbol.upper() in rules.excluded_types:
        return
    match_end = _trim(clean, match)
    if match_end == end:
        end = _broken_symbol(clean, match)
        if end > match.end():
            joined = clean[start:end].replace("\n", " ")
            mended = form.pattern.match(re.sub(r"(?<=[A-ZĐ])\s+(?=[A-ZĐ]+$)", "", joined))
            match = mended or match
            match_end = end
    elif match_end < end:
        trimmed = form.pattern.match(clean[:match_end], start)
        if trimmed is None:
            return
        match, end = trimmed, match_end
    window = folded[max(0, start - 60) : start]
    before = _types().before.search(window)
    if (
        before is not None
        and before["type"] == "luat"
        and window[: before.start("type")].rstrip().endswith("phap")
    ):
        before = None  # "quy phạm pháp luật số 64/2025": the type stands before the name
    if before is None and any(window.rstrip(" :.số").endswith(word) for word in rules.excluded_before):
        return
    if start and clean[start - 1].isalpha() and before is None and not window.endswith("so"):
        return
    begin = start
    kind: DocumentType | None = None
    typed = before is not None
    if before is not None:
        begin = start - len(window) + before.start("type")
        kind = type_of_name(before["type"])
    else:
        wide = folded[max(0, start - 110) : start]
        far = None if form.id in ("dated-bare", "national-assembly") else _types().far.search(wide)
        if far is not None:
            begin = start - len(wide) + far.start("type")
            kind = type_of_name(far["type"])
            typed = True
    own = _OWN_LINE.search(window) is not None
    if (
        form.id == "dated-bare"
        and before is None
        and not _LAW_BEFORE.search(folded, max(0, start - 130), start)
    ):
        return
    own = own or form.id == "dated-bare"
    if not typed and not own and (form.needs_type or not _known(match)):
        return
    number = compact_number(match)
    kind = kind or (type_of_symbol(symbol) if symbol else None)
    yield from _list_before(clean, folded, begin, start, number, kind)
    yield Span(begin, end, number=number, type=kind, typed=typed)


def _trim(clean: str, match: re.Match[str]) -> int:
    """Where the number really ends: not inside a word whose capital was taken for a symbol (`QĐ-TTg và N|ghị`)."""
    end = match.end()
    if end < len(clean) and clean[end].islower() and not match.group()[-1].isdigit():
        body = match.groupdict().get("body") or ""
        last = re.split(r"[-/.,\s]+", body)[-1]
        if not last or (body_of_symbol(last) is None and type_of_symbol(last) is None) or len(last) == 1:
            return (
                end - max(1, len(last)) - len(re.search(r"[-/.,\s]*$", body[: len(body) - len(last)]).group())
            )  # type: ignore[union-attr]
    return end


_NEXT_LINE = re.compile(r"[ ]{0,2}\n[ ]{0,3}(?P<rest>[A-ZĐ]{1,10})(?![A-Za-zà-ỹĐđ/-])")


def _broken_symbol(clean: str, match: re.Match[str]) -> int:
    """Where a number ends whose last symbol a line break cut (`TT-BL/ĐTBXH`), else its own end."""
    following = _NEXT_LINE.match(clean, match.end())
    last = re.search(r"[A-ZĐ]+$", match.group())
    if following is None or last is None or body_of_symbol(last.group()) is not None:
        return match.end()
    return following.end() if body_of_symbol(last.group() + following["rest"]) is not None else match.end()


def _known(match: re.Match[str]) -> bool:
    """Whether the symbols alone tell a document's number."""
    groups = match.groupdict()
    symbol, body = groups.get("type"), groups.get("body")
    if symbol is None:
        return bool(body and re.match(r"QH|UBTVQH", body))
    if type_of_symbol(symbol) is not None:
        return body is not None and len(symbol) > 1
    return (
        body_of_symbol(symbol) is not None
        and groups.get("year") is None
        and symbol[:2].isupper()
        and len(symbol) > 2
    )


def _list_before(
    clean: str, folded: str, begin: int, start: int, number: str, kind: DocumentType | None
) -> Iterator[Span]:
    """`Quyết định 217, 218-QĐ/TW`: the numbers before the last take its symbol."""
    window = folded[max(0, start - 60) : start]
    listed = _LIST_BEFORE.search(window)
    if listed is None:
        return
    offset = start - len(window)
    typed = _types().before.search(window[: listed.start("list")])
    if typed is None:
        return
    suffix = re.sub(r"^\d{1,5}(?:\.\d{1,3})?[a-h]?", "", number)
    first = True
    for match in re.finditer(_ORDINAL, listed["list"]):
        at = offset + listed.start("list") + match.start()
        begin_at = offset + typed.start("type") if first else at
        yield Span(
            begin_at,
            at + len(match.group()),
            number=match.group() + suffix,
            type=type_of_name(typed["type"]) or kind,
            typed=first,
        )
        first = False


def _bare(text: Text) -> Iterator[Span]:
    """Type and ordinal without a symbol: `Nghị quyết 25`, `Chỉ thị số 17`, `QĐ 749`."""
    clean, folded = text.clean, text.folded
    for match in _types().bare.finditer(folded):
        start = match.start("type") if match["type"] else match.start("short")
        if match["type"] and " ".join(match["type"].split()) in _NO_BARE:
            continue
        has_so = bool(match["so"] and "so" in match["so"])
        ordinal = match["ordinal"]
        word = match["type"] or match["short"]
        if match["short"]:
            if match["short"] not in _BARE_SHORT or not clean[start : start + len(word)].isupper():
                continue
        elif not has_so and (re.sub(r"\s+", " ", word) not in _BARE_TYPES or not clean[start].isupper()):
            continue
        if _COUNTED.match(folded, match.end()) and not (
            has_so and re.match(r"\s{0,2}(?:ngay|nam)\b", folded[match.end() :])
        ):
            continue
        if not has_so and (len(ordinal) == 4 and ordinal[:2] in ("19", "20")):
            continue
        if not has_so and len(ordinal) == 1 and word.split()[0] not in ("nghi", "chi", "ket"):
            continue
        if not has_so and re.match(r"\s?(?:\+|x)\s?\d", folded[match.end() :]):
            continue
        kind = type_of_name(re.sub(r"\s+", " ", word))
        end = match.end("ordinal")
        yield Span(start, end, number=ordinal, type=kind, typed=True, bare=True)
        for more in re.finditer(r"\d{1,4}", match["more"]):
            at = match.start("more") + more.start()
            if not _COUNTED.match(folded, at + len(more.group())):
                yield Span(at, at + len(more.group()), number=more.group(), type=kind, typed=False, bare=True)


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
