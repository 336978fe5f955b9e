"""Decide which mentions of one text mean the same document: by number, by bare ordinal, by name.

A full number is one document, unless two dates or two provinces tell two. A bare ordinal leans on the full number
before it; a name on the same name, slips of the pen aside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from graph.clean import Text
from graph.head import Head
from graph.iri import number_parts, type_segment
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


@dataclass(slots=True)
class Draft:
    """A reference while it is gathered; `spans` index the text's spans."""

    key: str
    number: str | None
    type: DocumentType | None
    name: str | None
    spans: list[int] = field(default_factory=list)
    tails: list[Tail] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


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
        if parts is not None and parts.symbol_type in (type_segment(a.slug), type_segment(b.slug)):
            return True
    words_a, words_b = fold(a.name), fold(b.name)
    return words_a.startswith(words_b) or words_b.startswith(words_a)


def find_draft(
    drafts: list[Draft],
    own: Draft | None,
    head: Head,
    spans: Sequence[Span],
    i: int,
    date: str | None,
    tail: Tail,
    text: Text,
) -> Draft | None:
    """The draft a span belongs to, or None for a new one."""
    span = spans[i]
    if span.name is not None and span.number is None:
        return _find_named(drafts, own, head, span, date)
    number = span.number or ""
    if not span.bare:
        if (
            own is not None
            and head.number
            and _canonical(head.number) == _canonical(number)
            and not _dates_differ(head.date, date, number)
        ):
            return own
        for draft in drafts:
            if draft.number and _canonical(draft.number) == _canonical(number):
                if _is_assembly(number) and not _same_type(draft.type, span.type, None):
                    continue
                if _places_differ(number, tail.issuer, draft.issuers):
                    continue
                if not any(_dates_differ(d, date, number) for d in draft.dates):
                    return draft
        for draft in drafts:  # one decision printed 2751/2002/QĐ-UB and 2751/QĐ-UB, with one date
            if (
                draft.number
                and date
                and date in draft.dates
                and len(date) == 10
                and _yearless(draft.number) == _yearless(number)
            ):
                return draft
        return None
    found = [
        d
        for d in drafts
        if d.number
        and _ordinal(d.number) == _canonical(number)
        and _same_type(d.type, span.type, d.number)
        and not any(_dates_differ(x, date, d.number) for x in d.dates)
    ]
    if not found:
        alias = fold(text.clean[span.start : span.end])
        found = [d for d in drafts if any(fold(a) == alias for a in d.aliases)]
    if (
        not found
        and head.number
        and own is not None
        and _ordinal(head.number) == _canonical(number)
        and _same_type(head.type, span.type, head.number)
    ):
        return own if date is None else None
    if len(found) > 1:
        before = [d for d in found if min(d.spans) < i]
        if before:
            found = [max(before, key=lambda d: max(k for k in d.spans if k < i))]
    return found[0] if len(found) == 1 else None


def _places_differ(number: str, issuer: str | None, issuers: Sequence[str]) -> bool:
    """Whether a local number is given to the bodies of two provinces, hence two documents."""
    if not issuer or not issuers:
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
    words = re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()
    for short, long in _ABBREVIATED:
        words = re.sub(rf"\b{short}\b", long, words)
    words = re.sub(r"^ve ", "", words)
    congress = re.search(
        r"dai hoi (?:dai bieu )?(?:toan quoc )?(?:cua )?(dang bo )?(.*?)\b([ivxl]+)\b", words
    )
    if congress:
        return f"dai hoi {congress[1] or ''}{re.sub(r'dai bieu|toan quoc|dang|lan thu|khoa|cua|bo', '', congress[2]).strip()} {congress[3]}"
    return words.replace(" ", "")


_LAWS = frozenset({"luat", "bo-luat", "phap-lenh"})


def _find_named(
    drafts: list[Draft], own: Draft | None, head: Head, span: Span, date: str | None
) -> Draft | None:
    key = name_key(span.name or "")
    for draft in drafts:
        if (
            draft.name is None
            or not _same_name(name_key(draft.name), key)
            or (draft.type and span.type and draft.type.slug != span.type.slug)
        ):
            continue
        if not (
            date and any(d[: min(len(d), len(date))] != date[: min(len(d), len(date))] for d in draft.dates)
        ):
            return draft
    for (
        draft
    ) in drafts:  # numbered with its name in the title: "Pháp lệnh 38/2001/PL-UBTVQH ... về phí và lệ phí"
        if (
            draft.number
            and draft.type
            and span.type
            and draft.type.slug == span.type.slug
            and span.type.slug in _LAWS
        ) and any(name_key(title) == key for title in draft.titles):
            return draft
    if (
        own is not None
        and own.type
        and span.type
        and own.type.slug == span.type.slug
        and head.title
        and name_key(head.title) == key
    ):
        return own
    return None


def _same_name(one: str, other: str) -> bool:
    """Equal keys, or long ones that differ by a slip of the pen (`phát luật` for `pháp luật`)."""
    if one == other:
        return True
    if min(len(one), len(other)) < 18 or abs(len(one) - len(other)) > 1:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.94
