"""Bodies that issue documents, Party and State, read from `bodies.toml`.

Central bodies are listed; those of provinces follow from patterns and `places.toml`; those below a province
are made from the name a text gives. A body is not its territory: when a province ends, its bodies end and
name a successor.
Source: named row by row in `bodies.toml`.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ontology.place import Place, place_named, place_of_slug, places
from ontology.slug import fold, slug

DISTRICTS_END = "2025-07-01"
"""Day on which districts were no more. Source: Luật 72/2025/QH15; Nghị quyết 203/2025/QH15."""

_UNIT = re.compile(r"(?P<unit>tinh|thanh pho|tp\.?)(?=\s|$|(?<=\.))\s*")
_TAIL = re.compile(r"[\s,(]+(?:khoa [ivxl\d]+(?!\w)|nhiem ky\b|lan thu\b).*$")
_OFFICE = re.compile(r"^(?:bo truong|thu truong|chu nhiem|tong thu ky) (?=bo |uy ban |van phong )")
_DISTRICT_PARTS = (("Ban Thường vụ", "btv"), ("BTV", "btv"), ("Thường trực", "tt"))


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues documents.

    Attributes:
        id: last part of its IRI `body/{id}`.
        name: as documents write it (`Ban Thường vụ Tỉnh ủy Hải Dương`).
        aliases: other names; possibly empty, as for bodies made from a pattern.
        symbol: its usual sign in numbers (`UBND`), or None.
        polity: `party`, `state` or `front` (the Fatherland Front and the mass organisations).
        level: `central`, `province`, `district` or `commune`; None where a sign alone does not tell (`UBND`).
        place: slug of its province, or None.
        since: ISO prefix from which it has been there, or None where not recorded.
        until: ISO prefix from which it is there no more, or None.
        successors: ids of the bodies that took over, possibly empty.
        symbols: every sign, the usual one first; possibly empty.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    symbol: str | None = None
    polity: str = "state"
    level: str | None = "central"
    place: str | None = None
    since: str | None = None
    until: str | None = None
    successors: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()

    @property
    def successor(self) -> str | None:
        """The one body that took over, or None where it lasts, was divided, or has no heir."""
        return self.successors[0] if len(self.successors) == 1 else None


@cache
def bodies() -> tuple[Body, ...]:
    """Central bodies as listed, then those of each province, by place; ids are unique."""
    local = (_local_body(row, place) for place in places() for row in _data()["local"])
    # Boards founded after a province ended never were there.
    return (
        *_central(),
        *(body for body in local if not (body.since and body.until and body.since >= body.until)),
    )


@lru_cache(maxsize=16384)
def body_named(text: str, place: str | None = None) -> Body | None:
    """The body a whole string names, or None; case, marks, kinds of blanks and dashes do not count.

    Args:
        text: name as a document gives it, with or without its province.
        place: slug of the province meant where the name does not say it.

    Returns:
        A listed body, a province's, or one below a province. None where the province is not known, or where
        a bare word (`UBND`) leaves the level open.

    >>> body_named("Ban Thường vụ Tỉnh uỷ", "hai-duong").name, body_named("BCH Trung ương").id
    ('Ban Thường vụ Tỉnh ủy Hải Dương', 'bch-tw')
    >>> body_named("UBND tỉnh", "hai-duong").id, body_named("Thành ủy TP. Hồ Chí Minh").id, body_named("UBND")
    ('ubnd-hai-duong', 'tu-ho-chi-minh', None)
    >>> body_named("Huyện ủy Thanh Hà", "hai-duong").id
    'hu-thanh-ha-hai-duong'
    """
    folded = _TAIL.sub("", _plain(text))
    central = _central_names()
    found = central.get(folded) or central.get(_OFFICE.sub("", folded))
    return found or _local_named(folded, place) or _below_named(text, place)


def is_central_name(text: str) -> bool:
    """Whether a string is, whole, the name of a listed central body or of its head.

    >>> is_central_name("Bộ trưởng Bộ Giao thông vận tải"), is_central_name("Bộ Giao thông vận")
    (True, False)
    """
    folded = _plain(text)
    return folded in _central_names() or _OFFICE.sub("", folded) in _central_names()


def body_of_symbol(symbol: str, place: str | None = None) -> Body | None:
    """The body a sign in a number stands for, or None.

    Case does not count, D may stand for Đ, and the term digits of the National Assembly (`QH15`) are left
    out.

    Args:
        symbol: sign as printed (`TW`, `TTg`, `BNV`, `UBND`).
        place: slug of a province, for the signs that every province uses; without it their pattern is
            returned, a body without place whose level is None where districts use the sign too.

    >>> body_of_symbol("TTg").name, body_of_symbol("QH15").id, body_of_symbol("TU", "hai-duong").name
    ('Thủ tướng Chính phủ', 'qh', 'Tỉnh ủy Hải Dương')
    >>> body_of_symbol("UBND").id, body_of_symbol("UBND").level, body_of_symbol("XYZ")
    ('ubnd', None, None)
    """
    sign = symbol.strip().upper().replace("Ð", "Đ")
    sign = re.sub(r"^(QH|UBTVQH|HĐNN)\d{1,2}$", r"\1", sign)
    exact, plain = _by_symbol()
    found = exact.get(sign) or plain.get(sign)
    known = place_of_slug(place) if place else None
    if found is not None and known is not None and found.level != "central":
        row = next((row for row in _data()["local"] if row["id"] == found.id), None)
        return _local_body(row, known) if row else found
    return found


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("bodies.toml").read_text(encoding="utf-8"))


@cache
def _central() -> tuple[Body, ...]:
    return tuple(_body(row, row["id"], row["name"], "central") for row in _data()["body"])


def _body(row: dict[str, Any], id_: str, name: str, level: str | None) -> Body:
    symbols = tuple(row.get("symbols", ()))
    return Body(
        id=id_,
        name=name,
        aliases=tuple(row.get("aliases", ())),
        symbol=symbols[0] if symbols else None,
        polity=row.get("polity", "party"),
        level=level,
        since=row.get("since"),
        until=row.get("until"),
        successors=tuple(row.get("successors", ())),
        symbols=symbols,
    )


def _local_body(row: dict[str, Any], place: Place) -> Body:
    """The body of a province made from a pattern; it ends with its province, if not before."""
    is_city = place.kind == "thành phố"
    words = row["name"].format(uy="Thành ủy" if is_city else "Tỉnh ủy", unit=place.kind)
    made = _body(row, f"{row['id']}-{place.slug}", f"{words} {place.name}", "province")
    until, heirs = made.until, tuple(f"{heir}-{place.slug}" for heir in made.successors)
    if place.until is not None and (until is None or place.until < until):
        until, heirs = place.until, tuple(f"{row['id']}-{heir}" for heir in place.successors)
    return replace(
        made, place=place.slug, since=_latest(made.since, place.since), until=until, successors=heirs
    )


def _latest(*dates: str | None) -> str | None:
    return max((date for date in dates if date), default=None)


def _plain(text: str) -> str:
    return re.sub(r"\s*[-\u2010-\u2015]\s*", " - ", fold(text)).strip(" ,.;:")


@cache
def _central_names() -> dict[str, Body]:
    names = {_plain(body.name): body for body in _central()}
    for body in _central():
        for alias in body.aliases:
            names.setdefault(_plain(alias), body)
    return names


@cache
def _phrases() -> tuple[tuple[str, str | None, dict[str, Any]], ...]:
    """Folded words before a province's name, with the unit they imply, longest first."""
    found: list[tuple[str, str | None, dict[str, Any]]] = []
    for row in _data()["local"]:
        for phrase in row["phrases"]:
            if "{uy}" in phrase:
                found.append((fold(phrase.format(uy="Tỉnh ủy")), "tinh", row))
                found.append((fold(phrase.format(uy="Thành ủy")), "thanh pho", row))
            else:
                found.append((fold(phrase.format(unit="")), None, row))
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item[0])))


def _local_named(folded: str, place: str | None) -> Body | None:
    for phrase, implied, row in _phrases():
        if folded.startswith(phrase) and folded[len(phrase) : len(phrase) + 1] in ("", " "):
            rest = folded[len(phrase) :].strip()
            said = _UNIT.match(rest)
            unit = implied or (said["unit"].rstrip(".") if said else None)
            name = rest[said.end() :] if said else rest
            known = place_named(name) if name else place_of_slug(place) if place and unit else None
            # "UBND thành phố" of a province's own city is a district's body.
            if known is not None and (unit not in ("thanh pho", "tp") or known.kind == "thành phố"):
                return _local_body(row, known)
    return None


def _below_named(text: str, place: str | None) -> Body | None:
    head, _, tail = " ".join(text.split()).partition(",")
    named = place_named(tail) if tail else None
    province = named.slug if named else place
    for words, part in (("", ""), *_DISTRICT_PARTS):
        if not fold(head).startswith(fold(words)):
            continue
        rest = head[len(words) :].split()
        for row in _data()["below"]:
            for phrase in (row["word"], *row.get("phrases", ())):
                count = len(phrase.split())
                name = " ".join(rest[count:])
                if fold(" ".join(rest[:count])) == fold(phrase) and _is_name(name):
                    return _below_body(row, words, part, name, province)
    return None


def _is_name(name: str) -> bool:
    return bool(name) and (name[0].isupper() or name[0].isdigit()) and len(name.split()) <= 5


def _below_body(row: dict[str, Any], words: str, part: str, name: str, province: str | None) -> Body:
    shown = name.title() if name.isupper() else name
    words = "Ban Thường vụ" if part == "btv" else words
    id_ = "-".join(filter(None, (part, row["id"], slug(name), province)))
    made = _body(row, id_, " ".join(filter(None, (words, row["word"], shown))), row.get("level"))
    until = DISTRICTS_END if row.get("level") == "district" else None
    return replace(made, place=province, aliases=(), until=until)


@cache
def _by_symbol() -> tuple[dict[str, Body], dict[str, Body]]:
    """Bodies by upper-case sign, and by the sign with D for Đ; central bodies before local patterns."""
    shared = {"ubnd", "hdnd"}
    patterns = []
    for row in _data()["local"]:
        name = row["name"].format(uy="Tỉnh ủy", unit="").strip()
        patterns.append(_body(row, row["id"], name, None if row["id"] in shared else "province"))
    below = [_body(row, row["id"], row["word"], row.get("level")) for row in _data()["below"]]
    exact: dict[str, Body] = {}
    plain: dict[str, Body] = {}
    for body in (*_central(), *patterns, *below):
        for symbol in body.symbols:
            exact.setdefault(symbol.upper(), body)
            plain.setdefault(symbol.upper().replace("Đ", "D"), body)
    return exact, plain
