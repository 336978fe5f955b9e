"""Recognise a consolidated text (văn bản hợp nhất) that the gazette prints without its number, and its base document.

Such a text has the base document's type and title on top, and in place of a number the clause "Thông tư số A ngày ...,
có hiệu lực kể từ ngày ..., được sửa đổi, bổ sung bởi:" with the list of amending documents. Its number, where one is
printed, is A's; to take it for the text's own would hand A's text the provisions of its amenders.
Source: Pháp lệnh 01/2012/UBTVQH13, Điều 11 to 13.
"""

import re

from graph.clean import Text
from graph.letterhead import OPENING

_BASE = (
    r"(?P<base>(?:bo\s{1,2}luat|luat|phap\s{1,2}lenh|nghi\s{1,2}dinh|nghi\s{1,2}quyet|quyet\s{1,2}dinh|thong\s{1,2}tu)"
    r"\s(?:[^:;\n]|\n(?!\s*\n)){0,90}?\b(?:so\s{1,2}\d|\d{1,4}/\d{4}/))"
)
_CLAUSE = re.compile(
    rf"\n[ ]*{_BASE}[^:]{{20,1800}}?(?:duoc|da)\s+sua\s+doi(?:,?\s+(?:va\s+)?bo\s+sung)?(?:\s+mot\s+so\s+dieu)?"
    r"\s+(?:boi|theo|tai)(?:\s+(?:cac\s)?(?:van\s+ban|thong\s+tu|nghi\s+dinh|luat)(?:\s+sau(?:\s+day)?)?)?\s?:"
)
_MERGED = re.compile(
    r"van\s+ban\s+nay\s+duoc\s+hop\s+nhat\s+tu\s+(?:\d{1,2}\s+)?[^:;]{4,60}sau(?:\s+day)?\s?:\s*(?:[-+*]|1\.)?\s*"
    + _BASE
)
_HEADING = re.compile(r"(?:\A|\n)\s*(?P<words>van\s+ban\s+hop\s+nhat)\s*(?:[-\n|]|cua\s)")
_RECITAL = re.compile(r"\n[ ]*c[ad]n\s+cu\s")


def is_consolidated(text: Text) -> bool:
    """Whether a text's top tells a consolidated text: by the gazette's heading, the clause, or its first footnote."""
    heading = _HEADING.search(text.folded, 0, 800)
    if heading is not None and text.clean[heading.start("words") : heading.end("words")].isupper():
        return True
    return base_place(text) is not None


def base_place(text: Text) -> int | None:
    """Clean offset where the base document's citation begins, or None where the top tells no base."""
    recital = _RECITAL.search(text.folded, 0, 2 * OPENING)
    limit = recital.start() if recital else OPENING
    for pattern, end in ((_CLAUSE, limit), (_MERGED, 2 * OPENING)):
        at = 0
        while (clause := pattern.search(text.folded, at, end)) is not None:
            at = clause.start("base") + 1
            # the title may run on behind the type in capitals: "THÔNG TƯ hướng dẫn Nghị định số ..."
            if text.clean[at].islower():
                return at - 1
    return None
