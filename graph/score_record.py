"""A record of figures: what was reached when the rules were last changed, and what they must not fall below.

The record is a JSON file, per set of texts: `figures` as they were recorded, and `floors`, below which a figure must
not fall. A floor is a little under its figure, so that one text more or less does not stop anyone.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import ReadError
from graph.tally import Row

SLACK = 0.005
"""How much a floor lies below the figure it is recorded with."""

_FALLING = ("reversed", "wrong links", "confused pairs")
"""Counts of errors: they must not rise."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside its record.

    Attributes:
        name: `relations F1`, `date`, `wrong links` ...
        recorded: the figure of the record, None for a new one.
        now: the figure of this run.
        floor: what it must reach (of a count of errors: what it must not exceed), None for a new one.
    """

    name: str
    recorded: float | None
    now: float
    floor: float | None

    @property
    def is_low(self) -> bool:
        """Whether the figure has fallen below its floor."""
        if self.floor is None:
            return False
        return self.now > self.floor if self.name in _FALLING else self.now < self.floor


def figures_of(row: Row) -> dict[str, float]:
    """The figures of a score that are recorded, by name: F1 of each kind, accuracy of each field, counts of errors."""
    figures = {
        f"{name} F1": value["f1"] for name, value in row.items() if isinstance(value, dict) and "f1" in value
    }
    figures |= {
        name: value["accuracy"] for name, value in row["fields"].items() if value["accuracy"] is not None
    }
    figures["reversed"] = row["reversed"]
    if "linking" in row:
        figures["wrong links"] = row["linking"]["wrong"]
        figures["confused pairs"] = row["linking"]["pairs"]["confused"]
    return figures


def compare(record: Path, name: str, row: Row) -> list[Change]:
    """The figures of a score beside those recorded for this set of texts, in the order of the score.

    Raises:
        ReadError: the record is no JSON file of this form.
    """
    known = _read(record).get(name, {"figures": {}, "floors": {}})
    return [
        Change(figure, known["figures"].get(figure), value, known["floors"].get(figure))
        for figure, value in figures_of(row).items()
    ]


def write_record(record: Path, name: str, row: Row) -> None:
    """Record the figures of a score for this set of texts; other sets in the file stay.

    Raises:
        ReadError: the file exists and is no record.
    """
    known = _read(record) if record.exists() else {}
    figures = figures_of(row)
    floors = {
        figure: value if figure in _FALLING else round(max(value - SLACK, 0), 4)
        for figure, value in figures.items()
    }
    known[name] = {"texts": row["texts"], "figures": figures, "floors": floors}
    record.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _read(record: Path) -> dict[str, Any]:
    try:
        known = json.loads(record.read_text(encoding="utf-8"))
        for part in known.values():
            part["figures"], part["floors"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise ReadError(f"{record}: not a record of scores ({what}); see phahe score --help") from error
    return dict(known)
