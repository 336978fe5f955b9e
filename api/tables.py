"""How answers look on the terminal: rich tables in Vietnamese for people, JSON and CSV for programs."""

import csv
import io
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from graph.rows import candidate_row

if TYPE_CHECKING:
    from graph.ask import Candidate
    from graph.facts import Evidence

_NARROWEST = 120
"""Columns where the output is no terminal and nobody said otherwise (COLUMNS)."""


def print_json(data: Any) -> None:
    """JSON with indentation, UTF-8, one document."""
    import orjson

    click.echo(orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode("utf-8"))


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """RFC 4180 with a header; lists joined by ` | `."""
    click.echo(csv_text(columns, rows), nl=False)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The same as a text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name)) for name in columns})
    return out.getvalue()


def print_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    wide: str | None = None,
    sections: Iterable[int] = (),
    narrow: Mapping[str, int] | None = None,
) -> None:
    """A table for people.

    Args:
        headings: Vietnamese.
        rows: cells; None is shown as nothing. Text is never taken for markup.
        wide: heading of the column that gives way first; the others keep their words whole where they can.
        narrow: most columns of the terminal some headings may take.
        sections: numbers of rows after which a line is drawn.
    """
    from rich.box import ROUNDED
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    ends = set(sections)
    table = Table(box=ROUNDED, header_style="bold")
    rows = [tuple(row) for row in rows]
    for column, heading in enumerate(headings):
        if heading == wide:
            table.add_column(heading, ratio=1, overflow="fold")
            continue
        # a date, a number, an IRI broken over lines can be neither read nor copied
        longest = max((len(word) for row in rows for word in _cell(row[column]).split()), default=0)
        whole = 40 if heading == "IRI" else 14
        table.add_column(
            heading,
            overflow="fold",
            min_width=min(longest, whole),
            max_width=(narrow or {}).get(heading),
        )
    for number, row in enumerate(rows):
        table.add_row(*(Text(_cell(cell)) for cell in row), end_section=number in ends)
    Console(file=sys.stdout, width=_width(), highlight=False).print(table)


def print_candidates(candidates: Iterable["Candidate"], form: str = "table") -> None:
    """Documents that may be meant, likeliest first."""
    from graph.lookup import shown_date, shown_term

    rows = [candidate_row(candidate) for candidate in candidates]
    if form == "table":
        if not rows:
            return
        print_table(
            ("Điểm", "Số, loại", "Ngày, khóa", "Cơ quan", "Trích yếu", "Vì sao", "IRI"),
            (
                (
                    f"{row['score']:.2f}".replace(".", ","),
                    stacked(row["number"], row["type"]),
                    stacked(
                        shown_date(row["date"]) if row["date"] else "",
                        row["term"] and f"khóa {shown_term(row['term'])}",
                    ),
                    stacked(row["issuer"], row["place"]),
                    row["title"],
                    "; ".join(row["why"]),
                    row["path"],
                )
                for row in rows
            ),
            wide="Trích yếu",
            narrow={"Cơ quan": 18, "Vì sao": 24},
        )
    elif form == "csv":
        columns = ("score", "number", "type", "date", "term", "issuer", "title", "place", "why", "iri")
        print_csv(columns, rows)
    else:
        print_json(rows)


def stacked(*parts: str | None) -> str:
    """What is known of several things, one below the other in one cell.

    >>> stacked("25-NQ/TW", None)
    '25-NQ/TW'
    """
    return "\n".join(part for part in parts if part)


def shown_excerpt(quote: str, number: str | None, limit: int = 240) -> str:
    """The telling parts of a long quotation: its beginning, and the words about a number; on one line.

    >>> shown_excerpt("Thực hiện  Nghị quyết 25", None)
    'Thực hiện Nghị quyết 25'
    """
    text = " ".join(quote.split())
    if len(text) <= limit:
        return text
    head = text[: limit // 2].rsplit(" ", 1)[0]
    at = _position(text, number)
    if at is None or at < len(head):
        return text[:limit].rsplit(" ", 1)[0] + " …"
    start = text.rfind(" ", 0, max(len(head), at - limit // 5)) + 1
    end = min(len(text), start + limit // 2)
    tail = text[start:end] if end == len(text) else text[start:end].rsplit(" ", 1)[0] + " …"
    return f"{head} … {tail}" if start > len(head) + 1 else f"{head} {text[len(head) + 1 : end]}"


def shown_evidence(evidence: "Evidence", number: str | None) -> str:
    """The words of a source in quotation marks; a catalogue's own sentence without, since it quotes nobody."""
    excerpt = shown_excerpt(evidence.quote, number)
    return excerpt if evidence.basis in ("catalogued", "inferred") else f"“{excerpt}”"


def _position(text: str, number: str | None) -> int | None:
    """Where a number stands in a text that may space and dash it otherwise."""
    if not number:
        return None
    loose = r"\s*".join("[-\u2010-\u2015\u2212]" if sign == "-" else re.escape(sign) for sign in number)
    found = re.search(rf"(?<!\d)0*{loose}", text, re.IGNORECASE)
    return found.start() if found else None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " | ".join(map(str, value))
    return str(value)


def _width() -> int | None:
    if sys.stdout.isatty():
        return None
    return shutil.get_terminal_size((_NARROWEST, 24)).columns
