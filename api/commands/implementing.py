"""`phahe implementing`: which documents implement one, and on whose word."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli import NOTHING
from api.options import as_of_option, asked_store_option, format_option, open_asked
from api.tables import print_csv, print_json, print_table, shown_evidence, stacked

if TYPE_CHECKING:
    from graph.ask import Implementing
    from graph.rows import Row


@click.command("implementing")
@click.argument("ref")
@click.option(
    "--level",
    type=click.Choice(("central", "province", "district", "commune", "local")),
    help="Only documents of this level; local: all below the centre.",
)
@click.option("--place", help="Only documents of this province, by name or slug.")
@click.option("--direct", is_flag=True, help="Leave out what implements it through another document.")
@as_of_option
@asked_store_option
@format_option("table", "json", "csv")
@click.pass_context
def command(
    ctx: click.Context,
    ref: str,
    level: str | None,
    place: str | None,
    direct: bool,
    as_of: str | None,
    store_path: Path | str,
    form: str,
) -> None:
    """List the documents that implement REF, by province, each with the sentence that says so.

    \b
    Example:
      phahe implementing "25-NQ/TW ngày 03/6/2013" --level province
      phahe implementing tw/nq/2013/25 --place "Hải Dương" --format json
    """  # noqa: D301 - \b is what click wants
    from graph.ask import list_implementing, resolve_reference
    from graph.rows import implementing_row
    from graph.vocabulary import vocabulary_labels

    with open_asked(store_path, ref, ("implements",)) as store:
        document = resolve_reference(store, ref)
        found = list_implementing(store, document, level, place, direct, as_of)
        labels = vocabulary_labels(store) if form == "table" else {}
    if form == "json":
        print_json([implementing_row(item) for item in found])
    elif form == "csv":
        print_csv(_COLUMNS, (_flat(item) for item in found))
    elif found:
        click.echo(f"{document.label}: {document.title or ''}".rstrip(": "))
        _print(found, labels)
    if not found:
        click.echo(f"phahe: {document.label}: nothing in this corpus is said to implement it", err=True)
        ctx.exit(NOTHING)


_COLUMNS = (
    "place", "number", "type", "issuer", "date", "title", "level", "predicate", "basis", "confidence", "rule",
    "quote", "source", "source_name", "start", "end", "via", "iri",
)  # fmt: skip


_HEADINGS = ("Địa phương", "Số, loại", "Cơ quan ban hành, ngày", "Theo lời", "Câu trích")
_NARROW = {"Địa phương": 12, "Số, loại": 20, "Cơ quan ban hành, ngày": 24, "Theo lời": 10}


def _flat(item: "Implementing") -> "Row":
    from graph.rows import implementing_row

    row = implementing_row(item)
    return {
        **row["document"],
        **row,
        "via": [document.number or document.path for document in item.documents],
    }


def _print(found: "list[Implementing]", labels: dict[str, str]) -> None:
    from graph.lookup import shown_date

    rows, sections, last = [], [], None
    for number, item in enumerate(found):
        document, evidence = item.document, item.evidence
        place = document.place or labels.get(document.level or "", "")
        if number and place != last:
            sections.append(number - 1)
        name = document.number or document.title or document.label
        through = ", ".join(step.number or step.label for step in item.documents)
        date = shown_date(document.date) if document.date else None
        quote = shown_evidence(evidence, document.number)
        rows.append(
            (
                place if place != last else "",
                stacked(name, document.type, f"(qua {through})" if through else None),
                stacked(document.issuer, date),
                labels.get(evidence.basis, evidence.basis),
                quote,
            )
        )
        last = place
    print_table(_HEADINGS, rows, wide="Câu trích", sections=sections, narrow=_NARROW)
