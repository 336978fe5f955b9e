"""Relate the mentions of a text: who implements, replaces, amends, is based on whom, and in which words it says so.

Each sentence is read from left to right. The words between two mentions (the gap) decide what the second is to the
first: a bare conjunction continues a list; a cue inside the first one's title makes the second its object ("Nghị định
A sửa đổi Nghị định B"); otherwise the cue belongs to the sentence, whose subject is the document itself ("Quyết định
này thay thế ..."), or what a body issued ("Thực hiện A1, A2, tỉnh đã ban hành X1, X2": each X implements each A).
Quotations and annexes do not speak for the document, and a summary "of ten years of carrying out A" relates nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.claims import Claims
from graph.clean import Text
from graph.consolidated import base_place
from graph.force import Force
from graph.gather import Gathered
from graph.govern import Governor
from graph.head import Head
from graph.listing import Lists
from graph.model import SELF, Basis, Claim
from graph.report import NESTED, REPORTED, Reports
from graph.split import Parts, Sentence, split_sentences
from graph.title import DRAFTING, Titles
from graph.unit import (
    CHANGES,
    Unit,
    predicate_of,
    read_units,
)
from ontology.cue import cue

# "Chính phủ ban hành Nghị định sửa đổi ...": the type right before the cue is the document itself.
_PLANNED = re.compile(r"\b(?:du kien|se|de xuat|kien nghi|tham muu)\s[^;,]*\Z")
_PROPOSED = re.compile(r"\b(?:to trinh|bao cao|cong van|van ban|de nghi|du thao)\b[^;]*\Z")
_ISSUES_TYPE = re.compile(
    r"ban\s{0,2}hanh\s{1,3}(?:nghi dinh|quyet dinh|thong tu(?:\s{1,2}lien\s{1,2}tich)?|nghi quyet|chi thi|luat|phap lenh|ke hoach|huong dan|quy dinh|chuong trinh)\s{1,3}$"
)
# "Ban hành kèm theo Quyết định này Chương trình hành động ... nhằm thực hiện A": what a decision issues carries A out.
_ISSUES_PLAN = re.compile(
    r"\s*(?:ban hanh|phe duyet)\s{1,3}(?:kem\s{1,3}theo\s{1,3}(?:quyet dinh|nghi quyet|cong van|van ban)\s{1,3}nay\s{1,3})?"
    r"(?:ke hoach|chuong trinh|de an|huong dan)\s[^.;]*\Z"
)
_SUCCEEDED = re.compile(r"\bda duoc thay the (?:boi|bang) ")
# The label of an article or an item is no part of what it says ("Điều 2." would look like a provision).
_LABEL = re.compile(
    r"(?:dieu\s{1,2}\d{1,3}[a-z]?\s?[.:]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-z]\)\s+|[-+*•]\s*)?"
)
_PREAMBLE_END = re.compile(
    r"\n[ |]*(?:Điều[ ]1\b|[IVX]{1,4}\s?[.-]|1\.\s|A\.\s|Phần|PHẦN|Chương|CHƯƠNG|QUYẾT[ ]ĐỊNH\s?:?|QUYẾT[ ]NGHỊ|NGHỊ[ ]ĐỊNH\s?:|NGHỊ[ ]QUYẾT\s?:|Một là)"
)
_BASIS = re.compile(r"\n[ ]*Căn cứ\b")
_ENACTING_WORDS = re.compile(
    r"\s*(?P<word>can\s{0,2}cu|thuc hien|trien khai|de |nham |thi hanh|theo de nghi|xet)"
)
_PREAMBLE_QUOTED = re.compile(r"can\s{1,2}cu(?:\s{1,2}(?:de\s)?ban\s{1,2}hanh)?[^;.:“]{0,40}:\s*[“\"]?\s*\Z")
_RECITAL = re.compile(r"[\s“\"\-+*•]*can\s{0,2}cu\s")
_LONGEST_PREAMBLE = 2500
_WORDS = re.compile(r"\btu\s*[“\"][^”\"]*\Z")


class _Reader:
    """Collects the claims of one text."""

    def __init__(self, text: Text, gathered: Gathered, head: Head, parts: Parts) -> None:
        self.text, self.gathered, self.head, self.parts = text, gathered, head, parts
        self.folded = text.folded
        types = {reference.key: reference.type for reference in gathered.references}
        self.claims = Claims(text, head, parts, gathered.years(), types)
        self.governor = Governor(text, gathered, head)
        self.titles = Titles(self.folded, gathered, head, self.governor, self._claim)
        self.lists = Lists(text.folded, gathered, head, parts, self.claims)
        self.quoted_preamble: str | None = None  # whose recitals the next sentences quote
        self.preamble_end = -1
        if head.is_document:
            first = parts.articles[0][0] if parts.articles else len(text.clean)
            limit = min(first, head.body_start + _LONGEST_PREAMBLE)
            begin = max((m.start() for m in _BASIS.finditer(text.clean, head.body_start, limit)), default=0)
            end = _PREAMBLE_END.search(text.clean, max(begin, head.body_start))
            self.preamble_end = min(end.start() if end else len(text.clean), first)
            passage = head.body_start == 0 and head.number is None and head.title is None
            enacting = _ENACTING_WORDS.match(text.folded)
            if passage and not begin and not (enacting and text.clean[enacting.start("word")].isupper()):
                self.preamble_end = 0  # from the middle of a document: no preamble
        self.reports = Reports(self.folded, head, self.claims, self.governor, self._claim, self.preamble_end)
        self.force = Force(self.folded, gathered, head, parts, self.claims, self.lists, self.preamble_end)

    def read(self) -> tuple[Claim, ...]:
        """All claims, sorted."""
        spans = self.gathered.spans
        if self.head.is_document and self.head.title_span[1] > self.head.title_span[0]:
            self._nested(self.titles.read(*self.head.title_span))
        self._consolidated()
        self._portal_line()
        i = 0
        for sentence in split_sentences(self.text, self.head.body_start if self.head.is_document else 0):
            while i < len(spans) and spans[i].start < sentence.start:
                i += 1
            first = i
            while i < len(spans) and spans[i].start < sentence.end:
                i += 1
            spoken = [k for k in range(first, i) if not self._is_mere_words(k)]
            units = list(read_units(self.folded, self.gathered, spoken)) if spoken else []
            if units:
                self._sentence(sentence, units)
            else:
                self.lists.pass_by(sentence)
        self._amending_laws()
        return self.claims.sorted()

    def _is_mere_words(self, index: int) -> bool:
        """Whether a mention stands in words that are quoted as words: `thay thế cụm từ “Luật A” bằng cụm từ “Luật B”`."""
        start = self.gathered.spans[index].start
        return _WORDS.search(self.folded, max(0, start - 200), start) is not None

    def _portal_line(self) -> None:
        """`Quyết định A ... đã được thay thế bởi Quyết định B`, as law portals print above the text of A."""
        top = self.head.body_start if self.head.number else 0
        for match in _SUCCEEDED.finditer(self.folded, 0, top):
            line = self.folded.rfind("\n", 0, match.start()) + 1
            inside = [i for i, s in enumerate(self.gathered.spans) if line <= s.start < match.end() + 40]
            first, last = (inside[0], inside[-1]) if inside else (0, 0)
            if self.gathered.spans[last].start != match.end() or self.gathered.keys[first] != SELF:
                continue
            if first != last and self.gathered.spans[first].start == line:
                triple = (self.gathered.keys[last], "replaces", SELF)
                words = (line, self.gathered.spans[last].end)
                self.claims.add(triple, "reported", cue("replaced-by").confidence, "replaced-by", words)

    def _consolidated(self) -> None:
        """A consolidated text consolidates the document its list of amendments belongs to."""
        if self.head.type is None or self.head.type.symbol != "VBHN":
            return
        place = base_place(self.text)
        base = next((i for i, s in enumerate(self.gathered.spans) if s.start == place), None)
        if base is not None:
            unit = next(iter(read_units(self.folded, self.gathered, [base])))
            rule = cue("consolidates")
            words = (self.gathered.spans[base].start, unit.tail_end)
            self.claims.add((SELF, "consolidates", unit.key), "stated", rule.confidence, rule.id, words)

    def _amending_laws(self) -> None:
        """A law that amends others names them in its own name."""
        spans, keys = self.gathered.spans, self.gathered.keys
        for i, span in enumerate(spans):
            for k in range(i + 1, min(i + 1 + span.amends, len(spans))):
                words = (span.start, spans[k].end)
                self.claims.add((keys[i], "amends", keys[k]), "reported", 0.95, "amending-law", words)

    def _claim(self, subject: str, unit: Unit, basis: Basis, factor: float, start: int) -> None:
        """State what a unit's cue says of it; nothing rests on a submission."""
        if unit.cue is None or not unit.cue.predicate:
            return
        predicate = predicate_of(unit)
        if predicate == "basedOn" and self.governor.is_paper(unit.key):
            return
        words = (min(start, self.gathered.spans[unit.span].start), max(unit.tail_end, unit.end))
        self.claims.add(
            (subject, predicate, unit.key), basis, unit.cue.confidence * factor, unit.cue.id, words
        )

    def _sentence(self, sentence: Sentence, units: list[Unit]) -> None:
        label = _LABEL.match(self.folded, sentence.start, sentence.end)
        if label and label.end() <= self.gathered.spans[units[0].span].start:
            sentence = sentence._replace(start=label.end())
        if self.folded[sentence.end - 1] == "?":
            return  # a question states nothing
        self.governor.place(units, sentence.start)
        self._nested(units)
        if self._quotes_preamble(sentence, units):
            return
        if self.parts.is_quoted(self.gathered.spans[units[0].span].start):
            return
        if sentence.start >= self.parts.signature and self.head.is_document:
            return
        roots = [u for u in units if u.parent is None and not u.passive and u.key != SELF]
        roots += self._amenders(units, roots)
        if self.lists.amends(sentence, units, roots) or self.lists.rules(sentence, roots):
            return
        self._speaks(sentence, roots)
        self.force.read(sentence, units, roots)
        self.reports.read(sentence, roots)
        self.lists.opens_report(sentence, units)

    def _quotes_preamble(self, sentence: Sentence, units: Sequence[Unit]) -> bool:
        """`Thông tư A có căn cứ ban hành như sau: “Căn cứ B; ...”`, as consolidated texts note: B is the basis of A.

        Returns:
            Whether the sentence is one of the quoted recitals; it says nothing else.
        """
        owner = self.quoted_preamble
        if owner is not None:
            begins = _RECITAL.match(self.folded, sentence.start)
            if "”" in self.text.clean[sentence.start : sentence.end] or begins is None:
                self.quoted_preamble = None
            for unit in units:
                if begins and unit.parent is None and unit.cue is not None and unit.cue.id == "basedOn":
                    self._claim(owner, unit, "reported", NESTED, sentence.start)
            if begins:
                return True
        if _PREAMBLE_QUOTED.search(self.folded, units[0].end, sentence.end):
            self.quoted_preamble = units[0].key
        return False

    def _amenders(self, units: Sequence[Unit], roots: Sequence[Unit]) -> list[Unit]:
        """`Căn cứ Luật A được sửa đổi bởi Luật B`: B is a basis as well."""
        return [
            replace(unit, cue=unit.parent.cue, cue_start=unit.parent.cue_start, parent=None, passive=False)
            for unit in units
            if unit.passive
            and unit.parent is not None
            and unit.parent in roots
            and unit.parent.cue is not None
            and unit.parent.cue.id == "basedOn"
        ]

    def _nested(self, units: Sequence[Unit]) -> None:
        """What a mention's own title says, and who acted on a mention."""
        for unit in units:
            if unit.parent is None or unit.cue is None:
                continue
            if not unit.passive and DRAFTING.search(
                self.folded, unit.parent.end, max(unit.cue_start, unit.parent.end)
            ):
                continue  # "Công văn A về việc góp ý dự thảo Nghị quyết bãi bỏ Nghị quyết B"
            start = self.gathered.spans[unit.parent.span].start
            if unit.passive:
                words = (start, max(unit.tail_end, unit.end))
                triple = (unit.key, predicate_of(unit), self._acted_on(unit.parent))
                self.claims.add(triple, "reported", unit.cue.confidence * NESTED, unit.cue.id, words)
            else:
                own = unit.parent.key == SELF
                self._claim(unit.parent.key, unit, "stated" if own else "reported", NESTED, start)

    def _acted_on(self, parent: Unit) -> str:
        """`Luật sửa đổi ... của Luật A số 25/2008/QH12 đã được sửa đổi theo Luật B`: B amends A."""
        target = parent.span + self.gathered.spans[parent.span].amends
        numbered = target > parent.span and self.gathered.spans[target].number is not None
        return self.gathered.keys[target] if numbered else parent.key

    def _speaks(self, sentence: Sentence, roots: Sequence[Unit]) -> None:
        """Clauses whose subject is the document itself, or one that "Quy định này" in a report stands for."""
        for unit in roots:
            if unit.cue is None or unit.cue.role != "act":
                continue
            subject = unit.subject or self._understood(sentence, unit, roots)
            if subject is None or (subject == SELF and unit.cue.id == "basedOn"):
                continue
            lead = self.folded[sentence.start : unit.cue_start]
            far = lead.count(" ") > 12 and not _ISSUES_PLAN.fullmatch(lead)
            if unit.cue.id == "implements" and subject == SELF and far:
                continue
            own = subject == SELF
            start = min(unit.cue_start, sentence.start)
            self._claim(subject, unit, "stated" if own else "reported", 1.0 if own else REPORTED, start)

    def _understood(self, sentence: Sentence, unit: Unit, roots: Sequence[Unit]) -> str | None:
        """The document itself, where an article commands ("Bãi bỏ ...") or its body issues it in so many words."""
        if unit.cue is None:
            return None
        lead = self.folded[sentence.start : unit.cue_start]
        if not self.head.is_document:
            begins = unit.cue.id in CHANGES and not lead.strip() and not sentence.item
            return self._only_before(sentence) if begins else None
        if self.preamble_end <= sentence.start < self.parts.annex and unit.cue.id in CHANGES:
            joined = unit is not roots[0] and roots[0].subject == SELF
            if joined or len(lead.strip()) <= 6:
                return SELF
        if self.preamble_end <= sentence.start < self.parts.annex and unit.cue.id == "implements":
            return SELF if _ISSUES_PLAN.fullmatch(lead) else None
        proposed = _PLANNED.search(lead) or _PROPOSED.search(lead)
        if sentence.start < self.preamble_end and _ISSUES_TYPE.search(lead) and not proposed:
            return SELF
        return None

    def _only_before(self, sentence: Sentence) -> str | None:
        """The one document a report has spoken of so far: "... có hiệu lực từ 15/2/2009. Bãi bỏ Quyết định B"."""
        before = {
            key
            for span, key in zip(self.gathered.spans, self.gathered.keys, strict=True)
            if span.start < sentence.start
        }
        return before.pop() if len(before) == 1 and not sentence.gap else None


def relate_mentions(text: Text, gathered: Gathered, head: Head, parts: Parts) -> tuple[Claim, ...]:
    """The relations a text states or reports between the documents it mentions and itself.

    Returns:
        Sorted by (start, subject, predicate, object), one per (subject, predicate, object), possibly empty; every
        `quote` equals its slice of the raw text.
    """
    return _Reader(text, gathered, head, parts).read()
