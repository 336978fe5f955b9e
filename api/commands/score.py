"""`phahe score`: extraction compared with annotated texts."""

from pathlib import Path
from typing import Any

import click

from api.options import format_option
from api.tables import print_csv, print_json, print_table


@click.command("score")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--errors", type=click.IntRange(0), default=0, help="Print at most so many errors of each kind."
)
@format_option("table", "json", "csv")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(gold_dir: Path, errors: int, form: str, as_json: bool) -> None:
    """Extract the annotated texts below GOLD_DIR and say how much was found, right and wrong.

    \b
    Example:
      phahe score tests/gold --errors 10
    """  # noqa: D301 - \b is what click wants
    from graph.extract import extract_source, extraction_record
    from graph.model import Source
    from graph.score import score_folder

    def extract(name: str, text: str) -> dict[str, Any]:
        source = Source(name, text)
        return extraction_record(source, extract_source(source))

    score = score_folder(gold_dir, extract)
    row = score.as_row()
    if as_json or form == "json":
        print_json(row)
    else:
        columns = ("of", "precision", "recall", "f1", "right", "spurious", "missed")
        kinds = [
            {"of": name} | value
            for name, value in row.items()
            if isinstance(value, dict) and name != "fields"
        ]
        if form == "csv":
            print_csv(columns, kinds)
        else:
            print_table(columns, ([item.get(column) for column in columns] for item in kinds))
            fields = (f"{name} {field['accuracy']} of {field['of']}" for name, field in row["fields"].items())
            click.echo(f"fields: {', '.join(fields)}")
            figures = (f"{name} F1 {row[f'{name}s']['f1']}" for name in ("mention", "document", "relation"))
            click.echo(f"texts {row['texts']}, {', '.join(figures)}")
    for kind, found in score.errors.items():
        for text, what in found[:errors]:
            click.echo(f"{kind}: {text}: {what}", err=True)
