"""`phahe diff`: what changed in a document's lineage between two dates, and by what."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from api.options import (
    direction_option,
    format_option,
    known_at_option,
    open_store,
    relation_option,
    store_option,
)
from api.tables import print_csv, print_json, print_table, shown_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.diff import Difference
    from graph.rows import Row


@click.command("diff")
@click.argument("ref")
@click.option(
    "--from", "start", required=True, metavar="DATE", help="The earlier ISO date, taken to its end."
)
@click.option("--to", "end", required=True, metavar="DATE", help="The later ISO date, taken to its end.")
@direction_option("both")
@relation_option("implements, supersedes, amends")
@known_at_option
@store_option
@format_option("table", "json", "csv")
def command(
    ref: str,
    start: str,
    end: str,
    direction: Literal["up", "down", "both"],
    relations: tuple[str, ...],
    known_at: str | None,
    store_path: Path,
    form: str,
) -> None:
    """Tell what was added to the lineage of REF between two dates, and what changed its status, by what.

    \b
    Example:
      phahe diff "290-QĐ/TW" --from 2015 --to 2026
      phahe diff vn/luat/2013/45-qh13 --from 2014-06-30 --to 2025-01-01 --format json
    """  # noqa: D301 - \b is what click wants
    from api.as_known import sources_at
    from graph.ask import resolve_reference
    from graph.diff import RELATIONS, diff_lineage
    from graph.time_rows import difference_row

    with open_store(store_path) as store:
        document = resolve_reference(store, ref)
        sources = sources_at(store_path, known_at)
        found = diff_lineage(store, document, start, end, direction, relations or RELATIONS, sources=sources)
    if form == "json":
        print_json(difference_row(found))
    elif form == "csv":
        print_csv(("change", "document", "before", "after", "cause", "quote"), _flat(found))
    else:
        _print(found)
    if found.truncated:
        click.echo("phahe: truncated: more documents lie beyond the limits of a lineage", err=True)


def _flat(found: "Difference") -> "Iterator[Row]":
    for name, documents in (("added", found.added), ("removed", found.removed)):
        for document in documents:
            yield {"change": name, "document": document.path}
    for change in found.changes:
        yield {
            "change": "status",
            "document": change.document.path,
            "before": change.before.state,
            "after": change.after.state,
            "cause": [act.by.path for act in change.cause],
            "quote": [act.edge.best.quote for act in change.cause],
        }


def _print(found: "Difference") -> None:
    from graph.lookup import shown_date
    from ontology.status import state_label

    days = f"từ {shown_date(found.start)} đến {shown_date(found.end)}"
    click.echo(
        f"{found.root.label}, {days}: thêm {len(found.added)} văn bản, {len(found.edges_added)} quan hệ"
    )
    if found.added:
        print_table(
            ("Văn bản thêm", "Ngày", "Trích yếu"),
            ((item.label, shown_date(item.date) if item.date else "", item.title) for item in found.added),
            wide="Trích yếu",
        )
    if found.changes:
        print_table(
            ("Văn bản đổi tình trạng", "Trước", "Sau", "Do", "Câu trích"),
            (
                (
                    change.document.label,
                    state_label(change.before.state, change.document.polity),
                    state_label(change.after.state, change.document.polity),
                    "\n".join(act.by.label for act in change.cause) or "đến ngày",
                    "\n".join(shown_evidence(act.edge.best, act.by.number) for act in change.cause),
                )
                for change in found.changes
            ),
            wide="Câu trích",
            narrow={"Trước": 18, "Sau": 18},
        )
