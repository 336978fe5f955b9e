"""Clean a text for reading by rules, keeping the way back to every raw code point.

Two views come out, of equal length: `clean` (composed letters, one kind of dash, Latin letters where look-alikes
stood, new tone marks, blanks instead of page headers) and `folded` (the same in lower case without marks), so that
a cue can be looked for in `folded` and its words read in `clean`. Nearly every repair keeps the length, so the map
back is the identity for most texts; only decomposed letters, HTML entities and invisible characters need a table.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_SPACES = dict.fromkeys(
    map(
        ord,
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
    ),
    " ",
)
_SLASHES = dict.fromkeys(map(ord, "⁄∕／"), "/")
# Cyrillic and Greek letters that the gazette itself prints inside numbers (`40/2026/NĐ-СР`), and eth for Đ.
_LOOK_ALIKES = dict(
    zip(
        map(ord, "АВЕКМНОРСТХУІЈЅаеорсхуіΑΒΕΖΗΙΚΜΝΟΡΤΥΧÐ"),
        "ABEKMHOPCTXYIJSaeopcxyiABEZHIKMNOPTYXĐ",
        strict=True,
    )
)
_TRANSLATE = _DASHES | _SPACES | _SLASHES | _LOOK_ALIKES

# `hoà` and `hòa`, `uỷ` and `ủy` are one word in two spellings of the tone's place; not after q, where u is no vowel.
_OLD_TONES = {
    old + accent: new
    for vowels, pairs in {
        "oa": ("òóỏõọ", "àáảãạ"),
        "oe": ("òóỏõọ", "èéẻẽẹ"),
        "uy": ("ùúủũụ", "ỳýỷỹỵ"),
    }.items()
    for first, accent in zip(*pairs, strict=True)
    for old, new in ((vowels[0], first + vowels[1]),)
}
_OLD_TONE = re.compile("(?<![qQ])(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![a-zà-ỹđA-ZÀ-ỸĐ])")
_TONE_CLASS = np.zeros(0x2000, np.uint8)
"""By letter: 1 for o, 2 for u, 4 and 8 for what makes an old tone behind them; texts are searched for it in arrays."""
for _letters, _class in (("oO", 1), ("uU", 2), ("àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ", 4), ("ỳýỷỹỵỲÝỶỸỴ", 8)):
    _TONE_CLASS[list(map(ord, _letters))] = _class

_COMBINING = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
_EDIT = re.compile(f"{_COMBINING.pattern}|{_ENTITY.pattern}|{_INVISIBLE.pattern}")
# A class of characters is found several times faster than the alternation above.
_MAY_EDIT = re.compile("[&\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_MAY_TRANSLATE = re.compile("[" + "".join(map(re.escape, map(chr, (*_TRANSLATE, 13)))) + "]")

# Lines that a page break put into the middle of a sentence: the gazette's running head, a bare page number between
# line breaks, the stamp of an electronic signature.
_PAGE_BREAK = re.compile(
    r"""\n[ ]*+(?:
            (?:\d{1,4}[ ]+)?CÔNG[ ]BÁO[ ]?/?[ ]?Số[^\n]{0,60}
          | (?:Trang[ ])?-?[ ]?\d{1,4}[ ]?-?[ ]*
          | (?:Người[ ]ký|Thời[ ]gian[ ]ký|Email|Cơ[ ]quan):[^\n]{0,160}
        )(?=\n)""",
    re.VERBOSE,
)


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {ord("đ"): "d", ord("Đ"): "d"}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        character = chr(code)
        base = unicodedata.normalize("NFD", character)[0].lower()
        if len(base) == 1 and base != character and code not in table:
            table[code] = base
    return table


_FOLD = np.arange(0x2000, dtype=np.uint32)
"""The folded letter of each code point below 0x2000; those above have none and stay."""
for _code, _base in _fold_table().items():
    _FOLD[_code] = ord(_base)


def fold_letters(text: str) -> str:
    """Lower case without marks, code point by code point: the length stays.

    >>> fold_letters("Căn cứ Nghị quyết Đảng")
    'can cu nghi quyet dang'
    """
    codes = _codes(text)
    if codes.size and int(codes.max()) >= _FOLD.size:
        folded = np.where(codes < _FOLD.size, _FOLD.take(codes, mode="clip"), codes)
    else:
        folded = _FOLD.take(codes)
    return folded.tobytes().decode("utf-32-le", "surrogatepass")


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text; tables over them are read some ten times faster than by `str.translate`."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


@dataclass(frozen=True, slots=False)
class Text:
    """A raw text and its clean view.

    Attributes:
        raw: as decoded.
        clean: for reading; offsets into it are called `start`, `end` inside the stages.
        breaks: (clean offset, raw offset) where the two run apart, ascending; empty when they never do.
    """

    raw: str
    clean: str
    breaks: tuple[tuple[int, int], ...] = field(default=())

    @cached_property
    def folded(self) -> str:
        """`clean` in lower case without marks; of equal length."""
        return fold_letters(self.clean)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.breaks]

    def raw_offset(self, offset: int) -> int:
        """The raw offset where the clean code point at `offset` begins."""
        if not self.breaks:
            return offset
        i = bisect_right(self._starts, offset) - 1
        if i < 0:
            return offset
        clean, raw = self.breaks[i]
        return min(raw + offset - clean, len(self.raw))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a clean span; never cuts a decomposed letter or an entity in two."""
        if not self.breaks or end <= start:
            return self.raw_offset(start), self.raw_offset(end)
        return self.raw_offset(start), self._raw_end(end)

    def _raw_end(self, end: int) -> int:
        # One past the last clean character: where the next one starts, less what was dropped before it.
        raw = self.raw_offset(end - 1)
        following = self.raw_offset(end)
        match = _EDIT.match(self.raw, raw, following)
        return match.end() if match else min(raw + 1, following) if following > raw else raw + 1


_NO_BREAKS: tuple[tuple[int, int], ...] = ()


def clean_text(raw: str) -> Text:
    """Make the clean view of a raw text.

    >>> text = clean_text("Tỉnh uỷ ban hành Chỉ thị số 28 \u2013CT/TU")
    >>> text.clean
    'Tỉnh ủy ban hành Chỉ thị số 28 -CT/TU'
    >>> text.raw[slice(*text.raw_span(5, 7))]
    'uỷ'
    """
    composed, breaks = raw, _NO_BREAKS
    if _MAY_EDIT.search(raw):
        composed, breaks = _edit(raw)
    clean = _MAY_TRANSLATE.sub(lambda match: _TRANSLATE.get(ord(match.group()), " "), composed)
    clean = _new_tones(clean)
    if "**" in clean:
        clean = clean.replace("**", "  ")  # bold in Markdown
    clean = _PAGE_BREAK.sub(lambda match: " " * len(match.group()), clean)
    return Text(raw, clean, tuple(breaks))


def _edit(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Compose letters, resolve entities, drop invisible characters; returns the text and where it ran apart."""
    pieces: list[str] = []
    breaks: list[tuple[int, int]] = []
    length = position = seen = 0
    for place in _MAY_EDIT.finditer(raw):
        if place.start() < seen:
            continue
        is_mark = "\u0300" <= place.group() <= "\u036f" and place.start() > seen
        match = _EDIT.match(raw, place.start() - is_mark)
        if match is None:
            continue
        seen = match.end()
        found = match.group()
        if found[0] == "&":
            new = html.unescape(found)
            if len(new) != 1:
                continue
        else:
            new = "" if _INVISIBLE.fullmatch(found) else unicodedata.normalize("NFC", found)
        if new == found:
            continue
        pieces.append(raw[position : match.start()])
        pieces.append(new)
        length += match.start() - position
        for i in range(1, len(new)):  # a pile of marks that did not compose: all but the first map to its end
            breaks.append((length + i, min(match.start() + i, match.end() - 1)))
        length += len(new)
        position = match.end()
        breaks.append((length, position))
    pieces.append(raw[position:])
    return "".join(pieces), tuple(breaks)


def _new_tones(text: str) -> str:
    """`hoà` as `hòa`, of equal length."""
    kinds = _TONE_CLASS.take(_codes(text), mode="clip")
    pairs = np.flatnonzero((kinds[:-1] & 3) << 2 == np.where(kinds[1:] & 12, kinds[1:], 255))
    pieces: list[str] = []
    past = 0
    for at in pairs.tolist():
        match = _OLD_TONE.match(text, at)
        if match is not None:
            found = match.group()
            new = _OLD_TONES[found.lower()]
            pieces.append(text[past:at])
            pieces.append("".join(n.upper() if o.isupper() else n for o, n in zip(found, new, strict=True)))
            past = at + 2
    return "".join([*pieces, text[past:]]) if pieces else text
