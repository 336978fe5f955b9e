"""Collect the claims of one text: the surest of each relation, with its words, article and day."""

import re
from collections.abc import Mapping

from graph.clean import Text
from graph.date import read_date
from graph.head import Head
from graph.model import SELF, Basis, Claim
from graph.split import Parts

_EFFECTIVE = re.compile(
    r"co\s{1,2}hieu\s{1,2}luc(?:\s{1,2}thi\s{1,2}hanh)?\s{1,2}(?:ke\s{1,2})?tu\s{1,2}(?=ngay)"
)
OLDER = 0.3
"""What remains of a claim's confidence where the dates contradict it: a record, too unsure for an edge."""
_CHANGES = frozenset({"amends", "replaces", "repeals"})
_CARRIES = frozenset({"implements", "details", "guides"})

_LAW = 3
RANKS = {
    "Thông tư": 1,
    "Thông tư liên tịch": 1,
    "Nghị định": 2,
    "Luật": 3,
    "Bộ luật": 3,
    "Pháp lệnh": 3,
    "Hiến pháp": 4,
}
"""Types whose rank their name tells, lowest first: what is above is not amended, replaced or repealed from below.
Source: Luật 80/2015/QH13, Điều 4 and 12; Luật 64/2025/QH15, Điều 4 and 8."""


class Claims:
    """Claims by (subject, predicate, object); of two the surer is kept, of equals the first.

    Args:
        text: the text.
        head: what it is.
        parts: its parts.
        years: year of each reference whose year the text tells.
        types: name of the type of each reference, None where it is not told.
    """

    def __init__(
        self,
        text: Text,
        head: Head,
        parts: Parts,
        years: Mapping[str, int],
        types: Mapping[str, str | None],
    ) -> None:
        self.text, self.head, self.parts, self.years, self.types = text, head, parts, years, types
        self._claims: dict[tuple[str, str, str], Claim] = {}

    def sorted(self) -> tuple[Claim, ...]:
        """All claims, by (start, subject, predicate, object)."""
        return tuple(sorted(self._claims.values(), key=lambda c: (c.start, c.subject, c.predicate, c.object)))

    def add(
        self,
        triple: tuple[str, str, str],
        basis: Basis,
        confidence: float,
        rule: str,
        span: tuple[int, int],
    ) -> None:
        """State a relation; of a reference to itself nothing is stated.

        Args:
            triple: keys of subject and object, and the predicate between them.
            basis: who says so.
            confidence: 0 to 1.
            rule: the cue, and how it was applied where that is not the plain way.
            span: the words that say so, in the clean text.
        """
        subject, predicate, target = triple
        if subject == target or self._contradicts(predicate, subject, target):
            return
        start, end = span
        if self.years.get(subject, 9999) < self.years.get(target, 0):
            # kept as a record, too unsure for an edge: what is older neither carries out nor changes the newer
            confidence, rule = confidence * OLDER, f"{rule}-older"
        raw_start, raw_end = self.text.raw_span(start, end)
        own = subject == SELF
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
            self.parts.article(start) if own and start >= self.head.body_start else None,
            self._effective(start) if own and predicate in ("replaces", "repeals") else None,
        )
        known = self._claims.get(triple)
        if known is None or claim.confidence > known.confidence:
            self._claims[triple] = claim

    def _contradicts(self, predicate: str, subject: str, target: str) -> bool:
        """Whether two ranks rule a relation out: no law carries out another, nor a decree a circular."""
        if predicate in _CHANGES:
            return self._is_below(subject, target)
        if predicate not in _CARRIES:
            return False
        laws = all(RANKS.get(self.types.get(key) or "") == _LAW for key in (subject, target))
        return laws or self._is_below(target, subject)

    def _is_below(self, subject: str, target: str) -> bool:
        """Whether one ranks below the other: a circular changes no decree, and a law carries out none."""
        return RANKS.get(self.types.get(subject) or "", 9) < RANKS.get(self.types.get(target) or "", 0)

    def _effective(self, at: int) -> str | None:
        """The date near by from which the document says it holds; one before the words over one after them."""
        folded = self.text.folded
        found = None
        for match in _EFFECTIVE.finditer(folded, max(0, at - 400), min(len(folded), at + 400)):
            date = read_date(folded, match.end())
            if date and (found is None or match.start() <= at):
                found = date[0]
        return found
