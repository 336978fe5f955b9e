"""The type of a document, from the words of its own header and body."""

import re

from graph.clean import Text, fold_letters
from graph.letterhead import OPENING, PASSED
from graph.scope import body_symbol
from graph.span import Span
from ontology.doctype import DocumentType, type_of_name, type_of_symbol

_THIS = re.compile(r"nay(?<=\snay)(?![a-z])")
_SELF_CALL = re.compile(
    r"(?<![a-z])(?P<type>nghi dinh|quyet dinh|thong tu(?:\s{1,2}lien\s{1,2}tich)?|nghi quyet|chi thi|luat|phap lenh"
    r"|ke hoach|huong dan|quy dinh|quy che|chuong trinh|ket luan|bo luat|cong van|thong bao|de an|bao cao)"
    r"\s{1,3}$"
)
_ARTICLE_LINE = re.compile(r"dieu\s{1,2}\d{1,3}\s?[.:]")
_COMMAND = re.compile(r"dieu\s{1,2}\d{1,3}\s?[.:]\s{0,3}(?:sua doi|bai bo|thay the|bo sung)\b")
_COMMAND_ITEM = re.compile(r"\n[ ]{0,8}\d{1,2}\.\s{1,2}(?:sua doi|bai bo|thay the)\b")
_SIGNED = re.compile(r"\n[ |]*(?:KT\.|TM\.|T/M|TUQ\.|TL\.)\s{0,2}[A-ZĐÀ-Ỹ]{2}")
"""In whose name a document is signed; no report has such a line."""
_LINE_BEGINS = re.compile(r"(?:^|.*\n)\s{0,12}$", re.DOTALL)
_NEWS_MARK = re.compile(r"^\s*(?:thu|chu)\s(?:hai|ba|tu|nam|sau|bay|nhat)\b", re.MULTILINE)


def own_type(
    text: Text,
    own: Span | None,
    type_line: re.Match[str] | None,
    blank: str | None,
    called: str | None,
    letterhead: bool,
) -> DocumentType | None:
    """The type of a document, by the surest witness there is: the word at its number, its title line, its symbol.

    Args:
        text: the text.
        own: its own number.
        type_line: the line that gives its type.
        blank: the symbol of a number not yet filled in.
        called: what it calls itself ("Nghị định này").
        letterhead: whether it has one.
    """
    if own is not None and own.typed and own.type:
        code = type_line is not None and own.type.slug == "luat" and type_line["type"].startswith("bo")
        return type_of_name("Bộ luật") if code else own.type
    if own is not None and type_line is None and re.search(r"\n\s{0,20}v/v\b", text.folded[:OPENING]):
        return type_of_name("Công văn")
    kind = own.type if own else None
    if type_line is not None and (kind is None or kind.symbol != "VBHN"):
        lined = type_of_name(" ".join(type_line["type"].split()))
        if own is None or kind is None or (lined is not None and own.number and _fits(lined, own)):
            kind = lined or kind
    if kind is not None:
        return kind
    for found in (type_of_symbol(blank) if blank else None, type_of_name(called) if called else None):
        if found is not None:
            return found
    # a letter's number bears no type
    return type_of_name("Công văn") if own is not None and own.number and letterhead else None


def _fits(kind: DocumentType, own: Span) -> bool:
    """Whether the type in the title may stand for the one the number's symbol tells."""
    if own.type is None:
        return True
    state = body_symbol(own.number) not in ("TW", "TU", "HU", "ĐU")
    return not own.typed and not (state and kind.name == "Quy định" and own.type.name == "Quyết định")


def self_called_type(text: Text) -> str | None:
    """The type a text calls itself by ("Nghị định này"), where it does so outside quotation; else None."""
    first = re.match(r"\s*(?:thuc hien|thi hanh|can cu)\s", text.folded)
    if first and re.search(r"yeu cau[^.]{5,300}(?:sau|sau day)\s?:", text.folded[:1500]):
        return "chi thi"
    folded = text.folded
    if _NEWS_MARK.search(folded[:300]) or not (
        _has_articles(folded)
        or PASSED.search(folded)
        or _COMMAND_ITEM.search(folded)
        or _SIGNED.search(text.clean)
    ):
        return None
    counts: dict[str, int] = {}
    for this in _THIS.finditer(text.folded):
        match = _SELF_CALL.search(text.folded, max(0, this.start() - 40), this.start())
        if match is None:
            continue
        if _is_quoted(text.clean, match.start()):
            continue
        before = text.folded[max(0, match.start() - 30) : match.start()]
        kind = " ".join(match["type"].split())
        counts[kind] = counts.get(kind, 0) + (3 if re.search(r"(?:^|\n|\d\.|[;.])\s*$", before) else 1)
    return max(counts, key=lambda kind: counts[kind], default=None)


_ENACTING_LINE = re.compile(
    r"\n[ |]*(?P<type>QUYẾT\s{1,2}ĐỊNH|NGHỊ\s{1,2}QUYẾT|QUYẾT\s{1,2}NGHỊ)\s?:?[ ]*\n\s*Điều\s1\b"
)
_RECITAL_LINE = re.compile(r"\n[ ]*(?:-\s)?Căn cứ\s[^\n]{10,}")


def enacted_type(text: Text) -> str | None:
    """The type that a file without its first lines still tells: recitals, "QUYẾT ĐỊNH:", and then the articles."""
    line = _ENACTING_LINE.search(text.clean, 0, 2 * OPENING)
    if line is None or _RECITAL_LINE.search(text.clean, 0, line.start()) is None:
        return None
    return "quyet dinh" if fold_letters(line["type"]).endswith("dinh") else "nghi quyet"


def commands(text: Text) -> bool:
    """Whether an article orders a change ("Điều 1. Sửa đổi, bổ sung ...") or an item among articles ("3. Bãi bỏ Điều 1").

    Such a text is a passage of an act, whatever its type.
    """
    item = _COMMAND_ITEM.search(text.folded)
    if item is not None and not _is_quoted(text.clean, item.start()) and _has_articles(text.folded):
        return True
    return any(
        _LINE_BEGINS.match(text.folded[max(0, match.start() - 13) : match.start()])
        and not _is_quoted(text.clean, match.start())
        for match in _COMMAND.finditer(text.folded)
    )


def _is_quoted(clean: str, at: int) -> bool:
    """Whether a quotation mark opened before a place is still open there."""
    return clean.rfind("“", 0, at) > clean.rfind("”", 0, at)


def _has_articles(folded: str) -> bool:
    """Whether a line begins with "Điều 1."."""
    return any(
        _LINE_BEGINS.match(folded[max(0, match.start() - 13) : match.start()])
        for match in _ARTICLE_LINE.finditer(folded)
    )
