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

_CARRYING_OUT = r"(?:trien\s{1,2}khai|thuc\s{1,2}hien|cu\s{1,2}the\s{1,2}hoa|thi\s{1,2}hanh|quan\s{1,2}triet)"
_THE_ONE = (
    r"(?P<type>nghi\s{1,2}quyet|chi\s{1,2}thi|ket\s{1,2}luan|quy\s{1,2}dinh|quyet\s{1,2}dinh|nghi\s{1,2}dinh|ke\s{1,2}hoach|de\s{1,2}an|chuong\s{1,2}trinh)"
    r"\s{1,2}(?:nay|tren|do|ay|neu\s{1,2}tren|noi\s{1,2}tren)(?![a-z])"
)
_THAT_AFTER = re.compile(
    rf"[\s,]{{0,3}}(?:(?:de|nham|ve|ve\s{{1,2}}viec)\s{{1,2}})?{_CARRYING_OUT}(?:[\s,]{{1,2}}(?:va\s)?{_CARRYING_OUT})*\s{{1,2}}{_THE_ONE}"
)
_THAT_BEFORE = re.compile(
    rf"(?<![a-z])(?:de|nham|theo)?\s{{0,2}}{_CARRYING_OUT}(?:[\s,]{{1,2}}(?:va\s)?{_CARRYING_OUT})*\s{{1,2}}{_THE_ONE},\s"
)
_ASIDE = re.compile(r"\s\((?:duoc\s|da\s)*(?:ban\shanh\s|kem\s)*(?:tai|bang)\s")
_THAT = 0.7
"""How sure a relation to "nghị quyết trên" is: the last of that type named before may not be meant."""
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
        self._issued_aside(roots)
        issued = [u for u in issued if not self._is_aside(u, sentence.start)]
        self._carries_that(sentence, roots)
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

    def _carries_that(self, sentence: Sentence, roots: Sequence[Unit]) -> None:
        """`Thực hiện nghị quyết trên, tỉnh ban hành X`; `X để triển khai nghị quyết này`: X carries out the last one named.

        In a document "Nghị quyết này" is the document itself, and what carries it out is not issued yet.
        """
        if self.head.is_document:
            return
        for n, unit in enumerate(roots):
            end = roots[n + 1].cue_start if n + 1 < len(roots) and roots[n + 1].cue else sentence.end
            that = _THAT_AFTER.match(self.folded, unit.tail_end, max(end, unit.tail_end))
            if that is None and n == 0 and unit.cue is not None and unit.cue.role == "issue":
                that = _THAT_BEFORE.search(self.folded, sentence.start, unit.cue_start)
            target = (
                self.governor.subjects.antecedent(that["type"], min(that.start(), unit.begin))
                if that
                else None
            )
            if that is None or target is None or target == unit.key or self.governor.is_paper(unit.key):
                continue
            words = (min(that.start(), unit.begin), max(that.end(), unit.tail_end))
            self.claims.add((unit.key, "implements", target), "reported", _THAT, "implements-that", words)

    def _is_aside(self, unit: Unit, start: int) -> bool:
        """Whether what issues a document stands in brackets."""
        return self.folded.rfind("(", start, unit.cue_start) > self.folded.rfind(")", start, unit.cue_start)

    def _issued_aside(self, roots: Sequence[Unit]) -> None:
        """`Chương trình hành động thực hiện A (ban hành tại X)`: X carries out A, and nothing else of the sentence."""
        for n, target in enumerate(roots[:-1]):
            carries = target.cue is not None and target.cue.id == "implements"
            if not carries or not _ASIDE.fullmatch(self.folded, target.tail_end, roots[n + 1].begin):
                continue
            for unit in roots[n + 1 :]:
                if ")" in self.folded[target.tail_end : unit.begin]:
                    break
                words = (target.cue_start, max(unit.tail_end, unit.end))
                triple = (unit.key, "implements", target.key)
                self.claims.add(triple, "reported", REPORTED, "implements-aside", words)

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
