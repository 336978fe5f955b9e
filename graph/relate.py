"""Relate the mentions of a text: who implements, replaces, amends, is based on whom, and in which words it says so.

Each sentence is read from left to right. The words between two mentions (the gap) decide what the second is to the
first: a bare conjunction continues a list; a cue inside the first one's title makes the second its object ("Nghị định
A sửa đổi Nghị định B"); otherwise the cue belongs to the sentence, whose subject is the document itself ("Quyết định
này thay thế ..."), or what a body issued ("Thực hiện A1, A2, tỉnh đã ban hành X1, X2": each X implements each A).
Quotations and annexes do not speak for the document, and a summary "of ten years of carrying out A" relates nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.clean import Text
from graph.gather import Gathered
from graph.head import Head
from graph.model import SELF, Basis, Claim
from graph.split import Parts, Sentence, split_sentences
from graph.tail import read_date
from ontology.cue import Cue, cue, cues

_SPEAKER = re.compile(
    r"(?<![a-z])(?:nghi dinh|quyet dinh|thong tu(?:\s{1,2}lien\s{1,2}tich)?|nghi quyet|chi thi|bo luat|luat|phap lenh|ke hoach|huong dan|quy dinh"
    r"|quy che|chuong trinh|ket luan|van ban|thong bao|de an|cong van)\s{1,3}nay(?![a-z])"
)
_COORDINATE = re.compile(r"[\s,;()…]*(?:va|cung|hoac|cung voi|,|;|va ca)?\s*(?:cac\s)?(?:so)?[\s:]*")
_SIBLING = re.compile(
    r"(?:,|;|…|\.\.\.|va|cung(?:\svoi)?|[-+*]|nhu la|nhu)\s*(?:cac\s|tai\s)?"
    r"(?P<provision>(?:(?:dieu|khoan|diem|muc|phu luc)\s[\da-z]{1,4}\s?(?:,|va|cua)?\s*)+(?:cua\s)?)?$"
)
_PROVISION = re.compile(
    r"(?:dieu|khoan|diem|muc|chuong|tiet|doan)\s{1,3}[\divx]|\b(?:mot so|cac) (?:dieu|noi dung|khoan|diem|phu luc)|mot so quy dinh|quy dinh tai|(?:nhung|cac) quy dinh (?:ve|tai|o|trong)|neu (?:trong|tai)|phu luc|cum tu|bieu mau|mau so|so thu tu|noi dung|nhiem vu"
)
_RESET = re.compile(r"(?:xet|theo de nghi|tren co so|sau khi|y kien|theo)\b[^;]*$")
_ISSUED_SELF = re.compile(
    r"(?:ban\s{0,2}hanh|xay\s{0,2}dung|huong\s{0,2}dan|yeu\s{0,2}cau|quy\s{0,2}dinh|chi\s{0,2}thi|nhu\s{0,2}sau|quyet\s{0,2}nghi|voi\s{1,2}(?:cac\s)?noi\s{0,2}dung|\bnay\b|quyet\s{0,2}dinh|thong\s{0,2}bao|de\s{0,2}nghi|ket\s{0,2}luan|thong\s{0,2}nhat|to\s{0,2}chuc)"
)
# "Chính phủ ban hành Nghị định sửa đổi ...": the type right before the cue is the document itself.
_ISSUES_TYPE = re.compile(
    r"ban\s{0,2}hanh\s{1,3}(?:nghi dinh|quyet dinh|thong tu(?:\s{1,2}lien\s{1,2}tich)?|nghi quyet|chi thi|luat|phap lenh|ke hoach|huong dan|quy dinh|chuong trinh)\s{1,3}$"
)
# A title about the making of a text ("V/v xây dựng văn bản quy định chi tiết Luật A") states nothing of A.
_DRAFTING = re.compile(
    r"xay\s{1,2}dung\s{1,2}(?:du\s{1,2}thao|van\s{1,2}ban)|du\s{1,2}thao|gop\s{1,2}y|y\s{1,2}kien|tham\s{1,2}dinh|de\s{1,2}nghi"
)
# The label of an article or an item is no part of what it says ("Điều 2." would look like a provision).
_LABEL = re.compile(
    r"(?:dieu\s{1,2}\d{1,3}[a-z]?\s?[.:]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-z]\)\s+|[-+*•]\s*)?"
)
_ALIAS_BEFORE = re.compile(
    r"(?:goi|viet)\s{1,3}(?:chung\s|tat\s)?\s?(?:la|:)?\s{0,2}(?:tat\s{1,2}la\s)?[“\"]?$"
)
_LIST_HEAD = re.compile(
    r"(?:sau(?:\s{0,2}day)?|gom|nhu\s{1,2}sau|cua)\s{0,3}(?:het hieu luc[^:]{0,90})?[^:]{0,60}:\s*$"
)
_EFFECTIVE = re.compile(
    r"co\s{1,2}hieu\s{1,2}luc(?:\s{1,2}thi\s{1,2}hanh)?\s{1,2}(?:ke\s{1,2})?tu\s{1,2}(?=ngay)"
)
_PREAMBLE_END = re.compile(
    r"\n[ |]*(?:Điều[ ]1\b|[IVX]{1,4}\s?[.-]|1\.\s|A\.\s|Phần|PHẦN|Chương|CHƯƠNG|QUYẾT[ ]ĐỊNH\s?:?|QUYẾT[ ]NGHỊ|NGHỊ[ ]ĐỊNH\s?:|NGHỊ[ ]QUYẾT\s?:|Một là)"
)
_NO_SUBJECT = frozenset({"ttr", "bc"})

# How much is lost between the cue's own confidence and the relation's, by the way its subject was found.
_NESTED, _REPORTED, _CARRIED, _LISTED = 0.95, 0.9, 0.7, 0.95


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    cue: Cue


@dataclass(slots=True)
class _Unit:
    """A mention (with the targets of an amending law behind it) and its place in the sentence."""

    span: int
    key: str
    end: int
    tail_end: int
    title_end: int
    cue: Cue | None = None
    cue_start: int = -1
    subject: str | None = None
    parent: "_Unit | None" = None
    passive: bool = False
    partial: bool = False
    root: "_Unit | None" = None


@dataclass(slots=True)
class _State:
    """What runs on from sentence to sentence."""

    listed: tuple[Cue, str, str, int] | None = None
    amended: tuple[str, str, int] | None = None
    carried: list[_Unit] = field(default_factory=list)
    carried_end: int = -1


class _Reader:
    """Collects the claims of one text."""

    def __init__(self, text: Text, gathered: Gathered, head: Head, parts: Parts) -> None:
        self.text, self.gathered, self.head, self.parts = text, gathered, head, parts
        self.folded = text.folded
        self.claims: dict[tuple[str, str, str], Claim] = {}
        self.types = {r.key: r.type for r in gathered.references}
        end = _PREAMBLE_END.search(text.clean, head.body_start) if head.is_document else None
        self.preamble_end = end.start() if end else (len(text.clean) if head.is_document else -1)
        first = parts.articles[0][0] if parts.articles else len(text.clean)
        self.preamble_end = min(self.preamble_end, first)

    def read(self) -> tuple[Claim, ...]:
        """All claims, sorted."""
        spans = self.gathered.spans
        state = _State()
        if self.head.is_document and self.head.title_span[1] > self.head.title_span[0]:
            self._title(*self.head.title_span)
        begin = self.head.body_start if self.head.is_document else 0
        i = 0
        for sentence in split_sentences(self.text, begin):
            while i < len(spans) and spans[i].start < sentence.start:
                i += 1
            first = i
            while i < len(spans) and spans[i].start < sentence.end:
                i += 1
            if first == i:
                self._without_mentions(sentence, state)
            else:
                self._sentence(sentence, range(first, i), state)
        self._amending_laws()
        return tuple(sorted(self.claims.values(), key=lambda c: (c.start, c.subject, c.predicate, c.object)))

    # -- claims -------------------------------------------------------------------------------------------------

    def _claim(
        self,
        subject: str,
        predicate: str,
        target: str,
        basis: Basis,
        confidence: float,
        rule: str,
        start: int,
        end: int,
    ) -> None:
        if subject == target or (subject != SELF and target == SELF and predicate == "cites"):
            return
        raw_start, raw_end = self.text.raw_span(start, end)
        provision = self.parts.article(start) if subject == SELF and start >= self.head.body_start else None
        effective = (
            self._effective(start) if predicate in ("replaces", "repeals") and subject == SELF else None
        )
        claim = Claim(
            subject,
            predicate,
            target,
            basis,
            round(confidence, 2),
            rule,
            raw_start,
            raw_end,
            self.text.raw[raw_start:raw_end],
            provision,
            effective,
        )
        key = (subject, predicate, target)
        known = self.claims.get(key)
        if known is None or claim.confidence > known.confidence:
            self.claims[key] = claim

    def _effective(self, at: int) -> str | None:
        """The date in the same article from which the document says it holds."""
        low = max(0, at - 400)
        found = None
        for match in _EFFECTIVE.finditer(self.folded, low, min(len(self.folded), at + 400)):
            date = read_date(self.folded, match.end())
            if date and (found is None or match.start() <= at):
                found = date[0]
        return found

    def _amending_laws(self) -> None:
        spans, keys = self.gathered.spans, self.gathered.keys
        for i, span in enumerate(spans):
            for k in range(i + 1, min(i + 1 + span.amends, len(spans))):
                self._claim(
                    keys[i], "amends", keys[k], "reported", 0.95, "amending-law", span.start, spans[k].end
                )

    # -- zones --------------------------------------------------------------------------------------------------

    def _title(self, start: int, end: int) -> None:
        """The document's own title: its first cue is its own, a later one belongs to what it speaks of."""
        units = list(self._units(i for i, s in enumerate(self.gathered.spans) if start <= s.start < end))
        if not units:
            return
        self._place_units(units, start)
        first: Cue | None = None
        for unit in units:
            if unit.parent is not None or unit.key == SELF:
                continue
            hits = [
                h
                for h in self._hits(start, self.gathered.spans[unit.span].start)
                if h.cue.role in ("act", "block", "issue")
            ]
            acts = [h for h in hits if h.cue.role == "act"]
            if first is None:
                first = acts[0].cue if acts else None
                changing = first is not None and first.id in (
                    "amends",
                    "replaces",
                    "repeals",
                    "corrects",
                    "suspends",
                    "consolidates",
                )
                lead = self.folded[start : acts[0].start].strip(' \n|*-:"“') if acts else ""
                if changing and not re.fullmatch(r"(?:ve viec|ve|v/v|viec)?", lead):
                    changing = False
                    first = acts[-1].cue
                elif not changing and acts:
                    first = acts[-1].cue
            if (
                first is None
                or unit.cue is None
                or self._blocked(hits)
                or _DRAFTING.search(self.folded, start, unit.cue_start)
            ):
                continue
            if first.id != unit.cue.id and first.id in ("amends", "replaces", "repeals", "corrects"):
                continue
            self._act(SELF, unit, "stated", 1.0, start)
        self._nested(units)

    def _without_mentions(self, sentence: Sentence, state: _State) -> None:
        words = self.folded[sentence.start : sentence.end]
        if not self._list_ends(sentence, state):
            return
        self._open_list(sentence, words, state)

    def _open_list(self, sentence: Sentence, words: str, state: _State) -> None:
        """`Các Nghị định sau hết hiệu lực ...:` or `Bãi bỏ các quy định sau:` rules the items that follow."""
        state.listed = None
        if (
            not self.head.is_document
            or not re.search(r"(?::|\bsau(?:\s{1,2}day)?)\s*$", words)
            or self.parts.is_quoted(sentence.start)
        ):
            return
        for hit in self._hits(sentence.start, sentence.end):
            if hit.cue.id in ("expires", "repeals", "replaces", "amends"):
                state.listed = (hit.cue, SELF, _kind(sentence.item), sentence.start)
                return

    def _list_ends(self, sentence: Sentence, state: _State) -> bool:
        """Whether a sentence without mentions closes the running list (items of a deeper kind do not)."""
        if state.listed is None:
            return True
        words = self.folded[sentence.start : sentence.end]
        kind = _kind(sentence.item)
        return (
            kind == state.listed[2]
            or words.startswith(("dieu ", "chuong ", "noi nhan"))
            or (kind == "" and sentence.gap)
            or words.rstrip().endswith(":")
        )

    # -- a sentence ---------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence, indices: range, state: _State) -> None:
        units = list(self._units(indices))
        if not units:
            return
        label = _LABEL.match(self.folded, sentence.start, sentence.end)
        if label and label.end() <= self.gathered.spans[units[0].span].start:
            sentence = replace(sentence, start=label.end())
        self._place_units(units, sentence.start)
        self._nested(units)
        if self.parts.is_quoted(self.gathered.spans[units[0].span].start):
            return
        if sentence.start >= self.parts.signature and self.head.is_document:
            return
        roots = [u for u in units if u.parent is None and not u.passive and u.key != SELF]
        for unit in units:  # "Căn cứ Luật A được sửa đổi bởi Luật B": B is a basis as well
            target = unit.parent
            if (
                unit.passive
                and target in roots
                and target is not None
                and target.cue is not None
                and target.cue.id == "basedOn"
            ):
                roots.append(
                    _Unit(
                        unit.span,
                        unit.key,
                        unit.end,
                        unit.tail_end,
                        unit.title_end,
                        target.cue,
                        target.cue_start,
                        target.subject,
                    )
                )
        if self._amended_list(sentence, units, roots, state):
            return
        listed = state.listed
        if listed is not None and (
            _kind(sentence.item) == listed[2]
            or (not sentence.item and sentence.gap and self.folded.startswith("dieu", sentence.start))
        ):
            listed = state.listed = None
        if listed is not None and self._listed(sentence, roots, listed):
            return
        self._speaks(sentence, units, roots)
        self._expires(sentence, units, roots)
        self._reports(sentence, units, roots, state)

    def _units(self, indices: Iterator[int] | range) -> Iterator[_Unit]:
        spans, tails, keys = self.gathered.spans, self.gathered.tails, self.gathered.keys
        skip = -1
        for i in indices:
            if i <= skip or _ALIAS_BEFORE.search(self.folded, max(0, spans[i].start - 40), spans[i].start):
                continue
            last = min(i + spans[i].amends, len(spans) - 1)
            skip = last
            end = spans[last].end
            tail = tails[i]
            yield _Unit(i, keys[i], end, max(tail.end, end), max(tail.title_end, end))

    def _hits(self, start: int, end: int) -> list[_Hit]:
        """Cues between two places, in order; a longer one hides those inside it."""
        found = [
            _Hit(m.start(), m.end(), c)
            for c in cues()
            # the cues of issuing look at what follows them
            for m in c.pattern.finditer(self.folded, start, end + 60 if c.role == "issue" else end)
            if m.start() < m.end() <= end
        ]
        found.sort(key=lambda h: (h.start, -h.end))
        out: list[_Hit] = []
        for hit in found:
            if out and hit.start < out[-1].end and hit.cue.role != "block" and out[-1].cue.role != "block":
                if hit.end <= out[-1].end or hit.cue.role == "act":
                    continue
            out.append(hit)
        return out

    def _place_units(self, units: Sequence[_Unit], start: int) -> None:
        """Give each mention its cue and, where it stands inside another one's title, its parent."""
        spans = self.gathered.spans
        last: _Unit | None = None
        for n, unit in enumerate(units):
            begin = spans[unit.span].start
            from_ = last.tail_end if last else start
            if from_ > begin:
                from_ = min(last.end if last else start, begin)
            gap = self.folded[from_:begin]
            unit.root = unit
            if last is not None and _COORDINATE.fullmatch(gap) and self._is_like_parent(unit, last):
                parent = last.parent
                assert parent is not None  # noqa: S101
                self._continue(unit, parent)
                unit.root = unit if parent.parent is None else parent.root
            elif (
                last is not None
                and _COORDINATE.fullmatch(gap)
                and not (last.parent is not None and ";" in gap and not self._runs_on(last))
            ):
                self._continue(unit, last)
            else:
                self._govern(unit, units[:n], start, from_, begin, gap)
            last = unit

    def _is_like_parent(self, unit: _Unit, last: _Unit) -> bool:
        """`Nghị quyết 10/NQ-CP thực hiện Nghị quyết 18-NQ/TW và Nghị quyết 08/NQ-CP`: the third goes with the first."""
        gap = self.folded[last.tail_end : self.gathered.spans[unit.span].start]
        if last.parent is None or last.passive or last.cue is None or last.cue.id == "amends" or ";" in gap:
            return False
        spans = self.gathered.spans
        signs = [
            re.sub(r"^[\d.]+[a-h]?(?:/\d{4})?", "", spans[u.span].number or "")
            for u in (unit, last, last.parent)
        ]
        return bool(signs[0]) and signs[0] == signs[2] != signs[1]

    def _continue(self, unit: _Unit, last: _Unit) -> None:
        unit.cue, unit.cue_start, unit.parent, unit.subject = (
            last.cue,
            last.cue_start,
            last.parent,
            last.subject,
        )
        unit.passive, unit.root = last.passive, last.root if last.parent else unit
        unit.partial = last.partial and last.cue is not None and last.cue.id == "amends"

    def _runs_on(self, last: _Unit) -> bool:
        """Whether a semicolon may continue the targets inside a title: amending acts list them so."""
        root = last.root
        return bool(
            last.cue
            and last.cue.id == "amends"
            and root
            and root.cue
            and root.cue.id in ("repeals", "replaces", "amends")
        )

    def _govern(
        self, unit: _Unit, before: Sequence[_Unit], start: int, from_: int, begin: int, gap: str
    ) -> None:
        last = before[-1] if before else None
        hits = self._hits(from_, begin)
        if (
            last is not None and last.title_end <= begin
        ):  # what a body issues stands behind the title, not in it
            hits = [h for h in hits if h.cue.role != "issue" or h.start >= last.title_end]
        near = [h for h in hits if h.cue.role in ("act", "passive")]
        hit = next((h for h in reversed(near) if self._reaches(h, begin, from_, last)), None)
        issues = [h for h in hits if h.cue.role == "issue"]
        if (
            hit is not None
            and issues
            and issues[0].start < hit.start
            and hit.cue.id == "amends"
            and re.search(r"\b(?:tai|bang)\s*$", gap)
        ):
            hit = None  # "phê duyệt điều chỉnh Quy hoạch ... tại Quyết định số 525": what is amended is no document
        if (
            hit is not None
            and hit.cue.id in ("implements", "guides")
            and any(h.cue.id in ("amends", "replaces", "repeals") and h.start < hit.start for h in near)
            and ";" not in self.folded[near[0].start : hit.start]
        ):
            return  # "sửa đổi Chương trình hành động thực hiện Nghị quyết A": says nothing of A
        if last is not None and hit is not None and hit.cue.role == "passive":
            target = self._acted_on(unit, last)
            unit.cue, unit.cue_start, unit.parent, unit.passive, unit.root = (
                hit.cue,
                hit.start,
                target,
                True,
                last.root,
            )
            return
        if (
            last is not None
            and hit is not None
            and self._is_nested(hit, last, from_, gap)
            and not self._is_blocked(hit, from_)
        ):
            unit.cue, unit.cue_start, unit.parent, unit.root = hit.cue, hit.start, last, last.root
            unit.partial = bool(_PROVISION.search(self.folded, hit.end, begin))
            return
        if (
            hit is None
            and last is not None
            and _SIBLING.search(gap)
            and not self._issue_in(hits)
            and not _SPEAKER.search(gap)
        ):
            if (
                last.parent is not None
                and ";" not in gap
                and "…" not in gap
                and ((last.cue and last.cue.id == "amends") or gap.rstrip().endswith("va"))
            ):
                self._continue(unit, last)
                return
            if last.parent is not None and self._runs_on(last):
                self._continue(unit, last)
                return
            root = last.root or last
            for earlier in reversed(before):
                if root.cue is not None:
                    break
                if earlier.parent is None and not earlier.passive:
                    root = earlier
            if not (";" in gap and _RESET.search(gap.rsplit(";", 1)[1])):
                unit.cue, unit.cue_start, unit.subject, unit.partial = (
                    root.cue,
                    root.cue_start,
                    root.subject,
                    False,
                )
                if root.cue is not None and root.cue.id == "amends":
                    unit.partial = True
                provision = _SIBLING.search(gap)
                unit.partial = unit.partial or bool(provision and provision["provision"])
            return
        if hit is not None and not self._is_blocked(hit, from_):
            unit.cue, unit.cue_start = hit.cue, hit.start
            unit.partial = bool(_PROVISION.search(self.folded, hit.end, begin))
            unit.subject = self._subject_before(hit, from_, start, before)
        elif self._issue_in(hits):
            issue = [h for h in hits if h.cue.role == "issue"][-1]
            unit.cue, unit.cue_start = issue.cue, issue.start

    def _acted_on(self, unit: _Unit, last: _Unit) -> _Unit:
        """Of a mention and those whose titles hold it, the nearest of the amender's own type; else the mention."""
        spans = self.gathered.spans
        kind = spans[unit.span].type
        here: _Unit | None = last
        while here is not None:
            other = spans[here.span].type
            if kind and other and (kind.slug == other.slug):
                return here
            here = here.parent
        return last

    def _issue_in(self, hits: Sequence[_Hit]) -> bool:
        return any(h.cue.role == "issue" for h in hits)

    def _reaches(self, hit: _Hit, begin: int, from_: int, last: _Unit | None) -> bool:
        """Whether a cue governs a mention at `begin`: near enough, nothing between that breaks the clause."""
        filler = self.folded[hit.end : begin]
        if (
            last is not None
            and hit.start < last.title_end
            and re.search(r"\S{2}\s+(?:va|cung)\s*(?:cac\s)?$|\S,\s*$", filler)
        ):
            return (
                False  # "về thực hiện dân chủ ở xã và Nghị quyết B": B goes with the first, its title is over
            )
        if re.search(r"[;.…]\s", filler) or ("\n\n" in filler and not filler.isspace()):
            return False
        if ":" in filler and hit.cue.id not in ("basedOn", "repeals", "replaces", "amends"):
            return bool(re.fullmatch(r"[^:]{0,30}:\s*[-+“\"]?\s*", filler)) and not re.search(
                r"\bnhu\b", filler
            )
        if hit.cue.role == "passive":
            return len(filler) < 60
        if hit.cue.id in ("amends", "replaces", "repeals", "suspends", "corrects", "consolidates"):
            return len(filler) < 350 and not self._verb_between(filler)
        if hit.cue.id == "basedOn":
            return len(filler) < 130 and not self._verb_between(filler)
        first = last is None and not self.folded[from_ : hit.start].strip(' \n-+*“"(.)0123456789abcdđ')
        return len(filler) < (
            230 if first or (last is None and hit.start - from_ < 130) else 75
        ) and not self._verb_between(filler)

    def _verb_between(self, filler: str) -> bool:
        return (
            cue("issues").pattern.search(filler) is not None
            and re.search(r"ban\s{0,3}hanh\s{0,3}kem|kem\s{0,3}theo", filler) is None
        )

    def _is_nested(self, hit: _Hit, last: _Unit, from_: int, gap: str) -> bool:
        lead = self.folded[from_ : hit.start]
        if (
            ";" in gap
            or "…" in gap
            or "..." in gap
            or (self.types.get(last.key) and self._is_paper(last.key))
        ):
            return self._runs_on(last) and ";" not in lead and lead.strip() == ""
        if hit.cue.id in ("replaces", "repeals"):
            if _SPEAKER.search(lead):
                return False
            root = last.root or last
            if (
                root.cue is not None
                and root.cue.role in ("act", "state")
                and root.cue.id in ("replaces", "repeals", "amends")
                and re.search(r"(?:^|[\s,])(?:va|dong thoi|,)\s*$", lead)
            ):
                return False
            return re.search(r"\bnay\b", lead) is None
        if hit.cue.id == "basedOn":
            return "“" in lead
        if hit.cue.id == "consolidates":
            return True
        if lead.strip() == "" or re.match(
            r"\s*(?:\(|ve\b|“|\"|-|:|v/v|ban hanh\b|phe duyet\b|quy dinh\b|huong dan\b|nham\b|de\b|chi dao\b|cua\b|yeu cau\b)",
            lead,
        ):
            return not re.search(r"[,]\s*$", lead) or hit.start < last.title_end
        if self.folded[hit.start : hit.start + 4] in ("de t", "de c", "nham") or re.match(
            r"(?:de|nham)\s", self.folded[hit.start : hit.start + 6]
        ):
            return True
        if hit.cue.id == "amends" and re.search(r"(?:^|\s)da\s*$", lead):
            return True
        return hit.start < last.title_end and "," not in lead[-3:]

    def _is_paper(self, key: str) -> bool:
        return (self.types.get(key) or "").startswith(("Tờ trình", "Báo cáo"))

    def _is_blocked(self, hit: _Hit, from_: int) -> bool:
        if hit.cue.id != "implements":
            return False
        return self._blocked_at(hit.start)

    def _blocked_at(self, at: int) -> bool:
        before = self.folded[max(0, at - 46) : at]
        match = None
        for match in cue("no-relation").pattern.finditer(before):
            pass
        return (
            match is not None
            and re.fullmatch(r"[\s,]*(?:va\s|viec\s|cac\s)?", before[match.end() :]) is not None
            and not re.search(r"\n\s*\n", before[match.end() :])
        )

    def _blocked(self, hits: Sequence[_Hit]) -> bool:
        return any(h.cue.id in ("implements",) and self._blocked_at(h.start) for h in hits)

    def _quoted_owner(self, at: int, start: int, before: Sequence[_Unit]) -> str | None:
        """Whose words stand at `at`: inside a quotation opened in this sentence, the document quoted; else None."""
        opened = self.text.clean.rfind("“", start, at)
        if opened < 0 or self.text.clean.rfind("”", start, at) > opened:
            return None
        for unit in reversed(before):
            begin = self.gathered.spans[unit.span].start
            inside = self.text.clean.rfind("“", start, begin) > self.text.clean.rfind("”", start, begin)
            if begin < opened and not inside and unit.parent is None:
                return unit.key
        return None

    def _subject_before(self, hit: _Hit, from_: int, start: int, before: Sequence[_Unit]) -> str | None:
        """The key of the speaker right before a cue ("Quyết định này ... thay thế"), or None."""
        last = before[-1] if before else None
        speakers = list(_SPEAKER.finditer(self.folded, from_, hit.start))
        owner = self._quoted_owner(hit.start, start, before)
        if owner is not None and (
            speakers
            or (hit.cue.id == "basedOn" and re.search(r"[“;]\s*-?\s*$", self.folded[from_ : hit.start]))
        ):
            return owner
        if speakers:
            speaker = speakers[-1]
            between = self.folded[speaker.end() : hit.start]
            if hit.cue.id in ("implements", "guides", "details") and (
                len(between) > 30 or ";" in between or "," in between
            ):
                return None
            if self.head.is_document:
                return SELF
            return self._antecedent(speaker)
        if last is not None and hit.cue.id in ("replaces", "repeals", "amends"):
            root = last.root or last
            return root.subject
        return None

    def _antecedent(self, speaker: re.Match[str]) -> str | None:
        """In a report "Quy định này" is the latest document of that type before it."""
        word = speaker.group()[: speaker.group().rfind("nay")].strip()
        from graph.clean import fold_letters

        for span, key in zip(reversed(self.gathered.spans), reversed(self.gathered.keys), strict=True):
            if (
                span.start < speaker.start()
                and span.type
                and fold_letters(span.type.name).startswith(" ".join(word.split()))
            ):
                return key
        return None

    def _nested(self, units: Sequence[_Unit]) -> None:
        spans = self.gathered.spans
        for unit in units:
            parent = unit.parent
            if parent is None or unit.cue is None:
                continue
            if unit.passive:
                self._state(
                    unit.key,
                    _predicate(unit),
                    parent.key,
                    unit,
                    "reported",
                    _NESTED,
                    spans[parent.span].start,
                )
            elif (
                True
            ):
                basis: Basis = "stated" if parent.key == SELF else "reported"
                self._state(
                    parent.key, _predicate(unit), unit.key, unit, basis, _NESTED, spans[parent.span].start
                )

    def _act(self, subject: str, unit: _Unit, basis: Basis, factor: float, start: int) -> None:
        if unit.cue is None or not unit.cue.predicate:
            return
        self._state(subject, _predicate(unit), unit.key, unit, basis, factor, start)

    def _state(
        self, subject: str, predicate: str, target: str, unit: _Unit, basis: Basis, factor: float, start: int
    ) -> None:
        if unit.cue is None or (predicate == "basedOn" and self._is_paper(target)):
            return
        begin = min(start, self.gathered.spans[unit.span].start)
        self._claim(
            subject,
            predicate,
            target,
            basis,
            unit.cue.confidence * factor,
            unit.cue.id,
            begin,
            max(unit.tail_end, unit.end),
        )

    # -- what a sentence says -------------------------------------------------------------------------------------

    def _listed(self, sentence: Sentence, roots: Sequence[_Unit], listed: tuple[Cue, str, str, int]) -> bool:
        """Items under a ruling head: each main document in them is its object."""
        rule, subject, _, start = listed
        acted = False
        for unit in roots:
            if (
                unit.cue is not None
                and unit.cue.role == "act"
                and unit.cue.id not in ("amends",)
                and unit is not roots[0]
            ):
                continue
            if unit.cue is None or unit is roots[0] or unit.cue.id == rule.id:
                lead = self.folded[sentence.start : self.gathered.spans[unit.span].start]
                unit.cue, unit.cue_start = rule, start
                unit.partial = bool(_PROVISION.search(lead)) if unit is roots[0] else False
                begin = max(sentence.start, 0)
                self._state(subject, _predicate(unit), unit.key, unit, "stated", _LISTED, begin)
                acted = True
        return acted

    def _amended_list(
        self, sentence: Sentence, units: Sequence[_Unit], roots: Sequence[_Unit], state: _State
    ) -> bool:
        """`Nghị định A ..., được sửa đổi, bổ sung bởi:` and then a list: each item amends A."""
        tail = self.folded[units[-1].end : sentence.end]
        opened = cue("amended-by").pattern.search(tail)
        if opened and re.fullmatch(r"[\s:]*", tail[opened.end() :]) and tail.rstrip().endswith(":") and roots:
            state.amended = (roots[0].key, _kind(sentence.item), sentence.start)
            if self.head.is_document and self.head.type is not None and self.head.type.symbol == "VBHN":
                rule = cue("consolidates")
                self._claim(
                    SELF,
                    "consolidates",
                    roots[0].key,
                    "stated",
                    rule.confidence,
                    rule.id,
                    sentence.start,
                    roots[0].tail_end,
                )
            return False
        if state.amended is None:
            return False
        if (
            (sentence.item and _kind(sentence.item) == state.amended[1])
            or not roots
            or not (sentence.item or sentence.gap)
        ):
            state.amended = None
            return False
        lead = self.folded[sentence.start : self.gathered.spans[roots[0].span].start]
        if len(lead) > 12 or not re.search(
            r"co\s{1,2}hieu\s{1,2}luc", self.folded[sentence.start : sentence.end]
        ):
            state.amended = None
            return False
        rule = cue("amended-by")
        self._claim(
            roots[0].key,
            "amends",
            state.amended[0],
            "reported",
            rule.confidence,
            rule.id,
            state.amended[2],
            roots[0].tail_end,
        )
        return True

    def _speaks(self, sentence: Sentence, units: Sequence[_Unit], roots: Sequence[_Unit]) -> None:
        """Clauses whose subject is the document itself, or one that "Quy định này" in a report stands for."""
        imperative = (
            self.head.is_document
            and sentence.start >= min(self.preamble_end, self.parts.annex)
            and sentence.start < self.parts.annex
        )
        for unit in roots:
            rule = unit.cue
            if rule is None or rule.role != "act":
                continue
            subject = unit.subject
            if (
                subject is None
                and imperative
                and rule.id in ("amends", "replaces", "repeals", "suspends", "corrects")
            ):
                lead = self.folded[sentence.start : unit.cue_start]
                if (
                    re.fullmatch(
                        r"(?:[\s\d.)a-z\-+]{0,6})?(?:dieu\s\d+[a-z]?\s?[.:]?\s*)?(?:\d+[.)]\s*)?", lead
                    )
                    or (unit is not roots[0]
                    and roots[0].subject == SELF)
                ):
                    subject = SELF
            if (
                subject is None
                and self.head.is_document
                and sentence.start < self.preamble_end
                and _ISSUES_TYPE.search(self.folded, sentence.start, unit.cue_start)
            ):
                subject = SELF
            if subject is None:
                continue
            if rule.id == "basedOn" and subject == SELF:
                continue
            if (
                rule.id == "implements"
                and subject == SELF
                and self.folded[sentence.start : unit.cue_start].count(" ") > 12
            ):
                continue
            basis: Basis = "stated" if subject == SELF else "reported"
            self._act(
                subject,
                unit,
                basis,
                1.0 if subject == SELF else _REPORTED,
                min(unit.cue_start, sentence.start),
            )

    def _expires(self, sentence: Sentence, units: Sequence[_Unit], roots: Sequence[_Unit]) -> None:
        """`A và B hết hiệu lực kể từ ngày Luật này có hiệu lực`: the targets stand before the verb."""
        spans = self.gathered.spans
        last_end = units[-1].tail_end
        for hit in self._hits(units[0].end, sentence.end):
            if hit.cue.role != "state" or hit.start < units[0].end:
                continue
            if hit.cue.id == "amended-thus":
                if self.head.is_document and self.head.body_start <= sentence.start < self.parts.annex:
                    for unit in roots:
                        if (
                            unit.tail_end <= hit.start
                            and unit.cue is None
                            and unit is roots[0]
                            and hit.start - unit.title_end < 20
                        ):
                            self._claim(
                                SELF,
                                "amends",
                                unit.key,
                                "stated",
                                hit.cue.confidence,
                                hit.cue.id,
                                sentence.start,
                                hit.end,
                            )
                continue
            after = self.folded[hit.start : min(hit.end + 160, sentence.end)]
            if not self.head.is_document or not (
                _SPEAKER.search(after)
                or (hit.start >= last_end and _SPEAKER.search(self.folded, sentence.start, sentence.end))
            ):
                continue
            for unit in roots:
                if spans[unit.span].start < hit.start and unit.cue is None:
                    unit.cue, unit.cue_start = hit.cue, hit.start
                    unit.partial = (
                        bool(_PROVISION.search(self.folded, sentence.start, spans[unit.span].start))
                        and unit is roots[0]
                    )
                    self._claim(
                        SELF,
                        _predicate(unit),
                        unit.key,
                        "stated",
                        hit.cue.confidence,
                        "expires",
                        spans[unit.span].start,
                        max(hit.end, unit.end),
                    )

    def _reports(
        self, sentence: Sentence, units: Sequence[_Unit], roots: Sequence[_Unit], state: _State
    ) -> None:
        """`Thực hiện A1, A2, tỉnh đã ban hành X1, X2`; in a preamble without X the document itself is what is issued."""
        before = [
            u
            for u in roots
            if u.cue is not None
            and u.cue.id in ("implements", "basedOn", "guides", "details")
            and u.subject is None
        ]
        issued = [u for u in roots if u.cue is not None and u.cue.role == "issue"]
        in_preamble = self.head.is_document and sentence.start < self.preamble_end
        if before and issued:
            for unit in issued:
                for target in before:
                    if (
                        target.cue_start < unit.cue_start
                        and target.cue is not None
                        and not self._is_paper(unit.key)
                    ):
                        self._claim(
                            unit.key,
                            _predicate(target),
                            target.key,
                            "reported",
                            target.cue.confidence * _REPORTED,
                            f"{target.cue.id}-issued",
                            target.cue_start,
                            max(unit.tail_end, unit.end),
                        )
            state.carried = []
        elif before and in_preamble:
            tail = self.folded[before[-1].end : min(len(self.folded), sentence.end + 2)]
            for unit in before:
                lead = self.folded[sentence.start : unit.cue_start]
                opening = (
                    re.fullmatch(
                        r"[\s\-+*•|()“\"\da-z.]{0,4}(?:de\s|nham\s|tiep tuc\s|tren co so\s)?\s*", lead
                    )
                    is not None
                    or (unit is not before[0]
                    and ";" in self.folded[sentence.start : unit.cue_start])
                )
                if opening and (
                    tail.rstrip().endswith((";", ","))
                    or (sentence.end < len(self.folded)
                    and self.folded[sentence.end - 1 : sentence.end] in (";", ","))
                    or _ISSUED_SELF.search(tail)
                    or not self.folded[before[-1].title_end : sentence.end].strip(" .\n")
                    or (unit.cue is not None
                    and unit.cue.id == "basedOn")
                ):
                    self._act(SELF, unit, "stated", 1.0, unit.cue_start)
                elif (
                    unit.cue is not None
                    and unit.cue.id == "basedOn"
                    and not re.search(r"\b(?:da|duoc)\b", tail)
                ):
                    self._act(SELF, unit, "stated", 0.95, unit.cue_start)
        elif issued and state.carried and sentence.start - state.carried_end < 4 and not sentence.gap:
            for unit in issued:
                for target in state.carried:
                    if target.cue is not None and not self._is_paper(unit.key):
                        self._claim(
                            unit.key,
                            _predicate(target),
                            target.key,
                            "reported",
                            target.cue.confidence * _CARRIED,
                            f"{target.cue.id}-carried",
                            target.cue_start,
                            max(unit.tail_end, unit.end),
                        )
            state.carried = []
            return
        if (
            before
            and not issued
            and not in_preamble
            and re.fullmatch(
                r"[\s\-+*•\d.)]{0,6}(?:[^,;.]{0,90}:\s)?", self.folded[sentence.start : before[0].cue_start]
            )
        ):
            state.carried, state.carried_end = before, sentence.end
        elif sentence.gap or issued:
            state.carried = []


def _predicate(unit: _Unit) -> str:
    """The narrowest property; the repeal or replacement of a part is an amendment."""
    if unit.cue is None:
        return "cites"
    if unit.partial and unit.cue.id in ("replaces", "repeals", "expires"):
        return "amends"
    return unit.cue.predicate


def _kind(item: str) -> str:
    """The kind of a list mark: digits, a letter, a dash, or none."""
    if not item:
        return ""
    return "digit" if item[0].isdigit() else "letter" if item[0].isalpha() else "dash"


def relate_mentions(text: Text, gathered: Gathered, head: Head, parts: Parts) -> tuple[Claim, ...]:
    """The relations a text states or reports between the documents it mentions and itself.

    Returns:
        Sorted by (start, subject, predicate, object), one per (subject, predicate, object), possibly empty; every
        `quote` equals its slice of the raw text.
    """
    return _Reader(text, gathered, head, parts).read()
