"""A mention's place in a sentence, and the cues that stand between mentions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.gather import Gathered
from ontology.cue import Cue, cue, cues

SPEAKER = re.compile(
    r"(?<![a-z])(?:nghi dinh|quyet dinh|thong tu|nghi quyet|chi thi|bo luat|luat|phap lenh|ke hoach|huong dan|quy dinh"
    r"|quy che|chuong trinh|ket luan|van ban|thong bao|de an|cong van)"
    r"(?:\s{1,3}(?:lien\s{1,2}(?:tich|bo|nganh)|hop\s{1,2}nhat|phoi\s{1,2}hop))?\s{1,3}nay(?![a-z])"
)
PROVISION = re.compile(
    r"(?:dieu|khoan|diem|muc|chuong|tiet|doan)\s{1,3}[\divx]|\b(?:mot so|cac) (?:dieu|noi dung|khoan|diem|phu luc)|mot so quy dinh|quy dinh tai|(?:nhung|cac) quy dinh (?:ve|tai|o|trong)|neu (?:trong|tai)|phu luc|cum tu|bieu mau|bieu so|mau so|so thu tu|noi dung|nhiem vu|mot phan"
)
PROVISION_BEFORE = re.compile(
    r"\b(?:dieu|khoan|diem|muc|chuong|phu luc)\s{1,2}(?:[\divx]{1,4}[a-z]?|[a-z])(?:\s{1,2}va\s{1,2}(?:dieu\s|khoan\s)?[\d]{1,3})?\s{1,3}(?:(?:cua|(?:quy\s(?:che|dinh)\s{1,3})?(?:duoc\s)?(?:ban\shanh\s)?kem\stheo)\s{1,3})?\Z"
)
"""An article or a clause right before the document that holds it."""
_ALIAS_BEFORE = re.compile(
    r"(?:goi|viet)\s{1,3}(?:chung\s|tat\s)?\s?(?:la|:)?\s{0,2}(?:tat\s{1,2}la\s)?[“\"]?$"
)

# "chưa hết hiệu lực", "không bị bãi bỏ": what is denied relates nothing
_DENIED = re.compile(r"\b(?:khong|chua)(?:\s{1,2}(?:duoc|bi|phai|he))?\s+\Z")
RULES_IN = re.compile(r"\b(?:quy dinh|noi dung)\s[^:;]{0,160}\b(?:tai|trong|cua)\s(?:cac|nhung)\s")
"""Rules that stand in several documents, as what is replaced or repealed."""
_TITLE_OF_STUDY = re.compile(
    r"(?:\b(?:ve|ve viec)\s{1,2}|\n\s*)(?:(?:to chuc|nghien cuu|hoc tap|quan triet|tuyen truyen|pho bien|va|,)[\s,]*)+\Z"
)
_REVIEWED = re.compile(r"\b(?:so|tong)\s{1,2}ket[^,;.:]*\s$")
CARRIES = frozenset({"implements", "guides", "details"})
"""Cues of carrying another document out."""
CHANGES = frozenset({"amends", "replaces", "repeals", "suspends", "corrects", "consolidates"})
"""Cues of acts upon another document's text or force."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at a place of the folded text."""

    start: int
    end: int
    cue: Cue


@dataclass(slots=True)
class Unit:
    """A mention (with the targets of an amending law behind it) and its place in the sentence.

    Attributes:
        span: index of its span.
        key: its reference.
        begin: where the mention begins.
        end: end of the mention; tail_end: after date, issuer, term; title_end: after the title.
        cue: what governs it, or None; cue_start: where that stands.
        subject: key of the document that acts on it, where its clause names one.
        parent: the mention whose title holds it.
        passive: whether it acts on its parent ("được sửa đổi bởi"), not the reverse.
        partial: whether only a part of it is acted on.
        spread: whether that holds for all that follow in its list ("thay thế những quy định về ... tại các văn bản sau").
        root: the mention at the head of its item.
    """

    span: int
    key: str
    begin: int
    end: int
    tail_end: int
    title_end: int
    cue: Cue | None = None
    cue_start: int = -1
    subject: str | None = None
    parent: "Unit | None" = None
    passive: bool = False
    partial: bool = False
    spread: bool = False
    root: "Unit | None" = None

    def follow(self, other: "Unit") -> None:
        """Take the place of a unit this one is joined to ("A và B")."""
        self.cue, self.cue_start, self.parent, self.subject = (
            other.cue,
            other.cue_start,
            other.parent,
            other.subject,
        )
        self.passive, self.root = other.passive, other.root if other.parent else self
        self.spread = other.spread
        self.partial = other.partial and (
            other.spread or (other.cue is not None and other.cue.id == "amends")
        )


def read_units(folded: str, gathered: Gathered, indices: Iterable[int]) -> Iterator[Unit]:
    """The mentions of a stretch as units, in order; one that only introduces an alias is left out."""
    spans = gathered.spans
    skip = -1
    for i in indices:
        if i <= skip or _ALIAS_BEFORE.search(folded, max(0, spans[i].start - 40), spans[i].start):
            continue
        skip = min(i + spans[i].amends, len(spans) - 1)
        end, tail = spans[skip].end, gathered.tails[i]
        yield Unit(i, gathered.keys[i], spans[i].start, end, max(tail.end, end), max(tail.title_end, end))


@cache
def _read_cues() -> tuple[Cue, ...]:
    return tuple(row for row in cues() if row.role != "block")


def find_hits(folded: str, start: int, end: int) -> list[Hit]:
    """Cues between two places, in order, those denied left out; a longer one hides those inside it.

    Those that block are not among them: `is_blocked` asks for them where it matters.
    """
    found = []
    # the cues of issuing look at what follows them
    words, more = folded[start:end], folded[start : end + 60]
    for row in _read_cues():
        limit, window = (end + 60, more) if row.role == "issue" else (end, words)
        for word in row.words:
            if word in window:
                break
        else:
            continue
        for match in row.pattern.finditer(folded, start, limit):
            if match.start() < match.end() <= end:
                found.append(Hit(match.start(), match.end(), row))
    if not found:
        return []
    found.sort(key=lambda h: (h.start, -h.end))
    out: list[Hit] = []
    for hit in found:
        hidden = bool(out) and hit.start < out[-1].end and (hit.end <= out[-1].end or hit.cue.role == "act")
        if not hidden:
            out.append(hit)
    return [hit for hit in out if not _DENIED.search(folded, max(0, hit.start - 16), hit.start)]


def issues(hits: Sequence[Hit]) -> list[Hit]:
    """Those of the cues that issue a document."""
    return [hit for hit in hits if hit.cue.role == "issue"]


def is_blocked(folded: str, at: int) -> bool:
    """Whether the words before a "thực hiện" at this place make it talk about work ("tổng kết 10 năm ...")."""
    if _REVIEWED.search(folded, max(0, at - 90), at):
        return True
    before = folded[max(0, at - 46) : at]
    matches = list(cue("no-relation").pattern.finditer(before))
    if not matches:
        return False
    rest = before[matches[-1].end() :]
    if "," in rest and matches[-1].group().endswith("nam"):
        return False  # "Trước đó mười năm, thực hiện A ..."
    if _TITLE_OF_STUDY.search(before):
        return False  # "Kế hoạch A về học tập, quán triệt, triển khai Chỉ thị B"
    return re.fullmatch(r"[\s,]*(?:va\s|viec\s|cac\s)?", rest) is not None and not re.search(r"\n\s*\n", rest)


def predicate_of(unit: Unit) -> str:
    """The narrowest property; the repeal or replacement of a part is an amendment."""
    if unit.cue is None:
        return "cites"
    if unit.partial and unit.cue.id in ("replaces", "repeals", "expires", "replaced-by", "repealed-by"):
        return "amends"
    return unit.cue.predicate
