"""Read the gaps between mentions: what each is to the one before it, and which words govern it.

The words between two mentions decide what the second is to the first. A bare conjunction continues a list; a cue
inside the first one's title makes the second its object ("Nghị định A sửa đổi Nghị định B": `parent`); otherwise the
cue belongs to the sentence, and its subject is found later (`cue` without `parent`).
"""

import re
from collections.abc import Sequence

from graph.clean import Text
from graph.gather import Gathered
from graph.head import Head
from graph.joint import COORDINATE, Joints
from graph.reach import reaches
from graph.subject import Subjects
from graph.unit import (
    CARRIES,
    PROVISION,
    PROVISION_BEFORE,
    RULES_IN,
    SPEAKER,
    Hit,
    Unit,
    find_hits,
    is_blocked,
    issues,
)
from ontology.cue import cue

# "sửa đổi Thông tư A ... và Quy chế cho vay ban hành kèm theo Quyết định B"
_ANNEXED_TO = re.compile(
    r"\bva\s+(?:quy che|quy dinh|dieu le|danh muc)\s[^;.]{0,160}\bban\s+hanh\s+(?:kem\s+)?theo\s+\Z"
)
# "Điểm này được sửa đổi theo Thông tư B": what is changed is not the mention before
_PART_CHANGED = re.compile(
    r"\b(?:diem|khoan|dieu|muc|doan|phu luc|cum tu|noi dung|ten)\s+(?:nay|\d{1,3}[a-z]?|[a-z])\s+(?:da\s+)?\Z"
)
_TITLE_BEGINS = re.compile(r"\s*(?:ve viec\s|ve\s|v/v\s)?\s*")
# "..., Chính phủ ban hành Kế hoạch thực hiện A": a new clause, no title of the mention before it
_NEW_CLAUSE = re.compile(r"[,)]\s[^,;]{0,70}\b(?:ban\s{0,3}hanh|phe\s{0,3}duyet|xay\s{0,3}dung)\b")
# "công văn A về Chương trình hành động của Chính phủ thực hiện B": the programme carries B out, not the letter
_ON_ANOTHER = re.compile(
    r"[^;.]{0,60}?\bve\s(?:viec\s)?(?:ban hanh\s|gop y\s)?(?:du thao\s)?(?:chuong trinh|ke hoach|de an|nghi quyet|quyet dinh)\b"
)
# "Thông báo A nêu rõ: Thời gian qua, tỉnh đã thực hiện B": what a document says is not what it does
_SAYS = re.compile(r"\b(?:neu|chi|ghi|noi|khang dinh|danh gia|nhan manh)(?:\s{1,2}ro)?\s?:")
# "Kết luận A về ... và Chương trình hành động của Chính phủ thực hiện B": another one, not the title's
_ANOTHER = re.compile(
    r"\bva\s{1,2}(?:cac\s)?(?:chuong trinh|ke hoach|de an)(?:\shanh dong)?\scua\s[^,;.]{3,60}\s\Z"
)
# "ban hành nhiều văn bản theo Nghị quyết B": B is not what was issued
_NOT_ISSUED = re.compile(r"\b(?:theo|nham|can cu|tren co so|tinh than)\s")
_BY_MEANS = re.compile(r"\b(?:bang|thanh|thong qua|qua)(?:\s(?:viec|cac|ban hanh|xay dung))*\s+\Z")
_FAR = 40
"""How many mentions back a clause or a quotation may lean: what is farther is another matter."""


class Governor:
    """Places the mentions of a sentence in its grammar."""

    def __init__(self, text: Text, gathered: Gathered, head: Head) -> None:
        self.text, self.gathered, self.head = text, gathered, head
        self.folded = text.folded
        self.joints = Joints(self.folded, gathered)
        self.subjects = Subjects(text, gathered, head)
        self.types = {reference.key: reference.type for reference in gathered.references}

    def place(self, units: Sequence[Unit], start: int) -> None:
        """Give each mention its cue and, where it stands inside another one's title, its parent."""
        spans = self.gathered.spans
        last: Unit | None = None
        for n, unit in enumerate(units):
            begin = spans[unit.span].start
            from_ = last.tail_end if last else start
            if from_ > begin:
                from_ = min(last.end if last else start, begin)
            gap = self.folded[from_:begin]
            unit.root = unit
            if last is not None and COORDINATE.fullmatch(gap) and self.joints.is_like_parent(unit, last):
                parent = last.parent
                assert parent is not None  # noqa: S101
                unit.follow(parent)
                unit.root = unit if parent.parent is None else parent.root
            elif last is not None and COORDINATE.fullmatch(gap) and self.joints.is_closed(units[:n], gap):
                outer = last.parent
                assert outer is not None  # noqa: S101
                unit.follow(outer)
                unit.root = unit if outer.parent is None else outer.root
            elif last is not None and COORDINATE.fullmatch(gap) and self.joints.is_joined(unit, last, gap):
                unit.follow(
                    units[n - 2] if n > 1 and self.joints.is_past_title(unit, last, units[n - 2]) else last
                )
            else:
                self._govern(unit, units[max(0, n - _FAR) : n], start, from_, begin, gap)
            last = unit

    def _govern(
        self, unit: Unit, before: Sequence[Unit], start: int, from_: int, begin: int, gap: str
    ) -> None:
        """Read the gap before a mention that no bare conjunction joins to the last."""
        last = before[-1] if before else None
        spans = self.gathered.spans
        hits = find_hits(self.folded, from_, begin)
        if last is not None:
            # what a body issues stands behind the title, not in it; "Quyết định A phê duyệt ..." begins one
            past = last.title_end if last.title_end <= begin else last.tail_end
            hits = [
                h
                for h in hits
                if h.cue.role != "issue"
                or (h.start >= past and not _TITLE_BEGINS.fullmatch(self.folded, last.tail_end, h.start))
            ]
        near = [h for h in hits if h.cue.role in ("act", "passive")]
        hit = next((h for h in reversed(near) if reaches(self.folded, h, begin, from_, last)), None)
        if hit is not None and self._is_of_no_document(hit, hits, gap):
            hit = None
        if hit is not None and self._is_inside_changed(hit, near):
            return
        if (
            hit is not None
            and hit.cue.role == "passive"
            and _PART_CHANGED.search(self.folded, from_, hit.start)
        ):
            return
        if last is not None and hit is not None and hit.cue.role == "passive":
            unit.cue, unit.cue_start, unit.parent = hit.cue, hit.start, self._acted_on(unit, last)
            unit.passive, unit.root = True, last.root
            begun = spans[last.span].start
            unit.partial = PROVISION_BEFORE.search(self.folded, max(start, begun - 80), begun) is not None
            return
        blocked = hit is not None and hit.cue.id == "implements" and is_blocked(self.folded, hit.start)
        if last is not None and hit is not None and not blocked and self._goes_on(hit, last, from_):
            unit.follow(last)
            unit.cue, unit.cue_start = hit.cue, hit.start
        elif last is not None and hit is not None and not blocked and self._is_nested(hit, last, from_, gap):
            unit.cue, unit.cue_start, unit.parent, unit.root = hit.cue, hit.start, last, last.root
            unit.partial = bool(PROVISION.search(self.folded, hit.end, begin))
        elif hit is None and last is not None and last.parent is not None and _ANNEXED_TO.search(gap):
            unit.follow(last)
        elif hit is None and last is not None and self.joints.is_sibling(gap, hits):
            self.joints.join(unit, last, before, gap)
        elif hit is not None and not blocked:
            unit.cue, unit.cue_start = hit.cue, hit.start
            unit.partial = bool(PROVISION.search(self.folded, hit.end, begin))
            unit.spread = unit.partial and RULES_IN.search(self.folded, hit.end, begin) is not None
            unit.subject = self.subjects.before(hit, from_, start, before)
        elif last is not None and self._gives_form(last, gap):
            unit.cue, unit.cue_start = cue("issues"), begin
        elif issues(hits) and not _NOT_ISSUED.search(self.folded, issues(hits)[-1].end, begin):
            unit.cue, unit.cue_start = issues(hits)[-1].cue, issues(hits)[-1].start

    def _gives_form(self, last: Unit, gap: str) -> bool:
        """`cụ thể hóa Nghị quyết A bằng Đề án B`: B is what was issued for A."""
        return (
            last.cue is not None
            and last.cue.id == "implements"
            and last.parent is None
            and _BY_MEANS.search(gap) is not None
        )

    def _is_of_no_document(self, hit: Hit, hits: Sequence[Hit], gap: str) -> bool:
        """`phê duyệt điều chỉnh Quy hoạch ... tại Quyết định số 525`: what is adjusted is no document."""
        issued = issues(hits)
        return (
            bool(issued)
            and issued[0].start < hit.start
            and hit.cue.id == "amends"
            and re.search(r"\b(?:tai|bang)\s*$", gap) is not None
        )

    def _is_inside_changed(self, hit: Hit, near: Sequence[Hit]) -> bool:
        """`sửa đổi Chương trình hành động thực hiện Nghị quyết A` says nothing of A."""
        return (
            hit.cue.id in ("implements", "guides", "details")
            and any(h.cue.id in ("amends", "replaces", "repeals") and h.start < hit.start for h in near)
            and ";" not in self.folded[near[0].start : hit.start]
        )

    def _acted_on(self, unit: Unit, last: Unit) -> Unit:
        """Of a mention and those whose titles hold it, the nearest of the amender's own type; else the mention."""
        spans = self.gathered.spans
        kind = spans[unit.span].type
        here: Unit | None = last
        while here is not None:
            other = spans[here.span].type
            if kind and other and (kind.slug == other.slug):
                return here
            here = here.parent
        return last

    def _goes_on(self, hit: Hit, last: Unit, from_: int) -> bool:
        """`Kế hoạch A triển khai Luật B và thực hiện Quyết định C`: C is to A what B is."""
        lead = self.folded[from_ : hit.end].lstrip()
        return (
            hit.cue.id in CARRIES
            and last.cue is not None
            and last.cue.id in CARRIES
            and not last.passive
            and lead.startswith(("va ", "va\n"))
            and len(lead) <= hit.end - hit.start + 3
        )

    def _is_nested(self, hit: Hit, last: Unit, from_: int, gap: str) -> bool:
        lead = self.folded[from_ : hit.start]
        if _SAYS.search(lead):
            return False
        if ";" in gap or "…" in gap or "..." in gap or (self.types.get(last.key) and self.is_paper(last.key)):
            return self.joints.runs_on(last) and ";" not in lead and lead.strip() == ""
        if hit.cue.id in ("replaces", "repeals"):
            if SPEAKER.search(lead):
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
        if hit.cue.id in ("implements", "guides", "details") and (
            _NEW_CLAUSE.search(lead)
            or _ANOTHER.search(lead)
            or (self.types.get(last.key) == "Công văn" and _ON_ANOTHER.match(lead) is not None)
        ):
            return False
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
        if hit.cue.id in ("amends", "suspends", "corrects") and re.search(r"(?:^|\s)da\s*$", lead):
            return True
        return hit.start < last.title_end and "," not in lead[-3:]

    def is_paper(self, key: str) -> bool:
        """Whether a reference is a submission or a report: nothing rests on one, and none carries anything out."""
        return (self.types.get(key) or "").startswith(("Tờ trình", "Báo cáo"))
