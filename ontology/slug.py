"""Slugs and folded text: Vietnamese names as lower ASCII, for IRIs and for comparing.

Folding drops tone and vowel marks, so the two ways of placing a tone mark (`Hoà`, `Hòa`) and marks lost in
scanning make no difference. It also makes different words equal (`đa`, `đã`): it finds, it does not prove.
"""

import re
import unicodedata
from functools import lru_cache

_BLANK = re.compile(r"\s+")
_OTHER = re.compile(r"[^a-z0-9]+")
# Eth (U+00D0, U+00F0) is typed for Đ by some keyboards and prints the same.
_BARRED = str.maketrans({"đ": "d", "ð": "d"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text in lower case without marks, đ as d, blanks as one space, none at the ends; lengths change.

    >>> fold("  Nghị quyết  của ĐẢNG uỷ Khánh Hoà ")
    'nghi quyet cua dang uy khanh hoa'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_BARRED)
    bare = "".join(char for char in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(char))
    return _BLANK.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def slug(text: str) -> str:
    """A name as lower ASCII letters and digits joined by hyphens; empty where nothing of it is left.

    >>> slug("Bà Rịa - Vũng Tàu"), slug("QĐ"), slug("…")
    ('ba-ria-vung-tau', 'qd', '')
    """
    return _OTHER.sub("-", fold(text)).strip("-")
