"""`phahe coverage`: in which provinces a rule is known that implements a central document."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.options import as_of_today_option, format_option, known_at_option, open_store, store_option
from api.tables import print_csv, print_json, print_table, shown_evidence
from api.tables_of_time import COVERAGE, coverage_rows

if TYPE_CHECKING:
    from graph.coverage import Coverage


@click.command("coverage")
@click.argument("ref")
@click.option(
    "--era", type=click.Choice(("old", "present")), help="Only the 63 old or the 34 present provinces."
)
@as_of_today_option
@known_at_option
@store_option
@format_option("table", "json", "csv")
def command(ref: str, era: str | None, as_of: str, known_at: str | None, store_path: Path, form: str) -> None:
    """Say of each province whether a rule that implements REF is known, was left by a merged one, or not known.

    What the corpus holds, never how a province works: "nothing found" and "unknown" are about the corpus.

    \b
    Example:
      phahe coverage "25-NQ/TW ngày 03/6/2013" --era present
      phahe coverage tw/nq/2013/25 --as-of 2025-06-30 --format csv
    """  # noqa: D301 - \b is what click wants
    from api.as_known import sources_at
    from graph.ask import resolve_reference
    from graph.coverage import cover
    from graph.time_rows import coverage_row

    with open_store(store_path) as store:
        document = resolve_reference(store, ref)
        found = cover(store, document, as_of, sources_at(store_path, known_at))
    row = coverage_row(found)
    row["territories"] = [item for item in row["territories"] if era in (None, item["era"])]
    if form == "json":
        print_json(row)
    elif form == "csv":
        print_csv(COVERAGE, coverage_rows(row))
    else:
        _print(found, era)


def _print(found: "Coverage", era: str | None) -> None:
    from graph.lookup import shown_date
    from graph.time_rows import COVERAGE_LABELS

    names = {"old": "63 tỉnh, thành đến 30/6/2025", "present": "34 tỉnh, thành từ 01/7/2025"}
    click.echo(f"{found.document.label}, tính đến {shown_date(found.as_of) if found.as_of else 'nay'}")
    for name, totals in found.totals.items():
        if era not in (None, name):
            continue
        total = sum(totals.values())
        click.echo(f"\n{names[name]}")
        for state, count in totals.items():
            click.echo(f"  {count:>2}/{total}  {COVERAGE_LABELS[state]}")
        rows = [item for item in found.territories if item.era == name and item.documents]
        if rows:
            print_table(
                ("Địa phương", "Tình trạng", "Văn bản", "Câu trích"),
                (
                    (
                        item.place.name,
                        COVERAGE_LABELS[item.state],
                        "\n".join(one.document.number or one.document.label for one in item.documents),
                        shown_evidence(item.documents[0].evidence, item.documents[0].document.number),
                    )
                    for item in rows
                ),
                wide="Câu trích",
                narrow={"Tình trạng": 20},
            )
