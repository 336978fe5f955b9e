"""References as identity sees them: whose counter, which type, what number; and which references are weighed together.

References of one group never touch those of another: every rule about numbers compares documents of one ordinal, so
that all references whose ordinal begins with the same digits are a group, and those without a number are weighed by
name when the numbers are done. A group may be handled by itself, on another processor or another machine.
"""

import sys
from collections.abc import Iterator
from itertools import takewhile
from typing import TypeVar

import orjson

from graph.cluster import Item
from graph.iri import Number, number_parts, type_of_word
from graph.model import Extraction, Reference
from graph.named import LAW_TYPES

NAMED = ""
"""The group of references without a number."""

_ASSEMBLY = frozenset({"qh", "ubtvqh"})
_OFFICES = frozenset({"ubnd", "hdnd", "vpcp", "vpqh", "vptw"})


def items_of(extraction: Extraction) -> Iterator[Item]:
    """The references of one text, in order of first mention."""
    not_before = _not_before(extraction)
    for reference in extraction.references:
        parts = number_parts(reference.number) if reference.number else None
        kind = type_of_word(reference.type)
        if parts is not None:
            kind = _type_of(parts, kind)
        yield Item(
            source=extraction.source,
            reference=reference,
            scope=reference.scope or _scope(parts, kind),
            type=kind,
            parts=parts,
            is_self=reference.key == extraction.self_key,
            cited=extraction.date,
            place=extraction.place,
            not_before=extraction.date or not_before,
        )


def group_of(parts: Number | None) -> str:
    """The group of a number: the first digits of its ordinal, NAMED where there is none.

    >>> group_of(number_parts("66.13/2025/NQ-CP")), group_of(number_parts("08b-KH/TU")), group_of(None)
    ('66', '8', '')
    """
    return "".join(takewhile(str.isdigit, parts.ordinal)) if parts is not None else NAMED


def pack_item(item: Item) -> bytes:
    """A reference of a text as compact JSON, with what identity may ask of it; `unpack_item` reversed.

    Words of the context decide only between documents of one number, and only where no full date does: else they are
    left out.
    """
    said = item.reference
    is_open = item.parts is not None and (not said.date or len(said.date) < 10)
    context = said.context if is_open else ""
    return orjson.dumps(
        (
            said.number, said.type, said.date, said.issuer, said.title, said.named, said.scope, said.place, said.term,
            context, item.scope, item.type, item.is_self, item.cited, item.place, item.not_before,
        )
    )  # fmt: skip


def unpack_item(source: str, key: str, body: bytes) -> Item:
    """A reference of a text; equal words are kept once."""
    (number, type_, date, issuer, title, named, scope, place, term, context, own_scope, kind, is_self, cited, here,
     not_before) = orjson.loads(body)  # fmt: skip
    reference = Reference(
        _once(key), _once(number), _once(type_), _once(date), _once(issuer), _once(title), named, _once(scope),
        _once(place), _once(term), context,
    )  # fmt: skip
    parts = number_parts(number) if number else None
    return Item(_once(source), reference, _once(own_scope), _once(kind), parts, is_self, _once(cited), _once(here),
                _once(not_before))  # fmt: skip


_Text = TypeVar("_Text", str, str | None)


def _once(text: _Text) -> _Text:
    return sys.intern(text) if text else text


def _not_before(extraction: Extraction) -> str | None:
    """A day an undated text was not written before: the last but one it cites, since one may be a slip."""
    dates = sorted({ref.date for ref in extraction.references if ref.date and len(ref.date) == 10})
    return dates[-2] if len(dates) > 1 else None


def _type_of(parts: Number, word: str | None) -> str | None:
    """The type a number stands under: its sign's; the type word's for the Assembly's and old numbers."""
    if parts.symbol_type:
        kind: str | None = parts.symbol_type
    elif parts.body_key in _ASSEMBLY:
        kind = word if word in LAW_TYPES or word == "nq" else "nq" if parts.body_key == "ubtvqh" else None
    elif word is None and parts.body and parts.body[0] in _OFFICES:
        kind = "cv"  # 1203/UBND-KT: an official letter bears no sign of type
    else:
        kind = word
    return "luat" if kind == "bo-luat" else kind


def _scope(parts: Number | None, kind: str | None) -> str | None:
    """The scope that needs no place, where the extraction left it open."""
    if parts is None:
        return "vn" if kind in LAW_TYPES else None
    body = parts.body_key.split("-")[0]
    if body in {"tw", "hntw"}:
        return "tw"
    return "vn" if body in {"qh", "ubtvqh", "cp", "ttg", "hdbt", "ctn"} else None
