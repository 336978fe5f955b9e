"""Decide which mentions of one text mean the same document: by number, by bare ordinal, by name.

A full number is one document, unless two dates or two provinces tell two. A bare ordinal leans on the full number
before it; a name on the same name, slips of the pen aside.
"""

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from graph.clean import Text
from graph.head import Head
from graph.iri import number_parts, type_segment
from graph.model import SELF
from graph.named import congress_key, plenum_key
from graph.scope import scope_of
from graph.span import Span
from graph.tail import Tail
from ontology.doctype import DocumentType
from ontology.slug import fold

_ABBREVIATED = (
    ("hdnd", "hoi dong nhan dan"),
    ("ubnd", "uy ban nhan dan"),
    ("bch", "ban chap hanh"),
    ("qh", "quoc hoi"),
)
_ENACTED = re.compile(r"quoc\s{1,2}hoi\s{1,2}(?:thong qua|ban\s{1,2}hanh)\s{1,2}$")
_PREAMBLE = 2000
"""How many code points behind the heading "Quốc hội ban hành Luật Giá" may stand."""
_LAWS = frozenset({"luat", "bo-luat", "phap-lenh"})


@dataclass(slots=True)
class Draft:
    """A reference while it is gathered: what its mentions say, each value with how often, in order of coming.

    `spans` index the text's spans, ascending.
    """

    key: str
    number: str | None
    type: DocumentType | None
    name: str | None
    spans: list[int] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    issuers: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)


class Drafts:
    """The drafts of one text, found by what a mention prints; a look-up does not grow with their number."""

    def __init__(self, text: Text, head: Head) -> None:
        self.text, self.head = text, head
        self.own = Draft(SELF, head.number, head.type, None) if head.is_document else None
        self.all: list[Draft] = []
        self._numbered: dict[str, list[Draft]] = defaultdict(list)
        self._yearless: dict[str, list[Draft]] = defaultdict(list)
        self._ordinals: dict[str, list[Draft]] = defaultdict(list)
        self._named: dict[str, list[Draft]] = defaultdict(list)
        self._titled: dict[str, list[Draft]] = defaultdict(list)
        self._aliased: dict[str, list[Draft]] = defaultdict(list)
        self._spellings: dict[str, str] = {}

    def take(self, i: int, span: Span, date: str | None, issuer: str | None, tail: Tail) -> Draft:
        """The draft that a span belongs to, made where there is none, with what the span says noted."""
        draft = self._find(i, span, date, tail)
        if draft is None:
            draft = Draft("", span.number, span.type, None)
            self.all.append(draft)
            if span.number:
                self._index_number(draft, span.number)
        if draft.number is None and span.number:
            draft.number = span.number
            self._index_number(draft, span.number)
        if span.name and draft.name is None:
            draft.name = span.name
            if draft is not self.own:
                self._named[self._spelling(name_key(span.name))].append(draft)
        if draft.type is None:
            draft.type = span.type
        insort(draft.spans, i)
        self._note(draft, span, date, issuer, tail)
        return draft

    def _index_number(self, draft: Draft, number: str) -> None:
        self._numbered[_canonical(number)].append(draft)
        self._yearless[_yearless(number)].append(draft)
        self._ordinals[_ordinal(number)].append(draft)

    def _note(self, draft: Draft, span: Span, date: str | None, issuer: str | None, tail: Tail) -> None:
        if (
            span.number
            and not span.bare
            and fold(self.text.clean[span.start : span.end]) not in self._aliased
        ):
            draft.numbers[span.number] += 1
        if date:
            draft.dates[date] += 1
        if issuer:
            draft.issuers[issuer] += 1
        if tail.title:
            draft.titles.append(tail.title)
            if draft.number and draft.type and draft.type.slug in _LAWS:
                self._titled[name_key(tail.title)].append(draft)
        if tail.term:
            draft.terms.append(tail.term)
        if tail.alias:
            for alias in re.split(r"\s(?:và|,)\s(?=[A-ZĐ])", tail.alias):
                self._aliased[fold(alias)].append(draft)

    def _find(self, i: int, span: Span, date: str | None, tail: Tail) -> Draft | None:
        if span.number is None:
            return self._find_named(span, date)
        return self._find_bare(i, span, date) if span.bare else self._find_full(span, date, tail)

    def _find_full(self, span: Span, date: str | None, tail: Tail) -> Draft | None:
        number, own = span.number or "", self.head.number
        is_own = self.own is not None and own and _canonical(own) == _canonical(number)
        if is_own and not _dates_differ(self.head.date, date, number):
            return self.own
        drafts = self._numbered[_canonical(number)]
        if (
            tail.term and date is None
        ):  # "Nghị quyết 25-NQ/TW của Ban Chấp hành Trung ương khóa X", of two such
            drafts = [d for d in drafts if tail.term in d.terms] or drafts
        for draft in drafts:
            if _is_assembly(number) and not _same_type(draft.type, span.type, None):
                continue
            if _places_differ(number, tail.issuer, draft.issuers):
                continue
            if not any(_dates_differ(d, date, number) for d in draft.dates):
                return draft
        if fold(self.text.clean[span.start : span.end]) in self._aliased:
            # "(sau đây viết tắt là Nghị định 88/CP)": told apart by their ordinals where one alias names two
            same = [d for d in self._ordinals[_ordinal(number)] if _same_type(d.type, span.type, d.number)]
            if len(same) == 1:
                return same[0]
        if date and len(date) == 10:  # one decision printed 2751/2002/QĐ-UB and 2751/QĐ-UB, with one date
            for draft in self._yearless[_yearless(number)]:
                if date in draft.dates:
                    return draft
        return None

    def _find_bare(self, i: int, span: Span, date: str | None) -> Draft | None:
        number = _canonical(span.number or "")
        found = [
            draft
            for draft in self._ordinals[number]
            if _same_type(draft.type, span.type, draft.number)
            and not any(_dates_differ(d, date, draft.number or "") for d in draft.dates)
        ]
        found = found or self._aliased[fold(self.text.clean[span.start : span.end])]
        own = self.head.number
        is_own = self.own is not None and own and _ordinal(own) == number
        if not found and is_own and _same_type(self.head.type, span.type, own):
            return self.own if date is None else None
        if len(found) > 1:
            before = [draft for draft in found if draft.spans and draft.spans[0] < i]
            if before:
                return max(before, key=lambda draft: draft.spans[bisect_left(draft.spans, i) - 1])
        return found[0] if len(found) == 1 else None

    def _find_named(self, span: Span, date: str | None) -> Draft | None:
        key = name_key(span.name or "")
        if self._is_own_name(span, key):
            return self.own
        for draft in self._named[self._spelling(key)]:
            if draft.type and span.type and draft.type.slug != span.type.slug:
                continue
            if not (date and any(_months_differ(d, date) for d in draft.dates)):
                return draft
        slug = span.type.slug if span.type else None
        for draft in self._titled[key]:  # "Pháp lệnh 38/2001/PL-UBTVQH ... về phí và lệ phí"
            if draft.type and draft.type.slug == slug:
                return draft
        own = self.own
        if date and self.head.date and date[:4] != self.head.date[:4]:
            return None
        if own is not None and own.type and own.type.slug == slug and self.head.title:
            return own if name_key(self.head.title) == key else None
        return None

    def _is_own_name(self, span: Span, key: str) -> bool:
        """Whether a name is the text's own, in its heading or in "Quốc hội ban hành Luật Giá"."""
        own = self.own
        if own is None or own.type is None or span.type is None:
            return False
        if span.start < self.head.title_span[0] <= span.end and own.type.slug == span.type.slug:
            return True  # "NGHỊ QUYẾT / HỘI NGHỊ LẦN THỨ SÁU BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII"
        laws = own.type.slug in _LAWS and span.type.slug in _LAWS
        enacted = _ENACTED.search(self.text.folded, max(0, span.start - 30), span.start) is not None
        if laws and enacted and span.start < self.head.body_start + _PREAMBLE:
            return True
        titled = self.head.title is not None and name_key(self.head.title) == key
        return titled and (laws or own.type.slug == span.type.slug) and span.start < self.head.body_start

    def _spelling(self, key: str) -> str:
        """The first of the keys seen that differs from this one by a slip of the pen at most."""
        if key not in self._spellings:
            self._spellings[key] = next((k for k in self._named if _same_name(k, key)), key)
        return self._spellings[key]


@lru_cache(maxsize=8192)
def _canonical(number: str) -> str:
    """What two printings of one number share: no leading zeros, Đ as D, one sign between the parts."""
    folded = re.sub(r"^0+(?=\d)", "", number.upper().replace("Đ", "D").replace("&", ""))
    ordinal = _ORDINAL.match(folded)
    cut = ordinal.end() if ordinal else 0
    return folded[:cut] + re.sub(r"[-/.,]+", "/", folded[cut:])


_ORDINAL = re.compile(r"\d+(?:\.\d+)?[A-H]?")


def _ordinal(number: str) -> str:
    match = _ORDINAL.match(_canonical(number))
    return match.group() if match else number


def _yearless(number: str) -> str:
    return re.sub(r"/(?:19|20)\d\d(?=/)", "", _canonical(number))


def _same_type(a: DocumentType | None, b: DocumentType | None, number: str | None) -> bool:
    if a is None or b is None or a.slug == b.slug:
        return True
    if type_segment(a.slug) == type_segment(b.slug):
        return True
    if number is not None:
        parts = number_parts(number)
        if parts is not None and parts.symbol_type == type_segment(b.slug):
            return True
    words_a, words_b = fold(a.name), fold(b.name)
    return words_a.startswith(words_b) or words_b.startswith(words_a)


def _places_differ(number: str, issuer: str | None, issuers: Iterable[str]) -> bool:
    """Whether a local number is given to the bodies of two provinces, hence two documents."""
    if not issuer:
        return False
    places = {scope_of(number, name, "", None)[1] for name in (issuer, *issuers)} - {None}
    return len(places) > 1


def _is_assembly(number: str) -> bool:
    return re.search(r"/QH\d", number) is not None


def _dates_differ(one: str | None, other: str | None, number: str) -> bool:
    """Whether two dates of one number make two documents: years apart, in a number that does not hold the year."""
    if not one or not other or re.search(r"/(?:19|20)\d\d(?:/|$)", number):
        return False
    return one[:4] != other[:4] and not (one[4:] == other[4:] and len(one) == 10)


def name_key(name: str) -> str:
    """What two printings of one name share: folded words, usual abbreviations written out.

    >>> name_key("Tổ chức HĐND và UBND") == name_key("tổ chức Hội đồng nhân dân và Uỷ ban nhân dân")
    True
    """
    counted = plenum_key(name) or congress_key(name)
    if counted is not None:
        return counted
    words = re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()
    for short, long in _ABBREVIATED:
        words = re.sub(rf"\b{short}\b", long, words)
    words = re.sub(r"^ve ", "", words)
    if words.startswith("dieu le dang"):
        return "dieu le dang"
    return words.replace(" ", "")


def _months_differ(one: str, other: str) -> bool:
    """Whether two dates contradict each other as far as both are known."""
    length = min(len(one), len(other))
    return one[:length] != other[:length]


def _same_name(one: str, other: str) -> bool:
    """Equal keys, or long ones that differ by a slip of the pen (`phát luật` for `pháp luật`)."""
    if one == other:
        return True
    if min(len(one), len(other)) < 18 or abs(len(one) - len(other)) > 1:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.94
