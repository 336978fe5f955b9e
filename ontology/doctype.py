"""Types of documents, Party and State, read from `types.toml`.

A type is known by its sign in numbers (`NQ`, `QĐ`) or by its name in text (`Nghị quyết`); the two may
disagree in print, and a sign may stand for two types (`TT`: thông tư, thông tri), so the look-ups are apart.
Source: Hướng dẫn 36-HD/VPTW (2018) for the Party; Nghị định 30/2020/NĐ-CP, Phụ lục III, and Luật
64/2025/QH15 for the State.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.slug import fold


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document.

    Attributes:
        slug: last part of its IRI `type/{slug}`; its sign folded, or its name where it has none.
        symbol: its usual sign in numbers (`NQ`, `CTr`), or None.
        name: as in the scheme, with diacritics (`Nghị quyết`).
        aliases: other names and abbreviations used before a number; possibly empty.
        polity: `party`, `state` or `both`.
        level: `central` where only central bodies issue it, else `any`.
        issuers: who issues it, in words.
        source: documents and articles that name it or its sign.
        symbols: every sign, the usual one first; possibly empty.
    """

    slug: str
    symbol: str | None
    name: str
    aliases: tuple[str, ...]
    polity: str
    level: str
    issuers: str
    source: str
    symbols: tuple[str, ...] = ()


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types, in the order of `types.toml`; slugs are unique."""
    data = _data()
    return tuple(
        DocumentType(
            slug=row["slug"],
            symbol=row.get("symbol"),
            name=row["name"],
            aliases=tuple(row["aliases"]),
            polity=row["polity"],
            level=row["level"],
            issuers=row["issuers"],
            source="; ".join(data["sources"][name] for name in row["source"]),
            symbols=tuple(filter(None, (row.get("symbol"), *row.get("symbols", ())))),
        )
        for row in data["type"]
    )


def type_of_symbol(symbol: str, polity: str | None = None) -> DocumentType | None:
    """The type a sign in a number stands for, or None; case does not count, D may stand for Đ.

    Args:
        symbol: sign as printed (`QĐ`, `QD`, `CTR`).
        polity: `party` or `state`, to tell the types that share a sign; without it the commoner one.

    >>> type_of_symbol("QD").name, type_of_symbol("CTR").slug, type_of_symbol("HĐ")
    ('Quyết định', 'ctr', None)
    >>> type_of_symbol("TT").name, type_of_symbol("TT", "party").name
    ('Thông tư', 'Thông tri')
    """
    sign = symbol.strip().upper().replace("Ð", "Đ")
    exact, plain = _by_symbol()
    known = exact.get(sign) or plain.get(sign) or ()
    fitting = [kind for kind in known if polity is None or kind.polity in (polity, "both")]
    return fitting[0] if fitting else None


def type_of_name(name: str) -> DocumentType | None:
    """The type a word of text names, or None; case, marks and the number of blanks do not count.

    >>> type_of_name("NGHỊ QUYẾT").slug, type_of_name("Nghi quyet").slug, type_of_name("Bản đồ")
    ('nq', 'nq', None)
    """
    return _by_name().get(fold(name))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("types.toml").read_text(encoding="utf-8"))


@cache
def _by_symbol() -> tuple[dict[str, tuple[DocumentType, ...]], dict[str, tuple[DocumentType, ...]]]:
    """Types by upper-case sign, and by the sign with D for Đ; those the sign means first come first."""
    first = {str(row["slug"]) for row in _data()["type"] if row.get("first")}
    exact: dict[str, tuple[DocumentType, ...]] = {}
    plain: dict[str, tuple[DocumentType, ...]] = {}
    for kind in sorted(document_types(), key=lambda kind: kind.slug not in first):
        for symbol in kind.symbols:
            sign = symbol.upper()
            exact[sign] = (*exact.get(sign, ()), kind)
            plain[sign.replace("Đ", "D")] = (*plain.get(sign.replace("Đ", "D"), ()), kind)
    return exact, plain


@cache
def _by_name() -> dict[str, DocumentType]:
    names: dict[str, DocumentType] = {}
    for kind in document_types():
        names[fold(kind.name)] = kind
    for kind in document_types():
        for alias in kind.aliases:
            names.setdefault(fold(alias), kind)
    return names
