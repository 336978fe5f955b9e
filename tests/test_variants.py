"""The 48 ways in which document numbers stand in print, one sentence each: tests/variants.toml."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.extract import extract_source
from graph.model import SELF, Extraction, Reference, Source

FILE = Path(__file__).with_name("variants.toml")
KEYS = {"id", "variant", "text", "expected", "documents", "note", "expected_failure"}
NEEDED = {"id", "variant", "text", "expected"}


@cache
def rows() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(FILE.read_text("utf-8"))["row"])


def parameters() -> list[Any]:
    # strict: a row that works by now must lose its mark
    return [
        pytest.param(
            row,
            id=row["id"],
            marks=[pytest.mark.xfail(reason=row["expected_failure"], strict=True)]
            if "expected_failure" in row
            else [],
        )
        for row in rows()
    ]


def letters(number: str) -> str:
    """A number for comparison: letter case and dots as separators do not tell documents apart."""
    return unicodedata.normalize("NFC", number).upper().replace(".", "-")


def words(name: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold()))


def bears(reference: Reference, expected: str) -> bool:
    """Whether it is the expected document: the same number, or three fifths of the name both ways."""
    if expected[0].isdigit():
        return reference.number is not None and letters(reference.number) == letters(expected)
    if reference.number is not None:
        return False
    want, have = words(expected), words(f"{reference.type or ''} {reference.title or ''}")
    shared = len(want & have)
    return shared >= 0.6 * len(want) and shared >= 0.6 * len(have)


def cited(extraction: Extraction) -> list[Reference]:
    """The documents of the mentions, in text order; the text itself left out."""
    keys = [mention.document for mention in extraction.mentions]
    return [extraction.reference(key) for key in keys if key is not None and key != SELF]


def shown(references: list[Reference]) -> list[str]:
    return [reference.number or f"{reference.type} | {reference.title}" for reference in references]


@pytest.mark.parametrize("row", parameters())
def test_row(row: dict[str, Any]) -> None:
    extraction = extract_source(Source(row["id"], row["text"]))
    found = cited(extraction)
    expected = row["expected"]
    assert len(found) == len(expected) and all(map(bears, found, expected)), (
        f"{row['text']!r}\nexpected {expected}\nfound    {shown(found)}"
    )
    if "documents" in row:
        assert len({reference.key for reference in found}) == row["documents"]
    for mention in extraction.mentions:
        assert row["text"][mention.start : mention.end] == mention.text


def test_table_is_well_formed() -> None:
    identifiers = [row["id"] for row in rows()]
    assert len(identifiers) == len(set(identifiers))
    assert len({row["text"] for row in rows()}) == len(rows())
    for row in rows():
        assert NEEDED <= row.keys() <= KEYS, row["id"]
        variant = row["variant"]
        assert row["id"].startswith(f"v{variant:02d}-" if variant else "none-"), row["id"]
        for expected in row["expected"]:
            if expected[0].isdigit():
                assert not re.search(r"\s|[^\x00-\x7fĐđ]", expected), row["id"]


def test_every_variant_has_rows() -> None:
    counted = [row["variant"] for row in rows()]
    assert {variant for variant in range(1, 49) if counted.count(variant) < 2} == set()
    assert len(counted) >= 150
    assert sum(not row["expected"] for row in rows()) >= 30
