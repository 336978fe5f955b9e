"""`phahe export`: the whole graph to a file."""

from pathlib import Path

import click

from api.options import open_store, store_option

FORMATS = ("nquads", "turtle", "jsonld", "graphml", "gexf", "csv")
"""What `graph.export` writes; named here so that the help does not load an RDF engine and networkx."""


@click.command("export")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), required=True, help="csv: the table of relations."
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)
@store_option
def command(form: str, output: Path, store_path: Path) -> None:
    """Write the whole graph to a file: RDF, a graph for other programs, or a table of relations.

    N-Quads come sorted: equal stores give equal bytes.

    \b
    Example:
      phahe export --format nquads -o graph.nq
      phahe export --format graphml -o graph.graphml
    """  # noqa: D301 - \b is what click wants
    from graph.export import export_store

    with open_store(store_path) as store:
        export_store(store, form, output)
    click.echo(f"phahe: {form} -> {output}", err=True)
