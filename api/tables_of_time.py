"""Findings, coverage and comparisons as flat tables, for the command line and HTTP alike."""

from collections.abc import Iterable, Iterator

from graph.rows import Row

COVERAGE = (
    "era",
    "place",
    "name",
    "state",
    "state_label",
    "held",
    "below",
    "document",
    "number",
    "date",
    "quote",
)
"""Columns of a coverage."""

COMPARISON = (
    "place", "number", "type", "issuer", "date", "delay", "chain", "status", "cites", "quote", "source_name", "path",
)  # fmt: skip
"""Columns of a comparison."""


FINDINGS = ("id", "kind", "severity", "day", "document", "others", "words", "law", "quotes", "mark", "note")
"""Columns of findings."""


def finding_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Each finding with the path of its first document, the others', and the quotations."""
    for row in rows:
        law = row["regime"] and f"{row['regime']['law']} {row['regime']['provision']}".strip()
        first, *others = (document["path"] for document in row["documents"])
        quotes = [edge["evidence"][0]["quote"] for edge in row["edges"]]
        yield {**row, "document": first, "others": others, "law": law, "quotes": quotes}


def coverage_rows(coverage: Row) -> Iterator[Row]:
    """One row for each document that makes a state; one alone for a province without any."""
    for item in coverage["territories"]:
        for found in item["documents"] or [None]:
            document = found["document"] if found else {}
            facts = {name: document.get(name) for name in ("number", "date")}
            quote = found["quote"] if found else None
            yield {**item, **facts, "document": document.get("path"), "quote": quote}


def comparison_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Facts of each document beside what is compared."""
    for row in rows:
        cited = [document["number"] or document["path"] for document in row["cites"]]
        yield {**row["document"], **row, "cites": cited}
