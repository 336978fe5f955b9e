"""Vietnamese eight-bit encodings that Python does not know: TCVN3 (ABC), VISCII, VNI-Windows.

Files of the 1990s and 2000s are still in them, and Unicode files hold text that was typed in their fonts
(`.VnTime`, `VNI-Times`), where each byte became the Latin-1 letter of the same number: `NghÞ quyÕt` for
`Nghị quyết`. So decoding works on such Latin-1 text, and bytes are first read as Latin-1.
The tables are in `encodings.toml`, which names the standards.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class LegacyEncoding:
    """One encoding.

    Attributes:
        id: `tcvn3`, `viscii` or `vni`.
        name: as people know it.
        source: the standard the table comes from.
        letters: one or two Latin-1 characters (the bytes) to one letter; what it lacks stays as it is.
    """

    id: str
    name: str
    source: str
    letters: Mapping[str, str]

    def decode(self, latin: str) -> str:
        """Turn text whose characters are the bytes (`data.decode("latin-1")`) into Vietnamese; never fails.

        >>> tcvn3, viscii, vni = legacy_encodings()
        >>> tcvn3.decode("NghÞ quyÕt"), vni.decode("Nghò quyeát")
        ('Nghị quyết', 'Nghị quyết')
        """
        return _pattern(self.id).sub(lambda found: self.letters[found[0]], latin)


@cache
def legacy_encodings() -> tuple[LegacyEncoding, ...]:
    """All of them, in the order of `encodings.toml`."""
    tables = tomllib.loads((files("ontology") / "encodings.toml").read_text("utf-8"))
    return tuple(
        LegacyEncoding(key, table["name"], table["source"], MappingProxyType(_letters(table)))
        for key, table in tables.items()
    )


@cache
def _pattern(key: str) -> re.Pattern[str]:
    (letters,) = (encoding.letters for encoding in legacy_encodings() if encoding.id == key)
    # two bytes before one: `o` with a mark is one letter, the mark alone another
    return re.compile(
        "|".join(re.escape(code) for code in sorted(letters, key=lambda code: (-len(code), code)))
    )


@cache
def windows_punctuation() -> Mapping[str, str]:
    """What windows-1252 has at 80 to 9F, by the Latin-1 character of the byte; it leaves five open."""
    pairs = ((chr(byte), bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return MappingProxyType({code: character for code, character in pairs if character})


def _letters(table: Mapping[str, Any]) -> dict[str, str]:
    letters = dict(windows_punctuation())
    letters |= _run_letters(table.get("runs", ()))
    small = dict(_run_letters(table.get("small_runs", ())))
    letters |= small
    letters |= {_capital(code): letter.upper() for code, letter in small.items()}
    code_of = {letter: code for code, letter in small.items()}
    marks = [chr(int(mark, 16)) for mark in table.get("marks", "").split()]
    for vowel, marked in table.get("marked", {}).items():
        code = code_of.get(vowel, vowel)
        for mark, letter in zip(marks, marked, strict=False):
            letters[code + mark] = letter
            letters[_capital(code) + mark] = letter.upper()
            letters[_capital(code) + _capital(mark)] = letter.upper()
    return letters


def _run_letters(runs: list[list[str]]) -> Iterator[tuple[str, str]]:
    for first, letters in runs:
        for distance, letter in enumerate(letters):
            yield chr(int(first, 16) + distance), letter


def _capital(code: str) -> str:
    # a to z and the letters E0 to FE of these encodings have their capital 20 (hexadecimal) before them
    return chr(ord(code) - 0x20)
