"""`phahe check`: the graph against its shapes and its sources."""

from dataclasses import asdict
from pathlib import Path

import click

from api.cli import NOTHING
from api.options import format_option, open_store, store_option
from api.tables import print_csv, print_json


@click.command("check")
@click.option(
    "--graph",
    "graph_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check an N-Quads file (as exported) instead of a store; small ones only, and shapes only.",
)
@click.option(
    "--limit", type=click.IntRange(1), default=1000, show_default=True, help="Stop after so many faults."
)
@store_option
@format_option("table", "json", "csv")
@click.pass_context
def command(ctx: click.Context, graph_path: Path | None, limit: int, store_path: Path, form: str) -> None:
    """Check the graph: SHACL shapes, edges without a record, quotes that are not in their source.

    Each fault is told with its node and the rule it breaks; the exit status is then 1.

    \b
    Example:
      phahe check --store .phahe
      phahe check --graph graph.nq
    """  # noqa: D301 - \b is what click wants
    from graph.check import check_graph, check_store
    from graph.errors import QueryError

    if graph_path is not None:
        try:
            found = check_graph(graph_path.read_bytes())[:limit]
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"{graph_path}: not N-Quads ({' '.join(str(error).split())})") from error
    else:
        with open_store(store_path) as store:
            found = check_store(store, limit=limit)
    rows = [asdict(finding) for finding in found]
    if form == "json":
        print_json(rows)
    elif form == "csv":
        print_csv(("node", "rule", "message", "value"), rows)
    else:
        for row in rows:
            click.echo(
                f"{row['node']}\n  {row['rule']}: {row['message']}"
                + (f" (found: {row['value']})" if row["value"] else "")
            )
    click.echo(f"phahe: {len(found)} faults" if found else "phahe: no faults", err=True)
    if found:
        ctx.exit(NOTHING)
