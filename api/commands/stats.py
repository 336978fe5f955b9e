"""`phahe stats`: what the graph holds."""

from pathlib import Path
from typing import Any

import click

from api.options import format_option, open_store, store_option
from api.tables import print_csv, print_json, print_table


@click.command("stats")
@store_option
@format_option("table", "json", "csv")
def command(store_path: Path, form: str) -> None:
    """Say what the graph holds: texts, documents, relations by kind and basis, what is unresolved.

    \b
    Example:
      phahe stats --store .phahe
    """  # noqa: D301 - \b is what click wants
    with open_store(store_path) as store:
        manifest = dict(store.manifest)
    if form == "json":
        print_json(manifest)
        return
    rows = list(_flat(manifest))
    if form == "csv":
        print_csv(("what", "count"), ({"what": name, "count": value} for name, value in rows))
    else:
        print_table(("what", "count"), rows)


def _flat(manifest: dict[str, Any]) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for name, value in manifest.items():
        if isinstance(value, dict):
            rows += [(f"{name}: {key}", count) for key, count in value.items()]
        else:
            rows.append((name, value))
    return rows
