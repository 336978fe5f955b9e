"""Numbers that Word writes before paragraphs by itself: `Điều 3.`, `2.`, `a)`: seen, but in no text.

A list is a `w:num`, which points to an abstract one; the abstract list counts, for each of up to nine levels,
in document order. The label of a level is a pattern such as `Điều %1.` or `%1.%2`, where %1 is the count of
level 0.
Source: ECMA-376 part 1, 17.9 (numbering).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from graph.word_style import StyleSheet, W

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class _Level:
    pattern: str
    form: str
    start: int


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; labels must be asked for in document order, once for each paragraph."""

    def __init__(self, part: Any, styles: StyleSheet) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        found = [rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/numbering")]
        for root in (numbering.element for numbering in found):
            for abstract in root.iter(f"{W}abstractNum"):
                levels = {_integer(level, "ilvl"): _level(level) for level in abstract.iter(f"{W}lvl")}
                self._lists[abstract.get(f"{W}abstractNumId", "")] = _List(levels)
            for number in root.iter(f"{W}num"):
                name = number.get(f"{W}numId", "")
                self._abstract[name] = _value(number.find(f"{W}abstractNumId"))
                for override in number.iter(f"{W}lvlOverride"):
                    start = _value(override.find(f"{W}startOverride"))
                    if start.isdecimal():
                        self._restarts[name, _integer(override, "ilvl")] = int(start)

    def label(self, paragraph: Any) -> str:
        """What Word shows before this paragraph (`w:p`), with a space after; "" for most."""
        name, depth = self._place(paragraph)
        known = self._lists.get(self._abstract.get(name, ""))
        if not known or depth not in known.levels:
            return ""
        level = known.levels[depth]
        restart = self._restarts.pop((name, depth), None)
        known.counts[depth] = known.counts.get(depth, level.start - 1) + 1 if restart is None else restart
        for deeper in [other for other in known.counts if other > depth]:
            del known.counts[deeper]
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return "- "

        def shown(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            at = known.levels.get(other, level)
            return _shown(known.counts.get(other, at.start), at.form)

        label = re.sub(r"%([1-9])", shown, level.pattern).strip()
        return f"{label} " if label else ""

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """List and level of a paragraph: its own, what it lacks from its style; list "" or "0" for none."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        places = [own] if own is not None else []
        places += self._styles.of_paragraph(paragraph, f"{W}pPr/{W}numPr")
        names = [_value(place.find(f"{W}numId")) for place in places]
        depths = [_value(place.find(f"{W}ilvl")) for place in places]
        depth = next((depth for depth in depths if depth.isdecimal()), "0")
        return next((name for name in names if name), ""), int(depth)


def _level(level: Any) -> _Level:
    start = _value(level.find(f"{W}start"))
    form = _value(level.find(f"{W}numFmt")) or "decimal"
    return _Level(_value(level.find(f"{W}lvlText")), form, int(start) if start.isdecimal() else 0)


def _shown(count: int, form: str) -> str:
    """A count as its level writes it; forms that Vietnamese documents do not use come as digits.

    >>> _shown(3, "lowerLetter"), _shown(28, "upperLetter"), _shown(14, "upperRoman"), _shown(7, "decimal")
    ('c', 'BB', 'XIV', '7')
    """
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < count < 400:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (count // value)
            count %= value
        return roman.upper() if form == "upperRoman" else roman
    return f"{count:02}" if form == "decimalZero" else str(count)


def _value(element: Any) -> str:
    return str(element.get(f"{W}val") or "") if element is not None else ""


def _integer(element: Any, name: str) -> int:
    value = element.get(f"{W}{name}", "")
    return int(value) if value.isdecimal() else 0
