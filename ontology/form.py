"""Forms of document numbers, read from `numbers.toml`: which strings are numbers, and how they are written.

A form is a regular expression over cleaned text with the groups `ordinal`, `year`, `type` and `body`. The canonical
writing keeps the symbols' letters (Đ, not D), has no blanks and uses ASCII hyphen and slash; a Party number whose
signs were swapped in print (`217/QĐ-TW`) is written the Party's way (`217-QĐ/TW`).
Source: Hướng dẫn 36-HD/VPTW (2018) for Party numbers, Nghị định 30/2020/NĐ-CP for State numbers.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from string import Template

from ontology.doctype import type_of_symbol
from ontology.slug import fold

_BLANK = re.compile(r"\s+")
_SWAPPED = re.compile(
    r"(?P<ordinal>[^/]+)/(?P<type>[^-/]+)-(?P<body>TW|TU|HU|ĐU|ĐUK|[A-ZĐ]{2,8}(?:TW|TU|HU))"
)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """One way of writing a number.

    Attributes:
        id: name of the form.
        pattern: compiled over cleaned text; groups `ordinal` and, where the form has them, `year`, `type`, `body`.
        examples: strings it matches whole.
        canonical: how phahe writes each example.
        counter_examples: strings in which it finds nothing.
        needs_type: whether it counts only after a type word (`Nghị định số 12/CP`).
        source: document and article of the rule, or the usage it follows.
    """

    id: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    canonical: tuple[str, ...]
    counter_examples: tuple[str, ...]
    needs_type: bool
    source: str


@dataclass(frozen=True, slots=True)
class NumberRules:
    """All forms, in order of precedence, and what is never a number.

    Attributes:
        forms: in order of precedence.
        excluded_types: symbols in a type's place that make it no document (`GP`, `HĐ`).
        excluded_before: folded words right before that do so.
        programmes: folded type and number of programmes that are no documents.
    """

    forms: tuple[NumberForm, ...]
    excluded_types: frozenset[str]
    excluded_before: tuple[str, ...]
    programmes: frozenset[str]


@cache
def number_rules() -> NumberRules:
    """The rules of `numbers.toml`, read once."""
    data = tomllib.loads(files("ontology").joinpath("numbers.toml").read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for name, pattern in data["parts"].items():
        parts[name] = Template(pattern).safe_substitute(parts)
    forms = tuple(
        NumberForm(
            id=row["id"],
            pattern=re.compile(Template(row["pattern"]).safe_substitute(parts)),
            examples=tuple(row["examples"]),
            canonical=tuple(row["canonical"]),
            counter_examples=tuple(row["counter_examples"]),
            needs_type=row.get("needs_type", False),
            source=row["source"],
        )
        for row in data["form"]
    )
    exclude = data["exclude"]
    return NumberRules(
        forms, frozenset(exclude["types"]), tuple(exclude["before"]), frozenset(exclude["programmes"])
    )


def compact_number(match: re.Match[str]) -> str:
    """The canonical writing of a matched number.

    >>> form = next(f for f in number_rules().forms if f.id == "party")
    >>> compact_number(form.pattern.match("43- KL/TW"))
    '43-KL/TW'
    """
    groups = match.groupdict()
    parts = [
        (match.span(name), write(groups[name]))
        for name, write in (
            ("ordinal", str),
            ("year", str),
            ("type", _symbol),
            ("body", _body),
            ("rest", _body),
        )
        if groups.get(name)
    ]
    written = [parts[0][1]]
    for ((_, before), _), ((after, _), part) in pairwise(parts):
        sign = _BLANK.sub("", match.string[before:after])
        # "142/2005/NĐ.CP": behind the type's symbol a dot is a slip for the dash
        written.append("-" if sign in ("", ".", ",") else sign)
        written.append(part)
    number = "".join(written)
    swapped = _SWAPPED.fullmatch(number)
    if swapped and type_of_symbol(swapped["type"]):
        return f"{swapped['ordinal']}-{swapped['type']}/{swapped['body']}"
    return number


def _symbol(symbol: str) -> str:
    """A type symbol in its own letters: `CTR` is CTr, `QD` is QĐ; unknown ones stay, in capitals."""
    known = type_of_symbol(symbol)
    if known is not None and known.symbol and fold(known.symbol) == fold(symbol):
        return known.symbol
    return symbol.upper() if symbol.islower() else symbol


def _body(body: str) -> str:
    compacted = _BLANK.sub("", body)
    if compacted.islower():
        compacted = compacted.upper()
    return "".join(_BODY_LETTERS.get(part, part) for part in re.split(r"([-/.,])", compacted))


# OCR and capital slips in the body's symbol.
_BODY_LETTERS = {"TTG": "TTg", "TƯ": "TU", "ƯBND": "UBND", "HDND": "HĐND", "HDBT": "HĐBT"}
