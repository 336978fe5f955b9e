"""What can go wrong, as a tree; one handler at each door (command line, HTTP) turns it into one message.

PhaheError
├── ReadError            a file could not be read as a text (says the file, what was found, what was expected)
│   └── ReadWarning          it was read, but not as it stands (in `graph.read`)
├── StoreError           a store is absent, unfinished, of another version, or held by another process
├── ReferenceLookupError what the user named could not be pinned to one document
│   ├── UnknownReferenceError   nothing in this corpus bears it
│   └── AmbiguousReferenceError   several documents do (carries `candidates`)
└── QueryError           a SPARQL query is malformed or not allowed here
"""

from collections.abc import Sequence
from typing import Any


class PhaheError(Exception):
    """Base of all errors meant for people: the thing, its value, what was expected, where to look."""


class ReadError(PhaheError):
    """A file could not be read as a text; the rest of the batch goes on."""


class StoreError(PhaheError):
    """A store is absent, unfinished, of another version, or held by another process."""


class ReferenceLookupError(PhaheError):
    """What the user named could not be pinned to one document."""


class UnknownReferenceError(ReferenceLookupError):
    """Nothing in this corpus bears that number, name or IRI (which says nothing about the world)."""


class AmbiguousReferenceError(ReferenceLookupError):
    """Several documents of the corpus bear it.

    Attributes:
        candidates: best first, at least two.
    """

    def __init__(self, message: str, candidates: Sequence[Any]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class QueryError(PhaheError):
    """A SPARQL query is malformed, or asks for what is not allowed here."""
