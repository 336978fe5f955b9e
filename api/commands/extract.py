"""`phahe extract`: what single texts say, before identity is decided over many."""

from pathlib import Path
from typing import Any

import click

from api.cli import NOTHING
from api.options import format_option
from api.tables import print_table, shown_excerpt


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@format_option("table", "jsonl")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], form: str) -> None:
    """Print the documents, mentions and relations of single texts, each by itself, in the order given.

    With --format jsonl one JSON object a text; offsets count code points of the raw text. Needs no store.

    \b
    Example:
      phahe extract article.txt
      phahe extract texts/*.txt lines.jsonl --format jsonl
    """  # noqa: D301 - \b is what click wants
    import orjson

    from graph.errors import ReadError
    from graph.extract import extraction_record
    from graph.extract_many import extract_any
    from graph.read import ReadWarning, find_files, read_sources

    skipped = False

    def report(error: ReadError) -> None:
        nonlocal skipped
        if isinstance(error, ReadWarning):
            click.echo(f"phahe: {error}", err=True)
            return
        skipped = True
        click.echo(f"phahe: skipped {error}", err=True)

    for path in paths:
        try:
            files = find_files([path])
        except ReadError as error:
            report(error)
            continue
        for source in (source for file in files for source in read_sources(file, report)):
            try:
                record = extraction_record(source, extract_any(source))
            except ReadError as error:
                report(error)
                continue
            if form == "jsonl":
                click.echo(orjson.dumps(record).decode("utf-8"))
            else:
                _print(record)
    if skipped:
        ctx.exit(NOTHING)


def _print(record: dict[str, Any]) -> None:
    documents = record["documents"]
    click.echo(f"{record['source']}: {len(documents)} văn bản, {len(record['mentions'])} trích dẫn")
    if documents:
        print_table(
            ("", "Số, ký hiệu", "Loại", "Ngày", "Cơ quan", "Trích yếu hoặc tên"),
            (
                (key, row["number"], row["type"], row["date"], row["issuer"], row["title"])
                for key, row in documents.items()
            ),
            wide="Trích yếu hoặc tên",
        )  # fmt: skip
    if record["relations"]:

        def name(key: str) -> str:
            return documents[key]["number"] or documents[key]["title"] or key

        print_table(
            ("Văn bản", "Quan hệ", "Với văn bản", "Theo lời", "Câu trích"),
            (
                (name(row["subject"]), row.get("narrower") or row["predicate"], name(row["object"]),
                 row["basis"], shown_excerpt(row["quote"], documents[row["subject"]]["number"]))
                for row in record["relations"]
            ),
            wide="Câu trích",
        )  # fmt: skip
