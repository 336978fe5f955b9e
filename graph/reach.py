"""How far a cue reaches: whether the words between it and a mention let it govern the mention."""

import re

from graph.unit import CHANGES, PROVISION_BEFORE, Hit, Unit
from ontology.cue import cue

_CLAUSE_END = re.compile(r"[;.…]\s|\bnhu\s+sau\s*:\s*[“\"]")
# "triển khai kết luận Hội nghị, Chỉ thị B": a document named without number comes first in the list
_NAMED_LOOSELY = re.compile(r"\s*(?:cac\s)?(?:nghi quyet|ket luan|chi thi|quy dinh|van ban)\b")
# "sửa đổi khoản 2, Điều 8, Nghị định A"
_PROVISIONS = re.compile(r"(?:[\s,]*\b(?:dieu|khoan|diem|muc|chuong|phu luc)\s+[\da-zivx]{1,4}\b)+[\s,]*")
# "thực hiện theo quy định của Luật A", "... cho đến khi Luật A ...", "... các nhiệm vụ quy định tại Luật A": work, no document
_AT_WORK = re.compile(
    r"\s*(?:theo|cho den|den khi|den het)\b|\s*(?:cac\s|mot so\s|nhung\s)?(?:nhiem vu|chinh sach|du an|hoat dong|thu tuc)\b.*\bquy dinh (?:tai|trong|cua)\b",
    re.DOTALL,
)
_DATED_ROW = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
"""A date between a cue and a mention: the next row of a table."""
_BY_GUIDANCE = re.compile(r"\b(?:theo|van ban)(?:\s(?:su|cac|noi dung|quy dinh|va))*\s+\Z")
_ADJUSTED = re.compile(
    r"\s*(?:va\s|,\s)?(?:mot so|cac|noi dung|dieu|khoan|diem|ten|thoi|phu luc|danh muc|toan bo|cuc bo|quyet dinh|quy hoach|ke hoach|chuong trinh|de an)?[^,;]{0,24}$"
    r"|\s*(?:mot so|cac|noi dung|dieu|khoan|diem|ten|phu luc|danh muc|toan bo|cuc bo|quyet dinh|quy hoach|ke hoach|chuong trinh|de an)\b"
)
_ANNEXED = re.compile(r"ban\s{0,3}hanh\s{0,3}(?:kem|theo)|kem\s{0,3}theo")


def reaches(folded: str, hit: Hit, begin: int, from_: int, last: Unit | None) -> bool:
    """Whether a cue governs a mention: near enough, nothing between that breaks the clause.

    Args:
        folded: the text, folded.
        hit: the cue.
        begin: where the mention begins.
        from_: where the gap before it begins.
        last: the mention before it, or None.
    """
    filler = folded[hit.end : begin]
    if (
        last is not None
        and hit.start < last.title_end
        and not _NAMED_LOOSELY.match(filler)
        and not _PROVISIONS.fullmatch(filler)
        and re.search(r"\S{2}\s+(?:va|cung)\s*(?:cac\s)?$|\S,\s*$", filler)
    ):
        return False  # "về thực hiện dân chủ ở xã và Nghị quyết B": B goes with the first
    if _CLAUSE_END.search(filler) or ("\n\n" in filler and not filler.isspace()):
        return False
    if ":" in filler and hit.cue.id not in ("basedOn", "repeals", "replaces", "amends"):
        return bool(re.fullmatch(r"[^:]{0,30}:\s*[-+“\"]?\s*", filler)) and not re.search(r"\bnhu\b", filler)
    if hit.cue.role == "passive":
        return len(filler) < 60
    if folded.startswith("dieu chinh", hit.start) and not _ADJUSTED.match(filler):
        return False  # "điều chỉnh lương hưu theo Nghị định A"
    if hit.cue.id == "implements" and _AT_WORK.match(filler):
        return False
    if hit.cue.id in CHANGES and (_DATED_ROW.search(filler) or re.match(r"\s*co hieu luc", filler)):
        return False
    if hit.cue.id in ("guides", "details") and _BY_GUIDANCE.search(folded, from_, hit.start):
        return False  # "thực hiện theo hướng dẫn tại Thông tư A", "các văn bản hướng dẫn Luật B"
    if hit.cue.id in CHANGES and re.search(r"\(\s?theo\s*$", filler):
        return False  # "Bãi bỏ phần B2 (theo Quyết định số 3204)"
    if hit.cue.id in CHANGES:
        return len(filler) < 350 and not _verb_between(folded, hit.end, begin)
    if hit.cue.id == "basedOn":
        return len(filler) < 130 and not _verb_between(folded, hit.end, begin)
    if PROVISION_BEFORE.search(folded, hit.end, begin):
        filler = filler[:60]  # "các quy định về ... trong Chương VII và Chương VIII của Điều lệ Đảng"
    first = last is None and not folded[from_ : hit.start].strip(' \n-+*“"(.)0123456789abcdđ')
    return len(filler) < (
        230 if first or (last is None and hit.start - from_ < 130) else 75
    ) and not _verb_between(folded, hit.end, begin)


def _verb_between(folded: str, start: int, end: int) -> bool:
    """Whether a body issues something between a cue and a mention: the mention is then what it issues."""
    for match in cue("issues").pattern.finditer(folded, start, end + 60):
        if match.end() <= end and not _ANNEXED.search(folded, match.start(), end):
            return True
    return False
