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


@cache
def severity_label(severity: str) -> str:
    """A severity in Vietnamese.

    Raises:
        KeyError: there is no such severity.

    >>> severity_label("high")
    'cao'
    """
    return {str(row["name"]): str(row["label"]) for row in _data()["severity"]}[severity]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("findings.toml").read_text(encoding="utf-8"))
