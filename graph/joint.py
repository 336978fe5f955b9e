"""Tell which mentions a conjunction or a list joins, and to which of those before: "A sửa đổi B, C và D"."""

import re
from collections.abc import Sequence

from graph.gather import Gathered
from graph.unit import SPEAKER, Hit, Unit, issues

COORDINATE = re.compile(r"[\s,;()…]*(?:va|cung|hoac|cung voi|,|;|va ca)?\s*(?:cac\s)?(?:so)?[\s:]*")
_SIBLING = re.compile(
    r"(?:,|;|…|\.\.\.|va|cung(?:\svoi)?|[-+*]|nhu la|nhu)\s*(?:cac\s|tai\s)?(?:(?:nghi|quyet|thong|chi|ke|van)\s[a-z ]{2,60}:\s*)?(?:so\s)?"
    r"(?P<provision>(?:(?:cac\s)?(?:dieu|khoan|diem|muc|phu luc)\s[\da-z]{1,4}(?:\s?(?:,|va)\s?\d{1,3}\b)*\s?(?:,|;|va|cua)?\s*)+(?:cua\s)?)?$"
)
_RESET = re.compile(r"(?:xet|theo de nghi|tren co so|sau khi|y kien|theo)\b[^;]*$")
_ALIAS = re.compile(r"(?:viet|goi)\s{1,3}(?:chung\s|tat\s)?\s?(?:la\b|tat\b)")


class Joints:
    """The lists of one text.

    Args:
        folded: the text, folded.
        gathered: its mentions.
    """

    def __init__(self, folded: str, gathered: Gathered) -> None:
        self.folded, self.gathered = folded, gathered

    def is_joined(self, unit: Unit, last: Unit, gap: str) -> bool:
        """Whether a bare conjunction puts a mention beside the last: not past a title's end, not past an amender.

        "Luật A số 17/2012 đã được sửa đổi theo Luật số 08/2017, Luật B số 05/2007": B amends nothing.
        """
        if last.parent is not None and ";" in gap and not self.runs_on(last):
            return False
        spans = self.gathered.spans
        joined = spans[unit.span]
        return not (last.passive and joined.name and not (joined.amends and spans[last.span].name))

    def is_closed(self, before: Sequence[Unit], gap: str) -> bool:
        """`Thông tư A được sửa đổi bởi Thông tư B và Thông tư C, Thông tư D`: D goes with A, the amenders end with C."""
        if len(before) < 2 or gap.strip() != ",":
            return False
        last, earlier = before[-1], before[-2]
        between = self.folded[earlier.tail_end : self.gathered.spans[last.span].start]
        return (
            last.passive
            and earlier.passive
            and last.parent is not None
            and last.parent.parent is not None
            and last.parent is earlier.parent
            and between.split()[:1] == ["va"]
        )

    def is_past_title(self, unit: Unit, last: Unit, before: Unit) -> bool:
        """`Kết luận 121-KL/TW về tổng kết Nghị quyết 18-NQ/TW và Kết luận 126-KL/TW`: the third goes with the first."""
        numbers = [self.gathered.spans[u.span].number or "" for u in (unit, last, before)]
        signs = [re.sub(r"^[\d.]+[a-h]?(?:/\d{4})?", "", number) for number in numbers]
        return (
            last.cue is None
            and before.cue is not None
            and before.parent is None
            and bool(signs[0])
            and (signs[0] == signs[2] != signs[1] or (bool(signs[2]) and not signs[1]))
        )

    def is_like_parent(self, unit: Unit, last: Unit) -> bool:
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

    def runs_on(self, last: Unit) -> bool:
        """Whether a semicolon may continue the targets inside a title: amending acts list them so."""
        root = last.root
        return bool(
            last.cue
            and last.cue.id == "amends"
            and root
            and root.cue
            and root.cue.id in ("repeals", "replaces", "amends")
        )

    def is_sibling(self, gap: str, hits: Sequence[Hit]) -> bool:
        """Whether the words before a mention continue a list: a sign or a conjunction, and nobody issues or speaks."""
        return _SIBLING.search(gap) is not None and not issues(hits) and not SPEAKER.search(gap)

    def join(self, unit: Unit, last: Unit, before: Sequence[Unit], gap: str) -> None:
        """Put a mention behind the title of the last into the list it continues."""
        nested_list = (
            ";" not in gap
            and not _ALIAS.search(gap)
            and "…" not in gap
            and ((last.cue is not None and last.cue.id == "amends") or gap.rstrip().endswith("va"))
        )
        provision = _SIBLING.search(gap)
        part = provision is not None and provision["provision"] is not None and ";" in gap
        if last.parent is not None and (nested_list or (self.runs_on(last) and not part)):
            unit.follow(last)
            return
        root = last.root or last
        for earlier in reversed(before):
            if root.cue is not None:
                break
            if earlier.parent is None and not earlier.passive:
                root = earlier
        if ";" in gap and _RESET.search(gap.rsplit(";", 1)[1]):
            return
        unit.cue, unit.cue_start, unit.subject = root.cue, root.cue_start, root.subject
        amended = root.cue is not None and root.cue.id == "amends"
        unit.spread = root.spread
        unit.partial = amended or root.spread or bool(provision and provision["provision"])
