"""`phahe status`: whether a document stands, as of a date, and what says so."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.options import as_of_today_option, format_option, known_at_option, open_store, store_option
from api.tables import print_csv, print_json, print_table, shown_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.facts import Document
    from graph.rows import Row
    from graph.status import Act, Status


@click.command("status")
@click.argument("ref")
@as_of_today_option
@known_at_option
@store_option
@format_option("table", "json", "csv")
def command(ref: str, as_of: str, known_at: str | None, store_path: Path, form: str) -> None:
    """Say whether REF stands as of a date: superseded, partly superseded, not yet in force, or not known.

    What the corpus says, never more: "in force" means that nothing in it ends the document.

    \b
    Example:
      phahe status "290-QĐ/TW" --as-of 2020
      phahe status vn/luat/2003/13-qh11 --format json
    """  # noqa: D301 - \b is what click wants
    from api.as_known import sources_at
    from graph.ask import resolve_reference
    from graph.held import sources_about
    from graph.journal import known_since
    from graph.rows import status_row
    from graph.status import status_of

    with open_store(store_path) as store:
        document = resolve_reference(store, ref)
        status = status_of(store, [document], as_of, sources_at(store_path, known_at))[document.iri]
        known = known_since(store_path, sources_about(store, document))
    row = status_row(status, document) | {"known_since": known and {"build": known.build, "on": known.on}}
    if form == "json":
        print_json(row)
    elif form == "csv":
        print_csv(("state", "act", "by", "predicate", "from", "reckoning", "quote"), _flat(row))
    else:
        _print(document, status, row)


def _flat(row: "Row") -> "Iterator[Row]":
    """One row for each act; one for the state alone where there is none."""
    acts = [(part, act) for part in ("chain", "undated", "later", "doubtful") for act in row[part]]
    for part, act in acts or [("", None)]:
        told = act or {"by": {"path": None}, "evidence": [{"quote": None}]}
        yield {
            "state": row["state"],
            "act": part,
            **told,
            "by": told["by"]["path"],
            "quote": told["evidence"][0]["quote"],
        }


def _print(document: "Document", status: "Status", row: "Row") -> None:
    from graph.lookup import shown_date, shown_days

    since = f" (từ {shown_days(status.since)})" if status.since else ""
    click.echo(f"{document.label}, tính đến {shown_date(row['as_of'])}: {row['label']}{since}")
    click.echo(row["reason_label"])
    if known := row["known_since"]:
        click.echo(f"Kho biết văn bản này từ {shown_date(known['on'])} (bản dựng {known['build']}).")
    groups = (
        ("", status.chain),
        ("không rõ ngày", status.undated),
        ("về sau", status.later),
        ("ngờ", status.doubtful),
    )
    acts = [(note, act) for note, found in groups for act in found]
    if acts:
        print_table(
            ("Văn bản tác động", "Từ ngày", "Căn cứ ngày", "Câu trích"),
            (_cells(note, act) for note, act in acts),
            wide="Câu trích",
            narrow={"Căn cứ ngày": 20},
        )


def _cells(note: str, act: "Act") -> tuple[str, ...]:
    from graph.lookup import shown_days
    from ontology.status import reckoning_words

    label = f"{act.by.label} ({note})" if note else act.by.label
    day = shown_days(act.moment.shown) if act.moment else ""
    return (
        label,
        day,
        reckoning_words(act.reckoning) if act.reckoning else "",
        shown_evidence(act.edge.best, act.by.number),
    )
