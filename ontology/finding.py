"""Kinds of review findings and their words, read from `findings.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SEVERITIES = ("high", "medium", "low")
"""How much hangs on a finding, most first."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A reason for review.

    Attributes:
        name: as in JSON, on the command line and in SPARQL (`resting`).
        label: in Vietnamese.
        label_en: in English.
        words: sentence in Vietnamese with places for what it is about.
    """

    name: str
    label: str
    label_en: str
    words: str


@cache
def finding_kinds() -> dict[str, FindingKind]:
    """All kinds by name, in the order in which they are shown."""
    return {row["name"]: FindingKind(**row) for row in _data()["kind"]}


def severity_label(severity: str, language: str = "vi") -> str:
    """A severity in words, `vi` or `en`.

    Raises:
        KeyError: there is no such severity.

    >>> severity_label("high"), severity_label("high", "en")
    ('cao', 'high')
    """
    rows = {str(row["name"]): row for row in _data()["severity"]}
    return str(rows[severity]["label_en" if language == "en" else "label"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("findings.toml").read_text(encoding="utf-8"))
