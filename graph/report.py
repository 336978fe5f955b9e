"""Read who carries out what a report or a preamble names: "Thực hiện A1, A2, tỉnh đã ban hành X1, X2"."""

import re
from collections.abc import Callable, Sequence

from graph.claims import Claims
from graph.govern import Governor
from graph.head import Head
from graph.model import SELF, Basis
from graph.split import Sentence
from graph.unit import SPEAKER, Unit, predicate_of

_ISSUED_SELF = re.compile(
    r"(?:ban\s{0,2}hanh|xay\s{0,2}dung|huong\s{0,2}dan|yeu\s{0,2}cau|quy\s{0,2}dinh|chi\s{0,2}thi|nhu\s{0,2}sau|quyet\s{0,2}nghi|voi\s{1,2}(?:cac\s)?noi\s{0,2}dung|\bnay\b|quyet\s{0,2}dinh|thong\s{0,2}bao|de\s{0,2}nghi|ket\s{0,2}luan|thong\s{0,2}nhat|to\s{0,2}chuc|\bsau(?:\s{1,2}day)?\s?:)"
)
_OPENING = re.compile(r"[\s\-+*•|()“\"\da-z.]{0,4}(?:de\s|nham\s|tiep tuc\s|tren co so\s)?\s*")
_LEAD_IN = re.compile(r"[\s\-+*•\d.)]{0,6}(?:[^,;.]{0,90}:\s)?")
_CARRYING = frozenset({"implements", "basedOn"})
_ENACTS_ITSELF = re.compile(rf"ban\s{{1,2}}hanh\s{{1,2}}(?:{SPEAKER.pattern})")

# How much is lost between the cue's own confidence and the relation's, by the way its subject was found.
NESTED, REPORTED, CARRIED = 0.95, 0.9, 0.7

State = Callable[[str, Unit, Basis, float, int], None]
"""Called with subject, the unit it acts on, who says so, the factor of its confidence, and where the words begin."""


class Reports:
    """Reads the discourse of one text, from sentence to sentence.

    Args:
        folded: the text, folded.
        head: what it is.
        claims: where the relations between documents go.
        governor: which of them are papers.
        state: where what one document says of another goes.
        preamble_end: where its preamble ends; below 0 where it has none.
    """

    def __init__(
        self, folded: str, head: Head, claims: Claims, governor: Governor, state: State, preamble_end: int
    ) -> None:
        self.folded, self.head, self.claims, self.governor = folded, head, claims, governor
        self.state, self.preamble_end = state, preamble_end
        self.carried: list[Unit] = []  # "Thực hiện A, ..." whose issue may come in the next sentence
        self.carried_end = -1

    def read(self, sentence: Sentence, roots: Sequence[Unit]) -> None:
        """`Thực hiện A1, A2, tỉnh đã ban hành X1, X2`; in a preamble without X the document itself is issued."""
        carried = [u for u in roots if u.cue is not None and u.cue.id in _CARRYING and u.subject is None]
        issued = [u for u in roots if u.cue is not None and u.cue.role == "issue"]
        in_preamble = sentence.start < self.preamble_end or (
            bool(carried)
            and self.head.is_document
            and _ENACTS_ITSELF.search(self.folded, carried[-1].end, sentence.end) is not None
        )
        if carried and issued:
            self._issued(issued, carried, REPORTED, "issued")
        elif carried and in_preamble:
            self._opens(sentence, carried)
        elif issued and self.carried and sentence.start - self.carried_end < 4 and not sentence.gap:
            self._issued(issued, self.carried, CARRIED, "carried")
        waits = (
            carried
            and not issued
            and not in_preamble
            and _LEAD_IN.fullmatch(self.folded, sentence.start, carried[0].cue_start)
        )
        if waits:
            self.carried, self.carried_end = carried, sentence.end
        elif sentence.gap or issued:
            self.carried = []

    def _issued(self, issued: Sequence[Unit], carried: Sequence[Unit], factor: float, how: str) -> None:
        """Each document issued carries out each one named before the verb."""
        for unit in issued:
            for target in carried:
                if (
                    target.cue is None
                    or self.governor.is_paper(unit.key)
                    or target.cue_start >= unit.cue_start
                ):
                    continue
                words = (target.cue_start, max(unit.tail_end, unit.end))
                triple = (unit.key, predicate_of(target), target.key)
                self.claims.add(
                    triple, "reported", target.cue.confidence * factor, f"{target.cue.id}-{how}", words
                )

    def _opens(self, sentence: Sentence, carried: Sequence[Unit]) -> None:
        """The opening of a document: "Căn cứ A; B" and "Thực hiện A; B, Ủy ban nhân dân ban hành ... như sau"."""
        rest = self.folded[carried[-1].end : sentence.end]
        closed = not self.folded[carried[-1].title_end : sentence.end].strip(' .…”"\n')
        for unit in carried:
            lead = self.folded[sentence.start : unit.cue_start]
            opening = _OPENING.fullmatch(lead) or (unit is not carried[0] and ";" in lead)
            based = unit.cue is not None and unit.cue.id == "basedOn"
            enacting = rest.rstrip().endswith((";", ",")) or _ISSUED_SELF.search(rest) or closed or based
            if opening and enacting:
                self.state(SELF, unit, "stated", 1.0, unit.cue_start)
            elif based and not re.search(r"\b(?:da|duoc)\b", rest):
                self.state(SELF, unit, "stated", NESTED, unit.cue_start)
