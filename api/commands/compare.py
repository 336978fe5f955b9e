"""`phahe compare`: the documents that implement one, of all provinces, side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli import NOTHING
from api.options import as_of_today_option, format_option, known_at_option, open_store, store_option
from api.tables import print_csv, print_json, print_table
from api.tables_of_time import COMPARISON, comparison_rows

if TYPE_CHECKING:
    from graph.compare import Compared, SortKey

_SORTS = ("place", "date", "delay", "chain", "type", "cites")


@click.command("compare")
@click.argument("ref")
@click.option(
    "--sort", type=click.Choice(_SORTS), default="place", show_default=True, help="What to sort by."
)
@click.option(
    "--level",
    type=click.Choice(("central", "province", "district", "commune", "local")),
    default="local",
    show_default=True,
    help="Only documents of this level; local: all below the centre.",
)
@as_of_today_option
@known_at_option
@store_option
@format_option("table", "json", "csv")
@click.pass_context
def command(
    ctx: click.Context,
    ref: str,
    sort: "SortKey",
    level: str,
    as_of: str,
    known_at: str | None,
    store_path: Path,
    form: str,
) -> None:
    """Compare the documents that implement REF: date, type, days since, steps away, what else they cite.

    \b
    Example:
      phahe compare "25-NQ/TW ngày 03/6/2013" --sort delay
      phahe compare tw/nq/2013/25 --level province --format csv
    """  # noqa: D301 - \b is what click wants
    from api.as_known import sources_at
    from graph.ask import resolve_reference
    from graph.compare import compare
    from graph.time_rows import compared_row

    with open_store(store_path) as store:
        document = resolve_reference(store, ref)
        found = compare(store, document, level, as_of, sources_at(store_path, known_at), sort)
    rows = [compared_row(item) for item in found]
    if form == "json":
        print_json(rows)
    elif form == "csv":
        print_csv(COMPARISON, comparison_rows(rows))
    elif found:
        _print(found)
    if not found:
        click.echo(f"phahe: {document.label}: nothing in this corpus is said to implement it", err=True)
        ctx.exit(NOTHING)


def _print(found: "list[Compared]") -> None:
    from graph.lookup import shown_date
    from ontology.status import state_label

    print_table(
        ("Địa phương", "Văn bản", "Ngày", "Sau (ngày)", "Bước", "Tình trạng", "Cũng dẫn"),
        (
            (
                row.item.document.place,
                f"{row.item.document.type or ''} {row.item.document.number or row.item.document.label}".strip(),
                shown_date(row.item.document.date) if row.item.document.date else "",
                row.delay,
                row.chain,
                state_label(row.status.state, row.item.document.polity),
                ", ".join(document.number or document.label for document in row.cites),
            )
            for row in found
        ),
        wide="Cũng dẫn",
        narrow={"Tình trạng": 20},
    )
