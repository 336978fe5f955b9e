"""Gather the mentions of one text into references: which spans mean the same document, and what they say of it.

Full numbers first, then bare ordinals and aliases, which lean on them ("Nghị quyết 18" after "Nghị quyết số
18-NQ/TW"), then names. A bare ordinal that could lean on two documents stays by itself.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.clean import Text, fold_letters
from graph.head import Head
from graph.model import SELF, Mention, Reference
from graph.named import is_of_organisation, name_key
from graph.same import Draft, Drafts
from graph.scope import issuer_of, places_in, scope_of
from graph.span import Span
from graph.tail import Tail, read_before, read_tail
from ontology.slug import fold

# heads of names without the name: "Bộ ban hành ..." after the ministry was named once
_UNNAMED = frozenset(
    {
        "Bộ",
        "bộ",
        "liên Bộ",
        "Liên Bộ",
        "Ban",
        "Sở",
        "Hội",
        "Hội nghị",
        "Ủy ban",
        "Hội đồng",
        "các Bộ",
        "Tỉnh",
        "Huyện",
    }
)
_CONTEXT = 600
# "Luật Khiếu nại 2011"
_YEAR_BEHIND = re.compile(r"\s((?:19|20)\d\d)(?!\d|[ ]?[-/–.][ ]?\d)")
_LOCAL = re.compile(r"\b(?:tinh|thanh pho)\b(?! (?:uy|hinh|than|chat)\b)(?![^.]*\bthuc hien)")
_CENTRE = re.compile(r"Bộ Chính trị|Ban Bí thư|(?:Ban Chấp hành )?Trung ương")


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

    def years(self) -> dict[str, int]:
        """The year of each reference whose number or date tells it."""
        years = {}
        for reference in self.references:
            told = re.search(r"/((?:19|20)\d\d)(?:/|$)", reference.number or "")
            if told or reference.date:
                years[reference.key] = int(told[1] if told else (reference.date or "")[:4])
        return years

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
    spans = [
        _of_centre(text, span, tail.issuer or before[1])
        for span, tail, before in zip(spans, tails, befores, strict=True)
    ]
    drafts = Drafts(text, head)
    keys: list[Draft | None] = [None] * len(spans)
    for chosen in (_is_full, _is_bare, _is_name):
        for i, span in enumerate(spans):
            if keys[i] is None and chosen(span):
                tail, (date, issuer) = tails[i], befores[i]
                keys[i] = drafts.take(i, span, tail.date or span.date or date, tail.issuer or issuer, tail)
    drafts.all.sort(key=lambda draft: draft.spans[0])
    for n, draft in enumerate(drafts.all, 1):
        draft.key = f"d{n}"
        if draft.numbers:  # "77/2006/QĐ.UBND" once beside "77/2006/QĐ-UBND" four times
            draft.number = _most_frequent(draft.numbers)
    opening = fold(text.clean[:300])[:220]
    references = [_reference(draft, text, spans, tails, head, opening) for draft in drafts.all]
    if drafts.own is not None:
        references.insert(0, _self(head, opening))
    return Gathered(
        tuple(spans), tuple(taken.key for taken in keys if taken is not None), tuple(tails), tuple(references)
    )


def _of_centre(text: Text, span: Span, issuer: str | None) -> Span:
    """`102-QĐ/TƯ`: the press writes TƯ for Trung ương; for Tỉnh ủy it is a slip, and the province stands near."""
    if span.number is None or not span.number.endswith("/TU") or text.clean[span.end - 1] not in "Ưư":
        return span
    line = max(text.clean.rfind("\n", 0, span.start), span.start - 80) + 1
    before = text.folded[line : span.start]
    if issuer:
        local = not _CENTRE.match(issuer)
    else:
        near = _LOCAL.search(before) or _LOCAL.search(text.folded, span.end, span.end + 30)
        local = bool(near or places_in(text.clean[line : span.start]))
    own = before.strip(" |:") in ("", "so") and (
        not span.typed or text.clean[span.start : span.start + 4].isupper()
    )
    return span if local or own else replace(span, number=re.sub("TU$", "TW", span.number))


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
        year = _YEAR_BEHIND.match(text.clean, span.end) if span.name and tails[i].date is None else None
        if year is not None:
            tails[i] = replace(tails[i], date=year[1])
        if i and tails[i].date is None and "cung ngay" in text.folded[span.end : tails[i].end]:
            dated = next((tail.date for tail in reversed(tails[:i]) if tail.date), None)
            tails[i] = replace(tails[i], date=dated)
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
        alike = not spans[i + 1].typed or _signs(spans[i]) == _signs(spans[i + 1])
        if not alike or re.fullmatch(r"\s*(?:,|va|;|,\s*va)?\s*(?:so)?\s*", gap) is None:
            continue
        # "217, 218-QĐ/TW ngày 12/12/2013": the date as well, where the numbers do not tell other years
        date = here.date
        listed = spans[i].number is not None and not spans[i + 1].typed and ";" not in gap
        if date is None and listed and here.end == spans[i].end and after.date:
            told = re.search(r"/((?:19|20)\d\d)(?:/|$)", spans[i].number or "")
            date = after.date if told is None or after.date.startswith(told[1]) else None
        tails[i] = replace(here, issuer=here.issuer or after.issuer, date=date)


def _signs(span: Span) -> str:
    """A number without its ordinal and year: what the members of a list share."""
    return re.sub(r"^[\d.]+[a-h]?(?:/(?:19|20)\d\d)?", "", span.number or "")


def _most_frequent(values: Counter[str]) -> str:
    """The value that occurs most, the first of equals; `values` is not empty."""
    return values.most_common(1)[0][0]


def _best_date(dates: Counter[str]) -> str | None:
    """The fullest, then the most frequent, then the first."""
    return max(dates, key=lambda date: (len(date), dates[date]), default=None)


def _reference(
    draft: Draft, text: Text, spans: Sequence[Span], tails: Sequence[Tail], head: Head, opening: str
) -> Reference:
    date = _best_date(draft.dates)
    named = Counter({name: n for name, n in draft.issuers.items() if name not in _UNNAMED})
    issuer = _most_frequent(named) if named else None
    title = draft.name or (max(draft.titles, key=len) if draft.titles else None)
    first, tail = spans[draft.spans[0]], tails[draft.spans[0]]
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
    if is_of_organisation(draft.name or ""):
        return ("vn", None) if "toan quoc" in name else (None, head.place)
    if re.search(r"dang bo|tinh uy|thanh uy|huyen uy", name):
        scope, place = scope_of("0-NQ/TU", draft.name, draft.name or "", head.place)
        return scope, place
    if (
        draft.type
        and draft.type.slug == "dieu-le"
        and name_key("dieu-le", draft.name or "") != "dieu-le|dang"
    ):
        return "vn", None  # the Front's and the organisations' charters are no Party documents
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
