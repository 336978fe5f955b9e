"""`phahe build`: texts and catalogues into the graph."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli import NOTHING
from api.options import format_option, store_option
from api.progress import stage_bars
from api.tables import print_json

if TYPE_CHECKING:
    from graph.build import BuildSummary

_SHOWN_WARNINGS = 20


@click.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@store_option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    show_default="number of processors",
    help="Processes at work.",
)
@click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(64),
    default=1024,
    show_default=True,
    metavar="MB",
    help="Megabytes that sorting may hold; the rest takes a few hundred more, and loading a gigabyte.",
)
@click.option(
    "--spark",
    "master",
    metavar="MASTER",
    help="Build on a Spark cluster (spark://host:7077, yarn, local[4]); needs phahe[spark] and --output.",
)
@click.option(
    "--output",
    metavar="FOLDER",
    help="With --spark: folder for sorted N-Quads, on any file system that Spark knows; must not exist.",
)
@click.option("--fresh", is_flag=True, help="Begin anew instead of adding to what the store holds.")
@format_option("table", "json")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    store_path: Path,
    jobs: int,
    memory_mb: int,
    master: str | None,
    output: str | None,
    fresh: bool,
    form: str,
) -> None:
    """Read texts and catalogues (files, folders, addresses) into the graph, adding to what the store holds.

    Reads txt, md, html, docx, pdf; jsonl (.gz, .zst), Parquet and csv with columns id and text; zip and tar of
    any of these; a csv with the columns of a catalogue is one. An address may be anything fsspec knows (s3://,
    hdfs://, https://). The store that was there stays as it is until the new one is whole; a build that was
    killed is gone on with by the same command. Files that cannot be read are listed, the rest is done, and the
    exit status is 1.

    \b
    Example:
      phahe build texts/ data/catalogue --store .phahe
    """  # noqa: D301 - \b is what click wants
    if (master is None) != (output is None):
        raise click.UsageError("--spark and --output go together")
    if master is not None and output is not None:
        _build_on_spark(ctx, sources, master, output)
        return
    from graph.build import build

    with stage_bars() as tell:
        summary = build(
            [source if "://" in source else Path(source) for source in sources],
            store_path,
            jobs=jobs,
            memory_mb=memory_mb,
            fresh=fresh,
            progress=tell,
        )
    if form == "json":
        print_json(asdict(summary))
    else:
        _print(summary, store_path)
    _warn(summary)
    if summary.skipped:
        ctx.exit(NOTHING)


def _build_on_spark(ctx: click.Context, sources: tuple[str, ...], master: str, output: str) -> None:
    """Texts (JSON lines, Parquet) are read by the cluster, catalogues (csv) here."""
    from graph.read import find_files, read_sources
    from graph.spark import build_graph, open_session, read_texts

    tables = [Path(source) for source in sources if source.endswith(".csv") or Path(source).is_dir()]
    catalogue = [
        source for path in find_files(tables) for source in read_sources(path) if source.kind == "catalogue"
    ]
    texts = [source for source in sources if Path(source) not in tables]
    session = open_session(master)
    try:
        built = build_graph(read_texts(session, texts), catalogue)
        built.lines.write.text(output)
        failures = built.failures.collect()
    finally:
        session.stop()
    for row in failures:
        click.echo(f"phahe: skipped {row['name']}: {row['failure']}", err=True)
    if failures:
        ctx.exit(NOTHING)


def _print(summary: "BuildSummary", store_path: Path) -> None:
    relations = ", ".join(f"{name} {count}" for name, count in summary.relations.items())
    bases = ", ".join(f"{name} {count}" for name, count in summary.bases.items())
    rows = {
        "store": f"{store_path} (version {summary.version})",
        "texts": f"{summary.texts} ({summary.new_texts} new)",
        "mentions": summary.mentions,
        "documents": summary.documents,
        "relations": f"{sum(summary.relations.values())}" + (f" ({relations})" if relations else ""),
        "on whose word": bases or "-",
        "unresolved": summary.unresolved,
        "ambiguous": f"{summary.ambiguous} (with candidates)",
        "left pending": f"{summary.pending} (relations with an open end)",
        "skipped": len(summary.skipped),
        "seconds": f"{summary.seconds:.1f}",
    }
    for name, value in rows.items():
        click.echo(f"{name:14} {value}")


def _warn(summary: "BuildSummary") -> None:
    for warning in summary.warnings[:_SHOWN_WARNINGS]:
        click.echo(f"phahe: {warning}", err=True)
    if len(summary.warnings) > _SHOWN_WARNINGS:
        click.echo(
            f"phahe: {len(summary.warnings) - _SHOWN_WARNINGS} more warnings (--format json has all)",
            err=True,
        )
    for what, why in summary.skipped:
        click.echo(f"phahe: skipped {what}: {why}", err=True)
