"""IRIs: how a document, a relation and a mention are named, and what a number is made of.

A document's IRI is `{base}doc/{scope}/{type}/{year}/{number}`; the part after `doc/` is its *path* and is
what the rest of the program passes around. The path comes from the number's own signs, not from the type word
in front of it, since writers confuse the words (Quyết định and Quy định share the sign QĐ) far more often
than the signs.
"""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ontology.doctype import type_of_name, type_of_symbol
from ontology.slug import fold, slug

DEFAULT_BASE = "https://w3id.org/phahe/"
MAX_NAME = 60
"""Longest slug of a name, in characters."""

_ORDINAL = re.compile(r"0*(\d+(?:\.\d+)?[a-zđ]?)(?![a-zđ\d])", re.IGNORECASE)
_YEAR = re.compile(r"/((?:19|20)\d\d)(?=$|[/.\-])")
_SIGN = re.compile(r"[/\-.,\s]+")
_JOIN = re.compile(r"^[/\-.,\s]+")
_DASHES = str.maketrans({"Ð": "Đ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
                         "\u2044": "/", "\u2215": "/"})  # fmt: skip
_MARKED = re.compile(r"(?:19|20)\d\d")
_PARTY_SIGN = re.compile(r"\w*(?:TW|TƯ|TU|HU|ĐU)")
# A whole sign TƯ is TU with a slip of the pen; inside a longer sign (UBTƯMTTQVN) it is short for Trung ương.
_UPPER = {"TƯ": "TU"}
_TERM_DIGITS = re.compile(r"^(ubtvqh|hdnn|qh)\d+$")
# Circulars and decrees have borne their year since 1997; decisions, directives and resolutions of one body
# run in two counters, with the year in the number (normative) and without (administrative): 33/2021/QĐ-TTg is
# not 33/QĐ-TTg. Source: Nghị định 34/2016/NĐ-CP, Điều 57; Nghị định 30/2020/NĐ-CP, Phụ lục I.
_TWO_COUNTERS = frozenset({"qd", "ct", "nq"})


@dataclass(frozen=True, slots=True)
class Number:
    """What a canonical number says.

    Attributes:
        ordinal: folded, without leading zeros (`25`, `8b`, `66.13`).
        year: the year in the number itself (`2023` of 13/2023/NĐ-CP), or None.
        symbol_type: type slug of its sign (`nq`, `qd`), or None where it bears none (12/CP, 10/2022/QH15).
        body: slugs of the signs after the type, in order (`("tw",)`, `("bldtbxh", "nhnnvn")`); may be empty.
    """

    ordinal: str
    year: str | None
    symbol_type: str | None
    body: tuple[str, ...]

    @property
    def body_key(self) -> str:
        """The body without what writers leave out or add: the National Assembly's term digits.

        >>> number_parts("38/2001/PL-UBTVQH10").body_key
        'ubtvqh'
        """
        return "-".join(_TERM_DIGITS.sub(r"\1", part) for part in self.body)


@lru_cache(maxsize=65536)
def number_parts(number: str) -> Number | None:
    """The parts of a canonical number, or None if it is none.

    Tolerant of case, Đ/D, TƯ (a slip for TU) and swapped signs.

    >>> number_parts("25-NQ/TW")
    Number(ordinal='25', year=None, symbol_type='nq', body=('tw',))
    >>> number_parts("217/QĐ-TW") == number_parts("217-qd/tw")
    True
    >>> number_parts("13/2023/NĐ-CP")
    Number(ordinal='13', year='2023', symbol_type='nd', body=('cp',))
    >>> number_parts("12/CP")
    Number(ordinal='12', year=None, symbol_type=None, body=('cp',))
    """
    text = unicodedata.normalize("NFC", number).translate(_DASHES).strip()
    text = re.sub(r"\s*([/\-.])\s*", r"\1", text)
    found = _ORDINAL.match(text)
    if found is None:
        return None
    ordinal, rest = fold(found[1]), text[found.end() :]
    year = None
    if dated := _YEAR.match(rest):
        year, rest = dated[1], rest[dated.end() :]
    if rest and not _JOIN.match(rest):
        return None
    signs = [sign for sign in _SIGN.split(rest) if sign]
    symbol_type: str | None = None
    if signs and (len(signs) > 1 or signs[0].upper() != "CT"):
        # one sign CT alone is the Chairman of the Council of Ministers (297-CT), not a directive
        is_party = any(_PARTY_SIGN.fullmatch(sign.upper()) for sign in signs[1:])
        symbol_type = _type_slug(signs[0], "party" if is_party else "state")
        if symbol_type is not None:
            signs = signs[1:]
    body = tuple(part for sign in signs if (part := slug(_mended(sign))))
    return Number(ordinal, year, symbol_type, body)


def _mended(sign: str) -> str:
    """A sign in capitals, TƯ at its end as TU (445-KL/TƯ of a province), within it as TW (UBTƯMTTQVN)."""
    return re.sub("TƯ$", "TU", sign.upper()).replace("TƯ", "TW")


@lru_cache(maxsize=4096)
def _type_slug(symbol: str, polity: str) -> str | None:
    """Type slug of a sign, with QĐi as QĐ: writers use both for one and the same regulation."""
    known = type_of_symbol(symbol, polity) or type_of_symbol(symbol)
    if known is None:
        return None
    return type_segment(known.slug)


def type_segment(type_slug: str) -> str:
    """The slug a type has in IRIs: that of the sign it shares with others (Quy định, QĐi: `qd`).

    >>> type_segment("qdi"), type_segment("nq")
    ('qd', 'nq')
    """
    return "qd" if type_slug in {"qdi", "quyet-dinh", "quy-dinh"} else type_slug


@lru_cache(maxsize=4096)
def type_of_word(word: str | None) -> str | None:
    """Type slug of a type word (`Nghị quyết` is `nq`), as in IRIs; None if the word is unknown or absent."""
    known = type_of_name(word) if word else None
    return type_segment(known.slug) if known else None


def document_path(
    scope: str, type_slug: str, date_or_year: str | None, number: str | None, title: str | None
) -> str:
    """The path of a document's IRI.

    Args:
        scope: counter scope (`tw`, `tu-hai-duong`, `vn`).
        type_slug: used where the number bears no type sign.
        date_or_year: ISO prefix, or None; the year inside the number stands before it.
        number: canonical number, or None for a named document.
        title: the name of a document without a number.

    Raises:
        ValueError: neither number nor title names the document.

    >>> document_path("tw", "nq", "2013-06-03", "25-NQ/TW", None)
    'tw/nq/2013/25'
    >>> document_path("vn", "luat", "2022-11-10", "10/2022/QH15", None)
    'vn/luat/2022/10-qh15'
    >>> document_path("tu-hai-duong", "da", None, "05-ĐA/TU", None)
    'tu-hai-duong/da/5'
    """
    parts = number_parts(number) if number else None
    if parts is not None:
        kind = parts.symbol_type or type_slug
        year = parts.year or (date_or_year or "")[:4]
        segment = number_segment(scope, kind, parts)
    else:
        if not title or not slug(title):
            raise ValueError(f"document of scope {scope!r}, type {type_slug!r}: neither number nor name")
        kind, year = type_slug, (date_or_year or "")[:4]
        segment = slug(title)[:MAX_NAME].strip("-")
    return "/".join(part for part in (scope, kind, year, segment) if part)


def number_segment(scope: str, type_slug: str, parts: Number) -> str:
    """The last segment of a path: the ordinal, and of the body what the scope does not say.

    >>> number_segment("ubnd-hai-duong", "cv", number_parts("1203/UBND-KT"))
    '1203-kt'
    >>> number_segment("vn", "qd", number_parts("33/2021/QĐ-TTg"))
    '33-2021-ttg'
    """
    ordinal = parts.ordinal.replace(".", "-")
    if is_party_scope(scope):
        return ordinal
    body = list(parts.body)
    if body and (
        body[0] == scope.split("-")[0] or (scope.startswith("ubnd-") and body[0] in {"ub", "ubt", "ubh"})
    ):
        body = body[1:]
    marked = parts.year if parts.year and type_slug in _TWO_COUNTERS and not _is_assembly(parts) else None
    return "-".join(part for part in (ordinal, marked, *body) if part)


def path_parts(path: str) -> Number | None:
    """What a path tells of the number it was minted from, or None for a named document; spelling is lost.

    >>> path_parts("vn/luat/2022/10-qh15") == number_parts("10/2022/QH15")
    True
    >>> path_parts("ubnd-ha-noi/qd/2021/33-2021")
    Number(ordinal='33', year='2021', symbol_type=None, body=('ubnd',))
    """
    scope, kind, *year, segment = path.split("/")
    ordinal, *body = segment.split("-")
    if not ordinal[:1].isdigit():
        return None
    own: str | None = None
    if body and _MARKED.fullmatch(body[0]):
        own = body.pop(0)
    if scope.startswith(("ubnd-", "hdnd-")):
        body.insert(0, scope.split("-")[0])
    elif is_party_scope(scope):
        return Number(ordinal, None, None, (scope.split("-")[0],))
    if own is None and year and (kind not in _TWO_COUNTERS or "-".join(body).startswith(("qh", "ubtvqh"))):
        own = year[0]
    return Number(ordinal, own, None, tuple(body))


def _is_assembly(parts: Number) -> bool:
    return parts.body_key in {"qh", "ubtvqh"}


def is_party_scope(scope: str) -> bool:
    """Whether a counter scope is a Party organ's (Centre, committee, or one of their boards).

    >>> [is_party_scope(scope) for scope in ("tw", "tu-hai-duong", "bdvtu-ha-noi", "vn", "ubnd-ha-noi")]
    [True, True, True, False, False]
    """
    head = scope.split("-")[0]
    return head in {"hu", "du", "qu", "thu", "duk"} or head.endswith(("tw", "tu")) or head.startswith("du")


def base_iri() -> str:
    """The base of all individuals' IRIs, ending in `/`: the environment's PHAHE_BASE, or the public one."""
    base = os.environ.get("PHAHE_BASE", DEFAULT_BASE)
    return base if base.endswith("/") else base + "/"


def mint_document(path: str, base: str | None = None) -> str:
    """The IRI of a document.

    >>> mint_document("tw/nq/2013/25")
    'https://w3id.org/phahe/doc/tw/nq/2013/25'
    """
    return f"{base or base_iri()}doc/{path}"


def parse_document(iri: str, base: str | None = None) -> str | None:
    """The path within a document's IRI, or None if it is not one of this base; `mint_document` reversed."""
    start = f"{base or base_iri()}doc/"
    return iri[len(start) :] if iri.startswith(start) and len(iri) > len(start) else None


def mint(kind: str, name: str, base: str | None = None) -> str:
    """The IRI of anything else: `mint("body", "cp")`, `mint("place", "hai-duong")`."""
    return f"{base or base_iri()}{kind}/{name}"


def mint_relation(source: str, subject: str, predicate: str, object_: str, base: str | None = None) -> str:
    """The IRI of a relation record: one per source, subject, predicate and object (paths, a local name)."""
    return mint("relation", hash_of(source, subject, predicate, object_), base)


def mint_mention(source: str, start: int, end: int, base: str | None = None) -> str:
    """The IRI of an unresolved mention, by its source and span."""
    return mint("mention", hash_of(source, str(start), str(end)), base)


def hash_of(*parts: str) -> str:
    """16 hexadecimal digits of SHA-256 over the parts, joined by the unit separator."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
