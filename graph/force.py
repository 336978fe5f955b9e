"""What a document says of the force of others behind their names: "A và B hết hiệu lực kể từ ngày Luật này ..."."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.claims import Claims
from graph.gather import Gathered
from graph.head import Head
from graph.listing import Lists
from graph.model import SELF
from graph.split import Parts, Sentence
from graph.unit import PROVISION, PROVISION_BEFORE, SPEAKER, Hit, Unit, find_hits, predicate_of

# What the article on a document's own force says, or its heading.
_IN_FORCE = re.compile(
    r"hieu\s{1,2}luc\s{1,2}thi\s{1,2}hanh|dieu\s{1,2}khoan\s{1,2}thi\s{1,2}hanh|\snay\s{1,2}co\s{1,2}hieu\s{1,2}luc"
    r"|(?:thay\s{1,2}the|bai\s{1,2}bo)\s{1,2}(?:bang|boi)\s[a-z ]{3,20}\snay\b|ke\s{1,2}tu\s{1,2}ngay\s[a-z ]{3,20}\snay\s"
)
# "Pháp lệnh A, quy định về phí tại Danh mục ban hành kèm theo Pháp lệnh B hết hiệu lực": of B only those rules
_RULES_ON = re.compile(r"[,;]\s{1,3}(?:nhung\s|cac\s)?quy\s{1,3}dinh\s{1,3}(?:ve|tai|o)\s[^,;]*\Z")
# "Các quy định về kiểm toán tại Thông tư A, Thông tư B hết hiệu lực": of both only those rules
_RULES_AT = re.compile(r"\b(?:cac|nhung)\s{1,2}quy\s{1,2}dinh\s[^;.]*\btai(?:\s{1,2}cac)?\s+\Z")
_FROM_DAY = re.compile(r"\s{1,3}(?:ke\s{1,2})?tu\s{1,2}ngay\s{1,2}\d")
_HERE = re.compile(
    rf"\s{{0,3}}(?:(?:cac\s|quy dinh tai\s)?(?:dieu|khoan|diem|chuong|muc)\s[\da-z, va]{{1,40}}?)*(?:cua\s)?(?:{SPEAKER.pattern})"
)


class Force:
    """Reads the clauses of one text whose targets stand before the verb.

    Args:
        folded: the text, folded.
        gathered: its mentions.
        head: what it is.
        parts: its parts.
        claims: where the relations go.
        lists: its running lists.
        begins: where its articles begin.
    """

    def __init__(
        self,
        folded: str,
        gathered: Gathered,
        head: Head,
        parts: Parts,
        claims: Claims,
        lists: Lists,
        begins: int,
    ) -> None:
        self.folded, self.gathered, self.head, self.parts = folded, gathered, head, parts
        self.claims, self.lists, self.begins = claims, lists, begins

    def read(self, sentence: Sentence, units: Sequence[Unit], roots: Sequence[Unit]) -> None:
        """`A và B hết hiệu lực kể từ ngày Luật này có hiệu lực`: the targets stand before the verb."""
        if not self.head.is_document:
            return
        for hit in find_hits(self.folded, units[0].end, sentence.end):
            if hit.cue.role == "passive":
                self._changed_here(sentence, units, hit)
            elif hit.cue.id == "amended-thus":
                self._amended_thus(sentence, roots, hit)
            elif hit.cue.role == "state":
                after = SPEAKER.search(self.folded, hit.start, min(hit.end + 160, sentence.end))
                before = SPEAKER.search(self.folded, sentence.start, sentence.end)
                if (
                    after
                    or (before and hit.start >= units[-1].tail_end)
                    or self._closes(sentence, roots, hit)
                ):
                    self._expired(sentence, roots, hit)

    def _changed_here(self, sentence: Sentence, units: Sequence[Unit], hit: Hit) -> None:
        """`Luật A số 14/2008/QH12 được sửa đổi, bổ sung tại khoản 7 Điều 1 của Luật này`: the text itself amends it."""
        here = _HERE.match(self.folded, hit.end, sentence.end)
        unit = next((unit for unit in reversed(units) if unit.end <= hit.start), None)
        if here is None or unit is None or hit.start > unit.title_end + 20 or unit.key == SELF:
            return
        part = replace(unit, cue=hit.cue, partial=True)
        words = (self.gathered.spans[unit.span].start, here.end())
        triple = (SELF, predicate_of(part), unit.key)
        self.claims.add(triple, "stated", hit.cue.confidence, hit.cue.id, words)

    def _closes(self, sentence: Sentence, roots: Sequence[Unit], hit: Hit) -> bool:
        """Whether a sentence stands in the document's article on force and begins with what is said to lose it.

        A passage may begin in the midst of that article: there an item that names the day is enough.
        """
        article = self.parts.article_start(sentence.start)
        if article is None:
            in_force = bool(sentence.item) and _FROM_DAY.match(self.folded, hit.end, sentence.end) is not None
        else:
            in_force = _IN_FORCE.search(self.folded, article, sentence.start) is not None
        return (
            bool(roots)
            and in_force
            and self.begins <= sentence.start < self.parts.annex
            and self.lists.is_entry(sentence, roots[0])
        )

    def _expired(self, sentence: Sentence, roots: Sequence[Unit], hit: Hit) -> None:
        first = self.gathered.spans[roots[0].span].start if roots else sentence.start
        spread = _RULES_AT.search(self.folded, sentence.start, first) is not None
        for unit in roots:
            begin = self.gathered.spans[unit.span].start
            if begin < hit.start and unit.cue is None:
                unit.cue, unit.cue_start = hit.cue, hit.start
                unit.partial = spread or bool(
                    PROVISION.search(self.folded, sentence.start, begin)
                    if unit is roots[0]
                    else PROVISION_BEFORE.search(self.folded, max(sentence.start, begin - 80), begin)
                    or _RULES_ON.search(self.folded, max(sentence.start, begin - 160), begin)
                )
                words = (begin, max(hit.end, unit.end))
                triple = (SELF, predicate_of(unit), unit.key)
                self.claims.add(triple, "stated", hit.cue.confidence, hit.cue.id, words)

    def _amended_thus(self, sentence: Sentence, roots: Sequence[Unit], hit: Hit) -> None:
        """`Khoản 2 Điều 6 Quy chế số 03-QC/TU được sửa đổi như sau`: the text itself amends it."""
        if not roots or not self.head.body_start <= sentence.start < self.parts.annex:
            return
        unit = roots[0]
        if unit.cue is None and unit.tail_end <= hit.start < unit.title_end + 20:
            words = (sentence.start, hit.end)
            self.claims.add((SELF, "amends", unit.key), "stated", hit.cue.confidence, hit.cue.id, words)
