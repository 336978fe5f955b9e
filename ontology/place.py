"""Provinces and cities under the centre, before and after 1 July 2025, and some of before 1997.

A place is a territory, not the body that governs it: rules of a merged province go on in its old territory.
Names that lived on (Hải Phòng took in Hải Dương) are one place. Read from `places.toml`, which is
generated.
Source: Nghị quyết 202/2025/QH15 (12/6/2025), operating from 01/7/2025; earlier resolutions of Quốc hội row
    by row.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.slug import slug as slug_of

_KIND = re.compile(r"^(?:tinh|thanh-pho|tp|thu-do-ha-noi$|thu-do)-")
# The two ways to place a tone mark in an open syllable: as the rest of the program writes it, and as older
# texts do.
_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "úy": "uý", "ủy": "uỷ"}
_DASH = "[-\u2010-\u2015]"


@dataclass(frozen=True, slots=True)
class Place:
    """A province or a city under the centre.

    Attributes:
        slug: last part of its IRI `place/{slug}`; of the short name.
        name: short name (`Hải Dương`).
        kind: `tỉnh` or `thành phố`; the latest it had.
        since: ISO prefix from which it has been there, or None where not recorded.
        until: ISO prefix from which it is there no more, or None.
        successors: slugs of the places its territory went to, sorted; empty while it lasts.
        code: number in the statistical office's list before 01/7/2025, or None.
        code_2025: number in the list since then, or None.
        aliases: other spellings; possibly empty.
    """

    slug: str
    name: str
    kind: str
    since: str | None = None
    until: str | None = None
    successors: tuple[str, ...] = ()
    code: str | None = None
    code_2025: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def successor(self) -> str | None:
        """The one place its territory went to, or None where it lasts or was divided."""
        return self.successors[0] if len(self.successors) == 1 else None

    @property
    def full_name(self) -> str:
        """Kind and name.

        >>> place_named("TPHCM").full_name
        'thành phố Hồ Chí Minh'
        """
        return f"{self.kind} {self.name}"


@cache
def places() -> tuple[Place, ...]:
    """All places, sorted by slug, which is unique."""
    return tuple(
        Place(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            since=row.get("since"),
            until=row.get("until"),
            successors=tuple(row.get("successors", ())),
            code=row.get("code"),
            code_2025=row.get("code_2025"),
            aliases=tuple(row.get("aliases", ())),
        )
        for row in tomllib.loads(_read("places.toml"))["place"]
    )


def place_of_slug(slug: str) -> Place | None:
    """The place with this slug, or None."""
    return _by_slug().get(slug)


@cache
def later_places(slug: str) -> tuple[str, ...]:
    """Slugs of all places that took over a place's territory in whole or in part, near and far, sorted.

    >>> later_places("hai-hung")
    ('hai-duong', 'hai-phong', 'hung-yen')
    """
    return _closure(slug, lambda near: place.successors if (place := place_of_slug(near)) else ())


@cache
def earlier_places(slug: str) -> tuple[str, ...]:
    """Slugs of all places whose territory came to one in whole or in part, near and far, sorted.

    >>> earlier_places("hai-phong")
    ('hai-duong', 'hai-hung')
    """
    return _closure(slug, lambda near: [place.slug for place in places() if near in place.successors])


def _closure(slug: str, next_to: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    found: set[str] = set()
    waiting = [slug]
    while waiting:
        fresh = set(next_to(waiting.pop())) - found
        found |= fresh
        waiting += sorted(fresh)
    return tuple(sorted(found))


def place_named(name: str) -> Place | None:
    """The place a whole string names, with or without its kind; case, marks and kinds of dash do not count.

    >>> place_named("tỉnh Hải Dương").slug, place_named("TP. Hồ Chí Minh").slug, place_named("Thanh Hoá").slug
    ('hai-duong', 'ho-chi-minh', 'thanh-hoa')
    >>> place_named("BÀ RỊA - VŨNG TÀU").name, place_named("huyện Thanh Hà")
    ('Bà Rịa - Vũng Tàu', None)
    """
    key = slug_of(name)
    names = _by_name()
    return names.get(key) or names.get(_KIND.sub("", key, count=1))


@cache
def place_pattern() -> str:
    r"""A regular expression without groups that finds names of places in NFC text, each as a whole word.

    It knows both places of tone marks, capitals throughout, line breaks and dashes inside a name, and
    leaves out what is no place (`tư tưởng Hồ Chí Minh`, `Thái Bình Dương`). The kind (`tỉnh`) is not part
    of a match.

    >>> re.findall(place_pattern(), "tỉnh Khánh Hoà, THANH HÓA; Thái Bình Dương")
    ['Khánh Hoà', 'THANH HÓA']
    >>> re.findall(place_pattern(), "Chủ tịch Hồ Chí Minh; TP. Hồ Chí Minh")
    ['Hồ Chí Minh']
    """
    guards = tomllib.loads(_read("places_past.toml"))
    rests: dict[str, list[tuple[str, str]]] = {}
    for place in places():
        for name in (place.name, *place.aliases):
            for spelled in dict.fromkeys((name, name.upper())):
                bare = place.slug if name == place.name else ""
                rests.setdefault(spelled[0], []).append((spelled, _guarded(spelled, bare, guards)))
    # One branch per first letter: the search looks at every offset of long texts, and most fail on it.
    branches = []
    for letter, found in sorted(rests.items()):
        longest = dict.fromkeys(rest for _, rest in sorted(found, key=lambda item: (-len(item[0]), item[0])))
        branches.append(f"{letter}(?:{'|'.join(longest)})")
    return rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)"


def _guarded(spelled: str, slug: str, guards: dict[str, dict[str, list[str]]]) -> str:
    """What follows the first letter of a name, with looks behind and ahead for the words that decide."""

    def behind(sign: str, words: list[str]) -> str:
        return "|".join(rf"(?<{sign}{re.escape(word)}\s{first})" for word in words for first in spelled[0])

    rest = _spelling(spelled[1:])
    if words := guards["only_after"].get(slug):
        # Blanks may be missing after a full stop (TP.Hồ Chí Minh).
        tight = [rf"(?<={re.escape(word)}{spelled[0]})" for word in words if word.endswith(".")]
        cased = [*words, *(word.upper() for word in words)]
        rest = f"(?:{'|'.join([behind('=', cased), *tight])}){rest}"
    if words := guards["not_after"].get(slug):
        cased = [*words, *(word.upper() for word in words)]
        rest = "".join(rf"(?<!{re.escape(word)}\s{spelled[0]})" for word in cased) + rest
    if words := guards["not_before"].get(slug):
        cased = [*words, *(word.upper() for word in words)]
        rest += rf"(?!\s(?:{'|'.join(map(re.escape, cased))}))"
    return rest


def _spelling(name: str) -> str:
    """A name's letters as a pattern: both places of tone marks, any dash, any blanks."""
    pattern = re.escape(name)
    for new, old in _TONES.items():
        for a, b in ((new, old), (new.upper(), old.upper())):
            pattern = re.sub(rf"{a}(?!\w)", f"(?:{a}|{b})", pattern)
    pattern = re.sub(r"\\ \\-\\ ", rf"\\s{{0,2}}{_DASH}\\s{{0,2}}", pattern).replace(r"\-", _DASH)
    return pattern.replace(r"\ ", r"\s{1,2}")


def _read(name: str) -> str:
    return files("ontology").joinpath(name).read_text(encoding="utf-8")


@cache
def _by_slug() -> dict[str, Place]:
    return {place.slug: place for place in places()}


@cache
def _by_name() -> dict[str, Place]:
    names = {slug_of(place.name): place for place in places()}
    for place in places():
        for alias in place.aliases:
            names.setdefault(slug_of(alias), place)
    return names
