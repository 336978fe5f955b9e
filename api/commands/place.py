"""`phahe place`: the documents of a province, as a body, with its predecessors, or as a territory."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli import NOTHING
from api.options import as_of_today_option, format_option, open_store, store_option
from api.tables import print_csv, print_json, print_table

if TYPE_CHECKING:
    from graph.territory import Sense


@click.command("place")
@click.argument("name")
@click.option(
    "--sense",
    type=click.Choice(("body", "predecessors", "territory")),
    default="body",
    show_default=True,
    help="body: what it issued since it is what it is; predecessors: and those that went into it;"
    " territory: what may apply there, ended documents left out.",
)
@as_of_today_option
@store_option
@format_option("table", "json", "csv")
@click.pass_context
def command(ctx: click.Context, name: str, sense: "Sense", as_of: str, store_path: Path, form: str) -> None:
    """List the documents of a province, before or after mergers.

    \b
    Example:
      phahe place "Hải Phòng" --sense predecessors
      phahe place hai-duong --sense territory --as-of 2025-06-30
    """  # noqa: D301 - \b is what click wants
    from graph.lookup import shown_date
    from graph.rows import brief_row
    from graph.territory import documents_of_place

    with open_store(store_path) as store:
        found = documents_of_place(store, name, sense, as_of)
    if form == "json":
        print_json([brief_row(document) for document in found])
    elif form == "csv":
        print_csv(("place", "number", "type", "date", "issuer", "title", "path"), map(brief_row, found))
    elif found:
        print_table(
            ("Địa phương", "Văn bản", "Ngày", "Trích yếu"),
            (
                (item.place, item.label, shown_date(item.date) if item.date else "", item.title)
                for item in found
            ),
            wide="Trích yếu",
        )
    if not found:
        click.echo(f"phahe: {name}: no document of this sense in this corpus", err=True)
        ctx.exit(NOTHING)
