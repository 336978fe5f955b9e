"""Gather the mentions of one text into references: which spans mean the same document, and what they say of it.

Full numbers first, then bare ordinals and aliases, which lean on them ("Nghị quyết 18" after "Nghị quyết số
18-NQ/TW"), then names. A bare ordinal that could lean on two documents stays by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from graph.clean import Text, fold_letters
from graph.head import Head
from graph.iri import number_parts, type_segment
from graph.model import SELF, Mention, Reference
from graph.scope import body_symbol, issuer_of, scope_of
from graph.span import Span
from graph.tail import Tail, read_before, read_tail
from ontology.doctype import DocumentType
from ontology.slug import fold

_CONTEXT = 600
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


@dataclass(frozen=True, slots=True)
class Gathered:
    """Spans of a text with the reference each belongs to.

    Attributes:
        spans: in text order, disjoint.
        keys: the reference of each span, in the same order.
        tails: what follows each span, in the same order.
        references: `self` first where the text is a document, then in order of first mention.
    """

    spans: tuple[Span, ...]
    keys: tuple[str, ...]
    tails: tuple[Tail, ...]
    references: tuple[Reference, ...]

    def mentions(self, text: Text) -> tuple[Mention, ...]:
        """The spans in raw offsets."""
        out = []
        for span, key in zip(self.spans, self.keys, strict=True):
            start, end = text.raw_span(span.start, span.end)
            out.append(Mention(start, end, text.raw[start:end], key))
        return tuple(out)


def gather_references(text: Text, spans: Sequence[Span], head: Head) -> Gathered:
    """Unite the spans of a text into references."""
    tails, befores = _surroundings(text, spans)
    drafts: list[Draft] = []
    keys: list[Draft | None] = [None] * len(spans)
    own = Draft(SELF, head.number, head.type, None) if head.is_document else None
    for chosen in (_is_full, _is_bare, _is_name):
        for i, span in enumerate(spans):
            if keys[i] is not None or not chosen(span):
                continue
            tail, (date, issuer) = tails[i], befores[i]
            date = tail.date or span.date or date
            draft = _find(drafts, own, head, spans, i, date, tail, text)
            if draft is None:
                draft = Draft("", span.number, span.type, span.name)
                drafts.append(draft)
            keys[i] = draft
            draft.spans.append(i)
            draft.tails.append(tail)
            _note(draft, span, date, tail.issuer or issuer, tail)
    drafts = [d for d in drafts if d.spans]
    drafts.sort(key=lambda d: min(d.spans))
    for draft in drafts:
        if draft.numbers:  # "77/2006/QĐ.UBND" once beside "77/2006/QĐ-UBND" four times
            draft.number = max(draft.numbers, key=lambda n: (draft.numbers.count(n), -draft.numbers.index(n)))
    for n, draft in enumerate(drafts, 1):
        draft.key = f"d{n}"
    opening = fold(text.clean[:300])[:220]
    references = [_reference(draft, text, spans, head, opening) for draft in drafts]
    if own is not None:
        references.insert(0, _self(head, opening))
    return Gathered(
        tuple(spans), tuple(draft.key for draft in keys if draft is not None), tuple(tails), tuple(references)
    )


def _is_full(span: Span) -> bool:
    return span.number is not None and not span.bare


def _is_bare(span: Span) -> bool:
    return span.bare


def _is_name(span: Span) -> bool:
    return True


def _surroundings(
    text: Text, spans: Sequence[Span]
) -> tuple[list[Tail], list[tuple[str | None, str | None]]]:
    """The tail of each span and what stands before it; a date after the targets of an amending law is the law's."""
    tails: list[Tail] = []
    befores = []
    for i, span in enumerate(spans):
        limit = spans[i + 1].start if i + 1 < len(spans) else len(text.clean)
        tails.append(read_tail(text, span.end, min(limit, span.end + 400)))
        past = max(spans[i - 1].end, tails[i - 1].end, tails[i - 1].title_end) if i else 0
        befores.append(read_before(text, span.start, past if past <= span.start else spans[i - 1].end))
    for i, span in enumerate(spans):
        last = i + span.amends
        if span.amends and last < len(spans):
            inner = tails[last]
            tails[i] = inner
            tails[last] = Tail(spans[last].end, spans[last].end)
    _share(text, spans, tails, befores)
    return tails, befores


def _share(
    text: Text, spans: Sequence[Span], tails: list[Tail], befores: list[tuple[str | None, str | None]]
) -> None:
    """`217-QĐ/TW, 218-QĐ/TW của Bộ Chính trị`: the issuer behind a list is that of each in it.

    `Ngày 16-6-2022, Ban Chấp hành Trung ương ban hành Nghị quyết số 18, 19 và 20-NQ/TW`: so is what stands before it.
    """
    for i in range(1, len(spans)):
        gap = text.folded[spans[i - 1].end : spans[i].start]
        if (
            befores[i] == (None, None)
            and befores[i - 1] != (None, None)
            and not spans[i].typed
            and re.fullmatch(r"\s*(?:,|va|,\s*va)?\s*", gap)
        ):
            befores[i] = befores[i - 1]
    for i in range(len(spans) - 2, -1, -1):
        here, after = tails[i], tails[i + 1]
        gap = text.folded[spans[i].end : spans[i + 1].start]
        if here.issuer is None and after.issuer and re.fullmatch(r"\s*(?:,|va|;|,\s*va)?\s*(?:so)?\s*", gap):
            tails[i] = Tail(
                here.end, here.title_end, here.date, after.issuer, here.term, here.title, here.alias
            )


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


def _find(
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
        return _find_name(drafts, own, head, span, date)
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


def _find_name(
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


def _note(draft: Draft, span: Span, date: str | None, issuer: str | None, tail: Tail) -> None:
    if span.number and not span.bare:
        draft.numbers.append(span.number)
    if date:
        draft.dates.append(date)
    if issuer:
        draft.issuers.append(issuer)
    if tail.title:
        draft.titles.append(tail.title)
    if tail.term:
        draft.terms.append(tail.term)
    if tail.alias:
        draft.aliases.append(tail.alias)
    if span.name and draft.name is None:
        draft.name = span.name
    if draft.number is None and span.number:
        draft.number = span.number
    if draft.type is None:
        draft.type = span.type


def _best_date(dates: Sequence[str]) -> str | None:
    """The fullest, then the most frequent, then the first."""
    if not dates:
        return None
    return max(dates, key=lambda d: (len(d), dates.count(d), -dates.index(d)))


def _reference(draft: Draft, text: Text, spans: Sequence[Span], head: Head, opening: str) -> Reference:
    date = _best_date(draft.dates)
    issuer = (
        max(draft.issuers, key=lambda x: (draft.issuers.count(x), -draft.issuers.index(x)))
        if draft.issuers
        else None
    )
    title = draft.name or (max(draft.titles, key=len) if draft.titles else None)
    first, tail = spans[draft.spans[0]], draft.tails[0]
    near = text.clean[first.end : max(tail.end, tail.title_end)]
    scope, place = scope_of(draft.number, issuer, near, head.place)
    issuer = issuer or issuer_of(draft.number, place if scope else None)
    if draft.number is None and draft.name is not None:
        scope, place = _named_scope(draft, head)
    kind = draft.type.name if draft.type else None
    around = " ".join(text.folded[max(0, spans[k].start - 120) : spans[k].end + 160] for k in draft.spans[:2])
    context = " ".join(f"{around} | {opening}".split())[:_CONTEXT]
    term = None
    if draft.terms:
        term = (
            f"tw-{_roman(draft.terms[0])}"
            if scope in (None, "tw", "vn") or (scope or "").endswith("tw")
            else None
        )
    return Reference(
        key=draft.key,
        number=draft.number,
        type=kind,
        date=date,
        issuer=issuer,
        title=title,
        named=draft.number is None,
        scope=scope,
        place=place,
        term=term,
        context=context,
    )


def _named_scope(draft: Draft, head: Head) -> tuple[str | None, str | None]:
    name = fold_letters(draft.name or "")
    if draft.type and draft.type.slug in ("luat", "bo-luat", "phap-lenh", "hien-phap"):
        return "vn", None
    if re.search(r"dang bo|tinh uy|thanh uy|huyen uy", name):
        scope, place = scope_of("0-NQ/TU", draft.name, draft.name or "", head.place)
        return scope, place
    return "tw", None


def _self(head: Head, opening: str) -> Reference:
    return Reference(
        key=SELF,
        number=head.number,
        type=head.type.name if head.type else None,
        date=head.date,
        issuer=head.issuer,
        title=head.title,
        scope=head.scope,
        place=head.place,
        context=opening,
    )


def _roman(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for here, after in zip(numeral, [*numeral[1:], ""], strict=True):
        value = values.get(here, 0)
        total += -value if values.get(after, 0) > value else value
    return total
