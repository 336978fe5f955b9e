"""`phahe push`: the graph into a SPARQL server that people already run."""

from pathlib import Path

import click

from api.options import open_store, store_option
from api.progress import stage_bars


@click.command("push")
@click.argument("query_url", metavar="QUERIES")
@click.argument("data_url", metavar="GRAPH_STORE")
@click.option("--graph", help="IRI of the graph to fill, instead of https://w3id.org/phahe/graph.")
@store_option
def command(query_url: str, data_url: str, graph: str | None, store_path: Path) -> None:
    """Load the graph into a SPARQL 1.1 server: QUERIES answers queries, GRAPH_STORE takes data.

    The graph goes there in batches by the graph store protocol. What was cut off is gone on with by the same
    command; until all has arrived, questions to the server are refused. User and password may stand in the
    addresses. Then ask with --store QUERIES.

    \b
    Example:
      phahe push http://127.0.0.1:7878/query http://127.0.0.1:7878/store
      phahe implementing "25-NQ/TW ngày 03/6/2013" --store http://127.0.0.1:7878/query
    """  # noqa: D301 - \b is what click wants
    from graph.endpoint import GRAPH, Endpoint

    endpoint = Endpoint(query_url, data_url, graph or GRAPH)
    with open_store(store_path) as store, stage_bars() as tell:
        total = len(store)
        n_triples = endpoint.load(store.all_quads(), store.version, lambda done: tell("push", done, total))
        click.echo(f"{n_triples} triples of version {store.version} are at {query_url}")
