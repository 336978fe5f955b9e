"""A span of clean text that cites a document, as printed there."""

from dataclasses import dataclass

from ontology.doctype import DocumentType


@dataclass(frozen=True, slots=True)
class Span:
    """One citation as printed.

    Attributes:
        start: start in the clean text, at the type word or, without one, at the number.
        end: end in the clean text, after the number or the name.
        number: canonical number, a bare ordinal, or None for a name.
        type: what the type word (or the symbol) says, or None.
        typed: whether a type word stands before the number.
        bare: whether `number` is an ordinal without symbol.
        name: for a document cited by name, the name as printed (blanks folded), else None.
        amends: for a law that amends others: how many of the spans after it are its targets; else 0.
        date: a date that belongs to this span though it stands after its targets, or None.
    """

    start: int
    end: int
    number: str | None = None
    type: DocumentType | None = None
    typed: bool = False
    bare: bool = False
    name: str | None = None
    amends: int = 0
    date: str | None = None
