"""Counts of a comparison with annotated texts, and the figures that come of them."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
"""One text's extraction, as `graph.extract.extraction_record` gives it."""

PREDICATES = ("implements", "supersedes", "amends", "basedOn")
"""Relations that every annotated text states in full."""

RARER = ("consolidates", "suspends", "corrects")
"""Relations that some sets annotate as well: counted where a set holds any. Others that are found are not counted."""

BINS = (0.0, 0.5, 0.8, 0.85, 0.9, 0.95)
"""Least confidence of each row of the reliability table; the last reaches 1."""


@dataclass(slots=True)
class Tally:
    """Counts of one kind of thing.

    Attributes:
        right: found and annotated.
        spurious: found, not annotated.
        missed: annotated, not found.
    """

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found; 1 where nothing is annotated."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        >>> round(Tally(right=3, spurious=1, missed=0).f1, 3)
        0.857
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """Figures over a set of annotated texts.

    Attributes:
        tallies: by name: mentions, documents, relations, and each predicate.
        recalled: right and wanted documents, numbered and named ones apart.
        fields: right and wanted values of date, issuer and self_number.
        errors: per kind, (text name, what) in text order.
        texts: how many were scored.
        predicates: which relations are counted.
        reversed: relations found with subject and object changed over.
        confidences: of each relation counted, its confidence and whether it is right.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    recalled: dict[str, list[int]] = field(default_factory=lambda: {"numbered": [0, 0], "named": [0, 0]})
    fields: dict[str, list[int]] = field(
        default_factory=lambda: {"date": [0, 0], "issuer": [0, 0], "self_number": [0, 0]}
    )
    errors: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    texts: int = 0
    predicates: tuple[str, ...] = PREDICATES
    reversed: int = 0
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def tally(self, name: str) -> Tally:
        """The counts of this name."""
        return self.tallies.setdefault(name, Tally())

    def note(self, kind: str, text: str, what: str) -> None:
        """Keep an error for whoever wants to see it."""
        self.errors.setdefault(kind, []).append((text, what))

    def as_row(self) -> Row:
        """All figures as plain values, rounded to four digits."""
        row: Row = {
            name: {
                "precision": round(tally.precision, 4),
                "recall": round(tally.recall, 4),
                "f1": round(tally.f1, 4),
                "right": tally.right,
                "spurious": tally.spurious,
                "missed": tally.missed,
            }
            for name, tally in self.tallies.items()
        }
        for name, (right, wanted) in self.recalled.items():
            row[name] = {
                "recall": round(right / wanted, 4) if wanted else 1.0,
                "right": right,
                "missed": wanted - right,
            }
        row["fields"] = {
            name: {"accuracy": round(right / wanted, 4) if wanted else None, "of": wanted}
            for name, (right, wanted) in self.fields.items()
        }
        row["texts"] = self.texts
        row["reversed"] = self.reversed
        row["reliability"] = self.reliability()
        return row

    def reliability(self) -> list[Row]:
        """Relations by confidence: how many there are from `confidence` up to the next row's, and how many are right.

        In order of confidence; rows without relations are left out.
        """
        rows = []
        for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
            inside = [
                (confidence, right) for confidence, right in self.confidences if low <= confidence < high
            ]
            if inside:
                mean = sum(confidence for confidence, _ in inside) / len(inside)
                right = sum(right for _, right in inside)
                rows.append(
                    {
                        "confidence": low,
                        "mean": round(mean, 3),
                        "relations": len(inside),
                        "right": right,
                        "share": round(right / len(inside), 3),
                    }
                )
        return rows
