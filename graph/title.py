"""Read what a document's own title says of others: whom it carries out, changes or guides."""

import re
from collections.abc import Callable

from graph.gather import Gathered
from graph.govern import Governor
from graph.head import Head
from graph.model import SELF, Basis
from graph.unit import CHANGES, Unit, find_hits, is_blocked, read_units
from ontology.cue import cue

# A title about the making of a text ("V/v xây dựng văn bản quy định chi tiết Luật A") states nothing of A.
DRAFTING = re.compile(
    r"cong\s{1,2}bo\s{1,2}(?:van|danh)|xay\s{1,2}dung\s{1,2}(?:du\s{1,2}thao|van\s{1,2}ban)|du\s{1,2}thao|gop\s{1,2}y|y\s{1,2}kien|tham\s{1,2}dinh|de\s{1,2}nghi"
)
_TITLE_LEAD = re.compile(r"(?:ve viec|ve|v/v|viec)?")
_AND = re.compile(r"\s*(?:,|;|va|,\s*va)\s*(?:cac\s)?")

State = Callable[[str, Unit, Basis, float, int], None]
"""Called with subject, the unit it acts on, who says so, the factor of its confidence, and where the words begin."""


class Titles:
    """Reads the title of one text.

    Args:
        folded: the text, folded.
        gathered: its mentions.
        head: what it is.
        governor: which words govern which mentions.
        state: where what the title says goes.
    """

    def __init__(self, folded: str, gathered: Gathered, head: Head, governor: Governor, state: State) -> None:
        self.folded, self.gathered, self.head, self.governor, self.state = (
            folded,
            gathered,
            head,
            governor,
            state,
        )

    def read(self, start: int, end: int) -> list[Unit]:
        """State what the title says of the mentions in it: its first cue is its own, a later one belongs to them.

        Returns:
            Those mentions, for what stands in their own titles; in text order, possibly empty.
        """
        inside = [i for i, s in enumerate(self.gathered.spans) if start <= s.start < end]
        units = list(read_units(self.folded, self.gathered, inside))
        self.governor.place(units, start)
        ruling: str | None = None
        if units and units[0].cue is None and self._guides(start, units[0]):
            self._guide(start, units)
            ruling = "guides"
        for unit in units:
            if unit.parent is not None or unit.key == SELF or unit.cue is None:
                continue
            hits = find_hits(self.folded, start, self.gathered.spans[unit.span].start)
            acts = [hit for hit in hits if hit.cue.role == "act"]
            if ruling is None and acts:
                lead = self.folded[start : acts[0].start].strip(' \n|*-:"“')
                changes = acts[0].cue.id in CHANGES and _TITLE_LEAD.fullmatch(lead)
                ruling = acts[0].cue.id if changes else acts[-1].cue.id
            blocked = any(h.cue.id == "implements" and is_blocked(self.folded, h.start) for h in hits)
            if ruling is None or blocked or DRAFTING.search(self.folded, start, unit.cue_start):
                continue
            if ruling in CHANGES and ruling != unit.cue.id and unit.cue.id not in CHANGES:
                continue  # "Sửa đổi Chương trình hành động thực hiện Nghị quyết A"
            self.state(SELF, unit, "stated", 1.0, start)
        return units

    def _guides(self, start: int, unit: Unit) -> bool:
        """`HƯỚNG DẪN / một số điểm Quy định ... kèm theo Quyết định A`: the type itself is the cue."""
        lead = self.folded[start : self.gathered.spans[unit.span].start].strip(' \n|*-:"“_')
        return (
            self.head.type is not None
            and self.head.type.name == "Hướng dẫn"
            and re.match(r"(?:mot so|noi dung|cac)\s", lead) is not None
        )

    def _guide(self, start: int, units: list[Unit]) -> None:
        """Give the type as cue to the first mention and to those joined to it ("một số nội dung Quy định A và B")."""
        end: int | None = None
        for unit in units:
            begin = self.gathered.spans[unit.span].start
            if unit.cue is not None or (end is not None and not _AND.fullmatch(self.folded, end, begin)):
                return
            unit.cue, unit.cue_start, end = cue("guides"), start, unit.title_end
