"""`phahe score`: extraction and linking compared with annotated texts."""

from pathlib import Path
from typing import Any

import click

from api.options import format_option
from api.tables import print_csv, print_json, print_table

COLUMNS = ("of", "precision", "recall", "f1", "right", "spurious", "missed")


@click.command("score")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--errors", type=click.IntRange(0), default=0, help="Print at most so many errors of each kind."
)
@click.option(
    "--with",
    "background",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Files or folders to link against as well, such as data/catalogue; repeatable.",
)
@click.option(
    "--record",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of recorded figures: show gains and losses, and exit with 1 if a figure falls below its floor.",
)
@click.option("--name", default="ours", show_default=True, help="The set of texts in the record.")
@click.option("--update", is_flag=True, help="Write this run's figures into the record.")
@format_option("table", "json", "csv")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(
    gold_dir: Path,
    errors: int,
    background: tuple[Path, ...],
    record: Path | None,
    name: str,
    update: bool,
    form: str,
    as_json: bool,
) -> None:
    """Extract the annotated texts below GOLD_DIR, link them, and say how much was found, right and wrong.

    \b
    Example:
      phahe score tests/gold --errors 10
      phahe score tests/gold --with data/catalogue --record tests/scores.json
    """  # noqa: D301 - \b is what click wants
    from graph.score_record import compare, write_record

    if update and record is None:
        raise click.UsageError("--update needs --record FILE: where the figures are kept.")
    row, found = _measure(gold_dir, background)
    if as_json or form == "json":
        print_json(row)
    elif form == "csv":
        print_csv(COLUMNS, _kinds(row))
    else:
        _print(row)
    for kind, listed in found.items():
        for text, what in listed[:errors]:
            click.echo(f"{kind}: {text}: {what}", err=True)
    if record is None:
        return
    if update:
        write_record(record, name, row)
        click.echo(f"recorded in {record}: {name}", err=True)
        return
    changes = compare(record, name, row)
    for change in changes:
        if change.recorded is None or change.is_low or change.now != change.recorded:
            before = "new" if change.recorded is None else f"{change.recorded:g} -> {change.now:g}"
            low = f", below its floor {change.floor:g}" if change.is_low else ""
            click.echo(f"{name}: {change.name}: {before}{low}", err=True)
    fallen = [change.name for change in changes if change.is_low]
    if fallen:
        click.echo(
            f"{len(fallen)} figures of {name} fell: {', '.join(fallen)}. If that is right, record them: --update",
            err=True,
        )
        raise SystemExit(1)


def _measure(
    gold_dir: Path, background: tuple[Path, ...]
) -> tuple[dict[str, Any], dict[str, list[tuple[str, str]]]]:
    """The figures, and the errors by kind."""
    from graph.extract import extract_source, extraction_record
    from graph.extract_many import extract_any
    from graph.model import Extraction, Source
    from graph.read import find_files, read_sources
    from graph.score import read_annotated, score_folder
    from graph.score_links import score_links

    extractions: dict[str, tuple[Extraction, dict[str, Any]]] = {}

    def extract(name: str, text: str) -> dict[str, Any]:
        source = Source(name, text)
        extraction = extract_source(source)
        extractions[name] = extraction, extraction_record(source, extraction)
        return extractions[name][1]

    score = score_folder(gold_dir, extract)
    others = [extract_any(source) for path in find_files(list(background)) for source in read_sources(path)]
    texts = [(name, gold, *extractions[name]) for name, gold in read_annotated(gold_dir)]
    links = score_links(texts, others)
    return score.as_row() | {"linking": links.as_row()}, score.errors | {"wrong link": links.errors}


def _kinds(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"of": name} | value for name, value in row.items() if isinstance(value, dict) and "recall" in value
    ]


def _print(row: dict[str, Any]) -> None:
    print_table(COLUMNS, ([item.get(column) for column in COLUMNS] for item in _kinds(row)))
    fields = (f"{name} {field['accuracy']} of {field['of']}" for name, field in row["fields"].items())
    click.echo(f"fields: {', '.join(fields)}")
    linking = row["linking"]
    pairs = linking["pairs"]
    click.echo(
        f"linking: {linking['links']} linked, of which {linking['right']} right, {linking['wrong']} wrong, "
        f"{linking['unjudged']} not to be judged (accuracy {linking['accuracy']}); left open {linking['abstention']} "
        f"({linking['ambiguous']} with candidates, {linking['unknown']} without); pairs of texts: "
        f"{pairs['united']} rightly one, {pairs['divided']} rightly two, {pairs['confused']} wrong"
    )
    click.echo(f"wrong direction: {row['reversed']}")
    click.echo("confidence of relations, and how many of them are right:")
    columns = ("confidence", "mean", "relations", "right", "share")
    print_table(columns, ([bin_[column] for column in columns] for bin_ in row["reliability"]))
    figures = (f"{name} F1 {row[f'{name}s']['f1']}" for name in ("mention", "document", "relation"))
    click.echo(f"texts {row['texts']}, {', '.join(figures)}")
