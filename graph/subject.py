"""Find who acts in a clause: the document itself ("Quyết định này"), the one quoted, or one a report named before."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from graph.clean import Text, fold_letters
from graph.gather import Gathered
from graph.head import Head
from graph.model import SELF
from graph.unit import SPEAKER, Hit, Unit

# "Về căn cứ, Quyết định A ghi: Căn cứ Luật B; Căn cứ Luật C"
_RECITES = re.compile(r"\b(?:ghi|neu)\b[^:;.]{0,30}:\s*[“\"]?\s*\Z")
_CHANGES = frozenset({"replaces", "repeals", "amends"})
# "Nghị quyết thay thế Nghị quyết A": the press leaves "này" out
_BARE_SPEAKER = re.compile(
    r"\s*(?P<type>nghi dinh|quyet dinh|thong tu|nghi quyet|chi thi|luat|ke hoach|huong dan|quy dinh|quy che|chuong trinh|ket luan)"
    r"(?:\s(?:moi|co hieu luc|gom|se|cung|chinh thuc)\b[^.;:]{0,80}?)?(?:,|\sva|\sdong thoi|,\sva)?\s+"
)


# "Kế hoạch được ban hành nhằm thực hiện Nghị quyết A", after the plan was named
_ISSUED_TO = re.compile(
    r"\s*(?P<type>nghi quyet|chi thi|quyet dinh|nghi dinh|thong tu|ke hoach|chuong trinh|huong dan|de an)\s"
    r"(?:(?:nay\s)?duoc\sban\shanh|ra\sdoi|duoc\sxay\sdung)(?:,)?\s*"
)


class Subjects:
    """The speakers of one text.

    Args:
        text: the text.
        gathered: its mentions.
        head: what it is.
    """

    def __init__(self, text: Text, gathered: Gathered, head: Head) -> None:
        self.gathered, self.head, self.folded = gathered, head, text.folded
        self._quotes = {sign: [m.start() for m in re.finditer(sign, text.clean)] for sign in "“”"}

    def before(self, hit: Hit, from_: int, start: int, before: Sequence[Unit]) -> str | None:
        """The key of the speaker right before a cue ("Quyết định này ... thay thế"), or None."""
        last = before[-1] if before else None
        speakers = list(SPEAKER.finditer(self.folded, from_, hit.start))
        owner = self._quoted_owner(hit.start, start, before)
        if owner is not None and (
            speakers
            or (hit.cue.id == "basedOn" and re.search(r"[“;]\s*-?\s*$", self.folded[from_ : hit.start]))
        ):
            return owner
        if last is not None and hit.cue.id == "basedOn":
            if _RECITES.search(self.folded, from_, hit.start):
                return (last.root or last).key
            if last.subject and not self.folded[from_ : hit.start].strip(" ;,-\n"):
                return last.subject
        if not speakers and not self.head.is_document and last is None and hit.cue.id in _CHANGES:
            bare = _BARE_SPEAKER.fullmatch(self.folded, start, hit.start)
            return self.antecedent(bare["type"], bare.start("type")) if bare else None
        if last is None and not self.head.is_document and hit.cue.id == "implements":
            issued = _ISSUED_TO.fullmatch(self.folded, start, hit.start)
            if issued is not None and self.folded.startswith(("de ", "nham "), hit.start):
                return self.antecedent(issued["type"], issued.start("type"))
        if speakers:
            speaker = speakers[-1]
            between = self.folded[speaker.end() : hit.start]
            if hit.cue.id in ("implements", "guides", "details") and (
                len(between) > 30 or ";" in between or "," in between
            ):
                return None
            if self.head.is_document:
                return SELF
            word = speaker.group()[: speaker.group().rfind("nay")].strip()
            return self.antecedent(word, speaker.start())
        if last is not None and hit.cue.id in ("replaces", "repeals", "amends"):
            root = last.root or last
            return root.subject
        return None

    def _quoted_owner(self, at: int, start: int, before: Sequence[Unit]) -> str | None:
        """Whose words stand at `at`: inside a quotation opened in this sentence, the document quoted; else None."""
        opened = self._last_quote("“", at)
        if opened < start or self._last_quote("”", at) > opened:
            return None
        for unit in reversed(before):
            begin = self.gathered.spans[unit.span].start
            quote = self._last_quote("“", begin)
            inside = quote >= start and quote > self._last_quote("”", begin)
            if begin < opened and not inside and unit.parent is None:
                return unit.key
        return None

    def _last_quote(self, sign: str, at: int) -> int:
        """Where the last such sign before `at` stands, or -1."""
        i = bisect_left(self._quotes[sign], at) - 1
        return self._quotes[sign][i] if i >= 0 else -1

    def antecedent(self, word: str, at: int) -> str | None:
        """In a report "Quy định này" is the latest document of that type before it."""
        for span, key in zip(reversed(self.gathered.spans), reversed(self.gathered.keys), strict=True):
            if (
                span.start < at
                and span.type
                and fold_letters(span.type.name).startswith(" ".join(word.split()))
            ):
                return key
        return None
