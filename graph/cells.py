"""Cells: a table in CSV read by position, so that every cell knows where its text stands in the file.

The csv module gives values and no offsets; here a cell's span is evidence. Hence a dialect of RFC 4180 with
two rules: a cell never holds a quotation mark `"` (typographic “ ” instead) and never a line break, so that
its text is a slice of the file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.errors import ReadError
from graph.model import Source

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and where the text stands in the file (without the quotes around it)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name; `number` counts lines from 1, the header being 1."""

    source: str
    number: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """The cell's text, or the empty string."""
        return self.cells[column].text

    def optional(self, column: str) -> str | None:
        """The cell's text, or None where it is empty."""
        return self.cells[column].text or None

    def error(self, column: str, expected: str) -> ReadError:
        """An error that names the row, the column, the value and what was expected."""
        return ReadError(
            f"{self.source}, row {self.number}, column {column!r}: {self.text(column)!r} is not {expected} "
            "(format: data/README.md)"
        )


def fail(error: ReadError) -> None:
    """What is done with a bad row where nobody asks for it: it is raised."""
    raise error


def read_rows(
    source: Source, columns: Sequence[str], on_error: Callable[[ReadError], None] = fail
) -> Iterator[Row]:
    """The rows below the header, in file order; blank lines are passed over, a byte order mark is allowed.

    Args:
        source: the table's text.
        columns: the names the header must hold, all and no others, in any order.
        on_error: told of each bad row, which is left out.

    Raises:
        ReadError: a column is missing, unknown or repeated. Of rows, through `on_error`: more or fewer cells
            than the header; a quotation mark inside a cell.
    """
    header: list[str] | None = None
    position = 0
    for number, line in enumerate(source.raw.split("\n"), start=1):
        text = line.removesuffix("\r")
        start = position + (1 if number == 1 and text.startswith(BOM) else 0)
        position += len(line) + 1
        if not text.strip(BOM + " \t"):
            continue
        try:
            cells = list(_cells(source, number, start, position - len(line) - 1 + len(text)))
        except ReadError as error:
            if header is None:
                raise
            on_error(error)
            continue
        if header is None:
            header = _header(source, [cell.text for cell in cells], columns)
            continue
        if len(cells) != len(header):
            on_error(
                ReadError(
                    f"{source.name}, row {number}: {len(cells)} cells, expected {len(header)} "
                    "(a cell with a comma stands in quotation marks; format: data/README.md)"
                )
            )
            continue
        yield Row(source.name, number, dict(zip(header, cells, strict=True)))


def _header(source: Source, names: list[str], columns: Sequence[str]) -> list[str]:
    for kind, wrong in (
        ("unknown", [name for name in names if name not in columns]),
        ("missing", [name for name in columns if name not in names]),
        ("repeated", sorted({name for name in names if names.count(name) > 1})),
    ):
        if wrong:
            raise ReadError(
                f"{source.name}, row 1: {kind} column {', '.join(map(repr, wrong))}; "
                f"expected {', '.join(columns)}"
            )
    return names


def _cells(source: Source, number: int, start: int, end: int) -> Iterator[Cell]:
    raw, at = source.raw, start
    while True:
        if raw.startswith('"', at, end):
            close = raw.find('"', at + 1, end)
            cell = Cell(raw[at + 1 : close], at + 1, close)
            stop = close + 1
            if close < 0 or (stop < end and raw[stop] != ","):
                raise _bad_quote(source, number, raw[at:end])
        else:
            stop = raw.find(",", at, end)
            stop = end if stop < 0 else stop
            cell = Cell(raw[at:stop], at, stop)
            if '"' in cell.text:
                raise _bad_quote(source, number, cell.text)
        yield cell
        if stop >= end:
            return
        at = stop + 1


def _bad_quote(source: Source, number: int, text: str) -> ReadError:
    return ReadError(
        f"{source.name}, row {number}: {text[:60]!r}: a quotation mark inside a cell, or a cell over "
        "two lines; expected “ ” inside cells, and cells on one line (format: data/README.md)"
    )
