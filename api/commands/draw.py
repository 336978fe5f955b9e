"""`phahe draw`: a document's neighbourhood as one interactive page."""

from pathlib import Path

import click

from api.options import open_store, store_option


@click.command("draw")
@click.argument("ref")
@click.option("--hops", type=click.IntRange(0, 6), default=1, show_default=True, help="Steps away from REF.")
@click.option(
    "--cap", type=click.IntRange(1, 1000), default=150, show_default=True, help="Most documents drawn."
)
@click.option("--relation", "relations", multiple=True, metavar="R", help="Only this relation; repeatable.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="HTML file to write.",
)
@store_option
def command(
    ref: str, hops: int, cap: int, relations: tuple[str, ...], output: Path, store_path: Path
) -> None:
    """Draw the documents around REF as one HTML page that works from disk, without network.

    Click on a document or an arrow to see the facts and the quoted sentence.

    \b
    Example:
      phahe draw "25-NQ/TW ngày 03/6/2013" --hops 1 -o nghi-quyet-25.html
    """  # noqa: D301 - \b is what click wants
    from api.files import write_whole
    from api.web.drawing_file import drawing_file
    from graph.ask import resolve_reference
    from graph.project import neighbourhood

    with open_store(store_path) as store:
        document = resolve_reference(store, ref)
        graph = neighbourhood(store, document, hops, cap, relations or None)
        page = drawing_file(store, graph, document.label)
    write_whole(output, page.encode("utf-8", "replace"))
    if graph.graph["truncated"]:
        click.echo(f"phahe: truncated: more than {cap} documents; see --cap", err=True)
    click.echo(f"phahe: {len(graph)} documents, {graph.number_of_edges()} relations -> {output}", err=True)
