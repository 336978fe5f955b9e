"""Split a text into sentences, and tell which place of it speaks for the document: articles, quotations, annexes.

A line break ends a sentence only where a list mark, an article or a blank line follows, since files from PDF break
every line. A semicolon does not end one: recitals and reports run their lists over it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graph.clean import Text

_BOUNDARY = re.compile(
    r"""(?P<blank>\n[ ]*\n\s*)
      | (?P<line>\n[ |]*(?=(?:\d{1,2}(?:\.\d{1,2})*[.)][ ]|[a-zđ]\)[ ]|[-+*•][ ]?[A-ZĐÀ-Ỹ]|(?:(?:Điều|Chương|Mục|Phần)[ ][IVX\d]|(?:Phụ[ ]lục|PHỤ[ ]LỤC)[ ])
          |Căn[ ]?cứ(?=[ A-ZĐ])|(?:Theo[ ]đề[ ]nghị|Xét|Thực[ ]hiện|Trên[ ]cơ[ ]sở|Tiếp[ ]tục|Nơi[ ]nhận|Để|Bổ[ ]sung|Bãi[ ]bỏ|Thay[ ]thế)\b|[IVX]+[.-][ ]|(?:QUYẾT|NGHỊ|CHỈ|KẾ|LUẬT)[ ])))
      | (?P<stop>(?<=[^\sA-ZĐ.][.!?…])["”]?\s+(?=["“(]?[A-ZĐÀ-Ỹ\d])|(?<=[A-ZĐ]{2}[.])\s+(?=[A-ZĐ][a-zà-ỹ])|(?<=\./\.)\s+)
    """,
    re.VERBOSE,
)
# Where the above may match: at a line break, and behind a stop.
_MAY_BE_BOUNDARY = re.compile(r"""\n(?=[ |]*(?:[^a-z ]|[a-z]\)))|[.!?…](?=["”]|[^\S\n])""")
_NO_STOP = re.compile(r"(?:\b(?:TP|T\.Ư|Tp|tp|ThS|TS|GS|PGS|v\.v|tr|No|Nxb|đ/c|Đ/c|UVT\.Ư)|\b[A-ZĐ])\.$")
_MARK_BEFORE = re.compile(
    r"(?:^|\n)[ |*\"“]*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5}|[Đđ]iều[ ]\d{1,3}[a-zđ]?|ĐIỀU[ ]\d{1,3})\.$"
)
_ARTICLE = re.compile(r"(?P<label>Điều[ ]\d{1,3}[a-zđ]?)\s?[.:\-]")
_LINE_BEGINS = re.compile(r"(?:^|.*\n)[ |\"“]{0,8}$", re.DOTALL)
_ANNEX = re.compile(
    r"\n[ |]*(?:PHỤ[ ]LỤC|Phụ[ ]lục[ ](?:[IVX\d]+|kèm)|\(\s?[Bb]an[ ]hành[ ]kèm[ ]theo|\(BAN[ ]HÀNH[ ]KÈM)"
)
_SIGNATURE = re.compile(r"\n[ |]*(?:Nơi nhận|NƠI NHẬN|T/M |TM\. |KT\. |Q\. )")


class Sentence(NamedTuple):
    """A sentence of the clean text.

    Attributes:
        start: its first code point.
        end: one past its last; blanks around are left out.
        item: the list mark it begins with (`a)`, `1.`, `-`), or "".
        gap: whether a blank line stands before it.
    """

    start: int
    end: int
    item: str
    gap: bool


_ITEM = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-+*•])(?=\s?\S)")


def split_sentences(text: Text, start: int = 0, end: int | None = None) -> list[Sentence]:
    """The sentences of a stretch of clean text, in order, possibly empty."""
    clean = text.clean
    limit = len(clean) if end is None else end
    out: list[Sentence] = []
    at = past = start
    gap = True
    for place in _MAY_BE_BOUNDARY.finditer(clean, start, limit):
        position = place.start() + (place.group() != "\n")
        match = _BOUNDARY.match(clean, position, limit) if position >= past else None
        if match is None:
            continue
        past = match.end()
        if match["stop"] is not None and (
            _NO_STOP.search(clean, max(0, match.start() - 8), match.start())
            or _MARK_BEFORE.search(clean, max(0, match.start() - 16), match.start())
        ):
            continue
        if match["blank"] is not None and _continues(clean, match):
            continue
        _add(clean, out, at, match.start() + (1 if match["stop"] and match.group()[0] in '"”' else 0), gap)
        gap = match["blank"] is not None
        at = match.end()
    _add(clean, out, at, limit, gap)
    return out


_PAGED = re.compile(r"\n[ ]{12,}\n")
"""What is left of the running head of a page."""


def _continues(clean: str, match: re.Match[str]) -> bool:
    """Whether a blank line is only a page break: the sentence before is open and the one after begins small."""
    before = clean[max(0, match.start() - 60) : match.start()].rstrip()
    after = clean[match.end() : match.end() + 1]
    if before[-1:] in ("-", "/") and before[-2:-1].isdigit():
        return True  # a number broken over a page
    paged = after.isalnum() and _PAGED.search(clean, match.start(), match.end()) is not None
    return (
        bool(before) and before[-1] not in '.:;!?"”*-_|' and (after.islower() or paged) and len(before) > 20
    )


def _add(clean: str, out: list[Sentence], start: int, end: int, gap: bool) -> None:
    while start < end and clean[start] in " \n|\r":
        start += 1
    while end > start and clean[end - 1] in " \n|\r":
        end -= 1
    if end > start:
        item = _ITEM.match(clean, start, end)
        out.append(Sentence(start, end, item.group() if item else "", gap))


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a text stops speaking for itself, and under which article a place stands.

    Attributes:
        quotes: spans of quoted text that runs over several sentences or lines, in order.
        annex: where the annexes begin, or the length of the text.
        signature: where the list of recipients or the signature begins, or the length of the text.
        articles: (offset, label) of each article, in order.
    """

    quotes: tuple[tuple[int, int], ...]
    annex: int
    signature: int
    articles: tuple[tuple[int, str], ...]

    def is_quoted(self, offset: int) -> bool:
        """Whether the place lies in a long quotation."""
        i = bisect_right(self.quotes, (offset, 1 << 60)) - 1
        return i >= 0 and offset < self.quotes[i][1]

    def article_start(self, offset: int) -> int | None:
        """Where the article that holds the place begins, or None before the first."""
        i = bisect_right(self.articles, (offset, "\U0010ffff")) - 1
        return self.articles[i][0] if i >= 0 else None

    def article(self, offset: int) -> str | None:
        """The label of the article that holds the place (`Điều 3`), or None before the first."""
        i = bisect_right(self.articles, (offset, "\U0010ffff")) - 1
        return self.articles[i][1] if i >= 0 else None


_CURLY_QUOTE = re.compile(r"“[^“”]{0,12000}”")
_STRAIGHT_QUOTE = re.compile(r"\"(?<=[:\s]\")[^\"]{0,6000}\"(?=[.;,\s])")
_QUOTED_PROVISION = re.compile(r"[“\"]\s?(?:Điều\s\d|Khoản\s\d|\d{1,2}\.\s|[a-zđ]\)\s)")
_QUOTED_LINES = re.compile(r"\n\s{0,8}(?:\d+\.|[a-zđ]\)|Điều|[-+])|[.;]\s*\n")


def _long_quotes(clean: str) -> Iterator[tuple[int, int]]:
    """Quotations that hold provisions or several lines, in order and disjoint."""
    past = 0
    found = [m.span() for pattern in (_CURLY_QUOTE, _STRAIGHT_QUOTE) for m in pattern.finditer(clean)]
    for start, end in sorted(found):
        if start < past:
            continue
        past = end
        lines = clean.find("\n", start, end) >= 0 and _QUOTED_LINES.search(clean, start, end)
        if lines or _QUOTED_PROVISION.match(clean, start, end):
            yield start, end


def split_parts(text: Text, body_start: int) -> Parts:
    """Find long quotations, annexes, the end of the document's own words, and its articles."""
    clean = text.clean
    quotes = tuple(_long_quotes(clean))
    annex = _ANNEX.search(clean, body_start)
    signature = _SIGNATURE.search(clean, body_start)
    articles = tuple(
        (m.start("label"), m["label"])
        for m in _ARTICLE.finditer(clean)
        if _LINE_BEGINS.match(clean[max(0, m.start() - 9) : m.start()])
        and not any(a <= m.start("label") < b for a, b in quotes)
    )
    return Parts(
        quotes,
        annex.start() if annex else len(clean),
        signature.start() if signature else len(clean),
        articles,
    )


def item_kind(item: str) -> str:
    """The kind of a list mark: digits, a letter, a dash, or none."""
    if not item:
        return ""
    return "digit" if item[0].isdigit() else "letter" if item[0].isalpha() else "dash"
