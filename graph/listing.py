"""Lists whose head rules their items: "Bãi bỏ các văn bản sau:" and "được sửa đổi, bổ sung bởi:"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.claims import Claims
from graph.gather import Gathered
from graph.head import Head
from graph.model import SELF
from graph.split import Parts, Sentence, item_kind
from graph.unit import PROVISION, RULES_IN, Unit, find_hits, predicate_of
from ontology.cue import Cue, cue

_OPENS = re.compile(r"(?::|\bsau(?:\s{1,2}day)?)\s*$")
# "Điều 1. Bãi bỏ toàn bộ 15 văn bản quy phạm pháp luật": the heading of an article whose items follow
_HEADING = re.compile(
    r"dieu\s\d{1,3}\s?[.:]\s*(?:bai bo|huy bo|thay the|cong bo het hieu luc)(?:\s(?:toan bo|mot phan|hieu luc|cac|mot so|nhung|\d{1,3}"
    r"|van ban|quy pham phap luat|quy dinh|quyet dinh|nghi quyet|chi thi|thong tu|lien tich|thong tu lien tich|sau|do|cua|bo truong|uy ban nhan dan|hoi dong nhan dan"
    r"|tinh|thanh pho|ban hanh|noi dung|[a-z ]{0,40} ban hanh)\b)*\s*"
)
# "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH": what the section lists are bases
_BASES = re.compile(
    r"(?:[ivx]{1,4}|\d{1,2}|[a-z])\s?[.)/-]+\s*(?:cac\s)?(?:can\s+cu|co\s+so)(?:\s+(?:phap\s+ly|xay\s+dung|lap|ban\s+hanh|de\s+xay\s+dung|ke\s+hoach|de\s+an|chuong\s+trinh|quy\s+hoach|va|can\s+cu))+\s*:?\s*"
)
_REPORTED_LIST = re.compile(r"\b(?:gom|gom co|sau|sau day|cu the|la)\s?:\s*\Z")
_TITLED = re.compile(r"[\s,]*(?:(?:de|nham|ve|ve viec|quy dinh|quy dinh viec|chinh thuc)\s)?")
_LAST_LETTERS = ":uy"
"""What a sentence that opens a list ends with."""
_MARK = re.compile(r"[^\w]*(?:\w{1,3}\s?[).])?[^\w]*")
_PROVISION_ENTRY = re.compile(
    r"(?:cac\s|mot so\s|toan bo\s|noi dung\s|ten\s|tai\s)*(?:(?:dieu|khoan|diem|muc|chuong|phan|mau|bieu)\s"
    r"(?:so\s)?(?:[a-z]\b|[ivx]+\b|\d)|(?:tiet|doan|cum tu|phu luc|sua doi|bo sung|thay the|thay cum|bai bo|huy bo)\b)"
)
_ENTRY = re.compile(
    rf"{_PROVISION_ENTRY.pattern}|so\s*:?\s*$|(?:so|cac|nhung|toan bo|mot so|noi dung|quy dinh|quy che|danh muc|dinh muc|dieu le"
    r"|huong dan|ban(?! hanh)|bang|van ban|de an|ke hoach|chuong trinh)\b"
)
_IN_FORCE = re.compile(r"co\s{1,2}hieu\s{1,2}luc")
_LISTED = 0.95
"""How much surer the cue is than its application to an item."""


def _amends_itself(units: Sequence[Unit]) -> bool:
    """Whether the title of an item's document says that it amends another."""
    return (
        len(units) > 1
        and units[1].parent is units[0]
        and units[1].cue is not None
        and units[1].cue.id == "amends"
    )


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A head that rules the items after it.

    Attributes:
        cue: what it says of them.
        kind: the kind of mark it has itself.
        partial: whether it speaks of rules in them ("những quy định về ... tại các văn bản sau"), not of them whole.
        subject: who says it; in a report the document the head names.
    """

    cue: Cue
    kind: str
    partial: bool
    subject: str = SELF


@dataclass(frozen=True, slots=True)
class _Amended:
    """A document whose amendments are listed after it."""

    key: str
    kind: str
    start: int


class Lists:
    """The lists that run from sentence to sentence of one text."""

    def __init__(self, folded: str, gathered: Gathered, head: Head, parts: Parts, claims: Claims) -> None:
        self.folded, self.gathered, self.head, self.parts, self.claims = folded, gathered, head, parts, claims
        self._ruled: _Ruled | None = None
        self._amended: _Amended | None = None

    def pass_by(self, sentence: Sentence) -> None:
        """A sentence without mentions: it may close the running list, and open another."""
        if self._ruled is None and not self._may_open(sentence):
            return
        words = self.folded[sentence.start : sentence.end]
        if self._ruled is not None and self._ruled.subject == SELF:
            kind = item_kind(sentence.item)
            closes = (
                kind == self._ruled.kind
                or words.startswith(("dieu ", "chuong ", "noi nhan"))
                or (kind == "" and sentence.gap)
                or words.rstrip().endswith(":")
            )
            if not closes:  # items of a deeper kind
                return
        self._ruled = None
        if self.head.is_document and _BASES.fullmatch(words):
            self._ruled = _Ruled(cue("basedOn"), "", False)
            return
        opens = _OPENS.search(words) or _HEADING.fullmatch(words)
        if self.head.is_document and opens and not self.parts.is_quoted(sentence.start):
            for hit in find_hits(self.folded, sentence.start, sentence.end):
                if hit.cue.id in ("expires", "repeals", "replaces", "amends"):
                    partial = RULES_IN.search(self.folded, hit.end, sentence.end) is not None
                    self._ruled = _Ruled(hit.cue, item_kind(sentence.item), partial)
                    return

    def _may_open(self, sentence: Sentence) -> bool:
        """A cheap look before the costly ones."""
        return (
            self.folded[sentence.end - 1] in _LAST_LETTERS
            or self.folded.startswith("dieu", sentence.start)
            or (sentence.end - sentence.start < 80 and _BASES.match(self.folded, sentence.start) is not None)
        )

    def rules(self, sentence: Sentence, roots: Sequence[Unit]) -> bool:
        """Whether the running list rules this sentence; if so its documents become the head's objects."""
        if self._ruled is None:
            return False
        if self._ruled.subject != SELF:
            return self._reports(self._ruled, sentence, roots)
        if roots and not self.is_entry(sentence, roots[0], self._ruled.cue):
            return False
        heading = not sentence.item and sentence.gap and self.folded.startswith("dieu", sentence.start)
        if item_kind(sentence.item) == self._ruled.kind or heading:
            self._ruled = None
            return False
        ruled = [
            unit
            for unit in roots
            if unit is roots[0] or unit.cue is None or unit.cue.id == self._ruled.cue.id
        ]
        for unit in ruled:
            begin = self.gathered.spans[unit.span].start
            unit.cue, unit.cue_start = self._ruled.cue, sentence.start
            unit.partial = self._ruled.partial or (
                unit is roots[0] and bool(PROVISION.search(self.folded, sentence.start, begin))
            )
            self.claims.add(
                (SELF, predicate_of(unit), unit.key),
                "stated",
                unit.cue.confidence * _LISTED,
                unit.cue.id,
                (sentence.start, max(unit.tail_end, unit.end)),
            )
        return bool(ruled)

    def opens_report(self, sentence: Sentence, units: Sequence[Unit]) -> None:
        """`Quyết định A bãi bỏ 39 văn bản gồm:` in a report: what the next paragraphs begin with is repealed by A."""
        if self.head.is_document:
            return
        for n, unit in enumerate(units):
            following = units[n + 1].begin if n + 1 < len(units) else sentence.end
            rest = self.folded[unit.tail_end : following]
            hits = find_hits(self.folded, unit.tail_end, following) if _REPORTED_LIST.search(rest) else []
            if hits and hits[0].cue.id in ("repeals", "replaces"):
                if _TITLED.fullmatch(self.folded, unit.tail_end, hits[0].start):
                    self._ruled = _Ruled(hits[0].cue, "", False, unit.key)
                return

    def _reports(self, ruled: _Ruled, sentence: Sentence, roots: Sequence[Unit]) -> bool:
        """Whether a paragraph of a report begins with a document the list's head speaks of."""
        first = roots[0].begin if roots else sentence.end
        mark = _MARK.match(self.folded, sentence.start, first)
        if not roots or not (sentence.gap or sentence.item) or mark is None or mark.end() < first:
            self._ruled = None
            return False
        self.claims.add(
            (ruled.subject, ruled.cue.predicate, roots[0].key),
            "reported",
            ruled.cue.confidence * _LISTED**2,
            f"{ruled.cue.id}-listed",
            (sentence.start, max(roots[0].tail_end, roots[0].end)),
        )
        return True

    def is_entry(self, sentence: Sentence, root: Unit, rule: Cue | None = None) -> bool:
        """Whether an item begins with a document or a part of one; others name a document in passing."""
        first = self.gathered.spans[root.span].start
        begin = _MARK.match(self.folded, sentence.start, first)
        at = begin.end() if begin else sentence.start
        entry = _PROVISION_ENTRY if rule and rule.id == "amends" else _ENTRY
        return at >= first or entry.match(self.folded, at, first) is not None

    def amends(self, sentence: Sentence, units: Sequence[Unit], roots: Sequence[Unit]) -> bool:
        """`Nghị định A ..., được sửa đổi, bổ sung bởi:` and then a list, as consolidated texts begin.

        Returns:
            Whether the sentence is an item of such a list; it then amends A and says nothing else.
        """
        tail = self.folded[units[-1].end : sentence.end]
        rule = cue("amended-by")
        opened = rule.pattern.search(tail)
        if opened and roots and re.fullmatch(r"\s*:\s*", tail[opened.end() :]):
            self._amended = _Amended(roots[0].key, item_kind(sentence.item), sentence.start)
            return False
        if self._amended is None:
            return False
        lead = self.folded[sentence.start : self.gathered.spans[roots[0].span].start] if roots else ""
        if (
            not roots
            or (sentence.item and item_kind(sentence.item) == self._amended.kind)
            or not (sentence.item or sentence.gap)
            or len(lead) > 12
            or not (_IN_FORCE.search(self.folded, sentence.start, sentence.end) or _amends_itself(units))
        ):
            self._amended = None
            return False
        span = (self._amended.start, roots[0].tail_end)
        self.claims.add(
            (roots[0].key, "amends", self._amended.key), "reported", rule.confidence, rule.id, span
        )
        return True
