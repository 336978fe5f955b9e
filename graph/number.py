"""Find document numbers: a cheap scan for kernels, then the forms of `numbers.toml`, then the words around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.clean import Text
from graph.span import Span
from ontology.body import body_of_symbol
from ontology.doctype import DocumentType, document_types, type_of_name, type_of_symbol
from ontology.form import NumberForm, compact_number, number_rules
from ontology.slug import fold

# Where a number may begin: digits, perhaps a letter, a sign or a blank, then letters or a year.
_KERNEL = re.compile(
    r"[0-9](?<![\d/,.][0-9])(?<![A-Z]-[0-9])[0-9]{0,4}(?:\.[0-9]{1,3})?[a-h]?"
    r"(?:\s{0,2}[-/]\s{0,3}(?=[A-Za-zĐđƯÔ]|(?:19|20)[0-9][0-9]\b)|\s(?=(?:NQ|CT|KL|QĐ|HD|TB|CTr|KH|QC|BC|ĐA|CV)\s?/))"
)
_ORDINAL = r"\d{1,5}(?:\.\d{1,3})?[a-h]?"
_LIST_BEFORE = re.compile(rf"(?P<list>{_ORDINAL}(?:\s?,\s?{_ORDINAL})*)\s?(?:,|va|,\s?va)\s{{0,2}}$")
_SO = r"(?:\s{0,3}(?:so|s6))?[\s:.]{0,4}"


@dataclass(frozen=True, slots=True)
class TypePatterns:
    """Patterns of type words: right before a number, some words before it, before a bare ordinal; and such an ordinal."""

    before: re.Pattern[str]
    far: re.Pattern[str]
    bare: re.Pattern[str]
    ordinal: re.Pattern[str]


@cache
def type_patterns() -> TypePatterns:
    """Patterns of type words over folded text, longest first; blanks between their words may be missing."""
    names = {fold(name) for t in document_types() for name in (t.name, *t.aliases)}
    short = {name for name in names if len(name) <= 4 and " " not in name and name not in ("luat", "lenh")}
    words = "|".join(
        r"\s{0,3}".join(map(re.escape, n.split())) for n in sorted(names - short, key=len, reverse=True)
    )
    abbreviations = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
    kinds = rf"(?:{words})|\b(?:{abbreviations})"
    # the last two letters of every type word: what may stand before a bare ordinal
    endings = "|".join(sorted({name[-2:] for name in names} | {"ch", "bo", "ng"}))
    joint = r"(?:\s{1,3}(?:lien\s{1,2}tich|lien\s{1,2}bo|hanh\s{1,2}dong))?"
    return TypePatterns(
        before=re.compile(rf"(?P<type>{kinds}){joint}(?P<so>{_SO})$"),
        far=re.compile(rf"(?P<type>\b(?:{words})){joint}\b[^;:.,()\d\"“”]{{0,70}}?\bso[\s:]{{0,3}}$"),
        ordinal=re.compile(
            rf"[0-9](?:(?<=(?:so|{endings})[\s:][0-9])|(?<=[\s:][\s:][0-9])|(?<=(?:{endings})[0-9]))"
            r"(?<![0-9][0-9])(?P<rest>[0-9]{0,3}[a-h]?)(?P<more>(?:\s?,\s?[0-9]{1,4}|\s(?:va)\s[0-9]{1,4})*)"
            r"(?:(?=(?:va|cua|ve)\s)|(?![\w%]|[.,:][0-9]|\s{0,2}[-/]\s{0,2}[0-9a-z]))"
        ),
        bare=re.compile(
            rf"(?<![a-z0-9])(?:(?P<type>{words}){joint}(?P<so>\s{{1,3}}so[\s:]{{1,3}}|\s{{1,3}})|(?P<short>{abbreviations})\s?)$"
        ),
    )


_LAW_BEFORE = re.compile(r"(?:luat|phap\s{1,2}lenh)\s[^;.\d]{3,115}\bso\s{1,3}$")
# A line that begins with "Số:" prints the text's own number, whatever its symbols.
_OWN_LINE = re.compile(r"(?:^|[\n|])[ ]{0,40}so[\s|]{0,3}:?[\s|]{0,6}$")


def find_numbers(text: Text) -> Iterator[Span]:
    """Spans of numbers with their type words, in text order; the type word of one may reach over another."""
    rules = number_rules()
    clean, folded = text.clean, text.folded
    past = -1
    listed: Span | None = None
    for kernel in _KERNEL.finditer(clean):
        start = kernel.start()
        if start < past:
            continue
        for form in rules.forms:
            match = form.pattern.match(clean, start)
            if match is None:
                continue
            spans = list(_confirm(clean, folded, form, match))
            if not spans and form.needs_type and listed is not None:
                spans = list(_continued(folded, match, listed))
            for span in spans:
                past = max(past, span.end)
                listed = span
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
    before = type_patterns().before.search(window)
    if (
        before is not None
        and before["type"] == "luat"
        and window[: before.start("type")].rstrip().endswith("phap")
    ):
        before = None  # "quy phạm pháp luật số 64/2025": the type stands before the name
    if before is not None and symbol and before["type"].startswith("dieu le"):
        before = None  # "Quy định thi hành Điều lệ Đảng số 45-QĐ/TW": the type stands before the name
    if before is None and any(window.rstrip(" :.số").endswith(word) for word in rules.excluded_before):
        return
    if start and clean[start - 1].isalpha() and before is None and not window.endswith("so"):
        return
    begin = start
    kind: DocumentType | None = None
    typed = before is not None
    own = _OWN_LINE.search(window) is not None
    if before is not None:
        begin = start - len(window) + before.start("type")
        kind = type_of_name(before["type"])
    elif not own:
        wide = folded[max(0, start - 110) : start]
        far = None if form.id in ("dated-bare", "national-assembly") else type_patterns().far.search(wide)
        if far is not None:
            begin = start - len(wide) + far.start("type")
            kind = type_of_name(far["type"])
            typed = True
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


_BETWEEN_LISTED = re.compile(r"(?:\s(?:nam|ngay)\s[\d/.\- ]{4,10})?\s?(?:,|;|va|,\s?va)\s{1,2}(?:so\s)?")


def _continued(folded: str, match: re.Match[str], last: Span) -> Iterator[Span]:
    """`Nghị định 196-CP năm 1994, 41-CP năm 1995`: a number with the signs of the one before it in a list."""
    number = compact_number(match)
    if _signs(number) == _signs(last.number or "") and _BETWEEN_LISTED.fullmatch(
        folded, last.end, match.start()
    ):
        yield Span(match.start(), match.end(), number=number, type=last.type, typed=False)


def _signs(number: str) -> str:
    return re.sub(r"^[\d.]+[a-h]?", "", number)


def _trim(clean: str, match: re.Match[str]) -> int:
    """Where the number really ends: not inside a word whose capital was taken for a symbol (`QĐ-TTg và N|ghị`)."""
    end = match.end()
    if end < len(clean) and clean[end].islower() and not match.group()[-1].isdigit():
        body = match.groupdict().get("body") or ""
        last = re.split(r"[-/.,\s]+", body)[-1]
        known = len(last) > 1 and (body_of_symbol(last) or type_of_symbol(last))
        if not known:
            signs = len(body) - len(last) - len(body[: len(body) - len(last)].rstrip("-/., \n"))
            return end - max(1, len(last)) - signs
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
    typed = type_patterns().before.search(window[: listed.start("list")])
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
