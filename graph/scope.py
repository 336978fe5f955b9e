"""Whose counter a number belongs to: the scope of a document, from its symbol, issuer and place.

Numbers restart in every body, so `28-CT/TU` exists in each province: the scope names the body and its place. It comes
from the issuer named with the number, else from the number's own words ("tỉnh Hải Dương"), else from the text that
cites it. Where none of them tells, the scope stays open (None), which is not the same as the centre.
Source: Hướng dẫn 36-HD/VPTW (2018), II.1.3; Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

import re
from collections import Counter
from functools import cache

from graph.clean import Text, fold_letters
from ontology.body import body_of_symbol
from ontology.doctype import type_of_symbol
from ontology.place import place_named, place_pattern
from ontology.slug import slug

_PARTY_CENTRE = re.compile(r"(?:HN|ĐH)?TW|BCHTW|BCT|BBT|[A-ZĐ]{2,8}TW")
_PARTY_FORM = re.compile(
    r"\d+[a-h]?-"
)  # `58-QĐ/BCT` is the Politburo's, `15/2010/TT-BCT` the Ministry of Industry's
_PARTY_PROVINCE = re.compile(r"(?:[A-ZĐ]{0,8})TU|ĐUK")
_PARTY_DISTRICT = re.compile(r"(?:[A-ZĐ]{0,8})(?:HU|QU|ThU|THU|ĐU)|BCĐ")
_LOCAL_STATE = re.compile(r"(?:UB|UBND|UBBT|HĐND|HDND|UBHC|SLĐTBXH)\b.*|S[A-ZĐ]{2,10}|VP")
_DISTRICT_NAME = re.compile(
    r"(?:huyện|thị xã|quận|thành phố|xã|phường|thị trấn|Huyện ủy|Thị ủy|Quận ủy|Đảng ủy(?:\s(?:xã|phường))?)\s(?P<name>(?:[A-ZĐÀ-Ỹ][^\s,;.()]*\s?){1,4})"
)
_READ = 20_000
"""How many code points from the start of a text tell where it speaks from."""
_PLACE_CUE = re.compile(
    r"(?:tinh uy|thanh uy|tinh|thanh pho|tp\.?|ubnd|hdnd|dang bo|uy ban nhan dan|hoi dong nhan dan)(?:\s(?:tinh|thanh pho|tp\.?))?\s{1,3}$"
)


_CAPITAL = re.compile(r"[A-ZĐ](?<!\w[A-ZĐ])")


@cache
def _places() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{place_pattern()})(?![\w])", re.IGNORECASE)


def places_in(clean: str) -> list[tuple[int, str]]:
    """Provinces named in clean text: (offset, slug) in text order; names of persons and streets are not told apart."""
    found = []
    past = 0
    for capital in _CAPITAL.finditer(clean):
        match = _places().match(clean, capital.start()) if capital.start() >= past else None
        if match is not None:
            past = match.end()
            place = place_named(" ".join(match.group().split()))
            if place is not None:
                found.append((match.start(), place.slug))
    return found


def main_place(text: Text, head: str | None) -> str | None:
    """The province a text speaks from.

    Args:
        text: the text.
        head: words of its header that name its issuer, or None for a text without one.

    Returns:
        The province of the header; else the one that holds three fifths of the mentions as a province (after "tỉnh",
        "Tỉnh ủy", "UBND" ...), at least two of them; else None.
    """
    if head:
        named = places_in(" ".join(word.capitalize() if word.isupper() else word for word in head.split()))
        if named:
            return named[0][1]
    counts: Counter[str] = Counter()
    for offset, place in places_in(text.clean[:_READ]):
        if _PLACE_CUE.search(text.folded[max(0, offset - 24) : offset]):
            counts[place] += 1
    if not counts:
        return None
    (best, n), total = counts.most_common(1)[0], sum(counts.values())
    return best if n >= 2 and n >= 0.6 * total else None


def body_symbol(number: str | None) -> str | None:
    """The first sign of a number's body, in its own letters, or None.

    >>> body_symbol("25-NQ/TW"), body_symbol("10/2022/QH15"), body_symbol("1203/UBND-KT"), body_symbol("12/CP")
    ('TW', 'QH15', 'UBND', 'CP')
    """
    if not number:
        return None
    signs = [s for s in re.split(r"[-/.]", re.sub(r"^\d+(?:\.\d+)?[a-h]?", "", number)) if s]
    if signs and re.fullmatch(r"(?:19|20)\d\d", signs[0]):
        signs = signs[1:]
    if len(signs) > 1 and type_of_symbol(signs[0]) is not None:
        signs = signs[1:]
    return signs[0] if signs else None


def scope_of(
    number: str | None, issuer: str | None, near: str, own: str | None
) -> tuple[str | None, str | None]:
    """Scope and province of a number.

    Args:
        number: canonical number, or None.
        issuer: the issuer named with it, or None.
        near: the words of its own citation (title and what stands around), which may name a province.
        own: province of the citing text, or None.

    Returns:
        (scope slug or None, province slug or None).
    """
    body = body_symbol(number)
    if number is None or body is None:
        return None, None
    if re.match(r"BTTUB|ĐCTUB", body):
        return "vn", None
    if _PARTY_CENTRE.fullmatch(body) and (body not in ("BCT", "BBT") or _PARTY_FORM.match(number)):
        return ("tw" if body in ("TW", "HNTW", "ĐHTW", "BCHTW", "BCT", "BBT") else slug(body)), None
    known = body_of_symbol(body)
    central = known is not None and str(known.level) == "central"
    if re.match(r"(?:QH|UBTVQH|HĐNN)\d*$|(?:CP|TTg|CTN|HĐBT|HĐCP|SL|SLT|SLt|LCT|NV)$", body) or central:
        return "vn", None
    place = _named_place(issuer) or _named_place(near) or own
    if _PARTY_PROVINCE.fullmatch(body):
        return (f"{slug(body)}-{place}" if place else None), place
    if _PARTY_DISTRICT.fullmatch(body):
        district = _district(issuer) or _district(near)
        if district is None and issuer and re.search(r"[Tt]ỉnh|Trung ương", issuer):
            return (f"{slug(body)}-{place}" if place else None), place
        if district is None:
            return None, place
        return "-".join(
            part for part in (slug(body), district, place if place != district else None) if part
        ), place
    if _LOCAL_STATE.fullmatch(body):
        district = _district(issuer) if issuer and not re.search(r"(?i)tỉnh", issuer) else None
        if district and place_named(issuer or "") is None and district != place:
            return "-".join(part for part in (_office(body), district, place) if part), place
        return (f"{_office(body)}-{place}" if place else None), place
    return (f"{slug(body)}-{place}" if place else slug(body)), place


def issuer_of(number: str | None, place: str | None) -> str | None:
    """The body a State number's own signs name (`13/2023/NĐ-CP`: Chính phủ), joint ones joined by " - ", or None.

    Party numbers are left out: the organ of the Centre that issued a /TW document is not told by its number.
    """
    if not number or "/" not in number:
        return None
    signs = [s for s in re.split(r"[-/.]", re.sub(r"^\d+(?:\.\d+)?[a-h]?(?:/\d{4})?", "", number)) if s]
    if signs and type_of_symbol(signs[0]) is not None and len(signs) > 1:
        signs = signs[1:]
    named = [body_of_symbol(sign, place) for sign in signs[: None if _JOINT.search(number) else 1]]
    if not named or any(body is None or body.polity == "party" or not body.level for body in named):
        return None
    if any(body is not None and body.level == "province" and not body.place for body in named):
        return None
    return " - ".join(body.name for body in named if body is not None)


def organisation_of(number: str | None, issuer: str | None) -> str | None:
    """Of "Ban Chấp hành Trung ương" above a number of the Youth Union or the like, that union's committee; else None."""
    if number is None or issuer is None or not issuer.startswith("Ban Chấp hành Trung ương"):
        return None
    body = body_of_symbol(body_symbol(number) or "")
    if body is None or body.polity != "front" or not body.name.startswith("Trung ương "):
        return None
    return f"Ban Chấp hành {body.name}"


_JOINT = re.compile(r"TTLT|NQLT|CTLT|KHLT|QCLT")


def _office(body: str) -> str:
    return (
        "hdnd" if fold_letters(body).startswith("hdnd") else "ubnd" if body.startswith("UB") else slug(body)
    )


def _named_place(words: str | None) -> str | None:
    if not words:
        return None
    found = places_in(words)
    return found[0][1] if found else None


def _district(words: str | None) -> str | None:
    if not words:
        return None
    match = _DISTRICT_NAME.search(words)
    if match is None:
        return None
    name = match["name"].strip()
    place = place_named(name)
    return None if place is not None else slug(name)
