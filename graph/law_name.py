"""Find laws cited by name: "Luật Phổ biến, giáo dục pháp luật", and those that amend others.

A law's name has no end mark in print, and commas in it: names known to `ontology/laws.toml` are matched whole, others
run in capitals to a date, a number, a stop word or a sign.
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.clean import Text, fold_letters
from graph.scan import matches, word_pattern
from graph.span import Span
from ontology.doctype import type_of_name
from ontology.law import law_names

_LAW = re.compile(r"(?<![a-z])(?P<type>bo\s{1,2}luat|luat|phap\s{1,2}lenh)(?=[\s])")
_LAW_WORDS = (
    word_pattern("luat", r"(?=\s)"),
    word_pattern("bo", r"\s{1,2}luat(?=\s)"),
    word_pattern("phap", r"\s{1,2}lenh(?=\s)"),
)
_AMENDING = re.compile(
    r"\s{1,3}(?:sua\s{0,2}doi\s?,?\s{0,3}bo\s{0,2}sung|sua\s{0,2}doi)(?:\s{1,3}(?:mot\s{0,3}so|cac)?\s{0,3}(?:dieu|quy\s{1,2}dinh)?"
    r"(?:\s{1,3}khoan)?(?:\s{1,3}va\s{1,3}(?:phu luc|danh muc|bieu)[^;:.()“”\"]{0,80}?(?=\s{1,3}cua\s))?\s{0,3}(?:\d+\s)?(?:cua)?)?\s{0,60}(?:\d{1,2}\s{1,3})?(?P<of>(?:cac\s{1,2})?(?:bo\s{0,2}luat|luat|phap\s{0,2}lenh))?"
)
_NEXT_LAW = re.compile(r"\s{0,2}(?:,|va|;)?\s{0,2}(?:va\s)?(?=(?:bo\s{0,2}luat|luat|phap\s{0,2}lenh)\s)")
_NAME_STOP = re.compile(
    r"[;:.()\[\]“”\"]|\n\s*\n|,\s{1,2}(?=(?:Bộ\s)?[Ll]uật\s|Pháp lệnh\s)|\s(?:ngày|năm|số|được|đã|có|này|thì|là|của Quốc hội|của Ủy ban Thường vụ|do|quy định|không|phải"
    r"|theo|tại|hiện hành|sửa đổi|và các|và (?:Bộ )?[Ll]uật|và Pháp lệnh|và Nghị|và Quyết|và Thông|và Chỉ|để|trong|thay|hết"
    r"|bằng|khi|cho|đối với|với|từ|gồm|nhằm|nếu|hoặc|về việc|lần|khóa|[Đđ]iều|khoản|ban hành|như|sẽ|vào|bao gồm|trên|trước|sau|gắn|đến|\d)(?![a-zà-ỹđ])"
)
_SUBJECT_STOP = re.compile(r"[;:.()\[\]“”\"]|\n\s*\n|\s(?:ngày|năm|số|được|đã|này)(?![a-zà-ỹđ])")
_DATED = re.compile(
    r"\s{0,3}(?:,\s?)?(?:\(?so|ngay|nam)\s{1,3}[\d/]|\s{1,3}(?:hien hanh|sua doi|(?:19|20)\d\d(?!\d|\s?[-/–]))\b|\s?\((?:sua doi|nam|so|ngay)"
)
_ACRONYM = re.compile(r"[A-ZĐ]{2,8}(?=\s[a-zà-ỹđ])")  # "Luật NCT nữa"
_AMENDED_NAME = re.compile(r"\s?\(sua\s{1,2}doi(?:\s?,?\s?bo\s?sung)?\)")


@cache
def _known_names() -> dict[str, re.Pattern[str]]:
    """For each type word, known names as one alternation by length; blanks may be missing or line breaks."""
    patterns = {}
    for kind, names in law_names().items():
        folded = {re.sub(r"\s+", " ", fold_letters(name)) for name in names}
        folded |= {
            name.replace("hoi dong nhan dan", "hdnd").replace("uy ban nhan dan", "ubnd") for name in folded
        }
        words = "|".join(_loose(name) for name in sorted(folded, key=len, reverse=True))
        patterns[fold_letters(kind)] = re.compile(
            rf"(?:ve\s{{1,2}})?(?:{words})(?:(?=(?:ngay|nam)\s?\d)|(?![a-z]))"
        )
    return patterns


def _loose(name: str) -> str:
    parts = re.split(r"([ ,])", name)
    return "".join(r"\s{0,8}" if p == " " else r"\s?,?" if p == "," else re.escape(p) for p in parts if p)


def find_laws(text: Text) -> Iterator[Span]:
    """Spans of laws, codes and ordinances cited by name; those printed without blanks come last.

    Yields:
        Spans with `name` and `type`; for an amending law with `amends` set, followed by its targets.
    """
    yield from _laws(text)
    yield from _glued_laws(text)


def _laws(text: Text) -> Iterator[Span]:
    clean, folded = text.clean, text.folded
    past = -1
    for start in sorted(match.start() for match in matches(_LAW_WORDS, folded)):
        match = _LAW.match(folded, start) if start >= past else None
        if match is None:
            continue
        past = match.end()
        if start >= 4 and _is_excluded(clean, folded, start):
            continue
        for span in _law_at(clean, folded, match):
            past = max(past, span.end)
            yield span


_GLUED = re.compile(r"Luật(?=[A-ZĐ])")


@cache
def _printed_names() -> dict[str, str]:
    """Names of laws as they should be printed, by their letters alone."""
    return {re.sub("[^a-z]", "", fold_letters(name)): name for name in law_names()["Luật"]}


def _glued_laws(text: Text) -> Iterator[Span]:
    """`LuậtTổchứcHộiđồngnhândân`: blanks lost in print; only names that are known."""
    for match in _GLUED.finditer(text.clean):
        known = _known_names()["luat"].match(text.folded, match.end())
        name = _printed_names().get(re.sub("[^a-z]", "", known.group())) if known else None
        if known is not None and name is not None:
            yield Span(match.start(), known.end(), name=name, type=type_of_name("Luật"), typed=True)


def _is_excluded(clean: str, folded: str, start: int) -> bool:
    before = folded[max(0, start - 24) : start]
    if clean[start : start + 4].isupper() and re.search(r"(?:phap|ky|trong)\s{1,3}$", before):
        return True  # "XỬ LÝ KỶ LUẬT TỔ CHỨC ĐẢNG"
    if clean[start].isupper():
        return bool(
            re.search(
                r"(?:du thao|du an|de nghi xay dung|lien hop quoc ve|cong uoc(?: quoc te)? ve)\s{1,2}$",
                before,
            )
        )
    return bool(
        re.search(
            r"(?:phap|ky|cong ty|hanh nghe|van phong|dai hoc|cu nhan|quy|dinh|bo|du an|du thao|trai|cac|ho so|chuan|van ban|theo|cua|hanh|xay dung|linh|dao)\s{1,3}$",
            before,
        )
    )


def _law_at(clean: str, folded: str, match: re.Match[str]) -> Iterator[Span]:
    """The law cited at a type word, with the laws it amends; nothing where no name follows."""
    start, after = match.start(), match.end("type")
    kind_word = " ".join(match["type"].split())
    kind = type_of_name(kind_word)
    amending = _AMENDING.match(folded, after)
    if amending is not None:
        yield from _amending_law(clean, folded, start, amending, kind_word)
        return
    end = _name_end(clean, folded, after, kind_word)
    if end is None:
        return
    name = " ".join(clean[after:end].split())
    yield Span(start, end, name=name, type=kind, typed=True)


def _amending_law(
    clean: str, folded: str, start: int, amending: re.Match[str], kind_word: str
) -> Iterator[Span]:
    kind = type_of_name(kind_word)
    of = amending["of"]
    if of is None:
        end = amending.end()
        stop = _NAME_STOP.search(clean, end)
        end = min(stop.start() if stop else end, end + 90)
        if len(clean[amending.start() : end].split()) >= 4 and _DATED.match(folded, end):
            yield Span(
                start, end, name=" ".join(clean[amending.start() : end].split()), type=kind, typed=True
            )
        return
    targets: list[Span] = []
    at = amending.start("of")
    while len(targets) < 40:
        law = _LAW.match(folded, at)
        if law is None:
            break
        word = " ".join(law["type"].split())
        inner_end = _name_end(clean, folded, law.end("type"), word, nested=True)
        if inner_end is None:
            break
        targets.append(
            Span(
                at,
                inner_end,
                name=" ".join(clean[law.end("type") : inner_end].split()),
                type=type_of_name(word),
                typed=True,
            )
        )
        joint = _NEXT_LAW.match(folded, inner_end)
        if joint is None or ";" in joint.group():
            break
        at = joint.end()
    if not targets:
        # "của các Luật liên quan đến đầu tư xây dựng cơ bản": one law, its subject no law's name
        stop = _SUBJECT_STOP.search(clean, amending.end())
        end = min(stop.start() if stop else amending.end(), amending.end() + 90)
        if len(clean[amending.start() : end].split()) >= 5:
            yield Span(
                start, end, name=" ".join(clean[amending.start() : end].split()), type=kind, typed=True
            )
        return
    end = targets[0].start
    name = " ".join(clean[amending.start() : targets[-1].end].split())
    while clean[end - 1].isspace():
        end -= 1
    yield Span(start, end, name=name, type=kind, typed=True, amends=len(targets))
    yield from targets


def _name_end(clean: str, folded: str, after: int, kind_word: str, nested: bool = False) -> int | None:
    """Where a law's name ends, or None where there is none."""
    blank = re.compile(r"\s{1,3}").match(folded, after)
    if blank is None:
        return None
    begin = blank.end()
    known = _known_names()[kind_word].match(folded, begin)
    if (
        known is not None
        and _is_marked(clean[begin : known.end()], kind_word)
        and (
            clean[begin].isupper()
            or clean[after - 1].isupper()
            or kind_word == "bo luat"
            or _citing(clean, folded, after, known.end())
        )
    ):
        end = known.end()
        while clean[end - 1] in " ,\n":
            end -= 1
        amended = _AMENDED_NAME.match(folded, end)
        return amended.end() if amended and not nested else end
    if clean[after - 1].isupper() and clean[begin : begin + 40].isupper():
        return None  # a heading in capitals ("LUẬT / THỰC HIỆN ...") names no known law
    about = (
        re.compile(r"[Vv]ề\s").match(clean, begin)
        if kind_word == "phap lenh" and clean[max(0, after - 10) : after].strip()[:1] == "P"
        else None
    )
    if about is None and (begin >= len(clean) or not clean[begin].isupper()):
        return None
    if about is None and not (clean[begin + 1 : begin + 2].islower() or clean[begin : begin + 2].isupper()):
        return None
    stop = _NAME_STOP.search(clean, begin, begin + 160)
    end = stop.start() if stop else min(begin + 80, len(clean))
    if stop is None or not _DATED.match(folded, end):
        comma = clean.find(",", begin, end)
        end = comma if comma > 0 else end
        end = _capital_run(clean, begin, end)
    while end > begin and (clean[end - 1].isspace() or clean[end - 1] == ","):
        end -= 1
    acronym = _ACRONYM.match(clean, begin, end)
    if acronym is not None:
        return acronym.end()
    words = clean[begin:end].split()
    return end if 1 <= len(words) <= 22 and len(clean[begin:end]) >= 3 else None


def _is_marked(printed: str, kind_word: str) -> bool:
    """Whether a name of one syllable bears its marks: "Luật Dược", not "Luật được"."""
    name = printed.strip(" ,\n").lower()
    short = _one_syllable()[kind_word]
    return fold_letters(name) not in short or name in short[fold_letters(name)]


@cache
def _one_syllable() -> dict[str, dict[str, frozenset[str]]]:
    """By type word and folded name, the names of one syllable as they are printed."""
    return {
        fold_letters(kind): {
            fold_letters(name): frozenset({name.lower()}) for name in names if " " not in name
        }
        for kind, names in law_names().items()
    }


def _capital_run(clean: str, begin: int, end: int) -> int:
    """Without a date to close it an unknown name gets at most eight words and stops before a line break."""
    line = clean.find("\n", begin, end)
    if line > 0 and clean[line + 1 : line + 2].isupper():
        end = line
    words = list(re.finditer(r"\S+", clean[begin:end]))
    return begin + words[7].end() if len(words) > 8 else end


def _citing(clean: str, folded: str, after: int, end: int) -> bool:
    """Whether a name in small letters is cited all the same: the type word is a capital, or a date follows."""
    word = clean[:after].rfind("L", max(0, after - 10), after)
    return (
        word >= 0
        or clean[max(0, after - 9) : after].lstrip()[:1].isupper()
        or bool(_DATED.match(folded, end))
    )
